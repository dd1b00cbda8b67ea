"""The languages of videos: which one a source is in, and the further ones that its video is made in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from video_gen.sources import Source, discover, kind_of
from video_gen.speech import voices

_LANGUAGE = re.compile(r"""(?:^|[\s{,"'])language["']?\s*:\s*["']?([a-z]{2,3}(?:-[A-Z]{2})?)\b""")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_BODY = re.compile(r"""(?:^|[\s{,])["']?(?:scenes|snippets)["']?\s*:""")


def read_start(path: str) -> str:
    """Return the beginning of a text file, "" if it cannot be read, of which the job tells: what a source says of itself."""
    try:
        with Path(path).open("rb") as file:
            return file.read(20_000).decode("utf-8", "replace")
    except OSError:
        return ""


def of_folder(
    folder: str | Path, settings: Mapping[str, Any], read: Callable[[str], str] = read_start
) -> tuple[dict[str, Source], list[str]]:
    """Return the source of every video, translations among them, and warnings of files that cannot be sources.

    folder: of dropped sources. settings: all of config.yaml. read: gives the beginning of a file of a source. Raises ConfigError
    as `discover` does.
    """
    found, warnings = discover(folder, settings["sources"])
    return found | further(found, settings, read), warnings


def further(
    found: Mapping[str, Source], settings: Mapping[str, Any], read: Callable[[str], str] = read_start
) -> dict[str, Source]:
    """Return the sources of videos in further languages: `talk` in es is `talk-es`.

    found: the videos as they are. A source of one's own of that name is taken in place of a translation, and in that language if
    it names none. Without a translator a link is asked for its captions in the language.
    """
    own = _variants_among(found, settings["languages"])
    more = {name: replace(found[name], language=own[name]) for name in own}
    known = {name.casefold() for name in found}
    for name, source in found.items() if settings["languages"] else ():
        language = None if is_open(source, settings) else own_language(source, read) or settings["language"]
        for other in [] if name in own else settings["languages"]:
            if other != language and variant(name, other).casefold() not in known:
                more[variant(name, other)] = _in(source, name, other, settings["translation"]["engine"])
    return more


def kept_files(found: Mapping[str, Source]) -> list[str]:
    """Return the files of videos that a person deletes to have them made anew: Snakemake misses only what it is asked for."""
    fetched = [f"output/transcripts/{name}.json" for name, source in found.items() if source.kind == "link"]
    return fetched + [f"output/translations/{name}.json" for name, source in found.items() if source.of]


def is_open(source: Source, settings: Mapping[str, Any]) -> bool:
    """Return whether the language of a source's own video is not known before it is fetched.

    A talk to be translated is fetched in the language that is spoken, whichever that is.
    """
    asked = settings["languages"] and settings["translation"]["engine"]
    return source.kind == "link" and not source.language and bool(asked)


def _variants_among(found: Mapping[str, Source], languages: Sequence[str]) -> dict[str, str]:
    """Return those of the videos that are another one in a further language, with that language."""
    names = {name.casefold(): name for name in found}
    variants = {variant(name, language).casefold(): language for name in found for language in languages}
    return {names[each]: language for each, language in variants.items() if each in names}


def variant(name: str, language: str) -> str:
    """Return the name of a video in a further language."""
    return f"{name}-{language}"


def _in(source: Source, name: str, language: str, translator: str | None) -> Source:
    if source.kind == "link" and not translator:
        return replace(source, language=language)
    return Source(source.files, "translation", language=language, of=name)


def own_language(source: Source, read: Callable[[str], str] = read_start) -> str:
    """Return the language that a source says it is in, "" where it says none.

    Every start asks this, so that the files are searched and not parsed.
    """
    kind = kind_of(source.files[-1]) if source.files else ""
    if kind not in ("yaml", "markdown", "transcript"):
        return ""
    text = read(source.files[-1])
    if kind == "markdown":
        matter = _FRONT_MATTER.match(text)
        text = matter[1] if matter else ""
    else:
        text = _BODY.split(text)[0]  # a scene of code has a language too
    codes = (code for code in _LANGUAGE.findall(text) if voices.base(code) in voices.LANGUAGES)
    return next(codes, "")
