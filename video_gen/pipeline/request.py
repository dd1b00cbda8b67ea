"""An `InputConfig` → what Snakemake is given: settings, the names of the videos, targets."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from video_gen import settings
from video_gen.errors import ConfigError, InputError
from video_gen.names import KINDS
from video_gen.paths import workflow_dir
from video_gen.pipeline.chosen import choose
from video_gen.pipeline.config import InputConfig
from video_gen.pipeline.files import Plan
from video_gen.sources import Source as Found
from video_gen.sources import languages

# Stands for all that the user's own stages make of a video.
STAGES_DONE = "output/stages/{video}.done"


def request(config: InputConfig, folder: Path, options: Sequence[str] = ()) -> tuple[Plan, dict[str, Any]]:
    """Return what is to be made in a folder, and the settings for it (`--configfile`); nothing is begun or written.

    options: further options of Snakemake's. Raises InputError and ConfigError for what cannot be made."""
    given, resolved = resolve(config, folder)
    chosen = choose(config, folder, resolved["sources"])
    if chosen.paths:
        given["sources"] = {**given.get("sources", {}), **chosen.paths}
        resolved["sources"] = {**resolved["sources"], **chosen.paths}
    read = partial(_read, folder, chosen.described)
    known, _ = languages.of_folder(folder / "inputs", resolved, read)
    named = chosen.names if config.sources else [name for name, of in known.items() if not of.language]
    videos = list(dict.fromkeys(each for name in named for each in _in_languages(name, known, config, resolved, read)))
    if not videos:
        raise InputError(
            f"{folder}: there is nothing to make. Drop a .md or .yaml file into inputs/, or name a source."
        )
    bases = {known[name].of for name in videos if name in known} - {"", *videos}
    patterns = _patterns(config, resolved)
    made = [pattern.replace("{video}", name) for name in videos for pattern in patterns]
    if not (config.targets or config.kinds):
        made += languages.kept_files({name: known[name] for name in videos if name in known})
    targets = list(dict.fromkeys(made))
    if resolved["rules"] and not (config.sources or config.kinds or config.targets):
        targets.append("all")  # what a rule file of the user's adds to it is known to Snakemake alone
    return Plan(videos, targets, list(options), chosen.described, sorted(bases)), given


def resolve(config: InputConfig, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings that a task gives, nested as in config.yaml, and all that hold for it. Raises ConfigError."""
    given = _given(config)
    return given, settings.resolve(workflow_dir() / settings.FILE, folder / settings.FILE, given)


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
    if languages.is_open(known[name], resolved):
        own = ""
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


def _copied(value: Any) -> Any:
    return {key: _copied(item) for key, item in value.items()} if isinstance(value, Mapping) else value
