"""Settings: the packaged defaults, then the user's config.yaml, then what the command line or a module gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from video_gen import schema
from video_gen.errors import ConfigError, InputError
from video_gen.scenes import colours
from video_gen.sources import yaml12
from video_gen.sources.yaml12 import line_at
from video_gen.speech import voices

FILE = "config.yaml"


def resolve(defaults: Path, user: Path | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all settings, checked.

    defaults: the packaged config.yaml. user: the working directory's, which need not exist; None if it is not ours. given: from
    `--configfile` and `--config`, or from the workflow that uses ours. Maps merge, other values replace. Raises ConfigError that
    names the file, the setting and the remedy.
    """
    settings, own = dict(yaml12.load(defaults)), None
    user = user if user and user.exists() else None
    if not (user and user.samefile(defaults)):
        own = _own(user) if user else {}
        # The packaged file names this project's own README; that is no source of somebody else's folder.
        settings = _merged(settings | {"sources": {}}, own)
    _check(settings, str(user) if user else str(defaults), own)
    if given:
        settings = _merged(settings, _typed(given, settings))
        _check(settings, "the settings given for this run", None)
    return settings


def _check(settings: dict[str, Any], where: str, own: dict | None) -> None:
    """Raise ConfigError for what cannot be used. own: the document that the lines of messages are of."""
    schema.check(settings, "config", where, ConfigError, lambda path: line_at(own, path))
    for key, parse in (("accent_color", colours.parse), ("voice", voices.check)):
        try:
            parse(settings[key])
        except (InputError, ConfigError) as error:
            line = line_at(own, (key,)) if own else None
            raise ConfigError(f"{where}{f', line {line}' if line else ''}: {error}") from error


def _own(path: Path) -> dict:
    try:
        document = yaml12.load(path)
    except InputError as error:
        raise ConfigError(str(error)) from error
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise ConfigError(f"{path}: must be a map of settings (key: value).")
    return document


def _typed(given: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Read the texts of a nested `--config a={b: 1}`, which come without types, where the setting is no text."""
    result = {}
    for key, value in given.items():
        old = settings.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            value = _typed(value, old)
        elif isinstance(value, str) and not isinstance(old, str) and key in settings:
            value = yaml12.parse(value, "--config")
        result[key] = value
    return result


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, Mapping) and value is None:
            continue
        result[key] = _merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result
