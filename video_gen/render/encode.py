"""Pictures to H.264: every clip of a video is encoded with one set of parameters, so that clips join without encoding again."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from video_gen.files import atomic

KEY_SECONDS = 2
_BT709 = 1


@dataclass(frozen=True)
class VideoFormat:
    """What all clips of a video share. preset and crf are x264's."""

    width: int
    height: int
    fps: int
    preset: str = "veryfast"
    crf: int = 20


def to_yuv(picture: Image.Image) -> list[np.ndarray]:
    """Return the Y, U and V planes (uint8, BT.709, limited range, 4:2:0) of an RGB picture of even width and height."""
    frame = av.VideoFrame.from_image(picture)
    frame = frame.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    return [_rows(plane, plane.width, plane.height).copy() for plane in frame.planes]


def _rows(plane: av.video.plane.VideoPlane, width: int, height: int) -> np.ndarray:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:height, :width]


def mix(below: list[np.ndarray], above: list[np.ndarray], share: float) -> list[np.ndarray]:
    """Return the planes between two pictures; share 0..1 of the second."""
    weight = round(share * 256)
    return [
        ((low.astype(np.uint16) * (256 - weight) + high.astype(np.uint16) * weight + 128) >> 8).astype(np.uint8)
        for low, high in zip(below, above, strict=True)
    ]


def ease(step: float) -> float:
    """Return the progress of a motion at `step` (0..1) of its time: slow at both ends."""
    return step * step * (3 - 2 * step)


def write_clip(path: str | Path, frames: Iterator[tuple[list[np.ndarray], int]], of: VideoFormat) -> int:
    """Encode (planes, repeats) to a clip of constant frame rate without sound; return its number of frames.

    The clip begins with a key picture and has one at least every 2 s; no picture refers to a later one.
    """
    count = 0
    with atomic(path) as part, av.open(str(part), "w") as container:
        stream = _add_stream(container, of)
        for planes, repeats in frames:
            frame = _frame(planes, of)
            for _ in range(repeats):
                frame.pts, frame.time_base = count, Fraction(1, of.fps)
                container.mux(stream.encode(frame))
                count += 1
        container.mux(stream.encode(None))
    return count


def _add_stream(container: av.container.OutputContainer, of: VideoFormat) -> av.VideoStream:
    stream = container.add_stream("libx264", rate=of.fps)
    stream.width, stream.height, stream.pix_fmt = of.width, of.height, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, of.fps)
    # One thread: the bytes then do not depend on the machine, and the graph keeps the cores busy with other clips.
    context.thread_count = 1
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    key = KEY_SECONDS * of.fps
    context.options = {
        "preset": of.preset,
        "crf": str(of.crf),
        "profile": "high",
        "tune": "animation",
        "x264-params": f"keyint={key}:min-keyint={key}:scenecut=0:bframes=0:open-gop=0:8x8dct=1:cabac=1:stitchable=1:force-cfr=1",
    }
    return stream


def _frame(planes: list[np.ndarray], of: VideoFormat) -> av.VideoFrame:
    frame = av.VideoFrame(of.width, of.height, "yuv420p")
    for plane, values in zip(frame.planes, planes, strict=True):
        target = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        target[: values.shape[0], : values.shape[1]] = values
    return frame
