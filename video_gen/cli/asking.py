"""The options of `create` → what a task is asked for."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from video_gen.errors import ConfigError, InputError
from video_gen.pipeline.config import InputConfig
from video_gen.sources import sets, youtube

_KINDS = ("document", "yaml", "youtube")
_DEFAULTS = InputConfig().to_dict()


def config(
    sources: Sequence[str] | None, *, style: str | None = None, settings: Sequence[str] = (), **values: Any
) -> InputConfig:
    """Return what a task is asked for.

    sources: `[KIND:]SOURCE`. settings: `key=value`. values: fields of an `InputConfig`. Raises ConfigError, and InputError for a
    source that is none.
    """
    kinds, paths = zip(*map(_parted, sources), strict=True) if sources else ((), ())
    overrides = nested(settings)
    if style is not None:
        overrides.setdefault("narration", {})["style"] = style
    asked = InputConfig(source=list(paths) or None, overrides=overrides, **values)
    if len(set(kinds)) == 1:
        return replace(asked, input_type=kinds[0])
    _check_each(asked, kinds)
    return asked


@contextmanager
def as_arguments() -> Iterator[None]:
    """Let what is wrong with a value that was given be told, and end, as wrong arguments do."""
    try:
        yield
    except ConfigError as error:
        raise typer.BadParameter(str(error).replace("the settings given for this run: ", "")) from error


def check(asked: InputConfig) -> None:
    """Refuse what can never be made, before a task begins that could not be resumed either.

    Raises typer.BadParameter for what the arguments say, ConfigError for what config.yaml does, and InputError.
    """
    from video_gen.cli import folder, settings_check
    from video_gen.pipeline import chosen, request

    folder.settings()  # what is wrong there is no fault of the arguments
    with as_arguments():
        chosen.check(asked, Path.cwd())
        given, found = request.resolve(asked, Path.cwd())
        if faults := settings_check.of_task(found, given):
            raise ConfigError("\n".join(faults))


def of_task(task: str, given: InputConfig) -> InputConfig:
    """Return what a task was asked for. Raises TaskError, and ConfigError if something else is given beside it."""
    from video_gen import StateManager
    from video_gen.cli import folder

    task_id = folder.task(task)
    known = StateManager().get(task_id).input_config
    for key, value in given.to_dict().items():
        if value not in (known.get(key), _DEFAULTS.get(key)):
            begun = f"with {known[key]!r}" if key in known else "without"
            raise ConfigError(f"{key}: the task {task_id} was begun {begun}. Leave it out, or leave --resume out.")
    return InputConfig.from_dict(known)


def listed(*texts: str | None) -> list[str] | None:
    """Return the parts of texts such as `en,de`, None where there are none."""
    return [part.strip() for text in texts if text for part in text.split(",") if part.strip()] or None


def nested(settings: Sequence[str]) -> dict[str, Any]:
    """Return `a.b=value` texts as nested settings; the values are read as YAML. Raises ConfigError."""
    from video_gen.sources import yaml12

    found: dict[str, Any] = {}
    for setting in settings:
        path, mark, value = setting.partition("=")
        *above, key = path.strip().split(".")
        if not mark or not key or not all(above):
            raise ConfigError(f"--set {setting}: is no setting. Write KEY=VALUE, for example picture.fps=60.")
        place = found
        for name in above:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise ConfigError(
                    f"--set {setting}: {name} was given a value of its own before. Leave one of them out."
                )
        try:
            place[key] = yaml12.parse(value, f"--set {path}")
        except InputError as error:
            raise ConfigError(str(error)) from error
    return found


def _check_each(asked: InputConfig, kinds: Sequence[str]) -> None:
    """Check sources of several kinds, each against its own: a task has one kind for all, or none."""
    from video_gen.pipeline import chosen

    for kind, source in zip(kinds, asked.sources, strict=True):
        chosen.check(replace(asked, source=source, input_type=kind, name=None), Path.cwd())


def _parted(source: str) -> tuple[str, str]:
    """Return kind and path of a source. Raises typer.BadParameter for what names none, InputError for what is not there."""
    kind, mark, rest = source.partition(":")
    if "://" in source:
        return (kind, rest) if kind in _KINDS else ("auto", source)
    if not mark or kind not in _KINDS or Path(source).is_file():
        kind, rest = "auto", source
    if rest in ("", "-"):
        raise typer.BadParameter(
            f"--from {source!r}: names no file, and nothing is read from stdin. Name a file, such as talk.md."
        )
    if kind == "youtube" and not Path(rest).is_file():
        return kind, youtube.canonical(rest)
    if rest.startswith("~"):
        rest = _at_home(rest)
    if (Path(rest) / sets.FOLDER_FILE).is_file():
        return kind, str(Path(rest) / sets.FOLDER_FILE)
    if Path(rest).is_dir():
        raise InputError(f"{rest}: is a folder. {_instead(Path(rest))}")
    if mark and kind == "auto" and not Path(rest).exists():
        raise InputError(
            f"{source}: there is no such file, and {source.partition(':')[0]!r} is no kind. Known: {', '.join(_KINDS)}."
        )
    return kind, rest


def _at_home(path: str) -> str:
    """Return the whole path of `~/talk.md`, and of a file whose own name begins so."""
    try:
        return str(Path(path).absolute() if Path(path).exists() else Path(path).expanduser())
    except RuntimeError:
        raise InputError(f"{path}: there is neither such a file nor such a user. Check the name.") from None


def _instead(folder: Path) -> str:
    """What can be done with a folder."""
    from video_gen.sources import kind_of

    found = sorted(path for path in folder.iterdir() if path.is_file() and kind_of(path))
    if (folder / "inputs").is_dir():
        return "If it is a project, go into it and leave --from out."
    if not found:
        return "There is no file in it that a video can be made from. Name a file."
    return f"Name a file in it, for example --from {shlex.quote(str(found[0]))}"
