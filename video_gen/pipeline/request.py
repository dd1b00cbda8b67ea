"""An `InputConfig` → what Snakemake is given: settings, the names of the videos, targets."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from video_gen import settings, sources
from video_gen.errors import ConfigError, InputError
from video_gen.names import KINDS, video_name
from video_gen.paths import workflow_dir
from video_gen.pipeline.config import InputConfig, Source, VideoConfig
from video_gen.pipeline.files import Plan
from video_gen.sources import Source as Found
from video_gen.sources import languages, video_yaml, yaml12, youtube

# Videos described in Python become files here; named by the video, so that an unchanged one makes nothing anew.
DESCRIBED = "output/sources"
# Stands for all that the user's own stages make of a video.
STAGES_DONE = "output/stages/{video}.done"

_IS: dict[str, Callable[[Source], bool]] = {
    "auto": lambda source: True,
    "document": lambda source: _kind(source) not in ("yaml", "link", "config"),
    "yaml": lambda source: _kind(source) == "yaml",
    "youtube": lambda source: _kind(source) in ("link", "transcript"),
    "config": lambda source: isinstance(source, VideoConfig),
}


def request(config: InputConfig, folder: Path, options: Sequence[str] = ()) -> tuple[Plan, dict[str, Any]]:
    """Return what is to be made in a folder, and the settings for it (`--configfile`); nothing is begun or written.

    options: further options of Snakemake's. Raises InputError and ConfigError for what cannot be made."""
    given = _given(config)
    own, described = _sources(config, folder)
    if own:
        given["sources"] = {**given.get("sources", {}), **{name: path for name, path in own if path is not None}}
    resolved = settings.resolve(workflow_dir() / "config.yaml", folder / settings.FILE, given)
    read = partial(_read, folder, described)
    known, _ = languages.of_folder(folder / "inputs", resolved, read)
    named = [name for name, _ in own] if config.sources else [name for name, of in known.items() if not of.language]
    videos = list(dict.fromkeys(each for name in named for each in _in_languages(name, known, config, resolved, read)))
    if not videos:
        raise InputError(
            f"{folder}: there is nothing to make. Drop a .md or .yaml file into inputs/, or name a source."
        )
    bases = {known[name].of for name in videos if name in known} - {"", *videos}
    patterns = _patterns(config, resolved)
    targets = list(dict.fromkeys(pattern.replace("{video}", name) for name in videos for pattern in patterns))
    if resolved["rules"] and not (config.sources or config.kinds or config.targets):
        targets.append("all")  # what a rule file of the user's adds to it is known to Snakemake alone
    return Plan(videos, targets, list(options), described, sorted(bases)), given


def _patterns(config: InputConfig, resolved: Mapping[str, Any]) -> Sequence[str]:
    """What is made of each video."""
    if config.targets:
        return config.targets
    for kind in config.kinds or ():
        if kind not in KINDS:
            raise ConfigError(f"kinds: {kind!r} is unknown. Known: {', '.join(KINDS)}.")
    files = [f"output/videos/{{video}}.{kind}" for kind in config.kinds or KINDS]
    return [*files, STAGES_DONE] if resolved["stages"] and not config.kinds else files


def _read(folder: Path, described: Mapping[str, str], path: str) -> str:
    """The beginning of a source below the folder, or of one that is still to be written."""
    return described.get(path) or languages.read_start(str(folder / path))


def _in_languages(
    name: str,
    known: Mapping[str, Found],
    config: InputConfig,
    resolved: Mapping[str, Any],
    read: Callable[[str], str],
) -> list[str]:
    """The names of a source's videos: in the languages of the task, else in its own and the further ones of the settings."""
    names = {each.casefold(): each for each in known}
    variants = {each: languages.variant(name, each).casefold() for each in resolved["languages"]}
    if config.languages is None:
        return [name, *(names[variant] for variant in variants.values() if variant in names)]
    own = languages.own_language(known[name], read) or known[name].language or resolved["language"]
    missing = [each for each, variant in variants.items() if each != own and variant not in names]
    if missing:
        raise InputError(
            f"{name}: is a translation itself. Ask for {', '.join(missing)} of what it is a translation of."
        )
    return [name if each == own else names[variant] for each, variant in variants.items()]


def _given(config: InputConfig) -> dict[str, Any]:
    """The settings of this task, nested as in config.yaml."""
    values = {
        ("language",): config.language,
        ("languages",): list(config.languages) if config.languages is not None else None,
        ("voice",): config.voice,
        ("accent_color",): config.accent_color,
        ("narration", "engine"): config.engine,
        ("picture", "theme"): config.theme,
        ("picture", "formats"): list(config.formats) if config.formats is not None else None,
        ("document", "target_duration"): config.target_duration,
    }
    given = _copied(config.overrides)
    for (*above, key), value in values.items():
        if value is not None:
            place = given
            for name in above:
                place = place.setdefault(name, {})
            place[key] = value
    return given


def _sources(config: InputConfig, folder: Path) -> tuple[list[tuple[str, str | None]], dict[str, str]]:
    """The videos of the sources as (name, path for the setting `sources`, None for one that lies in inputs/)."""
    found: list[tuple[str, str | None]] = []
    described: dict[str, str] = {}
    if config.input_type not in _IS:
        raise ConfigError(f"input_type: {config.input_type!r} is unknown. Known: {', '.join(_IS)}.")
    if config.name and len(config.sources) != 1:
        raise ConfigError("name: can only be given for one source. Leave it out, or start a task for each source.")
    for source in config.sources:
        if not _IS[config.input_type](source):
            raise InputError(f"{_called(source)}: is not of the kind {config.input_type}. Leave the kind out.")
        if isinstance(source, VideoConfig):
            name, path, text = _described(source, config.name)
            described[path] = text
            found.append((name, path))
        else:
            found += _of_file(source, config.name, folder)
    _no_doubles([name for name, _ in found])
    return found, described


def _described(video: VideoConfig, name: str | None) -> tuple[str, str, str]:
    name = name or video_name(video.video_id)
    document = video.to_dict()
    video_yaml.normalise(yaml12.parse(yaml12.dump(document), f"VideoConfig {name}"), f"VideoConfig {name}")
    return name, f"{DESCRIBED}/{name}.yaml", yaml12.dump(document)


def _of_file(source: str | Path, name: str | None, folder: Path) -> list[tuple[str, str | None]]:
    if sources.is_link(str(source)):
        return [(name or video_name(f"youtube_{youtube.video_id(str(source))}"), str(source))]
    path = (folder / Path(source).expanduser()).resolve()
    if not path.is_file():
        raise InputError(f"{source}: there is no such file in {folder}. Check its name, or give its whole path.")
    shown = str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
    if name is None:
        inside, _ = sources.discover(folder / "inputs", {})
        names = [video for video, of in inside.items() if path in [(folder / file).resolve() for file in of.files]]
        if names:
            return [(video, None) for video in names]
    name = name or sources.name_of(path)
    if not name:
        raise InputError(f"{source}: has no letter or digit in its name to call the video by. Give it a name.")
    return [(name, shown)]


def _no_doubles(names: list[str]) -> None:
    double = next((name for name in names if names.count(name) > 1), None)
    if double:
        raise InputError(f"two sources make the video {double!r}. Give one of them another name.")


def _copied(value: Any) -> Any:
    return {key: _copied(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _kind(source: Source) -> str:
    if isinstance(source, VideoConfig):
        return "config"
    return "link" if sources.is_link(str(source)) else sources.kind_of(source)


def _called(source: Source) -> str:
    return f"the video {source.video_id}" if isinstance(source, VideoConfig) else str(source)
