"""The files that hold translations, texts side by side, for a person to read and mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from video_gen import schema
from video_gen.errors import InputError
from video_gen.files import read_json, write_json
from video_gen.translation.check import quoted


@dataclass(frozen=True)
class Stored:
    """What a file holds. sources, texts: place → the text and its translation, as `texts_of` names the places."""

    file: str
    source: str
    target: str
    sources: Mapping[str, str]
    texts: Mapping[str, str]
    glossary: Mapping[str, str] = field(default_factory=dict)
    translator: str = ""


def document(
    texts: Sequence[Mapping[str, Any]],
    found: Mapping[str, str],
    source: str,
    target: str,
    translator: str,
    glossary: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what a file is to hold. texts: as of `texts_of`. found: source → translation. translator: who translated."""
    return {
        "source_language": source,
        "target_language": target,
        "translator": translator,
        "glossary": dict(glossary or {}),
        "texts": [{"at": text["at"], "source": text["source"], "translation": found[text["source"]]} for text in texts],
    }


def read(path: str | Path) -> Stored:
    """Return the translations of a file, checked: it may have been mended by hand. Raises InputError that names file and place."""
    given = read_json(path)
    schema.check(given, "translation", str(path), InputError)
    sources: dict[str, str] = {}
    texts: dict[str, str] = {}
    for text in given["texts"]:
        if text["at"] in texts:
            raise InputError(f"{path}: has two translations of {text['at']}. Keep one of them.")
        if not text["translation"].strip():
            raise InputError(
                f"{path}: {text['at']}: the translation of {quoted(text['source'])} is empty. Write it there."
            )
        sources[text["at"]], texts[text["at"]] = text["source"], text["translation"]
    languages = given["source_language"], given["target_language"]
    return Stored(str(path), *languages, sources, texts, given.get("glossary", {}), given.get("translator", ""))


def remember(path: str | Path, files: Sequence[Stored]) -> None:
    """Write down what the files of a video hold, as they are now, so that no text is translated twice and no mending is lost.

    What nobody has translated yet is left out.
    """
    found = [
        {
            **{"source": source, "translation": file.texts[at]},
            **{"languages": [file.source, file.target], "glossary": _used(file.glossary, source)},
        }
        for file in files
        for at, source in file.sources.items()
        if not (file.translator == "copy" and file.texts[at] == source)
    ]
    write_json(path, found)


def known(path: str | Path, source: str, target: str, glossary: Mapping[str, str]) -> dict[str, str]:
    """Return what was remembered of translations between the languages with the same terms, by their source texts."""
    try:
        given = read_json(path) if Path(path).is_file() else []
        return {
            text["source"]: text["translation"]
            for text in given
            if text["languages"] == [source, target] and text["glossary"] == _used(glossary, text["source"])
        }
    except (InputError, LookupError, TypeError):  # broken by hand: all is translated anew
        return {}


def _used(glossary: Mapping[str, str], text: str) -> dict[str, str]:
    """The terms of a glossary that stand in a text."""
    return {term: to for term, to in glossary.items() if term.lower() in text.lower()}


def fit(stored: Stored, texts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return warnings of a file that holds other source texts than those of the script.

    Raises InputError for places that are missing there or that the script does not have.
    """
    wanted = {text["at"]: text["source"] for text in texts}
    if missing := [at for at in wanted if at not in stored.texts]:
        raise InputError(
            f"{stored.file}: lacks the translation of {_listed(missing)}. Add it there, or delete the file to translate anew."
        )
    if unknown := [at for at in stored.texts if at not in wanted]:
        raise InputError(
            f"{stored.file}: translates {_listed(unknown)}, which the script does not have. Take it out. "
            f"Known: {', '.join(wanted) or 'none'}."
        )
    other = [at for at, source in wanted.items() if stored.sources[at] != source]
    return [f"{stored.file}: {at} was translated from other words than the script has now." for at in other]


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return ", ".join(places[:3]) + more
