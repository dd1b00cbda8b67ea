"""Arithmetic of motions on coded planes (uint8, 4:2:0), only in the parts of a picture that change.

Shares are whole numbers of 128: the difference of two samples times 128 still fits 16 bits, which numpy works through many
times faster than wider numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Planes = list[np.ndarray]
Area = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, all even, so that the samples of colour are whole."""

WHOLE = 128
_SOLID = 32  # a sample that differs by 4 levels or more covers what is below it


def area(left: float, top: float, right: float, bottom: float, size: tuple[int, int]) -> Area:
    """Return the area around a box, inside a picture of `size` (width, height); it may be empty."""
    width, height = size
    low = max(0, int(left // 2) * 2), max(0, int(top // 2) * 2)
    return (*low, min(width, -int(-right // 2) * 2), min(height, -int(-bottom // 2) * 2))


def size_of(planes: Planes) -> tuple[int, int]:
    """Return the width and height in pixels."""
    return planes[0].shape[1], planes[0].shape[0]


def cut(plane: np.ndarray, part: Area, number: int) -> np.ndarray:
    """Return the samples of an area as a view; number: of the plane, 0 for luma."""
    left, top, right, bottom = (place // 2 for place in part) if number else part
    return plane[top:bottom, left:right]


def _shifted(part: Area, right: int, down: int) -> Area:
    return part[0] + right, part[1] + down, part[2] + right, part[3] + down


def bounds(cover: np.ndarray) -> Area | None:
    """Return the smallest area with all samples of a luma plane that are not 0; None where there are none."""
    rows = np.flatnonzero(cover.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(cover[rows[0] : rows[-1] + 1].any(axis=0))
    return area(columns[0], rows[0], columns[-1] + 1, rows[-1] + 1, (cover.shape[1], cover.shape[0]))


def cover(below: Planes, above: Planes) -> np.ndarray:
    """Return how far each pixel of `above` is something else than `below`: a share of WHOLE, uint8, as large as luma."""
    luma, *colours = (_apart(low, high) for low, high in zip(below, above, strict=True))
    colour = np.maximum(*colours)
    for row in (0, 1):
        for column in (0, 1):
            part = luma[row::2, column::2]
            np.maximum(part, colour, out=part)
    np.minimum(luma, WHOLE // _SOLID, out=luma)
    luma *= _SOLID
    return luma


def _apart(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.maximum(low, high) - np.minimum(low, high)


def mixed(target: np.ndarray, source: np.ndarray, share: np.ndarray | int) -> None:
    """Bring uint8 samples nearer to the source (uint8 or int16) by a share of WHOLE, in place."""
    change = np.subtract(source, target, dtype=np.int16)
    change *= share
    change += WHOLE // 2
    change >>= 7
    change += target
    target[:] = change


class Passage:
    """From one picture to another, where they differ."""

    def __init__(self, below: Planes, above: Planes):
        self.below, self.above = below, above
        self.part = None if below is above else bounds(cover(below, above))

    def at(self, share: float) -> Planes:
        """Return new planes, `share` (0..1) on the way."""
        planes = [plane.copy() for plane in self.below]
        self.lay(planes, share)
        return planes

    def lay(self, planes: Planes, share: float) -> None:
        """Bring planes nearer to the second picture, in place."""
        whole = round(share * WHOLE)
        if self.part and whole:
            for number, (target, source) in enumerate(zip(planes, self.above, strict=True)):
                mixed(cut(target, self.part, number), cut(source, self.part, number), whole)


@dataclass(frozen=True)
class Matte:
    """A part of a picture cut out from what is behind it. covers: a share of WHOLE for each sample, int16, one array a plane."""

    part: Area
    planes: Sequence[np.ndarray]
    covers: Sequence[np.ndarray]

    @classmethod
    def take(cls, free: np.ndarray, planes: Planes, part: Area) -> "Matte | None":
        """Take what is still `free` (see `cover`) in an area, where it is then cleared; None where nothing is."""
        inside = cut(free, part, 0)
        found = bounds(inside) if inside.size else None
        if found is None:
            return None
        left, top = part[:2]
        own = left + found[0], top + found[1], left + found[2], top + found[3]
        inside = cut(free, own, 0)
        luma = inside.astype(np.int16)
        inside[:] = 0
        colour = np.maximum(np.maximum(luma[::2, ::2], luma[1::2, ::2]), np.maximum(luma[::2, 1::2], luma[1::2, 1::2]))
        return cls(own, [cut(plane, own, n).astype(np.int16) for n, plane in enumerate(planes)], [luma, colour, colour])

    def lay(
        self,
        planes: Planes,
        share: float = 1.0,
        *,
        part: Area | None = None,
        by: tuple[int, int] = (0, 0),
        within: np.ndarray | None = None,
    ) -> None:
        """Lay it over planes, in place, `share` (0..1) opaque.

        part: the area of it that is seen, in the picture's pixels. by: how far right and down from its place, even.
        within: which of its pixels are seen, as large as its luma.
        """
        seen = self._seen(part or self.part, by, size_of(planes))
        if seen[0] >= seen[2] or seen[1] >= seen[3]:
            return
        whole = round(share * WHOLE)
        inner = _shifted(seen, -self.part[0], -self.part[1])
        there = _shifted(seen, *by)
        for number, (target, source, covering) in enumerate(zip(planes, self.planes, self.covers, strict=True)):
            weight = cut(covering, inner, number)
            if whole < WHOLE:
                weight = (weight * np.int16(whole)) >> 7
            if within is not None:
                weight = weight * cut(within[::2, ::2] if number else within, inner, number)
            mixed(cut(target, there, number), cut(source, inner, number), weight)

    def _seen(self, part: Area, by: tuple[int, int], size: tuple[int, int]) -> Area:
        """Return the area of it that is asked for and, moved, still lies in the picture."""
        return (
            max(part[0], self.part[0], -by[0]),
            max(part[1], self.part[1], -by[1]),
            min(part[2], self.part[2], size[0] - by[0]),
            min(part[3], self.part[3], size[1] - by[1]),
        )
