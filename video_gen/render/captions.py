"""The timing report to captions that are easy to read, and the caption files."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any

from video_gen.render.caption_breaks import SENTENCE, penalty
from video_gen.render.caption_files import write_karaoke_vtt, write_srt, write_vtt
from video_gen.render.caption_model import Cue, Word
from video_gen.render.caption_units import LINE, NARROW, Unit, units, width

__all__ = ["Cue", "Word", "cues", "write_karaoke_vtt", "write_srt", "write_vtt"]

MIN_MS, MAX_MS = 1000, 7000
# Characters a second that are read without haste, as width a millisecond.
READING = 17 * NARROW / 1000
CLOSED_FRAMES = 2

# Prices of what a caption should not be, in the unit of caption_breaks.penalty.
_A_CUE = 4.0
_FULL = 4.0
_HASTE = 3.0
_TOO_SHORT = 30.0
_TOO_LONG = 10_000.0
_PAUSE = 6.0
_UNBALANCED = 8.0
_SENTENCE_INSIDE = 2.0
_NOTICED_PAUSE_MS = 400


def cues(report: Mapping[str, Any]) -> list[Cue]:
    """Return the captions of a video in order, without overlap, none over two scenes.

    The rule: of all ways to divide a scene's text into cues of one or two lines (42 characters, 16 of Chinese, Japanese or
    Korean), the cheapest is taken, found by dynamic programming. A division costs what its cue ends and line ends cost
    (caption_breaks: sentence end, clause, before a conjunction or preposition, any word, after one; inside a name or between
    a number and its unit only if nothing else fits), and more for a cue under 1 s or over 7 s, for more than 17 characters a
    second, for a pause or a sentence end inside it, for lines of unlike length, and a little for each cue. A cue begins with
    its first word. It ends with its last word, or later, up to the next cue or the scene's end, as long as reading needs or
    up to 1 s. Gaps under two frames are closed.
    """
    result: list[Cue] = []
    least = CLOSED_FRAMES / report["fps"]
    for scene in report["scenes"]:
        boundary = round(scene["start_time"], 3)
        found = _Scene(scene, report["language"]).cues()
        if found and result and 0 < found[0].start - result[-1].end < least:
            result[-1] = _between(result[-1], result[-1].start, boundary)
            found[0] = _between(found[0], boundary, found[0].end)
        result += _closed(found, least)
    return result


def _closed(found: list[Cue], least: float) -> list[Cue]:
    ends = [after.start if after.start - cue.end < least else cue.end for cue, after in zip(found, found[1:], strict=False)]
    return [_between(cue, cue.start, end) for cue, end in zip(found, [*ends, *(cue.end for cue in found[-1:])], strict=True)]


def _between(cue: Cue, start: float, end: float) -> Cue:
    return Cue(start, end, cue.lines, cue.words)


class _Scene:
    """The search for the cheapest division of one scene. Positions are indices of units; a range is half open."""

    def __init__(self, scene: Mapping[str, Any], language: str):
        self.end = round(1000 * scene["end_time"])
        self.units = units(scene["words"], round(1000 * scene["start_time"]), self.end)
        self.breaks = [0.0, *(_penalty(a, b, language) for a, b in zip(self.units, self.units[1:], strict=False)), 0.0]
        self.blanks = [0 if unit.glued else NARROW for unit in self.units]
        self.passed = [0, *accumulate(blank + width(unit.text) for blank, unit in zip(self.blanks, self.units, strict=True))]
        self.split = lru_cache(maxsize=None)(self._split)

    def cues(self) -> list[Cue]:
        best, before = [0.0], [0]
        for last in range(1, len(self.units) + 1):
            options = []
            for first in range(last - 1, -1, -1):
                if self.width(first, last) > 2 * LINE + NARROW:
                    break
                cost = self.cost(first, last)
                if cost is not None:
                    options.append((best[first] + cost, first))
            cheapest, first = min(options)
            best.append(cheapest)
            before.append(first)
        ends = [len(self.units)]
        while ends[-1]:
            ends.append(before[ends[-1]])
        return [self.cue(first, last) for last, first in reversed(list(zip(ends, ends[1:], strict=False)))]

    def width(self, first: int, last: int) -> int:
        return self.passed[last] - self.passed[first] - self.blanks[first]

    def _split(self, first: int, last: int) -> tuple[float, int] | None:
        """Return the cost of the best two lines and where the second begins (`last`: one line); None if two are not enough."""
        if self.width(first, last) <= LINE:
            return 0.0, last
        options = []
        for middle in range(first + 1, last):
            above, below = self.width(first, middle), self.width(middle, last)
            if above <= LINE and below <= LINE:
                options.append((self.breaks[middle] + _UNBALANCED * abs(above - below) / LINE, middle))
        return min(options, default=None)

    def shown_until(self, first: int, last: int) -> int:
        start = self.units[first].start
        limit = self.units[last].start if last < len(self.units) else self.end
        read = start + max(MIN_MS, round(self.width(first, last) / READING + 0.5))
        return min(max(self.units[last - 1].end, read), limit)

    def cost(self, first: int, last: int) -> float | None:
        lines = self.split(first, last)
        if lines is None:
            return None
        shown = max(self.shown_until(first, last) - self.units[first].start, 1)
        wide = self.width(first, last)
        cost = _A_CUE + self.breaks[last] + lines[0] + _FULL * (wide / (2 * LINE)) ** 2
        cost += _HASTE * max(0.0, wide / shown / READING * 17 - 17) + _TOO_SHORT * max(0.0, 1 - shown / MIN_MS)
        cost += _TOO_LONG * (shown > MAX_MS and last - first > 1)
        for at in range(first + 1, last):
            pause = self.units[at].start - self.units[at - 1].end
            cost += _PAUSE * pause / 1000 * (pause > _NOTICED_PAUSE_MS)
            cost += _SENTENCE_INSIDE * (self.breaks[at] == SENTENCE and at != lines[1])
        return cost

    def cue(self, first: int, last: int) -> Cue:
        split = self.split(first, last)
        assert split is not None
        ranges = [(first, split[1]), (split[1], last)]
        return Cue(
            self.units[first].start / 1000,
            self.shown_until(first, last) / 1000,
            tuple(self.text(*span) for span in ranges if span[0] < span[1]),
            tuple(Word(unit.text, unit.start / 1000, unit.end / 1000) for unit in self.units[first:last]),
        )

    def text(self, first: int, last: int) -> str:
        parts = ["" if unit.glued else " " for unit in self.units[first:last]]
        return "".join(blank + unit.text for blank, unit in zip(parts, self.units[first:last], strict=True)).strip(" ")


def _penalty(before: Unit, after: Unit, language: str) -> float:
    return penalty(before.text, after.text, language, glued=after.glued, tied=after.tied)
