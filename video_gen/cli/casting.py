"""`voices`: who speaks a language, online and on this computer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import typer

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
    """An engine. able: whether it speaks the language; note: what it lacks to do so, if anything."""

    name: str
    online: bool
    able: bool
    note: str = ""

    @property
    def speaks(self) -> str:
        """The answer in words: `yes`, `no`, or what it lacks."""
        return self.note or ("yes" if self.able else "no")

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"name": self.name, "online": self.online, "speaks": self.able, "note": self.note}


def speakers(language: str) -> Sequence[Speaker]:
    """Return the voices that can be named, as they are in a language such as `de`.

    Raises typer.BadParameter for a language that nobody speaks.
    """
    models = folder.settings_or_defaults()["narration"]["models"]
    if not able(language, models):
        raise typer.BadParameter(f"--language: {unknown(language)}")
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


def able(language: str, models: speech.Models) -> list[str]:
    """Return the engines that give a language a voice on this computer, or would where the network is there."""
    found = (_described(name, language, models) for name in speech.NAMES if name != "silent")
    return [engine.name for engine in found if engine.able]


def unknown(language: str) -> str:
    """Return the message that nobody speaks a language."""
    known = ", ".join(sorted(voices.LANGUAGES))
    return f"nobody speaks the language {language!r}. Known: {known}, each with regions such as pt-BR."


def _described(name: str, language: str, models: speech.Models) -> Described:
    engine = speech.engine(name, models)
    try:
        return Described(name, engine.online, engine.supports(language))
    except EngineError as error:
        return Described(name, engine.online, able=False, note=str(error))


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
