"""hibari: a small neural voice for English, in this process, the same bytes every time."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from video_gen.errors import EngineError
from video_gen.speech import onnx, phonemes, spell, timing, voices
from video_gen.speech.model import Cast, Engine, Piece, Speech

RATE = 24_000
FRAME = 600  # samples a unit of the model's durations
MAX_PHONEMES = 400  # as in the library: longer sentences are spoken in parts
DURATIONS = "/Round_output_0"
LAG = round(0.033 * RATE)  # the sound runs ahead of the durations by so much, measured against a forced alignment

# The library's voices. Only "heart" is in its package.
VOICES = {
    ("female", "en-US"): "heart",
    ("male", "en-US"): "fenrir",
    ("female", "en-GB"): "emma",
    ("male", "en-GB"): "fable",
}


class Hibari(Engine):
    """The engine `hibari`. Voices other than the one in its package are used where they have been fetched before."""

    name = "hibari"
    online = False

    def supports(self, language: str) -> bool:
        """Whether the language is English."""
        return voices.base(language) == "en"

    def cast(self, voice: str, language: str) -> Cast:
        """The wanted voice where its model is on this machine; never fetched here: a run must not need the network."""
        from hibari.voices import voice_path

        locale = "en-GB" if voices.british(voices.locale(voice, language)) else "en-US"
        wanted = Cast(VOICES[voices.gender(voice), locale], voices.gender(voice), locale)
        try:
            voice_path(wanted.name, download_missing=False)
        except FileNotFoundError:
            return Cast("heart", "female", "en-US")
        return wanted

    def identity(self, voice: str, language: str) -> str:
        """Name, version and the library's voice."""
        return f"hibari {version('hibari-tts')} {self.cast(voice, language).name}"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces. Raises EngineError."""
        if not self.supports(language):
            raise EngineError(f"hibari: speaks English only, not {language!r}. Choose the engine auto, pico or espeak.")
        model = _model(self.cast(voice, language).name)
        rng = np.random.default_rng(0)
        sounds: list[np.ndarray] = []
        bounds: list[timing.Span] = []
        offset = 0
        pieces = spell.clear_letters(pieces)
        groups = model.phonemes([word for piece in pieces for word in piece.spoken.split()])
        for chunk in phonemes.chunks(groups, MAX_PHONEMES):
            samples, spans = model.say(chunk, rng)
            bounds += [((offset + start) / RATE, (offset + end) / RATE) for start, end in spans]
            sounds.append(samples)
            offset += len(samples)
        engine = self.identity(voice, language)
        words = timing.words(pieces, list(_by_piece(pieces, bounds)))
        return Speech(np.concatenate(sounds) if sounds else np.zeros(0, np.float32), RATE, words, engine, model.timed)


class _Model:
    """The library with phoneme durations as one more output of its network."""

    def __init__(self, voice: str):
        import hibari
        from hibari.voices import voice_path
        from onnxruntime.capi.onnxruntime_pybind11_state import (  # type: ignore[import-untyped]
            Fail,
            InvalidGraph,
        )

        data = Path(voice_path(voice, download_missing=False)).read_bytes()
        self.tts: Any
        try:
            # InferenceSession takes the bytes of a model where the library expects its path.
            self.tts, self.timed = hibari.Hibari(voice=voice, model=data + onnx.output(DURATIONS)), True
        except (Fail, InvalidGraph):  # another release of the model that names its tensors otherwise
            self.tts, self.timed = hibari.Hibari(voice=voice, model=data), False

    def phonemes(self, words: Sequence[str]) -> list[str]:
        """The phonemes of each word, punctuation included. Words hold no white space."""
        tokens = self.tts.g2p.phonemize_tokens(self.tts.g2p.tokenize(" ".join(words)))
        groups = [""]
        for token in tokens:
            groups[-1] += "".join(c for c in token.phonemes or "" if c in self.tts.vocab)
            if token.whitespace:
                groups.append("")
        if len(groups) != len(words):
            raise EngineError(f"hibari: cannot tell the words apart in {' '.join(words)[:80]!r}. Reword the narration.")
        return groups

    def say(self, groups: Sequence[str], rng: np.random.Generator) -> tuple[np.ndarray, list[tuple[int, int]]]:
        """Return the samples of one sentence and the (start, end) samples of its words."""
        from hibari import dsp

        ids = self.tts.ids(" ".join(groups))
        if len(ids) < 3:
            return np.zeros(0, np.float32), [(0, 0)] * len(groups)
        inputs = {"ids": np.asarray([ids], np.int64), "speed": np.ones(1, np.float32)}
        outputs = self.tts.sess.run(None, inputs)
        samples = dsp.synth(*(output[0] for output in outputs[:6]), rng)
        durations = outputs[6] * FRAME if self.timed else np.full(len(ids), len(samples) / len(ids))
        return samples, _spans(groups, durations)


def _spans(groups: Sequence[str], durations: np.ndarray) -> list[tuple[int, int]]:
    """The (start, end) samples of words, from the durations of: a pad, the words with a blank between them, a pad."""
    edges = np.maximum(np.concatenate([[0], np.cumsum(durations)]).round().astype(int) - LAG, 0)
    spans = []
    at, rested = 1, True
    for group in groups:
        letters = len(group.rstrip(";:,.!?—…"))  # closing punctuation is a rest and no part of the word
        # In running speech the blank between two words already belongs to the second one.
        spans.append((int(edges[at if rested else at - 1]), int(edges[at + letters])))
        at, rested = at + len(group) + 1, letters < len(group)
    return spans


def _by_piece(pieces: Sequence[Piece], bounds: Sequence[timing.Span]) -> Iterator[timing.Span]:
    """One span a piece from one span a spoken word."""
    ends = accumulate((len(piece.spoken.split()) for piece in pieces), initial=0)
    for first, behind in pairwise(ends):
        yield bounds[first][0], bounds[behind - 1][1]


@cache
def _model(voice: str) -> _Model:
    return _Model(voice)
