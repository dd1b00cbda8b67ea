"""hibari: a small neural voice for English, in this process, the same bytes every time."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from video_gen.errors import EngineError
from video_gen.speech import spell, timing, voices
from video_gen.speech.model import Piece, Speech

RATE = 24_000
FRAME = 600  # samples a unit of the model's durations
MAX_PHONEMES = 400  # as in the library: longer sentences are spoken in parts
DURATIONS = "/Round_output_0"
LAG = round(0.033 * RATE)  # the sound runs ahead of the durations by so much, measured against a forced alignment

# (gender, British): name of the library's voice. Only "heart" is in its package.
VOICES = {
    ("female", False): "heart",
    ("male", False): "fenrir",
    ("female", True): "emma",
    ("male", True): "fable",
}


class Hibari:
    """The engine `hibari`. Voices other than the one in its package are used where they have been fetched before."""

    name = "hibari"
    online = False

    def supports(self, language: str) -> bool:
        """Whether the language is English."""
        return voices.base(language) == "en"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces. Raises EngineError."""
        if not self.supports(language):
            raise EngineError(f"hibari: speaks English only, not {language!r}. Choose the engine auto, pico or espeak.")
        model = _model(_voice(voices.gender(voice), voices.locale(voice, language)))
        rng = np.random.default_rng(0)
        sounds: list[np.ndarray] = []
        bounds: list[timing.Span] = []
        offset = 0
        pieces = spell.clear_letters(pieces)
        for chunk in _chunks(model.phonemes([word for piece in pieces for word in piece.spoken.split()])):
            samples, spans = model.say(chunk, rng)
            bounds += [((offset + start) / RATE, (offset + end) / RATE) for start, end in spans]
            sounds.append(samples)
            offset += len(samples)
        engine = f"hibari {version('hibari-tts')} {model.voice}"
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

        self.voice = voice
        data = Path(voice_path(voice, download_missing=False)).read_bytes()
        self.tts: Any
        try:
            # InferenceSession takes the bytes of a model where the library expects its path.
            self.tts, self.timed = hibari.Hibari(voice=voice, model=data + _output(DURATIONS)), True
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


def _chunks(groups: Sequence[str]) -> Iterator[list[str]]:
    """Divide the words' phonemes into sentences, and those that are too long at clauses, or anywhere if need be."""
    sentence: list[str] = []
    for group in groups:
        sentence.append(group)
        if group.endswith((".", "!", "?", "…")):
            yield from _parts(sentence)
            sentence = []
    if sentence:
        yield from _parts(sentence)


def _parts(sentence: list[str]) -> Iterator[list[str]]:
    while sum(len(group) + 1 for group in sentence) > MAX_PHONEMES:
        ends = list(accumulate(len(group) + 1 for group in sentence))
        fitting = [i for i, end in enumerate(ends) if end <= MAX_PHONEMES] or [0]
        clauses = [i for i in fitting if sentence[i].endswith((",", ";", ":", "—"))]
        cut = (clauses or fitting)[-1] + 1
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _by_piece(pieces: Sequence[Piece], bounds: Sequence[timing.Span]) -> Iterator[timing.Span]:
    """One span a piece from one span a spoken word."""
    ends = accumulate((len(piece.spoken.split()) for piece in pieces), initial=0)
    for first, behind in pairwise(ends):
        yield bounds[first][0], bounds[behind - 1][1]


def _voice(gender: str, locale: str) -> str:
    """The wanted voice where its model is on this machine; never fetched here, since a run must not need the network."""
    from hibari.voices import voice_path

    wanted = VOICES[gender, locale in ("en-GB", "en-AU", "en-IE", "en-IN")]
    try:
        voice_path(wanted, download_missing=False)
    except FileNotFoundError:
        return "heart"
    return wanted


@cache
def _model(voice: str) -> _Model:
    return _Model(voice)


def _output(name: str) -> bytes:
    """A serialised ONNX ModelProto { graph { output { name } } }; behind a model's bytes it adds that output to it."""
    return _field(7, _field(12, _field(1, name.encode())))


def _field(number: int, data: bytes) -> bytes:
    """A length-delimited protobuf field of up to 127 bytes."""
    return bytes([number << 3 | 2, len(data)]) + data
