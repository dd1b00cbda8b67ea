"""Pictures as the encoder takes them: Y, U and V planes, and what lies between two of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

Planes = list[np.ndarray]


def to_yuv(picture: Image.Image) -> Planes:
    """Return the Y, U and V planes (uint8, BT.709, limited range, 4:2:0) of an RGB picture of even width and height."""
    frame = av.VideoFrame.from_image(picture)
    frame = frame.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    return [rows(plane)[: plane.height, : plane.width].copy() for plane in frame.planes]


def rows(plane: av.video.plane.VideoPlane) -> np.ndarray:
    """Return a plane's own memory, rows with their padding."""
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)


def to_frame(planes: Planes, pix_fmt: str | None = "yuv420p") -> av.VideoFrame:
    """Return planes as a frame of a pixel format."""
    height, width = planes[0].shape
    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, values in zip(frame.planes, planes, strict=True):
        rows(plane)[: values.shape[0], : values.shape[1]] = values
    return frame if pix_fmt == "yuv420p" else frame.reformat(format=pix_fmt)


def mix(below: Planes, above: Planes, share: float) -> Planes:
    """Return the planes between two pictures; share 0..1 of the second."""
    weight = round(share * 256)
    return [
        ((low.astype(np.uint16) * (256 - weight) + high.astype(np.uint16) * weight + 128) >> 8).astype(np.uint8)
        for low, high in zip(below, above, strict=True)
    ]


def ease(step: float) -> float:
    """Return the progress of a motion at `step` (0..1) of its time: slow at both ends."""
    return step * step * (3 - 2 * step)


@dataclass(frozen=True)
class Fade:
    """A picture that comes in over the one shown before it, and then stands still.

    shares: of `above` in each frame of the motion, rising, between 0 and 1. hold: frames that it then stands, at least 1.
    """

    below: Planes
    above: Planes
    shares: Sequence[float]
    hold: int

    def motion(self) -> Iterator[Planes]:
        """Yield the frames of the motion."""
        yield from (mix(self.below, self.above, share) for share in self.shares)

    def frames(self) -> Iterator[tuple[Planes, int]]:
        """Yield all of it as (planes, repeats)."""
        yield from ((planes, 1) for planes in self.motion())
        yield self.above, self.hold
