"""Piper: a neural voice from a model file of the user's, in some forty languages."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from itertools import groupby
from typing import Any

import numpy as np

from video_gen.errors import EngineError, InputError
from video_gen.files import read_json
from video_gen.speech import models, phonemes, spell, timing, voices
from video_gen.speech.model import Cast, Engine, Piece, Speech

VOICE = "the .onnx file of a Piper voice, with its .onnx.json beside it"
LAG = 0.012  # seconds that the sound runs ahead of the lengths, measured against a forced alignment
BOUNDS = ("^", "$")  # the phonemes that begin and end a sentence


class Piper(Engine):
    """The engine `piper`. model: path of a voice's .onnx file, its .onnx.json beside it."""

    name = "piper"
    online = False

    def __init__(self, model: str | None = None):
        self.model = model

    def supports(self, language: str) -> bool:
        """Whether the model speaks the language. Raises EngineError if the package or the model is missing."""
        models.need_package("piper", "piper")
        return voices.base(self._locale) == voices.base(language)

    def cast(self, voice: str, language: str) -> Cast:
        """The model's voice, of which nothing is known."""
        return Cast("", "", "")

    def identity(self, voice: str, language: str) -> str:
        """Name, version, and the model's name and fingerprint."""
        model = models.need_file("piper", "model", self.model, VOICE)
        return f"piper {version('piper-tts')} {model.stem} ({models.fingerprint(model)})"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces; word times are exact where the model tells the lengths of its phonemes. Raises EngineError."""
        if not self.supports(language):
            raise EngineError(
                f"piper: the voice {self.model} speaks {self._locale}, not {language!r}. Take another voice."
            )
        if voices.base(language) == "en":
            pieces = spell.clear_letters(pieces)
        said = list(self._voice.synthesize(" ".join(piece.spoken for piece in pieces), include_alignments=True))
        sound = np.concatenate([np.zeros(0, np.float32), *(chunk.audio_float_array for chunk in said)])
        rate = self._voice.config.sample_rate
        spans = self._spans(pieces, said, rate)
        exact = bool(spans) and all(chunk.phoneme_alignments for chunk in said)
        spans = spans or timing.spread(0.0, len(sound) / rate, [timing.weight(piece) for piece in pieces])
        return Speech(sound, rate, timing.words(pieces, spans), self.identity(voice, language), exact)

    @cached_property
    def _locale(self) -> str:
        """The model's language with its region, such as en-US."""
        model = models.need_file("piper", "model", self.model, VOICE)
        try:
            config = read_json(f"{model}.json")
            return voices.region(config.get("language", {}).get("code") or config["espeak"]["voice"])
        except (InputError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(
                f"piper: {model}.json is not the description of a Piper voice ({error}). Get both again."
            ) from error

    @cached_property
    def _voice(self) -> Any:
        """A fresh model: its noise goes on from utterance to utterance, and the same scene is to sound the same again."""
        import onnxruntime  # type: ignore[import-untyped]
        from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
        from onnxruntime.capi import onnxruntime_pybind11_state as state  # type: ignore[import-untyped]
        from piper import PiperVoice

        onnxruntime.set_seed(0)
        refused = (state.Fail, state.InvalidGraph, state.InvalidProtobuf, state.InvalidArgument)
        try:
            return PiperVoice.load(str(self.model), include_alignments=True)
        except (*refused, DecodeError, KeyError, ValueError) as error:
            raise EngineError(f"piper: {self.model} is not a Piper voice ({error}). Get it again.") from error

    def _spans(self, pieces: Sequence[Piece], said: Sequence[Any], rate: int) -> list[timing.Span]:
        """One span a piece from the phonemes' lengths, [] if these do not fit."""
        groups: list[tuple[int, timing.Span]] = []
        offset = 0
        for chunk in said:
            groups += _groups(_lengths(chunk), offset / rate, rate)
            offset += len(chunk.audio_float_array)
        words = [word for piece in pieces for word in piece.spoken.split()]
        lengths = [phonemes.length("".join(p for part in self._voice.phonemize(word) for p in part)) for word in words]
        return phonemes.spans([len(piece.spoken.split()) for piece in pieces], lengths, groups)


def _lengths(chunk: Any) -> list[tuple[str, float]]:
    """The phonemes of a sentence and their samples; all alike where the model does not tell."""
    if chunk.phoneme_alignments:
        return [(aligned.phoneme, aligned.num_samples) for aligned in chunk.phoneme_alignments]
    return [(phoneme, len(chunk.audio_float_array) / len(chunk.phonemes)) for phoneme in chunk.phonemes]


def _groups(said: Sequence[tuple[str, float]], start: float, rate: int) -> list[tuple[int, timing.Span]]:
    """Return the number of phonemes and the span of each word of a sentence; said: phonemes and their samples."""
    groups: list[tuple[int, timing.Span]] = []
    at, opens = start - LAG, None
    for heard, run in groupby(said, lambda item: item[0] not in (" ", *BOUNDS, *phonemes.RESTS)):
        phones = list(run)
        end = at + sum(samples for _, samples in phones) / rate
        if heard:
            groups.append((len(phones), (max(start, at if opens is None else opens), max(start, end))))
        # In running speech the blank between two words already belongs to the second one.
        opens = at if [phoneme for phoneme, _ in phones] == [" "] else None
        at = end
    return groups
