"""Narration to sound: spelling out for speech, the engines, and what is done to their sound."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from video_gen.errors import ConfigError, EngineError
from video_gen.speech import voices
from video_gen.speech.model import Engine, Piece, Speech, Word

# Most that import this package make no sound: NumPy and the spelling come in where they are needed.
_CLASSES = {
    "edge": "Edge",
    "hibari": "Hibari",
    "pico": "Pico",
    "espeak": "Espeak",
    "piper": "Piper",
    "kokoro": "Kokoro",
    "silent": "Silent",
}
NAMES = tuple(_CLASSES)
# The best first; those that need a model of the user's come in where the settings name one.
_OFFLINE = ("hibari", "kokoro", "piper", "pico", "espeak")

Models = Mapping[str, Mapping[str, str | None]]

__all__ = [
    "NAMES",
    "Engine",
    "Models",
    "Piece",
    "Speech",
    "Word",
    "choose",
    "engine",
    "from_recording",
    "offline_engine",
    "say",
    "speak",
    "spelled",
]


def engine(name: str, models: Models | None = None) -> Engine:
    """Return the engine of that name, importing it now. Raises ConfigError for an unknown name.

    models: paths of the models of the engines that need some: {"piper": {"model"}, "kokoro": {"model", "voices"}}.
    """
    if name not in _CLASSES:
        raise ConfigError(f"unknown speech engine {name!r}. Known engines: auto, offline, {', '.join(NAMES)}.")
    module = importlib.import_module(f"video_gen.speech.{name}")
    return getattr(module, _CLASSES[name])(**(models or {}).get(name, {}))


def _speaks(name: str, language: str, models: Models | None) -> bool:
    try:
        return engine(name, models).supports(language)
    except EngineError:
        return False


def offline_engine(language: str, models: Models | None = None) -> str:
    """Return the name of the best engine that needs no network. Raises EngineError if none speaks the language."""
    for name in _OFFLINE:
        if _speaks(name, language, models):
            return name
    raise EngineError(f"no offline engine speaks {language!r}. Choose the engine edge, which needs the network.")


def choose(requested: str, language: str, timeout: float = 4.0, models: Models | None = None) -> str:
    """Return the name of the engine for a whole video.

    requested: `auto` (the online engine if it answers within `timeout` seconds, else the best offline one) or a name.
    models: as for `engine`. Raises ConfigError for an unknown name, EngineError if the named engine does not speak the
    language or lacks a package or a model.
    """
    if requested == "auto":
        from video_gen.speech import edge

        online = edge.Edge().supports(language) and edge.reachable(timeout)
        return "edge" if online else offline_engine(language, models)
    if not engine(requested, models).supports(language):
        able = [name for name in NAMES if _speaks(name, language, models)]
        raise EngineError(f"the engine {requested} does not speak {language!r}. Choose auto or: {', '.join(able)}.")
    return requested


def spelled(text: str, language: str, pronunciations: Mapping[str, str] | None = None) -> list[Piece]:
    """Return a narration in pieces that are all heard. Raises InputError for one without words."""
    from video_gen.speech import spell

    return spell.speakable(spell.pieces(text, language, pronunciations or {}))


def speak(
    text: str, *, engine: Engine, voice: str, language: str, pronunciations: Mapping[str, str] | None = None
) -> Speech:
    """Speak a narration: spelled out, spoken, trimmed, pauses put in, levelled.

    voice: as in the video YAML. The words' texts joined by blanks are the narration without pause marks. Raises
    InputError for an unknown voice or a narration without words, EngineError if the engine fails or returns no sound.
    """
    voices.check(voice)
    return say(spelled(text, language, pronunciations), engine=engine, voice=voice, language=language)


def say(pieces: Sequence[Piece], *, engine: Engine, voice: str, language: str) -> Speech:
    """Speak a narration that is spelled out, as `speak` does."""
    import numpy as np

    from video_gen.speech import level

    sounds: list[np.ndarray] = []
    words: list[Word] = []
    exact, length, rate, made_by, silent = True, 0, 0, "", True
    for run in _runs(pieces):
        said = engine.speak(run, voice, language)
        said = said if said.silent else _trimmed(_checked(said, engine.name))
        exact, silent, rate, made_by = exact and said.exact, silent and said.silent, said.rate, said.engine
        words += [Word(w.text, length / rate + w.start, length / rate + w.end) for w in said.words]
        rest = np.zeros(round(run[-1].pause * rate), np.float32)
        sounds += [said.samples, rest]
        length += len(said.samples) + len(rest)
    samples = level.normalise(np.concatenate(sounds), rate)
    return Speech(samples, rate, words, made_by, exact, silent)


def from_recording(path: str | Path, pieces: Sequence[Piece], *, voice: str, language: str) -> Speech:
    """Return a person's recording of a narration, trimmed and levelled as if an engine had spoken it.

    voice, language: whose way of speaking the words' lengths are estimated by. Raises InputError for the file.
    """
    from video_gen.speech import level, recorded

    said = _trimmed(recorded.spoken(path, pieces, voice, language))
    return replace(said, samples=level.normalise(said.samples, said.rate))


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Divide the pieces behind each pause."""
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if piece.pause:
            yield run
            run = []
    if run:
        yield run


def _checked(said: Speech, name: str) -> Speech:
    """Refuse what is no speech: engines return nothing, and no error, for a script that they do not know."""
    import numpy as np

    text = " ".join(word.text for word in said.words)[:60]
    if said.samples.size == 0 or not np.isfinite(said.samples).all():
        raise EngineError(
            f"{name}: returned no usable sound for {text!r}. Check the language or choose another engine."
        )
    if np.abs(said.samples).max() < 1e-3:
        raise EngineError(f"{name}: returned only silence for {text!r}. Check the language or choose another engine.")
    return said


def _trimmed(said: Speech) -> Speech:
    """Cut the silence at both ends and move the word times, kept in order and inside the sound."""
    from video_gen.speech import level

    start, end = level.bounds(said.samples, said.rate)
    samples = level.faded(said.samples[start:end], said.rate)
    offset, length = start / said.rate, len(samples) / said.rate
    words: list[Word] = []
    before = 0.0
    for word in said.words:
        begin = min(max(word.start - offset, before), length)
        before = min(max(word.end - offset, begin), length)
        words.append(Word(word.text, begin, before))
    return replace(said, samples=samples, words=words)
