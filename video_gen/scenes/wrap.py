"""Breaking text into lines: by words, and by characters where a word is longer than the line."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf

from video_gen.scenes.fonts import Typeface
from video_gen.scenes.model import Colour
from video_gen.scenes.scripts import joined

Spans = tuple[tuple[str, Colour], ...]
_OPTION = re.compile(r"(?<= )--?[A-Za-z]")
# Thai and Lao are written without blanks: signs that are never parted from the one before them, or from the one after.
_THAI_JOINED_BEFORE = "ะาำๅๆฯะາຳໆຯ"
_OPENING, _CLOSING = "([{“‘«", ")]}”’»!?…,.:;"
_THAI_JOINED_AFTER = "เแโใไເແໂໃໄ"


def words(text: str, face: Typeface, width: float) -> list[str]:
    """Return the lines of `text` at `width` pixels; its own line breaks are kept, other white space is folded."""
    lines: list[str] = []
    for paragraph in text.strip().split("\n"):
        lines += _fill(_pieces(paragraph, face, width), face, width) or [""]
    return lines


def _pieces(text: str, face: Typeface, width: float) -> list[str]:
    """Return the stretches between which a line may end, each but the last with its blank if one follows.

    These are words, in Thai by a dictionary; in Chinese and Japanese also single characters, but for punctuation, which stays
    with its neighbour. A word longer than the line is parted at hyphens and slashes.
    """
    words = text.split()
    found: list[str] = []
    for n, word in enumerate(words):
        parted = _is_wide(word) or (("/" in word or "-" in word) and face.length(word) > width)
        parts = _thai(word) if _is_thai(word) else _units(word) if parted else (word,)
        found += parts
        found[-1] += " " if n < len(words) - 1 else ""
    return found


@lru_cache(maxsize=4096)
def _units(word: str) -> tuple[str, ...]:
    # Its tables take as long to import as a picture to draw; most texts need them not.
    from uniseg.linebreak import line_break_units

    return tuple(line_break_units(word))


@lru_cache(maxsize=4096)
def _thai(word: str) -> tuple[str, ...]:
    # Its dictionary takes a second to read.
    from newmm_tokenizer.tokenizer import word_tokenize

    found: list[str] = []
    for part in word_tokenize(word):
        if found and (part[0] in _CLOSING or found[-1][-1] in _OPENING):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


def _is_thai(word: str) -> bool:
    return any("\u0e01" <= c <= "\u0e3a" for c in word)


def _is_wide(word: str) -> bool:
    """Whether a word is Chinese or Japanese; Korean has blanks between its words."""
    return not word.isascii() and any(
        unicodedata.east_asian_width(c) in "WF" and not "\uac00" <= c <= "\ud7af" for c in word
    )


def evenly(text: str, face: Typeface, width: float) -> list[str]:
    """Return as many lines as `words`, of much the same length: a headline leaves no single word on its last line."""
    lines = words(text, face, width)
    parts = _pieces(text, face, width)
    if not 1 < len(lines) <= 6 or "\n" in text.strip() or any(face.length(part.rstrip()) > width for part in parts):
        return lines
    lengths = [face.length(part) for part in parts]
    ends = [face.length(part.rstrip()) for part in parts]
    # best[n]: of the first n words on the lines so far, the least sum of squared lengths, and where each line begins.
    never: tuple[float, tuple[int, ...]] = (inf, ())
    best = [(0.0, never[1])] + [never] * len(parts)
    for _ in lines:
        longer = [never] * len(best)
        for end in range(1, len(best)):
            used = ends[end - 1]
            for start in range(end - 1, -1, -1):
                used += lengths[start] if start < end - 1 else 0.0
                if used > width:
                    break
                longer[end] = min(longer[end], (best[start][0] + used * used, (*best[start][1], start)))
        best = longer
    starts = best[-1][1]
    even = ["".join(parts[a:b]).rstrip() for a, b in zip(starts, (*starts[1:], None), strict=True)]
    return even if even and all(face.length(line) <= width for line in even) else lines


def _fill(parts: Sequence[str], face: Typeface, width: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for part in parts:
        word = part.rstrip()
        longer = f"{line}{word}"
        # The width of plain words adds up; that of other scripts depends on where they stand.
        total = used + face.length(word) if longer.isascii() else face.length(longer)
        if line.strip() and total > width:
            lines.append(line.rstrip())
            line, total = "", face.length(word)
        while total > width and (cut := fitting(word, face, width)) < len(word):
            lines.append(word[:cut])
            word = word[cut:]
            total = face.length(word)
        blank = part[len(part.rstrip()) :]
        line = f"{line}{word}{blank}"
        used = total + (face.length(" ") if blank else 0.0)
    return [*lines, line.rstrip()] if line.strip() else lines


def fitting(text: str, face: Typeface, width: float) -> int:
    """Return how many characters of `text` fit in `width`, at least one, never cutting before a combining mark."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if face.length(text[:middle]) <= width else (low, middle - 1)
    cut = low
    while cut > 1 and cut < len(text) and _joined(text[cut - 1], text[cut]):
        cut -= 1
    return cut


