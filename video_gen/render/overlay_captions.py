"""Captions in the picture: the same cues as in the caption files, on a plate, with the word that is spoken marked."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import inf
from typing import Any

from video_gen.render import captions, overlay_plate
from video_gen.render.caption_model import Cue
from video_gen.render.caption_units import LINE, NARROW
from video_gen.render.overlay import Patch
from video_gen.scenes.model import Style

MODES = {"line": 1, "two_lines": 2}

# Shares of the picture: size of the text, free sides, lower edge of the plate; of a tall one, as phones show it, the lower
# edge lies higher, since the player's own buttons lie below.
_SIZE, _SIDE, _LOW, _LOW_TALL, _TALL = 0.04, 0.06, 0.95, 0.74, 1.5
_FLOOR = 24
# Widths in sizes of the text.
_MEAN_LETTER, _LEAST_LETTERS = 0.54, 12
# Seconds that a word stays marked in a pause after it, and a caption before the next one, so that the picture is calm.
_LINGER, _HOLD = 0.3, 1.0


@dataclass(frozen=True)
class Place:
    """Where captions of at most `lines` lines stand in a picture of this size; all in pixels."""

    width: int
    height: int
    lines: int

    @cached_property
    def size(self) -> float:
        """Size of the text."""
        return max(_FLOOR * min(self.width, self.height) / 1080, _SIZE * self.height)

    @cached_property
    def room(self) -> float:
        """Width of the widest line."""
        return self.width * (1 - 2 * _SIDE) - 2 * overlay_plate.PAD_X * self.size

    @cached_property
    def bottom(self) -> float:
        """The plate's lower edge."""
        return self.height * (_LOW_TALL if self.height > _TALL * self.width else _LOW)

    @property
    def line(self) -> int:
        """Width of a line in the units of caption_units."""
        letters = max(_LEAST_LETTERS, int(self.room / (_MEAN_LETTER * self.size)))
        return min(LINE, letters * NARROW)


def reserved(mode: str, width: int, height: int) -> float:
    """Return the share of the height, from below, that captions need for themselves (`Style.bottom`); 0 for `none`."""
    if mode not in MODES:
        return 0.0
    place = Place(width, height, MODES[mode])
    top = place.bottom - overlay_plate.height(place.lines, place.size)
    return 1 - (top - 0.6 * place.size) / height


class Captions:
    """The captions of one scene over its clip."""

    def __init__(
        self, words: Sequence[Mapping[str, Any]], frames: int, *, style: Style, fps: int, mode: str, language: str
    ):
        """words: the scene's words with seconds from its start. frames: its length. mode: `line` or `two_lines`."""
        self.place = Place(style.width, style.height, MODES[mode])
        self.look = overlay_plate.Look.of(style)
        scene = {"words": words, "start_time": 0.0, "end_time": frames / fps}
        report = {"fps": fps, "language": language, "scenes": [scene]}
        self.cues = captions.cues(report, line=self.place.line, lines=self.place.lines)
        # From which frame on which cue is shown with which of its words marked.
        events: dict[int, tuple[int, int] | None] = {0: None}
        for number, cue in enumerate(_held(self.cues)):
            _add(events, number, cue, fps)
        self.events = sorted(events.items())
        self.starts = [frame for frame, _ in self.events]
        self.plate = lru_cache(1)(self._plate)
        self.draw = lru_cache(1)(self._draw)

    def changes(self) -> Iterable[int]:
        return self.starts

    def patch(self, frame: int) -> Patch | None:
        shown = self.events[bisect_right(self.starts, frame) - 1][1]
        return self.draw(*shown) if shown else None

    def _plate(self, number: int) -> overlay_plate.Plate:
        return overlay_plate.Plate(self.cues[number], self.place.size, self.place.room, self.look)

    def _draw(self, number: int, marked: int) -> Patch:
        plate = self.plate(number)
        left = (self.place.width - plate.width) / 2
        return plate.patch(left, self.place.bottom - plate.height, marked)


def _held(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues, each shown until the next one where that comes soon."""
    starts = [cue.start for cue in cues[1:]] + [inf]
    return [
        replace(cue, end=start) if start - cue.end < _HOLD else cue for cue, start in zip(cues, starts, strict=True)
    ]


def _add(events: dict[int, tuple[int, int] | None], number: int, cue: Cue, fps: int) -> None:
    """Enter a cue: it begins where the one before it may end; -1 stands for no word."""
    first, last = round(cue.start * fps), round(cue.end * fps)
    events[first] = (number, -1)
    for index, word in enumerate(cue.words):
        begin = max(first, round(word.start * fps))
        if begin < last:
            events[begin] = (number, index)
        following = cue.words[index + 1].start if index + 1 < len(cue.words) else cue.end
        rest = round((word.end + _LINGER) * fps)
        if begin < rest < min(last, round(following * fps)):
            events[rest] = (number, -1)
    events[last] = None
