"""Shapes of one colour that are neither text nor rectangle: lines, areas, slices of a ring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Self

from PIL import Image, ImageDraw

from video_gen.scenes.fonts import Typeface
from video_gen.scenes.marks import Words
from video_gen.scenes.model import Box, Colour

Point = tuple[float, float]
Painter = Callable[[ImageDraw.ImageDraw, list[Point]], None]
_OVERSAMPLING = 4


class Stencil(Typeface):
    """A typeface of one sign: a mask (mode L) that lies `left` and `top` pixels from where it is drawn."""

    def __init__(self, mask: Image.Image, left: int, top: int):
        self.size = 0.0
        self.cap = 0.0
        self.mask, self.left, self.top = mask, left, top

    def length(self, text: str) -> float:
        return 0.0

    def ink(self, text: str) -> tuple[float, float]:
        return -float(self.top), float(self.top + self.mask.height)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: Colour) -> None:
        draw.bitmap((round(x) + self.left, round(y) + self.top), self.mask, fill=colour)


@dataclass(frozen=True)
class Shape(Words):
    """A mark that is painted as a sign of its own typeface, so that the canvas needs to know of text and panels only.

    turns: from where to where a slice goes, in turns clockwise from the top; centre: of its ring, from x and y.
    """

    centre: Point = (0.0, 0.0)
    turns: tuple[float, float] | None = None

    @classmethod
    def of(cls, mask: Image.Image, left: int, top: int, colour: Colour) -> Self:
        return cls(0.0, 0.0, (("", colour),), Stencil(mask, left, top), False)

    def box(self) -> Box:
        """The bounds of the mask."""
        assert isinstance(self.face, Stencil)
        left, top = round(self.x) + self.face.left, round(self.y) + self.face.top
        return Box("shape:", left, top, left + self.face.mask.width, top + self.face.mask.height)


def line(points: Sequence[Point], thick: float, colour: Colour) -> Shape:
    """Return the line through the points, its ends round. Lengths are pixels."""
    half = thick / 2 + 1

    def paint(draw: ImageDraw.ImageDraw, scaled: list[Point]) -> None:
        draw.line(scaled, fill=255, width=round(thick * _OVERSAMPLING), joint="curve")
        for x, y in scaled:
            radius = thick * _OVERSAMPLING / 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    return _drawn(points, half, paint, colour, 255)


def area(points: Sequence[Point], colour: Colour, strength: float) -> Shape:
    """Return the polygon of the points in a colour that covers what lies under it by `strength`, 0..1."""
    return _drawn(points, 0.0, lambda draw, scaled: draw.polygon(scaled, fill=255), colour, round(255 * strength))


def slice_of_ring(centre: Point, radius: float, hole: float, start: float, end: float, colour: Colour) -> Shape:
    """Return a slice from `start` to `end`, in turns clockwise from the top, between the radii `hole` and `radius`."""
    steps = max(2, round((end - start) * 240))
    turns = [start + (end - start) * n / steps for n in range(steps + 1)]
    outer = [_on_circle(centre, radius, turn) for turn in turns]
    inner = [_on_circle(centre, hole, turn) for turn in reversed(turns)]
    drawn = _drawn(outer + inner, 1.0, lambda draw, scaled: draw.polygon(scaled, fill=255), colour, 255)
    return replace(drawn, centre=centre, turns=(start, end))


def _on_circle(centre: Point, radius: float, turn: float) -> Point:
    angle = 2 * pi * turn
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def _drawn(points: Sequence[Point], margin: float, paint: Painter, colour: Colour, most: int) -> Shape:
    left, top = (int(min(p[n] for p in points) - margin) for n in (0, 1))
    right, bottom = (int(max(p[n] for p in points) + margin) + 1 for n in (0, 1))
    large = Image.new("L", ((right - left) * _OVERSAMPLING, (bottom - top) * _OVERSAMPLING), 0)
    paint(ImageDraw.Draw(large), [((x - left) * _OVERSAMPLING, (y - top) * _OVERSAMPLING) for x, y in points])
    mask = large.reduce(_OVERSAMPLING)
    return Shape.of(mask if most == 255 else mask.point(lambda v: v * most // 255), left, top, colour)
