"""What YouTube sends as text, cleaned: captions to words that can be spoken, descriptions to chapters."""

import html
import itertools
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

CHAPTERS = 3  # fewer time stamps make no chapters for YouTube either
FIRST = 5.0  # seconds within which the first of them must begin

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\ufeff\ud800-\udfff]")
# A sound's name, such as [Music] or [ __ ]; a[i] and [1, 2] are words of code.
_SOUND = re.compile(r"(?<!\w)\[(?=[^\[\]]{0,40}?(?:[^\W\d_]{3}|[^\W\d_a-z]{2}|_))[^\[\]\d]{1,40}\](?!\w)")
_SAID_SOUND = re.compile(r"\((?:music|applause|laughter|laughs|laughing|cheers|cheering)\)", re.IGNORECASE)
_SPEAKER = re.compile(r"(?<!\S)>{2,3}(?![>=])")
_NOTES = re.compile("[♪♫♬♩]+")
_STAMP = re.compile(
    r"^[\W_]*?[(\[]?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:])[)\]]?"  # 0:00, (00:00), - 1:02:03
    r"(?:\s*[-–—]\s*[(\[]?(?:\d{1,2}:)?\d{1,3}:\d\d(?![\d:])[)\]]?)?"  # the end of a range
    r"(.*)$"
)
_EDGE = " \t-–—:|.•·»>→*,;~=_"


def line(text: Any) -> str:
    """Return text as one line without control characters, "" for what is no text."""
    return " ".join(_UNSEEN.sub(" ", text).split()) if isinstance(text, str) else ""


def lines(text: Any) -> str:
    """Return a description without control characters, up to YouTube's own limit of 5,000."""
    rows = _UNSEEN.sub(" ", text).split("\n") if isinstance(text, str) else []
    return "\n".join(row.rstrip() for row in rows).strip()[:5000]


def seconds(value: Any) -> float:
    """Return a number of seconds, 0.0 for what is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if math.isfinite(number) and number > 0 else 0.0


def tidy(snippets: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return snippets (`start`, `duration` in seconds, `text`) in order, with only what is said; those without words go."""
    spoken = [
        {"start": round(seconds(one["start"]), 3), "duration": round(seconds(one["duration"]), 3), "text": text}
        for one in snippets
        if (text := said(one["text"]))
    ]
    return sorted(spoken, key=lambda one: one["start"])


def said(text: str) -> str:
    """Return the words of a caption, without its marks of sounds, music and speakers."""
    text = line(html.unescape(text))
    for mark in (_NOTES, _SOUND, _SAID_SOUND, _SPEAKER):
        text = mark.sub(" ", text)
    text = " ".join(text.split())
    return text if any(character.isalnum() for character in text) else ""


def chapters(description: str, duration: float) -> list[dict[str, Any]]:
    """Return the chapters (`start` in seconds, `title`) of the time stamps that lines of a description begin with.

    None unless at least three ascend from the video's beginning.
    """
    stamps = [stamp for row in description.split("\n") if (stamp := _stamped(row))]
    while stamps and stamps[0]["start"] > FIRST:  # a remark on a moment, before the list
        stamps.pop(0)
    starts = [stamp["start"] for stamp in stamps]
    fit = all(one < other for one, other in itertools.pairwise(starts)) and (not starts or starts[-1] < duration)
    return stamps if fit and len(stamps) >= CHAPTERS else []


def _stamped(row: str) -> dict[str, Any] | None:
    match = _STAMP.match(row)
    title = line(html.unescape(match[4])).strip(_EDGE) if match else ""
    if not match or not title:
        return None
    start = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    return {"start": start, "title": title[:200]}
