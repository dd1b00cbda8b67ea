"""Spoken words to the smallest stretches of text that a caption is laid out from."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

# Widths are whole numbers: a wide character takes 21, any other 8, so that a line holds 16 or 42 of them.
NARROW, WIDE = 8, 21
LINE = 42 * NARROW

# Not at the beginning of a line, and not at its end, in Chinese and Japanese.
_NOT_FIRST = frozenset(
    "、。，．！？：；・…‥ー〜～）］｝〕〉》」』】〙〗”’%％°々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?:;)]}"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖“‘([{￥＄$¥")
_GOOD_CUT = re.compile(r"[/\\\-_.?&=:,@|]")
_LEAST_MS = 1


@dataclass(frozen=True)
class Unit:
    """Text that stands on one line. Times in milliseconds from the start of the video.

    glued: no blank before it. tied: it belongs to the same spoken word as the unit before it.
    """

    text: str
    start: int
    end: int
    glued: bool = False
    tied: bool = False


def width(text: str) -> int:
    """Return the width of a text on the screen, at most LINE for a whole line."""
    return sum(WIDE if unicodedata.east_asian_width(character) in "WF" else NARROW for character in text)


def units(words: Sequence[Mapping[str, Any]], start: int, end: int, line: int = LINE) -> list[Unit]:
    """Return the units of a scene's words {text, start, end}; their starts grow strictly inside `start` to `end` (ms).

    Words are divided at blanks, Chinese and Japanese between characters, and what is longer than a line also elsewhere;
    a word's time is shared out by width. line: the width of a line.
    """
    found = [unit for word in words for unit in _divided(word, line)]
    starts = _growing([unit.start for unit in found], start, end)
    limits = [*starts, end][1:]
    return [
        Unit(unit.text, begin, min(max(unit.end, begin + _LEAST_MS), limit), unit.glued, unit.tied)
        for unit, begin, limit in zip(found, starts, limits, strict=True)
    ]


def _divided(word: Mapping[str, Any], line: int) -> list[Unit]:
    parts = [
        (text, index > 0, index == 0 and place > 0)
        for place, token in enumerate(_visible(word["text"]).split())
        for index, text in enumerate(_pieces(token, line))
    ]
    begin, length = 1000 * word["start"], 1000 * (word["end"] - word["start"])
    passed = [0, *accumulate(width(text) for text, _, _ in parts)]
    at = [round(begin + length * share / max(passed[-1], 1)) for share in passed]
    return [Unit(text, at[i], at[i + 1], glued, tied) for i, (text, glued, tied) in enumerate(parts)]


def _visible(text: str) -> str:
    """Return the text without control characters; those that count as white space become blanks."""
    folded = " ".join(text.split())
    return "".join(character for character in folded if unicodedata.category(character) not in ("Cc", "Cs"))


def _growing(starts: list[int], begin: int, end: int) -> list[int]:
    """Move the starts apart by at least a millisecond, and into the scene."""
    count = len(starts)
    if count * _LEAST_MS > end - begin:
        return [begin + (end - begin) * index // count for index in range(count)]
    last = begin - _LEAST_MS
    for index, start in enumerate(starts):
        last = max(last + _LEAST_MS, min(start, end - (count - index) * _LEAST_MS))
        starts[index] = last
    return starts


def _pieces(token: str, line: int) -> Iterator[str]:
    piece = ""
    for character in token:
        if piece and _may_divide(piece[-1], character):
            yield from _cut(piece, line)
            piece = ""
        piece += character
    yield from _cut(piece, line)


def _may_divide(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or _joins(before, after):
        return False
    return _ideographic(before) or _ideographic(after)


def _joins(before: str, after: str) -> bool:
    """Whether the two are parts of one character as readers see it."""
    joiners = "\u200d\u2060\ufeff"
    return before in joiners or after in joiners or unicodedata.category(after) in ("Mn", "Mc", "Me", "Sk")


def _ideographic(character: str) -> bool:
    """Whether lines may be broken beside it without a blank; Korean is wide too, but has blanks."""
    return unicodedata.east_asian_width(character) in "WF" and not unicodedata.name(character, "").startswith("HANGUL")


def _cut(text: str, line: int) -> Iterator[str]:
    """Divide a text that is longer than a line: after a sign such as / or -, else between characters, else anywhere."""
    while width(text) > line:
        most = next(count for count in range(1, len(text)) if width(text[: count + 1]) > line)
        signs = [match.end() for match in _GOOD_CUT.finditer(text, most // 2, most)]
        whole = [at for at in range(most // 2, most + 1) if not _joins(text[at - 1], text[at])]
        at = (signs or whole or [most])[-1]
        yield text[:at]
        text = text[at:]
    yield text
