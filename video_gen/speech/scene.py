"""A scene's narration as files: the MP3 and, beside it, the times of its words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from video_gen import files, schema, speech
from video_gen.errors import InputError
from video_gen.speech import sound, voices
from video_gen.speech.cache import MAX_BYTES, Cache, Entry, key
from video_gen.speech.model import Engine, Piece, Speech

# Of a scene in which nothing is said: an MP3 cannot be empty.
_SILENCE = Speech(np.zeros(sound.RATE // 10, np.float32), sound.RATE, [], "silent", exact=True, silent=True)


def write(
    mp3: str | Path,
    words: str | Path,
    *,
    text: str,
    engine: str,
    voice: str,
    language: str,
    pronunciations: Mapping[str, str],
    recording: str | Path | None = None,
    models: speech.Models | None = None,
    cache: str | Path | None = None,
    cache_bytes: int = MAX_BYTES,
) -> None:
    """Put a narration into an MP3 and its words into a JSON file (schemas/words.schema.json); one without a text is silent.

    recording: the person's own sound file, taken in place of an engine. models: as for `speech.engine`. cache: a folder that
    keeps what was spoken, of at most `cache_bytes`; None: nothing is kept. Raises InputError, EngineError.
    """
    voices.check(voice)
    pieces = speech.spelled(text, language, pronunciations) if text or recording else []
    if not pieces:
        known = _encode(mp3, _SILENCE)
    elif recording:
        known = _encode(mp3, speech.from_recording(recording, pieces, voice=voice, language=language))
    else:
        speaker = speech.engine(engine, models)
        known = _spoken(mp3, pieces, speaker, voice, language, Cache(cache, cache_bytes) if cache else None)
    described = {
        "engine": known["engine"],
        "voice": voice,
        "duration": known["duration"],
        "exact": known["exact"],
        "words": [
            {"text": piece.text, "start": start, "end": end}
            for piece, (start, end) in zip(pieces, known["spans"], strict=True)
        ],
    }
    files.write_json(words, described)


def _spoken(
    mp3: str | Path, pieces: Sequence[Piece], speaker: Engine, voice: str, language: str, cache: Cache | None
) -> dict[str, Any]:
    """Write the MP3, from the cache where it has been spoken before, and return what is known of it, as Entry.words."""
    if cache is None:
        return _encode(mp3, speech.say(pieces, engine=speaker, voice=voice, language=language))
    identity = speaker.identity(voice, language)
    name = key(pieces, voice=voice, language=language, engine=speaker.name, identity=identity)
    with cache.alone(name):
        entry = cache.get(name)
        if entry is None:
            known = _encode(mp3, speech.say(pieces, engine=speaker, voice=voice, language=language))
            cache.put(name, Entry(Path(mp3).read_bytes(), known))
            return known
    with files.atomic(mp3) as part:
        part.write_bytes(entry.mp3)
    return entry.words


def _encode(mp3: str | Path, spoken: Speech) -> dict[str, Any]:
    """Write speech as MP3 and return what is known of it, as Entry.words."""
    sound.write_mp3(mp3, spoken.samples, spoken.rate)
    return {
        "engine": spoken.engine,
        "duration": round(sound.duration(mp3), 6),
        "exact": spoken.exact,
        "spans": [[round(word.start, 3), round(word.end, 3)] for word in spoken.words],
    }


def read(mp3: str | Path, words: str | Path) -> dict[str, Any]:
    """Return what a scene's words file says, with the duration that its MP3 really has: a person may have replaced it."""
    described = files.read_json(words)
    schema.check(described, "words", str(words), InputError)
    return {**described, "duration": round(sound.duration(mp3), 6)}
