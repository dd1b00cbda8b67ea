"""The interface of every speech engine: words and a voice in, sound and word times out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Piece:
    """A stretch of the narration as it is shown (`text`) and as it is to be said (`spoken`).

    The pieces' texts joined by single blanks are the narration with its white space folded. `spoken` holds no, one or
    several words. `pause` is silence in seconds asked for after the piece.
    """

    text: str
    spoken: str
    pause: float = 0.0


@dataclass(frozen=True)
class Word:
    """A word of the narration as shown, with its start and end in seconds from the start of the sound."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Speech:
    """Spoken narration.

    samples: mono float32 in -1..1, shape (n,). rate: samples a second. words: in order, without overlap, inside the
    sound. exact: False where the word times are estimated. engine: name and version of what spoke. silent: True where the
    sound is meant to hold nothing, so it is neither checked nor trimmed.
    """

    samples: np.ndarray
    rate: int
    words: Sequence[Word]
    engine: str
    exact: bool = True
    silent: bool = False


@dataclass(frozen=True)
class Cast:
    """The voice that an engine takes: its own name for it, `male` or `female`, and a locale such as en-GB.

    gender and locale are empty where the engine cannot know them.
    """

    name: str
    gender: str
    locale: str


class Engine(Protocol):
    """One speech engine. Raises EngineError, `temporary` where trying again may help."""

    name: str
    online: bool

    def supports(self, language: str) -> bool:
        """Whether the engine has a voice for a language such as `en` or `pt-BR`.

        Raises EngineError if a package or a model that it needs is missing.
        """

    def cast(self, voice: str, language: str) -> Cast:
        """Return the voice that speaks for one as written in the video YAML. Loads no model."""

    def identity(self, voice: str, language: str) -> str:
        """Return the name, version and voice of what speaks, as in Speech.engine. Loads no model."""

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces in a voice as written in the video YAML."""
