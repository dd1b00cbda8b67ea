"""eSpeak NG: over a hundred languages, nothing to fetch, exact word times, the sound of a machine."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from video_gen.errors import EngineError
from video_gen.speech import child, spell, timing, voices
from video_gen.speech.model import Cast, Engine, Piece, Speech

# Codes of ours that eSpeak NG spells otherwise.
CODES = {
    "en": "en-us",
    "en-US": "en-us",
    "en-GB": "en-gb-x-rp",
    "en-AU": "en-gb-x-rp",
    "en-IE": "en-gb-x-rp",
    "en-IN": "en-gb-x-rp",
    "es-MX": "es-419",
    "es-AR": "es-419",
    "es-US": "es-419",
    "fr-BE": "fr-be",
    "fr-CH": "fr-ch",
    "no": "nb",
    "pt-BR": "pt-br",
    "zh": "cmn",
    "zh-HK": "yue",
}
# What its voices are where their code does not say it.
LOCALES = {"en-us": "en-US", "en-gb-x-rp": "en-GB", "es-419": "es-MX", "yue": "zh-HK"}
VARIANTS = {"male": "benjamin", "female": "f3"}  # those best understood by a recogniser


class Espeak(Engine):
    """The engine `espeak`."""

    name = "espeak"
    online = False

    def supports(self, language: str) -> bool:
        """Whether eSpeak NG has a voice for the language."""
        return _code(language) is not None

    def cast(self, voice: str, language: str) -> Cast:
        """The voice of the language or region, varied by gender. Raises EngineError if there is none."""
        locale, gender = voices.locale(voice, language), voices.gender(voice)
        code = _code(locale)
        if code is None:
            raise EngineError(f"espeak: has no voice for the language {language!r}. Choose another engine.")
        spoken = LOCALES.get(code, locale if code == locale.lower() else voices.base(language))
        return Cast(f"{code}+{VARIANTS[gender]}", gender, spoken)

    def identity(self, voice: str, language: str) -> str:
        """Name, version and eSpeak NG's own code of the voice."""
        return f"espeak {version('espeakng-loader')} {self.cast(voice, language).name}"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces in a fresh process. Raises EngineError."""
        name = self.cast(voice, language).name
        if voices.base(language) == "en":
            pieces = spell.clear_letters(pieces)
        text = " ".join(piece.spoken for piece in pieces)
        said = child.utter("espeak", text, name)
        spans = _spans(pieces, said)
        length = len(said.samples) / said.rate
        filled = timing.fill(spans, [timing.weight(piece) for piece in pieces], length)
        words = timing.words(pieces, filled)
        return Speech(said.samples, said.rate, words, self.identity(voice, language), exact=any(spans))


def _spans(pieces: Sequence[Piece], said: child.Utterance) -> list[timing.Span | None]:
    """A piece lasts from its first word event to the first event behind its last one."""
    spans: list[timing.Span | None] = []
    begin = 0
    for piece in pieces:
        end = begin + len(piece.spoken)
        inside = [i for i, (kind, at, _) in enumerate(said.events) if kind == child.WORD and begin <= at < end]
        if inside:
            following = said.events[inside[-1] + 1 :][:1]
            until = following[0][2] if following else len(said.samples)
            spans.append((said.events[inside[0]][2] / said.rate, until / said.rate))
        else:
            spans.append(None)
        begin = end + 1
    return spans


def _code(language: str) -> str | None:
    """The name of eSpeak NG for a language, None if it has none."""
    for code in (voices.region(language), voices.base(language)):
        name = CODES.get(code, code.lower())
        if name in _known():
            return name
    return None


@cache
def _known() -> frozenset[str]:
    """The names of the voice files of the installed data, by which eSpeak NG finds a voice, in small letters."""
    import espeakng_loader

    files = (Path(espeakng_loader.get_data_path()) / "lang").rglob("*")
    return frozenset(file.name.lower() for file in files if file.is_file())
