"""`voices`: who speaks a language, online and on this computer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from video_gen import speech
from video_gen.cli import folder
from video_gen.errors import EngineError, InputError
from video_gen.speech import voices


@dataclass(frozen=True)
class Speaker:
    """A voice that can be named. online, offline: who speaks for it in a language, empty if nobody."""

    name: str
    gender: str
    online: str
    offline: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Described:
    """An engine. speaks: `yes`, `no`, or what it lacks."""

    name: str
    online: bool
    speaks: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def speakers(language: str) -> Sequence[Speaker]:
    """Return the voices that can be named, as they are in a language such as `de`."""
    models = folder.settings_or_defaults()["narration"]["models"]
    try:
        best = speech.offline_engine(language, models)
    except EngineError:
        best = ""
    return [
        Speaker(name, voices.gender(name), _online(name, language), _offline(best, name, language, models))
        for name in voices.NAMES
    ]


def engines(language: str) -> Sequence[Described]:
    """Return all engines, and whether they speak a language on this computer."""
    models = folder.settings_or_defaults()["narration"]["models"]
    return [_described(name, language, models) for name in speech.NAMES]


def _described(name: str, language: str, models: speech.Models) -> Described:
    engine = speech.engine(name, models)
    try:
        speaks = "yes" if engine.supports(language) else "no"
    except EngineError as error:
        speaks = str(error)
    return Described(name, engine.online, speaks)


def _online(name: str, language: str) -> str:
    try:
        return voices.edge_voice(name, language)
    except InputError:
        return ""


def _offline(engine: str, name: str, language: str, models: speech.Models) -> str:
    if not engine:
        return ""
    cast = speech.engine(engine, models).cast(name, language)
    kind = ", ".join(part for part in (cast.gender, cast.locale) if part)
    return f"{engine}: {cast.name}{f' ({kind})' if kind else ''}"
