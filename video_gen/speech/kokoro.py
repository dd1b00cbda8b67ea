"""Kokoro: neural voices in eight languages from a model file of the user's."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any
from zipfile import BadZipFile

import numpy as np

from video_gen.errors import EngineError
from video_gen.speech import models, onnx, phonemes, spell, timing, voices
from video_gen.speech.model import Cast, Engine, Piece, Speech

MODEL = "the file of a Kokoro model, such as kokoro-v1.0.onnx"
VOICES_FILE = "the file of Kokoro's voices, such as voices-v1.0.bin"
MAX_PHONEMES = 400
DURATIONS = "/encoder/Clip_output_0"  # the tensor of the phonemes' lengths in the usual export
LAG = 0.045  # seconds that the sound runs ahead of the lengths, measured against a forced alignment
TIMED = "duration"  # the name under which the library looks for it

# Locale: (code of eSpeak NG, which makes the phonemes; male voice, female voice).
LOCALES = {
    "en-US": ("en-us", "am_michael", "af_heart"),
    "en-GB": ("en-gb", "bm_george", "bf_emma"),
    "es-ES": ("es", "em_alex", "ef_dora"),
    "fr-FR": ("fr-fr", "ff_siwis", "ff_siwis"),
    "hi-IN": ("hi", "hm_omega", "hf_alpha"),
    "it-IT": ("it", "im_nicola", "if_sara"),
    "ja-JP": ("ja", "jm_kumo", "jf_alpha"),
    "pt-BR": ("pt-br", "pm_alex", "pf_dora"),
    "zh-CN": ("cmn", "zm_yunxi", "zf_xiaoxiao"),
}
OTHERS = {"male_warm": "am_fenrir", "female_friendly": "af_bella"}


class Kokoro(Engine):
    """The engine `kokoro`. model, voices: paths of its two files."""

    name = "kokoro"
    online = False

    def __init__(self, model: str | None = None, voices: str | None = None):
        self.model, self.voices = model, voices

    def supports(self, language: str) -> bool:
        """Whether Kokoro speaks the language. Raises EngineError if the package or a file is missing."""
        models.need_package("kokoro", "kokoro_onnx")
        models.need_file("kokoro", "model", self.model, MODEL)
        models.need_file("kokoro", "voices", self.voices, VOICES_FILE)
        return _locale("male", language) is not None

    def cast(self, voice: str, language: str) -> Cast:
        """The voice by the names that Kokoro's own voices file has. Raises EngineError for another language."""
        locale = _locale(voice, language)
        if locale is None:
            known = ", ".join(sorted({voices.base(code) for code in LOCALES}))
            raise EngineError(f"kokoro: does not speak {language!r}, but {known}. Choose the engine auto.")
        name = LOCALES[locale][1 + (voices.gender(voice) == "female")]
        if locale == "en-US":
            name = OTHERS.get(voice, name)
        return Cast(name, "male" if name[1] == "m" else "female", locale)

    def identity(self, voice: str, language: str) -> str:
        """Name, version, the voice, and the fingerprints of both files."""
        files = (
            models.need_file("kokoro", "model", self.model, MODEL),
            models.need_file("kokoro", "voices", self.voices, VOICES_FILE),
        )
        prints = " ".join(models.fingerprint(file) for file in files)
        return f"kokoro {version('kokoro-onnx')} {self.cast(voice, language).name} ({prints})"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces; word times are exact where the model tells the lengths of its phonemes. Raises EngineError."""
        self.supports(language)
        cast = self.cast(voice, language)
        if cast.name not in self._library.voices:
            raise EngineError(
                f"kokoro: {self.voices} has no voice {cast.name!r}. Get a complete one, such as voices-v1.0.bin. "
                f"It has: {', '.join(list(self._library.voices)[:20])}."
            )
        if voices.base(language) == "en":
            pieces = spell.clear_letters(pieces)
        code = LOCALES[cast.locale][0]
        spoken = self._phonemes(" ".join(piece.spoken for piece in pieces), code).split()
        sounds: list[np.ndarray] = [np.zeros(0, np.float32)]
        groups: list[tuple[int, timing.Span]] = []
        offset, rate = 0.0, 24_000
        for chunk in phonemes.chunks(spoken, MAX_PHONEMES):
            sound, rate, timed = self._library.create_timed(" ".join(chunk), cast.name, lang=code, is_phonemes=True)
            groups += _groups(chunk, [(t.start, t.end) for t in timed], offset, len(sound) / rate)
            sounds.append(sound)
            offset += len(sound) / rate
        words = [word for piece in pieces for word in piece.spoken.split()]
        lengths = [phonemes.length(self._phonemes(word, code)) for word in words]
        spans = phonemes.spans([len(piece.spoken.split()) for piece in pieces], lengths, groups)
        exact = bool(spans) and self._library.has_timings
        spans = spans or timing.spread(0.0, offset, [timing.weight(piece) for piece in pieces])
        return Speech(np.concatenate(sounds), rate, timing.words(pieces, spans), self.identity(voice, language), exact)

    def _phonemes(self, text: str, code: str) -> str:
        return self._library.tokenizer.phonemize(text, code)

    @cached_property
    def _library(self) -> Any:
        """The library with its model, which is made to tell the lengths of its phonemes."""
        from kokoro_onnx import Kokoro as Library

        path = models.need_file("kokoro", "model", self.model, MODEL)
        try:
            session = _session(path.read_bytes())
            session._model_path = str(path)  # what the library asks a session for
            return Library.from_session(session, str(models.need_file("kokoro", "voices", self.voices, VOICES_FILE)))
        except (ValueError, OSError, EOFError, BadZipFile) as error:
            raise EngineError(
                f"kokoro: {self.voices} is not a file of Kokoro's voices ({error}). Get it again."
            ) from error


def _session(data: bytes) -> Any:
    """The model, with one thread: scenes are spoken side by side. Raises EngineError."""
    import onnxruntime  # type: ignore[import-untyped]
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # type: ignore[import-untyped]

    onnxruntime.set_seed(0)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    refused = (state.Fail, state.InvalidGraph, state.InvalidProtobuf, state.InvalidArgument)
    try:
        # A model that names the tensor otherwise, or tells the lengths anyway, is refused with the addition.
        return onnxruntime.InferenceSession(
            data + onnx.copy(DURATIONS, TIMED), options, providers=["CPUExecutionProvider"]
        )
    except refused:
        pass
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except refused as error:
        raise EngineError(f"kokoro: the model cannot be loaded ({error}). Get it again.") from error


def _groups(
    chunk: Sequence[str], timed: Sequence[timing.Span], offset: float, length: float
) -> list[tuple[int, timing.Span]]:
    """Return the number of phonemes and the span of each word of a sentence of `length` seconds.

    timed: the span of every phoneme, blanks included; empty where the model does not tell: then they share the sentence.
    """
    if len(timed) != len(" ".join(chunk)):
        spans = timing.spread(0.0, length, [float(phonemes.length(group)) for group in chunk])
        return [(phonemes.length(group), (offset + a, offset + b)) for group, (a, b) in zip(chunk, spans, strict=True)]
    groups: list[tuple[int, timing.Span]] = []
    at, last = 0, -1
    for group in chunk:
        heard = [i for i, phoneme in enumerate(group, at) if phoneme not in phonemes.RESTS]
        if heard:
            # In running speech the blank between two words already belongs to the second one.
            first = last + 1 if last == heard[0] - 2 else heard[0]
            last = heard[-1]
            groups.append((len(heard), (offset + max(0, timed[first][0] - LAG), offset + max(0, timed[last][1] - LAG))))
        at += len(group) + 1
    return groups


def _locale(voice: str, language: str) -> str | None:
    """The nearest locale that Kokoro has, None if it does not speak the language."""
    wanted = voices.locale(voice, language)
    if voices.base(wanted) == "en":
        return "en-GB" if voices.british(wanted) else "en-US"
    return next((locale for locale in LOCALES if voices.base(locale) == voices.base(wanted)), None)
