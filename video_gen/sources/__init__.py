"""Sources: which videos there are, and each one's source turned into a normalised video YAML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from video_gen.errors import ConfigError, InputError, VideoGenError
from video_gen.files import read_text
from video_gen.names import is_periodic, video_name
from video_gen.sources import sets, video_yaml, yaml12

# A table that a scene names, wherever it stands in a YAML file.
_TABLE = re.compile(r"""(?:^|[\s{,"'])csv["']?\s*:\s*["']?([^"',}\r\n]+)""")

KINDS = {".yaml": "yaml", ".yml": "yaml", ".md": "markdown", ".markdown": "markdown"}


@dataclass(frozen=True)
class Source:
    """Where a video comes from.

    files: what is read, the main file first. kind: `yaml`, `markdown` or `set`.
    """

    files: tuple[str, ...]
    kind: str


def discover(folder: str | Path, named: Mapping[str, str]) -> tuple[dict[str, Source], list[str]]:
    """Return the source of every video by the video's name, and warnings of files that cannot be sources.

    folder: searched for `*.yaml`, `*.yml`, `*.md`, `*.markdown` and `*/set_config.yaml`. named: video name → path of a file
    elsewhere (the setting `sources`). Raises ConfigError for two sources of one name, and for a name or a kind in `named` that
    cannot be used.
    """
    found: dict[str, tuple[str, Source]] = {}
    for name, path in named.items():
        if video_name(name) != name:
            raise ConfigError(
                f"sources: {name!r} cannot be a file name. Use for example {video_name(name) or 'readme'!r}."
            )
        if Path(path).suffix.lower() not in KINDS:
            raise ConfigError(f"sources.{name}: {path!r} is of an unknown kind. Known: {', '.join(KINDS)}.")
        _add(found, name, Source((str(path),), KINDS[Path(path).suffix.lower()]))
    warnings = []
    for file in _candidates(Path(folder)):
        if warning := _unfit(file):
            warnings.append(warning)
            continue
        for name, source in _sources_of(file).items():
            _add(found, name, source)
    return dict(found.values()), warnings


def _candidates(folder: Path) -> list[Path]:
    files = [path for path in folder.glob("*") if path.suffix.lower() in KINDS and path.is_file()]
    files += folder.glob(f"*/{sets.FOLDER_FILE}")
    return sorted(path for path in files if not path.name.startswith("."))


def _unfit(path: Path) -> str:
    """Return why a file cannot be a source by its name alone, else ""."""
    name = video_name(path.parent.name if path.name == sets.FOLDER_FILE else path.stem)
    if not name:
        return f"{path} is left out: its name has no letter or digit to name the video by. Rename the file."
    if set("{}") & set(str(path)) or is_periodic(str(path)):
        return f"{path} is left out: Snakemake cannot handle its name. Rename it without {{, }} and long repetitions."
    return ""


def _sources_of(path: Path) -> dict[str, Source]:
    kind, name = (
        KINDS[path.suffix.lower()],
        video_name(path.parent.name if path.name == sets.FOLDER_FILE else path.stem),
    )
    if kind == "yaml" and (path.name == sets.FOLDER_FILE or sets.may_be_set(path)):
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
        other = found[name.casefold()][1]
        raise ConfigError(
            f"there are two sources for the video {name!r}: {other.files[-1]} and {source.files[-1]}. "
            "Rename one of them, or take one out of `sources:` in config.yaml."
        )
    found[name.casefold()] = (name, source)


def tables(files: Sequence[str]) -> list[str]:
    """Return the paths of the CSV files that YAML sources name: their values are told in the narration.

    Every start asks this, so that the files are searched and not parsed; a path may come back that is none.
    """
    texts = (
        Path(file).read_text("utf-8", "replace") for file in files if KINDS.get(Path(file).suffix.lower()) == "yaml"
    )
    return list(dict.fromkeys(path.strip() for text in texts for path in _TABLE.findall(text)))


def adapt(
    files: tuple[str, ...] | list[str],
    kind: str,
    name: str,
    *,
    target_duration: float | None = None,
    max_scenes: int | None = None,
    language: str = "en",
) -> tuple[dict, list[str]]:
    """Return the source's video in the normalised spelling, and warnings of what was left out.

    files, kind: as in `Source`. name: the video's name. target_duration (seconds), max_scenes: what long documents are
    condensed to. language: of documents that name none. Raises InputError.
    """
    path = str(files[-1])
    if kind == "markdown":
        from video_gen.sources import markdown  # slow to import; every start of Snakemake imports this module

        video, warnings = markdown.to_video(
            read_text(path), path, name, target_duration=target_duration, max_scenes=max_scenes, language=language
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
