"""The timing report to captions that are easy to read, and the caption files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from video_gen.render.caption_breaks import SENTENCE, penalty
from video_gen.render.caption_files import write_karaoke_vtt, write_srt, write_vtt
from video_gen.render.caption_model import Cue, Word
from video_gen.render.caption_units import LINE, NARROW, Unit, units, width

__all__ = ["Cue", "Word", "cues", "write_karaoke_vtt", "write_srt", "write_vtt"]

MIN_MS, MAX_MS = 1000, 7000
PER_SECOND = 17
CLOSED_FRAMES = 2

# Prices of what a caption should not be, beside the breaks at its end and inside it (caption_breaks).
_A_CUE = 4.0
_FULL = 4.0
_A_CHARACTER_TOO_FAST = 3.0
_A_SECOND_TOO_SHORT = 30.0
_TOO_LONG = 10_000.0
_A_SECOND_OF_PAUSE = 6.0
_NOTICED_PAUSE_MS = 400
_SENTENCE_INSIDE = 6.0
_A_LINE_END = 0.4
_UNLIKE_LINES = 8.0


def cues(report: Mapping[str, Any], *, line: int = LINE, lines: int = 2) -> list[Cue]:
    """Return the captions of a video in order, without overlap, none over two scenes.

    The rule: of all ways to divide a scene's text into cues of one or two lines (42 characters, or 16 of Chinese,
    Japanese or Korean), the cheapest is taken, found by dynamic programming. What costs is where cues and lines end
    (in order of preference: at a sentence end, at a clause end, before a conjunction or preposition, at any word,
    after an article, conjunction or preposition; inside a name or between a number and its unit only if nothing
    else fits), and further a cue under 1 s or over 7 s, more than 17 characters a second, a pause or a sentence end
    inside a cue, lines of unlike length, and a little each cue. A cue begins with its first word. It ends with its
    last word or, up to the next cue and the scene's end, as much later as reading it needs and 1 s asks for. Gaps
    under two frames are closed. line, lines: another width of a line, in the units of caption_units, and 1 line a cue.
    """
    result: list[Cue] = []
    least = CLOSED_FRAMES / report["fps"]
    for scene in report["scenes"]:
        found = _Division(scene, report["language"], least, line, lines).cues()
        start = round(1000 * scene["start_time"]) / 1000
        if found and result and result[-1].end == start and found[0].start - start < least:
            found[0] = replace(found[0], start=start)
        result += found
    return result


class _Division:
    """The cheapest division of a scene's text. Positions are indices of units, stretches half open, times in ms.

    least: the smallest gap that is left open, in seconds. line: width of a line. most: lines of a cue, 1 or 2.
    """

    def __init__(self, scene: Mapping[str, Any], language: str, least: float, line: int, most: int):
        self.least = 1000 * least
        self.line, self.most = line, most
        self.end = round(1000 * scene["end_time"])
        self.units = units(scene["words"], round(1000 * scene["start_time"]), self.end, line)
        self.breaks = [0.0, *(_penalty(before, after, language) for before, after in pairwise(self.units)), 0.0]
        self.blanks = [0 if unit.glued else NARROW for unit in self.units]
        widths = [blank + width(unit.text) for blank, unit in zip(self.blanks, self.units, strict=True)]
        self.passed = [0, *accumulate(widths)]

    def cues(self) -> list[Cue]:
        best, origin = [0.0], [0]
        for last in range(1, len(self.units) + 1):
            cost, first = min((best[first] + cost, first) for first, cost in self._endings(last))
            best.append(cost)
            origin.append(first)
        ends = [len(self.units)]
        while ends[-1]:
            ends.append(origin[ends[-1]])
        return [self._cue(first, last) for first, last in pairwise(reversed(ends))]

    def _endings(self, last: int) -> list[tuple[int, float]]:
        """Return where a cue that ends at `last` may begin, and what it would cost."""
        found = []
        for first in range(last - 1, -1, -1):
            if self._width(first, last) > self.most * self.line + NARROW:
                break
            lines = self._lines(first, last)
            if lines:
                found.append((first, self._cost(first, last, *lines)))
        return found

    def _width(self, first: int, last: int) -> int:
        return self.passed[last] - self.passed[first] - self.blanks[first]

    def _lines(self, first: int, last: int) -> tuple[float, int] | None:
        """Return the cost of the best lines and where the second begins (`last`: nowhere); None if two do not do."""
        if self._width(first, last) <= self.line:
            return 0.0, last
        found = []
        for middle in range(first + 1, last) if self.most == 2 else ():
            above, below = self._width(first, middle), self._width(middle, last)
            if above <= self.line and below <= self.line:
                unlike = _UNLIKE_LINES * abs(above - below) / self.line
                found.append((_A_LINE_END * (self.breaks[middle] + unlike), middle))
        return min(found, default=None)

    def _shown_until(self, first: int, last: int) -> int:
        limit = self.units[last].start if last < len(self.units) else self.end
        characters = self._width(first, last) / NARROW
        reading = max(MIN_MS, round(1000 * characters / PER_SECOND + 0.5))
        until = max(self.units[last - 1].end, self.units[first].start + reading)
        return limit if limit - until < self.least else until

    def _cost(self, first: int, last: int, of_lines: float, middle: int) -> float:
        shown = max(self._shown_until(first, last) - self.units[first].start, 1)
        wide = self._width(first, last)
        cost = _A_CUE + _FULL * (wide / (self.most * self.line)) ** 2 + self.breaks[last] + of_lines
        cost += _A_CHARACTER_TOO_FAST * max(0.0, 1000 * wide / NARROW / shown - PER_SECOND)
        cost += _A_SECOND_TOO_SHORT * max(0.0, 1 - shown / MIN_MS)
        cost += _TOO_LONG if shown > MAX_MS and last - first > 1 else 0.0
        return cost + sum(self._cost_inside(at, last, middle) for at in range(first + 1, last))

    def _cost_inside(self, at: int, last: int, middle: int) -> float:
        pause = self.units[at].start - self.units[at - 1].end
        cost = _A_SECOND_OF_PAUSE * pause / 1000 if pause > _NOTICED_PAUSE_MS else 0.0
        mixed = self.breaks[at] == SENTENCE and (at != middle or self.breaks[last] > SENTENCE)
        return cost + _SENTENCE_INSIDE if mixed else cost

    def _cue(self, first: int, last: int) -> Cue:
        lines = self._lines(first, last)
        assert lines is not None
        parts = [self.units[first : lines[1]], self.units[lines[1] : last]]
        return Cue(
            self.units[first].start / 1000,
            self._shown_until(first, last) / 1000,
            tuple(_text(part) for part in parts if part),
            tuple(Word(unit.text, unit.start / 1000, unit.end / 1000) for unit in self.units[first:last]),
        )


def _penalty(before: Unit, after: Unit, language: str) -> float:
    return penalty(before.text, after.text, language, glued=after.glued, tied=after.tied)


def _text(line: Sequence[Unit]) -> str:
    return line[0].text + "".join(unit.text if unit.glued else f" {unit.text}" for unit in line[1:])