def _joined(before: str, after: str) -> bool:
    """Whether no line may end between two characters of one word."""
    kind = unicodedata.category(after)
    closing = kind in ("Pe", "Pf") or after in ",.;:!?…"
    thai = after in _THAI_JOINED_BEFORE or before in _THAI_JOINED_AFTER
    return kind.startswith("M") or closing or thai or joined(before, after)


def share(line: Spans, face: Typeface, width: float) -> float:
    """Return which share of `width` pixels a line of code takes: above 1 where `code` breaks it."""
    return _length(line, face) / width


def _length(line: Spans, face: Typeface) -> float:
    """The width of a line as it is drawn, span by span: spans of different scripts are wider than their text as a whole."""
    return sum(face.length(part) for part, _ in line)


def code(line: Spans, face: Typeface, width: float, indent: int = 4) -> list[Spans]:
    """Return a line of code as one or more lines of at most `width` pixels, those after the first indented.

    The continuation stands `indent` blanks further in than the line itself; it breaks after a blank or a sign where one is near.
    """
    if _length(line, face) <= width:
        return [line]
    text = "".join(part for part, _ in line)
    lead = len(text) - len(text.lstrip())
    # An indent that takes more than a third of the line would leave no room for the code.
    hang = " " * min(lead + indent, int(width / face.length(" ") / 3))
    room = width - face.length(hang)
    cuts = [0, _cut(line, face, width)]
    while cuts[-1] < len(text):
        cuts.append(cuts[-1] + _cut(_slice(line, cuts[-1], len(text)), face, room))
    pieces = [_slice(line, a, b) for a, b in pairwise(cuts)]
    return [piece if n == 0 else ((hang, piece[0][1]), *piece) for n, piece in enumerate(pieces) if piece]


def _cut(line: Spans, face: Typeface, width: float) -> int:
    text = "".join(part for part, _ in line)
    if _length(line, face) <= width:
        return len(text)
    end = fitting(text, face, width)
    while end > 1 and _length(_slice(line, 0, end), face) > width:
        end -= 1
    # An option of a command stays with its value.
    option = max((found.start() for found in _OPTION.finditer(text, 0, end)), default=0)
    blank = option if option > end * 0.6 else text.rfind(" ", 0, end) + 1
    if blank > end * 0.6 and text[:blank].strip():
        return blank
    # Rather behind a sign than inside a name.
    sign = max(text.rfind(each, 0, end) for each in "([{,.=/|&") + 1
    return sign if sign > end * 0.6 else end


def _slice(line: Spans, start: int, end: int) -> Spans:
    found, at = [], 0
    for text, colour in line:
        part = text[max(0, start - at) : max(0, end - at)]
        if part:
            found.append((part, colour))
        at += len(text)
    return tuple(found)
