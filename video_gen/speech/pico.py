"""SVOX Pico: German, Spanish, French, Italian and English, one female voice each, nothing to fetch."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise

import numpy as np

from video_gen.errors import EngineError
from video_gen.speech import child, timing, voices
from video_gen.speech.espeak import Espeak
from video_gen.speech.model import Cast, Engine, Piece, Speech

VOICES = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
RATE = 16_000


class Pico(Engine):
    """The engine `pico`. Its wheel exists for Linux, Windows and Macs with Intel chips."""

    name = "pico"
    online = False

    def supports(self, language: str) -> bool:
        """Whether Pico has a voice for the language. Raises EngineError where it is not installed."""
        if not installed():
            raise EngineError("pico: is not installed (`pip install py-nanotts`). Choose the engine auto or espeak.")
        return voices.base(language) in VOICES

    def cast(self, voice: str, language: str) -> Cast:
        """The one voice of the language; two of English."""
        locale = voices.locale(voice, language)
        code = "en-GB" if voices.british(locale) else VOICES[voices.base(language)]
        return Cast(code, "female", code)

    def identity(self, voice: str, language: str) -> str:
        """Name, version and the code of the voice."""
        return f"pico {version('py-nanotts')} {self.cast(voice, language).name}"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces, each sentence in a fresh process; word times are estimated. Raises EngineError."""
        if not self.supports(language):
            raise EngineError(f"pico: has no voice for the language {language!r}. Choose the engine auto or espeak.")
        code = self.cast(voice, language).name
        sounds: list[np.ndarray] = []
        spans: list[timing.Span] = []
        length = 0.0
        for sentence in _sentences(pieces):
            sound = child.utter("pico", " ".join(piece.spoken for piece in sentence), code).samples
            heard = np.flatnonzero(np.abs(sound) > 0.01 * max(np.abs(sound).max(initial=0), 1e-9))
            start, end = (heard[0], heard[-1]) if heard.size else (0, len(sound))
            weights = _weights(sentence, voice, language)
            spans += timing.spread(length + start / RATE, length + end / RATE, weights)
            sounds.append(sound)
            length += len(sound) / RATE
        words = timing.words(pieces, spans)
        return Speech(np.concatenate(sounds), RATE, words, self.identity(voice, language), exact=False)


@cache
def installed() -> bool:
    """Whether the package is there."""
    return find_spec("py_nanotts") is not None


def _weights(sentence: Sequence[Piece], voice: str, language: str) -> list[float]:
    """How long the words are in proportion: as another engine, which does tell, says the same sentence."""
    said = Espeak().speak(sentence, voice, language)
    starts = [word.start for word in said.words]
    loud = np.flatnonzero(np.abs(said.samples) > 0.01 * max(np.abs(said.samples).max(initial=0), 1e-9))
    end = loud[-1] / said.rate if loud.size else len(said.samples) / said.rate
    return [max(0.01, following - start) for start, following in pairwise([*starts, max(end, starts[-1])])]


def _sentences(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    for piece in pieces:
        sentence.append(piece)
        if piece.spoken.endswith((".", "!", "?")):
            yield sentence
            sentence = []
    if sentence:
        yield sentence
