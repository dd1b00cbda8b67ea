"""No voice at all: silence as long as the words would take, for drafts."""

import re
from collections.abc import Sequence

import numpy as np

from video_gen.speech import timing
from video_gen.speech.model import Cast, Engine, Piece, Speech

RATE = 24_000
WORDS_PER_MINUTE = 135
SHORTEST = 0.5  # seconds

# Scripts without blanks: two ideographs, or five letters of the others, count as a word.
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


class Silent(Engine):
    """The engine `silent`."""

    name = "silent"
    online = False

    def supports(self, language: str) -> bool:
        """Every language."""
        return True

    def cast(self, voice: str, language: str) -> Cast:
        """No voice, so none that does not fit."""
        return Cast("", "", "")

    def identity(self, voice: str, language: str) -> str:
        """Always the same."""
        return "silent"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Return silence; its word times are shared out by letters."""
        seconds = max(SHORTEST, sum(_words(piece.spoken) for piece in pieces) * 60 / WORDS_PER_MINUTE)
        samples = np.zeros(round(seconds * RATE), np.float32)
        spans = timing.spread(0.0, len(samples) / RATE, [timing.weight(piece) for piece in pieces])
        words = timing.words(pieces, spans)
        return Speech(samples, RATE, words, self.identity(voice, language), exact=False, silent=True)


def _words(spoken: str) -> float:
    ideographs, letters = len(_IDEOGRAPH.findall(spoken)), len(_UNSPACED.findall(spoken))
    spaced = _UNSPACED.sub(" ", _IDEOGRAPH.sub(" ", spoken)).split()
    return sum(any(c.isalnum() for c in word) for word in spaced) + ideographs / 2 + letters / 5
