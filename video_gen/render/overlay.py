"""What lies over the pictures of a clip, composed in its own part of the coded planes only."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, Self

import numpy as np
from PIL import Image

from video_gen.render import encode
from video_gen.render.coding import Item

Planes = list[np.ndarray]


@dataclass(frozen=True)
class Patch:
    """A small picture with a share of cover for each of its pixels, at an even place.

    planes: Y, U and V (4:2:0), multiplied by their shares. shares: 0 (unseen) to 256 (opaque), uint16, one array a plane.
    """

    left: int
    top: int
    planes: Planes
    shares: Planes

    @classmethod
    def of(cls, left: int, top: int, colour: Image.Image, cover: Image.Image) -> Self:
        """Take an RGB picture and its cover (mode L), both of the same even width and height."""
        whole, half = ((np.asarray(part, np.uint16) * 256 + 127) // 255 for part in (cover, cover.reduce(2)))
        shares = [whole, half, half]
        planes = [plane * share for plane, share in zip(encode.to_yuv(colour), shares, strict=True)]
        return cls(left, top, planes, shares)

    def lay(self, planes: Planes) -> None:
        """Change the planes of a whole picture where the patch lies."""
        for number, (plane, over, share) in enumerate(zip(planes, self.planes, self.shares, strict=True)):
            scale = 2 if number else 1
            top, left = self.top // scale, self.left // scale
            part = plane[top : top + share.shape[0], left : left + share.shape[1]]
            part[:] = (part * (256 - share) + over + 128) >> 8


class Layer(Protocol):
    """Something that lies over a clip: the frames at which it changes, and its picture at a frame (None: nothing)."""

    def changes(self) -> Iterable[int]: ...

    def patch(self, frame: int) -> Patch | None: ...


def over(frames: Iterable[Item], layers: Sequence[Layer]) -> Iterator[Item]:
    """Yield what a clip shows with the layers over it, divided where a layer changes, nothing of 0 repeats."""
    if not layers:
        yield from (item for item in frames if isinstance(item, encode.Fade) or item[1])
        return
    pairs = (pair for item in frames for pair in (item.frames() if isinstance(item, encode.Fade) else [item]))
    changes = sorted({change for layer in layers for change in layer.changes()})
    at = 0
    for planes, repeats in pairs:
        end = at + repeats
        inside = changes[bisect_right(changes, at) : bisect_right(changes, end - 1)]
        for start, stop in pairwise([at, *inside, end]) if repeats else ():
            yield _covered(planes, [layer.patch(start) for layer in layers]), stop - start
        at = end


def _covered(planes: Planes, patches: Sequence[Patch | None]) -> Planes:
    seen = [patch for patch in patches if patch]
    if not seen:
        return planes
    copies = [plane.copy() for plane in planes]
    for patch in seen:
        patch.lay(copies)
    return copies
