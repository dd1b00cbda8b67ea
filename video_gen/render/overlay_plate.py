"""One caption drawn: a rounded, translucent plate with one or two lines on it, and a box behind the word that is spoken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from PIL import Image

from video_gen.render.caption_model import Cue
from video_gen.render.overlay import Patch
from video_gen.scenes import canvas, colours
from video_gen.scenes.fonts import Typeface, typeface
from video_gen.scenes.marks import Panel, Words
from video_gen.scenes.model import Colour, Style
from video_gen.scenes.scripts import clean, is_right_to_left
from video_gen.scenes.theme import tinted

# In sizes of the text.
PAD_X, _PAD_Y, _LEADING, _RADIUS = 0.6, 0.3, 1.34, 0.34
_BOX_PAD, _BOX_PAD_GLUED, _BOX_HEIGHT, _BOX_RADIUS = 0.12, 0.03, 1.22, 0.22
# Beside the blank itself, so that the box of a word keeps clear of its neighbours.
_WIDER_BLANK = 0.09
_WEIGHT = 600

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
# How opaque a plate is: as little as keeps its text readable over any picture.
_COVERS, _READABLE = (205, 220, 235, 245), 5.5
# Share of the text's colour in a plate, so that it stands out from a background of much the same colour.
_DEEPER = 0.06


@dataclass(frozen=True)
class Look:
    """What captions look like in a theme. spoken: the box behind the word that is spoken. cover: of the plate, 0 to 255."""

    ground: Colour
    text: Colour
    spoken: Colour
    font: str
    cover: int

    @classmethod
    def of(cls, style: Style) -> Self:
        """Take the theme's font of text, its raised surface for the plate, and the accent as it is seen well on that."""
        theme = tinted(style.theme, style.accent)
        ground = colours.mix(theme.bar, theme.text, _DEEPER)
        text = colours.readable(theme.text, ground, 7)
        # As with badges: white on the accent where all around is light.
        spoken = colours.readable(style.accent, *((ground, 3) if theme.dark else (_WHITE, 4.6)))
        clear = (cover for cover in _COVERS if _least(ground, text, cover) >= _READABLE)
        return cls(ground, text, spoken, theme.fonts[theme.roles["body"].family], next(clear, 255))


def _least(ground: Colour, text: Colour, cover: int) -> float:
    """Return the contrast of text on a plate over the picture on which it is hardest to read."""
    seen = (colours.mix(below, ground, cover / 255) for below in (_WHITE, _BLACK))
    return min(colours.contrast(text, each) for each in seen)


@dataclass(frozen=True)
class _Word:
    """A word of a line, pixels from the line's left end. glued: no blank on one of its sides."""

    text: str
    x: float
    width: float
    glued: bool


def height(lines: int, size: float) -> float:
    """Return the height of a plate in pixels; size: of the text."""
    return size * (lines * _LEADING + 2 * _PAD_Y)


class Plate:
    """A caption laid out; width and height are its size in pixels, even."""

    def __init__(self, cue: Cue, size: float, room: float, look: Look):
        """size: of the text, made smaller where a line would be wider than `room`."""
        self.size, self.look = size, look
        lines = _by_line(cue)
        self.face = typeface(look.font, _WEIGHT, size)
        widest = max(_length(line, self.face) for line in lines)
        if widest > room:
            self.face = typeface(look.font, _WEIGHT, size * room / widest)
            widest = max(_length(line, self.face) for line in lines)
        self.width, self.height = _even(widest + 2 * PAD_X * size), _even(height(len(lines), size))
        self.lines = [_placed(line, self.face) for line in lines]

    def patch(self, left: float, top: float, marked: int) -> Patch:
        """Draw it at a place in the picture with its word number `marked` in a box of the accent colour; -1: none."""
        marks, ground = self._marks(marked), self.look.ground
        colour, cover = (Image.new("RGB", (self.width, self.height), fill) for fill in (ground, _BLACK))
        canvas.paint(colour, marks)
        plate = Panel(0, 0, self.width, self.height, ground, _RADIUS * self.size)
        canvas.paint(cover, [_in_grey(plate, self.look.cover), *(_in_grey(mark, 255) for mark in marks)])
        return Patch.of(_even(left), _even(top), colour, cover.getchannel(0))

    def _marks(self, marked: int) -> list[Panel | Words]:
        boxes: list[Panel | Words] = []
        texts: list[Panel | Words] = []
        number = 0
        for row, line in enumerate(self.lines):
            middle = self.size * (_PAD_Y + (row + 0.5) * _LEADING)
            left = (self.width - max(word.x + word.width for word in line)) / 2
            for word in line:
                shade = self.look.text
                if number == marked:
                    boxes.append(self._box(word, left, middle))
                    shade = colours.on(self.look.spoken)
                texts.append(Words(left + word.x, middle + self.face.cap / 2, ((word.text, shade),), self.face))
                number += 1
        return boxes + texts

    def _box(self, word: _Word, left: float, middle: float) -> Panel:
        pad = self.face.size * (_BOX_PAD_GLUED if word.glued else _BOX_PAD)
        high = self.face.size * _BOX_HEIGHT
        x, wide = left + word.x - pad, word.width + 2 * pad
        return Panel(x, middle - high / 2, wide, high, self.look.spoken, self.face.size * _BOX_RADIUS, name="spoken")


def _even(length: float) -> int:
    return 2 * round(length / 2)


def _in_grey(mark: Panel | Words, level: int) -> Panel | Words:
    shade = (level, level, level)
    if isinstance(mark, Panel):
        return replace(mark, fill=shade)
    return replace(mark, spans=tuple((text, shade) for text, _ in mark.spans))


def _by_line(cue: Cue) -> list[list[tuple[str, bool]]]:
    """Return (word, whether no blank is before it) for each line of a cue."""
    words = iter(cue.words)
    lines = []
    for rest in cue.lines:
        found: list[tuple[str, bool]] = []
        glued = False
        while rest:
            text = next(words).text
            found.append((clean(text), glued))
            rest = rest[len(text) :]
            glued, rest = not rest.startswith(" "), rest.removeprefix(" ")
        lines.append(found)
    return lines


def _length(words: Sequence[tuple[str, bool]], face: Typeface) -> float:
    return max(word.x + word.width for word in _placed(words, face))


def _placed(words: Sequence[tuple[str, bool]], face: Typeface) -> list[_Word]:
    """Return the words of a line in their own order, each at its place from left to right."""
    placed: dict[int, _Word] = {}
    x, before = 0.0, -1
    for index in _visual([text for text, _ in words]):
        text, glued = words[index]
        if placed and not (abs(index - before) == 1 and words[max(index, before)][1]):
            x += face.length(" ") + _WIDER_BLANK * face.size
        closed = glued or (index + 1 < len(words) and words[index + 1][1])
        placed[index] = _Word(text, x, face.length(text), closed)
        x, before = x + face.length(text), index
    return [placed[index] for index in range(len(words))]


def _visual(texts: Sequence[str]) -> list[int]:
    """Return the indices of a line's words from left to right; words of both directions may stand in it."""
    runs = []
    for backwards, found in groupby(range(len(texts)), key=lambda index: is_right_to_left(texts[index])):
        run = list(found)
        runs.append(run[::-1] if backwards else run)
    if is_right_to_left(" ".join(texts)):
        runs.reverse()
    return [index for run in runs for index in run]
