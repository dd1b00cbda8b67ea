"""The sources that a task names → the names of its videos, and what the setting `sources` must say of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from video_gen import sources
from video_gen.errors import ConfigError, InputError
from video_gen.names import video_name
from video_gen.pipeline.config import InputConfig, Source, VideoConfig
from video_gen.sources import Source as Found
from video_gen.sources import sets, video_yaml, yaml12, youtube

# Videos described in Python become files here; named by the video, so that an unchanged one makes nothing anew.
DESCRIBED = "output/sources"

_IS: dict[str, Callable[[Source], bool]] = {
    "auto": lambda source: True,
    "document": lambda source: _kind(source) not in ("yaml", "link", "config"),
    "yaml": lambda source: _kind(source) == "yaml",
    "youtube": lambda source: _kind(source) in ("link", "transcript"),
    "config": lambda source: isinstance(source, VideoConfig),
}


@dataclass(frozen=True)
class Chosen:
    """names: of the videos. paths: label → path or address, for the setting `sources`; what the folder knows needs none.

    described: path → text of the files of videos described in Python, which are not written yet.
    """

    names: Sequence[str]
    paths: Mapping[str, str]
    described: Mapping[str, str]


@dataclass(frozen=True)
class _Made:
    """What one source makes. path: of the file, or the address; shown: for the setting; label: "" if the folder knows it."""

    names: Sequence[str]
    path: Path | str
    shown: str
    label: str = ""


def choose(config: InputConfig, folder: Path, named: Mapping[str, str]) -> Chosen:
    """Return the videos of a task's sources. named: the setting `sources` as it is without them.

    A file that the folder knows, by `named` or in inputs/, is the video that it is known as. Raises InputError and ConfigError.
    """
    check(config, folder)
    known = sources.discover(folder / "inputs", named)[0] if config.sources else {}
    described: dict[str, str] = {}
    found: list[_Made] = []
    for source in config.sources:
        if isinstance(source, VideoConfig):
            made, text = _described(source, config.name, folder)
            if described.setdefault(made.shown, text) != text:
                raise InputError(f"two videos have the video_id {source.video_id!r}. Give each its own.")
        else:
            made = _of_given(source, config.name, folder, known)
        found.append(made)
    _refuse_clashes(found, folder, known)
    paths: dict[str, str] = {}
    for made in found:
        if made.label and made.shown not in paths.values():
            paths[made.label if made.label in made.names else _free(made.label, {*named, *paths})] = made.shown
    return Chosen(list(dict.fromkeys(name for made in found for name in made.names)), paths, described)


def check(config: InputConfig, folder: Path) -> None:
    """Raise ConfigError for a name or a kind that cannot be, InputError for a source of another kind than is said."""
    if config.input_type not in _IS:
        raise ConfigError(f"input_type: {config.input_type!r} is unknown. Known: {', '.join(_IS)}.")
    if config.name is not None and len(config.sources) != 1:
        raise ConfigError("name: can only be given for one source. Leave it out, or start a task for each source.")
    if config.name is not None and video_name(config.name) != config.name:
        proposal = video_name(config.name) or "talk"
        raise ConfigError(f"name: {config.name!r} cannot be a file name. Use for example {proposal!r}.")
    if config.name == "":
        raise ConfigError("name: is empty. Write a name of letters and digits, or leave it out.")
    if config.name is not None and _is_set(config.sources[0], folder):
        raise ConfigError("name: the videos of a set have names of their own. Leave the name out.")
    for source in config.sources:
        meant = source if isinstance(source, VideoConfig) else _file_of_set(source, folder)
        if not _IS[config.input_type](meant):
            raise InputError(f"{_called(source)}: is not of the input_type {config.input_type}. Leave the kind out.")


def _described(video: VideoConfig, name: str | None, folder: Path) -> tuple[_Made, str]:
    name = name or video_name(video.video_id)
    document, shown = video.to_dict(), f"{DESCRIBED}/{name}.yaml"
    video_yaml.normalise(yaml12.parse(yaml12.dump(document), f"VideoConfig {name}"), f"VideoConfig {name}")
    return _Made([name], (folder / shown).resolve(), shown, name), yaml12.dump(document)


def _of_given(source: str | Path, name: str | None, folder: Path, known: Mapping[str, Found]) -> _Made:
    if sources.is_link(str(source)):
        path: Path | str = youtube.canonical(str(source))
        shown = str(source)
    else:
        path = _existing(source, folder)
        shown = str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
    names = [video for video, of in known.items() if path in _paths(of, folder)]
    names = names if name is None else [video for video in names if video.casefold() == name.casefold()]
    if names:
        return _Made(names, path, shown)
    if isinstance(path, Path) and sources.is_set(path):
        return _Made(list(sets.members(path)), path, shown, sources.name_of(path) or "set")
    name = name or (sources.name_of(path) if isinstance(path, Path) else f"youtube_{youtube.video_id(path)}")
    if not name:
        raise InputError(f"{source}: has no letter or digit in its name to call the video by. Give it a name.")
    return _Made([name], path, shown, name)


def _existing(source: str | Path, folder: Path) -> Path:
    path = (folder / Path(_file_of_set(source, folder)).expanduser()).resolve()
    if path.is_file():
        return path
    if path.is_dir():
        raise InputError(f"{source}: is a folder without a {sets.FOLDER_FILE}. Name a file in it.")
    raise InputError(f"{source}: there is no such file in {folder}. Check its name, or give its whole path.")


def _file_of_set(source: str | Path, folder: Path) -> str | Path:
    """A folder that is a set is known by the file in it."""
    if sources.is_link(str(source)):
        return source
    inside = Path(source) / sets.FOLDER_FILE
    return inside if (folder / inside.expanduser()).is_file() else source


def _is_set(source: Source, folder: Path) -> bool:
    if isinstance(source, VideoConfig):
        return False
    return sources.is_set(folder / Path(_file_of_set(source, folder)).expanduser())


def _paths(of: Found, folder: Path) -> list[Path | str]:
    return [youtube.canonical(of.link)] if of.link else [(folder / file).resolve() for file in of.files]


def _refuse_clashes(found: Sequence[_Made], folder: Path, known: Mapping[str, Found]) -> None:
    """Names are compared without case: some file systems could not tell two such apart."""
    taken = {name.casefold(): of for name, of in known.items()}
    mine: dict[str, _Made] = {}
    for made in found:
        for name in made.names:
            of = taken.get(name.casefold())
            if made.label and of and made.path not in _paths(of, folder):
                other = _shown(of, folder)
                call = (
                    f"Call it otherwise (--name {name}_2, or name= in Python)" if len(found) == 1 else _call(name, made)
                )
                raise ConfigError(
                    f"there are two sources for the video {name!r}: {other}, which this folder has, and {made.shown}. "
                    f"{call}, or rename the file."
                )
            first = mine.setdefault(name.casefold(), made)
            if first.path != made.path:
                raise InputError(
                    f"two sources make the video {name!r}: {first.shown} and {made.shown}. "
                    f"{_call(name, made)}, or rename one of them."
                )


def _call(name: str, made: _Made) -> str:
    """What works for several sources, none of which can be given a name in passing."""
    return f"Call it otherwise in config.yaml, for example `sources: {{{name}_2: {made.shown}}}`"


def _shown(of: Found, folder: Path) -> str:
    path = Path(of.files[-1]) if of.files else None
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path) if path else of.link


def _free(label: str, taken: set[str]) -> str:
    """Of a set the label says nothing, but it must not replace another one."""
    while label in taken:
        label = f"{label}_set"
    return label


def _kind(source: Source) -> str:
    if isinstance(source, VideoConfig):
        return "config"
    return "link" if sources.is_link(str(source)) else sources.kind_of(source)


def _called(source: Source) -> str:
    return f"the video {source.video_id}" if isinstance(source, VideoConfig) else str(source)
