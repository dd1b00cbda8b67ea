"""Sources: which videos there are, and each one's source turned into a normalised video YAML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from video_gen import schema
from video_gen.errors import ConfigError, InputError, VideoGenError
from video_gen.files import read_json, read_text
from video_gen.names import is_periodic, video_name
from video_gen.sources import sets, video_yaml, yaml12, youtube

# A table or a recording that a scene names, wherever it stands in a YAML file.
_TABLE = re.compile(r"""(?:^|[\s{,"'])(?:csv|clip)["']?\s*:\s*["']?([^"',}\r\n]+)""")

# The endings of the files that can be sources. `link`: a file that holds an address, as browsers save them; `transcript`: what
# was fetched from such an address before.
KINDS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".url": "link",
    ".webloc": "link",
    ".desktop": "link",
    ".transcript.json": "transcript",
}


@dataclass(frozen=True)
class Source:
    """Where a video comes from.

    files: what is read, the main file first; none of a link that the settings name. kind: `yaml`, `markdown`, `set`, `link`,
    `transcript` or `translation`. link: the address, where no file holds it. language: that the video is in, where the source is
    asked for one. of: the video that a translation is of.
    """

    files: tuple[str, ...]
    kind: str
    link: str = ""
    language: str = ""
    of: str = ""


def kind_of(path: str | Path) -> str:
    """Return the kind of a source by its name, "" for what cannot be one."""
    return KINDS.get(_ending(Path(path)), "")


def name_of(path: str | Path) -> str:
    """Return the name of the video that a file makes; it may be empty."""
    path = Path(path)
    if path.name == sets.FOLDER_FILE:
        return video_name(path.parent.name)
    return video_name(path.name[: len(path.name) - len(_ending(path) or path.suffix)])


def _ending(path: Path) -> str:
    """The longest of the known endings."""
    return next((ending for ending in reversed(KINDS) if path.name.lower().endswith(ending)), "")


def is_link(source: str) -> bool:
    """Return whether a source is an address, and no path."""
    return "://" in source


def is_set(path: str | Path) -> bool:
    """Return whether a file that is there holds a set of videos, or says that it does."""
    path = Path(path)
    return kind_of(path) == "yaml" and path.is_file() and (path.name == sets.FOLDER_FILE or sets.may_be_set(path))


def discover(folder: str | Path, named: Mapping[str, str]) -> tuple[dict[str, Source], list[str]]:
    """Return the source of every video by the video's name, and warnings of files that cannot be sources.

    folder: searched for files with the endings of `KINDS`, and for `*/set_config.yaml`. named: video name → path of a file
    elsewhere, as seen from the folder above `folder`, or address (the setting `sources`); of a set the name is a label, and its
    videos have their own. Raises ConfigError for two sources of one name, and for a name, a kind or an address in `named` that
    cannot be used.
    """
    found: dict[str, tuple[str, Source]] = {}
    for label, path in named.items():
        if video_name(label) != label:
            raise ConfigError(
                f"sources: {label!r} cannot be a file name. Use for example {video_name(label) or 'readme'!r}."
            )
        for name, source in _named(label, str(path), Path(folder).parent).items():
            _add(found, name, source)
    warnings = []
    for file in _candidates(Path(folder)):
        if warning := _unfit(file):
            warnings.append(warning)
            continue
        for name, source in _sources_of(file).items():
            _add(found, name, source)
    return dict(found.values()), warnings


def _named(name: str, path: str, place: Path) -> dict[str, Source]:
    if is_link(path):
        try:
            youtube.video_id(path)
        except InputError as error:
            raise ConfigError(f"sources.{name}: {error}") from error
        return {name: Source((), "link", link=path)}
    if not kind_of(path):
        known = f"{', '.join(KINDS)}, or the address of a YouTube video"
        raise ConfigError(f"sources.{name}: {path!r} is of an unknown kind. Known: {known}.")
    if is_set(place / path):
        return _sources_of(place / path)
    return {name: Source((path,), kind_of(path))}


def _candidates(folder: Path) -> list[Path]:
    files = [path for path in folder.glob("*") if kind_of(path) and path.is_file()]
    files += folder.glob(f"*/{sets.FOLDER_FILE}")
    return sorted(path for path in files if not path.name.startswith("."))


def _unfit(path: Path) -> str:
    """Return why a file cannot be a source by its name alone, else ""."""
    if not name_of(path):
        return f"{path} is left out: its name has no letter or digit to name the video by. Rename the file."
    if set("{}") & set(str(path)) or is_periodic(str(path)):
        return f"{path} is left out: Snakemake cannot handle its name. Rename it without {{, }} and long repetitions."
    return ""


def _sources_of(path: Path) -> dict[str, Source]:
    kind, name = kind_of(path), name_of(path)
    if is_set(path):
        try:
            members = sets.members(path)
        except VideoGenError:
            # Told when its video is made, so that one broken file does not stop the others.
            return {name: Source((str(path),), "set")}
        return {member: Source(tuple(dict.fromkeys((str(path), of.file))), "set") for member, of in members.items()}
    return {name: Source((str(path),), kind)}


def _add(found: dict[str, tuple[str, Source]], name: str, source: Source) -> None:
    """Keyed without case: some file systems could not tell two such names apart."""
    if name.casefold() in found:
        one, other = ((of.files or (of.link,))[-1] for of in (found[name.casefold()][1], source))
        raise ConfigError(
            f"there are two sources for the video {name!r}: {one} and {other}. "
            "Rename one of them, or take one out of `sources:` in config.yaml."
        )
    found[name.casefold()] = (name, source)


def tables(files: Sequence[str]) -> list[str]:
    """Return the paths of the tables and recordings that YAML sources name: values are told, and lengths taken, in the script.

    Every start asks this, so that the files are searched and not parsed; a path may come back that is none.
    """
    texts = (_readable(file) for file in files if kind_of(file) == "yaml")
    return list(dict.fromkeys(path.split(" #")[0].strip() for text in texts for path in _TABLE.findall(text)))


def _readable(file: str) -> str:
    """The text of a file, "" if it cannot be read: the job that reads it says so."""
    try:
        return Path(file).read_text("utf-8", "replace")
    except OSError:
        return ""


def adapt(
    files: tuple[str, ...] | list[str],
    kind: str,
    name: str,
    *,
    target_duration: float | None = None,
    max_scenes: int | None = None,
    language: str = "en",
    style: str = "plain",
) -> tuple[dict, list[str]]:
    """Return the source's video in the normalised spelling, and warnings of what was left out.

    files, kind: as in `Source`; of a link, its transcript. name: the video's name. target_duration (seconds), max_scenes: what
    long documents are condensed to. language, style: of documents that name none. Raises InputError.
    """
    path = str(files[-1])
    if kind == "markdown":
        from video_gen.sources import markdown  # slow to import; every start of Snakemake imports this module

        video, warnings = markdown.to_video(
            read_text(path),
            path,
            name,
            target_duration=target_duration,
            max_scenes=max_scenes,
            language=language,
            style=style,
        )
        video_yaml.check(video, path)
        return video, warnings
    if kind in ("link", "transcript"):
        from video_gen.sources import transcript

        talk = read_json(path)
        schema.check(talk, "transcript", path, InputError)
        video, warnings = transcript.to_video(
            talk, path, name, target_duration=target_duration, max_scenes=max_scenes, language=language
        )
        video_yaml.check(video, path)
        return video, warnings
    if kind == "set":
        members = sets.members(files[0])
        if name not in members:
            raise InputError(f"{files[0]}: holds no video {name!r}. Known: {', '.join(members)}.")
        return _located(sets.video(members[name]), path), []
    return _located(video_yaml.normalise(yaml12.load(path), path), path), []


def _located(video: dict, path: str) -> dict:
    """Fill in the lines that each scene of a YAML file stands in: from its first to the one before the next scene."""
    scenes = video["scenes"]
    ends = [scene.line - 1 for scene in scenes[1:]] + [len(read_text(path).splitlines())]
    for scene, end in zip(scenes, ends, strict=True):
        scene.setdefault("source", {"file": path, "line_start": scene.line, "line_end": max(end, scene.line)})
    return video
