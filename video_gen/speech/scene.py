"""A scene's narration as files: the MP3 and, beside it, the times of its words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from video_gen import files, schema, speech
from video_gen.errors import InputError
from video_gen.speech import sound


def write(
    mp3: str | Path,
    words: str | Path,
    *,
    text: str,
    engine: str,
    voice: str,
    language: str,
    pronunciations: Mapping[str, str],
) -> None:
    """Speak a narration into an MP3 and its words into a JSON file (schemas/words.schema.json)."""
    spoken = speech.speak(
        text, engine=speech.engine(engine), voice=voice, language=language, pronunciations=pronunciations
    )
    sound.write_mp3(mp3, spoken.samples, spoken.rate)
    described = {
        "engine": spoken.engine,
        "voice": voice,
        "duration": round(sound.duration(mp3), 6),
        "exact": spoken.exact,
        "words": [
            {"text": word.text, "start": round(word.start, 3), "end": round(word.end, 3)} for word in spoken.words
        ],
    }
    files.write_json(words, described)


def read(mp3: str | Path, words: str | Path) -> dict[str, Any]:
    """Return what a scene's words file says, with the duration that its MP3 really has: a person may have replaced it."""
    described = files.read_json(words)
    schema.check(described, "words", str(words), InputError)
    return {**described, "duration": round(sound.duration(mp3), 6)}
