"""The options of `create` → what a task is asked for."""

from collections.abc import Sequence
from typing import Any

from video_gen.errors import ConfigError
from video_gen.pipeline.config import InputConfig

_KINDS = ("document", "yaml", "youtube")
_DEFAULTS = InputConfig().to_dict()


def config(
    sources: Sequence[str] | None, *, style: str | None = None, settings: Sequence[str] = (), **values: Any
) -> InputConfig:
    """Return what a task is asked for.

    sources: `[KIND:]SOURCE`. settings: `key=value`. values: fields of an `InputConfig`. Raises ConfigError.
    """
    kinds, paths = zip(*map(_parted, sources), strict=True) if sources else ((), ())
    overrides = nested(settings)
    if style is not None:
        overrides.setdefault("narration", {})["style"] = style
    # Of several kinds each source says by itself what it is.
    kind = kinds[0] if len(set(kinds)) == 1 else "auto"
    return InputConfig(source=list(paths) or None, input_type=kind, overrides=overrides, **values)


def of_task(task: str, given: InputConfig) -> InputConfig:
    """Return what a task was asked for. Raises TaskError, and ConfigError if something else is given beside it."""
    from video_gen import StateManager
    from video_gen.cli import folder

    task_id = folder.task(task)
    known = StateManager().get(task_id).input_config
    for key, value in given.to_dict().items():
        if value not in (known.get(key), _DEFAULTS.get(key)):
            raise ConfigError(
                f"{key}: the task {task_id} was begun with {known.get(key)!r}. Leave it out, or leave --resume out."
            )
    return InputConfig.from_dict(known)


def listed(*texts: str | None) -> list[str] | None:
    """Return the parts of texts such as `en,de`, None where there are none."""
    return [part.strip() for text in texts if text for part in text.split(",") if part.strip()] or None


def nested(settings: Sequence[str]) -> dict[str, Any]:
    """Return `a.b=value` texts as nested settings; the values are read as YAML. Raises ConfigError, InputError."""
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
        place[key] = yaml12.parse(value, f"--set {path}")
    return found


def _parted(source: str) -> tuple[str, str]:
    kind, mark, rest = source.partition(":")
    return (kind, rest) if mark and kind in _KINDS else ("auto", source)
