"""Breaking text into lines: by words, and by characters where a word is longer than the line."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from video_gen.scenes.fonts import Typeface
from video_gen.scenes.model import Colour

Spans = tuple[tuple[str, Colour], ...]


def words(text: str, face: Typeface, width: float) -> list[str]:
    """Return the lines of `text` at `width` pixels; its own line breaks are kept, other white space is folded."""
    lines: list[str] = []
    for paragraph in text.strip().split("\n"):
        lines += _fill(paragraph.split(), face, width) or [""]
    return lines


def evenly(text: str, face: Typeface, width: float) -> list[str]:
    """Return as many lines as `words`, of much the same length: a headline leaves no single word on its last line."""
    lines = words(text, face, width)
    parts = text.split()
    if not 1 < len(lines) <= 6 or "\n" in text.strip() or any(face.length(part) > width for part in parts):
        return lines
    lengths = [face.length(part) for part in parts]
    blank = face.length(" ")
    # best[n]: of the first n words on the lines so far, the least sum of squared lengths, and where each line begins.
    never: tuple[float, tuple[int, ...]] = (inf, ())
    best = [(0.0, never[1])] + [never] * len(parts)
    for _ in lines:
        longer = [never] * len(best)
        for end in range(1, len(best)):
            used = -blank
            for start in range(end - 1, -1, -1):
                used += lengths[start] + blank
                if used > width:
                    break
                longer[end] = min(longer[end], (best[start][0] + used * used, (*best[start][1], start)))
        best = longer
    starts = best[-1][1]
    even = [" ".join(parts[a:b]) for a, b in zip(starts, (*starts[1:], None), strict=True)]
    return even if even and all(face.length(line) <= width for line in even) else lines


def _fill(parts: Sequence[str], face: Typeface, width: float) -> list[str]:
    lines: list[str] = []
    line, used, blank = "", 0.0, face.length(" ")
    for word in parts:
        length = face.length(word)
        longer = f"{line} {word}"
        # The width of plain words adds up; that of other scripts depends on where they stand.
        total = used + blank + length if longer.isascii() else face.length(longer)
        if line and total <= width:
            line, used = longer, total
            continue
        if line:
            lines.append(line)
        while length > width and (cut := fitting(word, face, width)) < len(word):
            lines.append(word[:cut])
            word = word[cut:]
            length = face.length(word)
        line, used = word, length
    return [*lines, line] if line else lines


def fitting(text: str, face: Typeface, width: float) -> int:
    """Return how many characters of `text` fit in `width`, at least one, never cutting before a combining mark."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if face.length(text[:middle]) <= width else (low, middle - 1)
    cut = low
    while cut > 1 and cut < len(text) and unicodedata.category(text[cut]).startswith("M"):
        cut -= 1
    return cut


def code(line: Spans, face: Typeface, width: float, indent: int = 4) -> list[Spans]:
    """Return a line of code as one or more lines of at most `width` pixels, those after the first indented.

    The continuation stands `indent` blanks further in than the line itself; it breaks after a blank where one is near.
    """
    text = "".join(part for part, _ in line)
    if face.length(text) <= width:
        return [line]
    lead = len(text) - len(text.lstrip())
    # An indent that takes more than a third of the line would leave no room for the code.
    hang = " " * min(lead + indent, int(width / face.length(" ") / 3))
    room = width - face.length(hang)
    cuts = [0, _cut(text, face, width)]
    while cuts[-1] < len(text):
        cuts.append(cuts[-1] + _cut(text[cuts[-1] :], face, room))
    pieces = [_slice(line, a, b) for a, b in pairwise(cuts)]
    return [piece if n == 0 else ((hang, piece[0][1]), *piece) for n, piece in enumerate(pieces) if piece]


def _cut(text: str, face: Typeface, width: float) -> int:
    if face.length(text) <= width:
        return len(text)
    end = fitting(text, face, width)
    blank = text.rfind(" ", 0, end) + 1
    return blank if blank > end * 0.6 and text[:blank].strip() else end


def _slice(line: Spans, start: int, end: int) -> Spans:
    found, at = [], 0
    for text, colour in line:
        part = text[max(0, start - at) : max(0, end - at)]
        if part:
            found.append((part, colour))
        at += len(text)
    return tuple(found)
