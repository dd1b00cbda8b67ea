"""Which of a video's caption tracks is taken, and in which language it is."""

import re
from collections.abc import Sequence
from typing import Any

from youtube_transcript_api import Transcript

from video_gen.speech import voices

# YouTube's own and older codes, and the writings of Chinese, as the project writes languages.
_CODES = {"iw": "he", "in": "id", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "es-419": "es-MX"}


def code(language: str) -> str:
    """Return one of YouTube's codes as the project writes it: en-x7Yq0z (a named track) gives en, iw gives he."""
    language = _CODES.get(language, language)
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", language)
    base = voices.base(match[0]) if match else "und"
    region = re.fullmatch(r"[A-Za-z]+[-_]([A-Za-z]{2})", language)
    return f"{_CODES.get(base, base)}-{region[1].upper()}" if region and match else _CODES.get(base, base)


def choose(tracks: Sequence[Transcript], language: str) -> tuple[Transcript, str]:
    """Return the track for a language, and whether it is `manual`, `generated` or `translated`.

    tracks: at least one. language: "" for the one that is spoken. Without captions in the language and without a translation
    into it, another language's come back.
    """
    made = [track for track in tracks if not track.is_generated]
    generated = [track for track in tracks if track.is_generated]
    language = language or code((generated or made)[0].language_code)
    for kind, group in (("manual", made), ("generated", generated)):
        if track := _nearest(group, language):
            return track, kind
    # A generated track is in the language that is spoken: of those that people made, the one in it is no translation.
    spoken = {voices.base(code(track.language_code)) for track in generated}
    made.sort(key=lambda track: voices.base(code(track.language_code)) not in spoken)
    for track in made + generated:
        if target := _nearest(track.translation_languages, language):
            return track.translate(target.language_code), "translated"
    return (made[0], "manual") if made else (generated[0], "generated")


def is_in(track: Transcript, language: str) -> bool:
    """Return whether a track is in the language, of whichever region; any is where none is wished for."""
    return not language or voices.base(code(track.language_code)) == voices.base(language)


def languages(tracks: Sequence[Transcript]) -> list[str]:
    """Return the languages that there are captions in, each once, those that people made first."""
    return list(dict.fromkeys(code(track.language_code) for track in sorted(tracks, key=lambda one: one.is_generated)))


def _nearest(group: Sequence[Any], language: str) -> Any:
    """Return the one of the group in the language: of its region, of none, of another; None if there is none."""
    wished = voices.region(language)
    fitting = [one for one in group if voices.base(code(one.language_code)) == voices.base(wished)]
    order = (wished, voices.base(wished))
    rank = {name: place for place, name in reversed(list(enumerate(order)))}
    return min(fitting, key=lambda one: rank.get(code(one.language_code), len(order)), default=None)
