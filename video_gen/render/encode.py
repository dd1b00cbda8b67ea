"""Pictures to H.264: every clip of a video is encoded with one set of parameters, so that clips join without encoding again."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from video_gen.errors import StageError
from video_gen.files import atomic
from video_gen.render import h264

KEY_SECONDS = 2
MAX_DIFFERENCE = 12
_BT709 = 1
# The encoder decides nothing on its own: key pictures are asked for, each picture refers to the one before it only, and the
# slice headers have the same form whatever the picture.
_X264 = {
    **{"keyint": "infinite", "scenecut": 0, "open-gop": 0, "bframes": 0, "ref": 1, "weightp": 0},
    **{"8x8dct": 1, "cabac": 1, "sliced-threads": 0, "stitchable": 1, "force-cfr": 1},
}


@dataclass(frozen=True)
class VideoFormat:
    """What all clips of a video share. preset and crf are x264's. stillness: `hold` or `plain`, see `write_clip`."""

    width: int
    height: int
    fps: int
    preset: str = "veryfast"
    crf: int = 20
    stillness: str = "hold"


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

    The clip begins with a key picture and has one at least every 2 s; no picture refers to a later one. With
    `of.stillness` "hold" a picture that stands still is encoded once, as a key picture; for the frames after it the stream
    repeats the encoder's own "nothing has changed" picture, which costs some 70 bytes and no time (docs/rendering.md).
    With "plain" every frame goes through the encoder. Raises StageError if the file does not decode to these pictures.
    """
    with atomic(path) as part:
        expected = {}
        with av.open(str(part), "w") as container:
            stream = _add_stream(container, of)
            encoder = _Plain(stream) if of.stillness == "plain" else _Holding(stream, _unchanged(of))
            count = 0
            for planes, repeats in frames:
                for data, is_key in encoder.encode(_frame(planes, of), repeats):
                    container.mux(_packet(data, is_key, count, stream, of.fps))
                    count += 1
                expected[count - 1] = _sample(planes[0])
        _check(part, expected, count)
    return count


def _sample(luma: np.ndarray) -> np.ndarray:
    return luma[::16, ::16].astype(np.int16)


def _check(path: Path, expected: Mapping[int, np.ndarray], count: int) -> None:
    """Decode a clip and compare the last frame of each picture with what was drawn, in luma steps of 0..255."""
    seen = 0
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = {"err_detect": "explode"}
            for index, frame in enumerate(container.decode(stream)):
                seen += 1
                if index in expected:
                    luma = _sample(_rows(frame.planes[0], frame.width, frame.height))
                    if np.abs(luma - expected[index]).mean() > MAX_DIFFERENCE:
                        raise StageError(f"{path}: frame {index} is not the picture that was drawn.")
    except av.FFmpegError as error:
        raise StageError(f"{path}: frame {seen} cannot be decoded ({error}).") from error
    if seen != count:
        raise StageError(f"{path}: {count} frames were written, but {seen} can be decoded.")


class _Plain:
    """Every frame through the encoder."""

    def __init__(self, stream: av.VideoStream):
        self.stream, self.key, self.count = stream, KEY_SECONDS * int(stream.codec_context.framerate), 0

    def encode(self, frame: av.VideoFrame, repeats: int) -> Iterator[tuple[bytes, bool]]:
        for _ in range(repeats):
            yield self.picture(frame, key=self.count % self.key == 0), self.count % self.key == 0
            self.count += 1

    def picture(self, frame: av.VideoFrame, *, key: bool) -> bytes:
        """Encode one frame, which comes out at once: nothing is looked ahead."""
        frame.pts = (frame.pts or 0) + 1
        frame.pict_type = PictureType.I if key else PictureType.NONE
        (packet,) = self.stream.encode(frame)
        return bytes(packet)


class _Holding(_Plain):
    """A picture that is held is encoded once; the pictures that refer to others are numbered anew."""

    def __init__(self, stream: av.VideoStream, unchanged: bytes):
        super().__init__(stream)
        self.unchanged, self.bits, self.since_key = unchanged, 0, 0

    def encode(self, frame: av.VideoFrame, repeats: int) -> Iterator[tuple[bytes, bool]]:
        keys = self._key_places(repeats)
        still = b""
        for place in range(repeats):
            if place in keys:
                still = still or h264.without_sei(self.picture(frame, key=True))
                self.since_key = 1
                yield still, True
            else:
                yield self._numbered(self.unchanged if place else self.picture(frame, key=False)), False

    def _key_places(self, repeats: int) -> set[int]:
        """Return where a key picture stands: as late as may be, and where it can be in a hold, not in the motion after it."""
        if not self.since_key:
            return {0, *range(self.key, repeats, self.key)}
        reserve = self.key // 4 if repeats > 1 else 0
        count = -(-(repeats + self.since_key + reserve - self.key) // self.key)
        return {min(self.key - self.since_key + number * self.key, repeats - 1) for number in range(count)}

    def _numbered(self, packet: bytes) -> bytes:
        if not self.bits:
            self.bits = h264.Parameters.of(self.stream.codec_context.extradata or b"").frame_num_bits
        number = self.since_key % (1 << self.bits)
        self.since_key += 1
        return h264.numbered(packet, number, self.bits)


@cache
def _unchanged(of: VideoFormat) -> bytes:
    """Return the encoder's picture that repeats the one before it; it is the same whatever that shows."""
    with av.open(io.BytesIO(), "w", format="mp4") as container:
        encoder = _Plain(_add_stream(container, of))
        grey = _frame(to_yuv(Image.new("RGB", (of.width, of.height), (128, 128, 128))), of)
        _, second = (data for data, _ in encoder.encode(grey, 2))
    return second


def _packet(data: bytes, is_key: bool, number: int, stream: av.VideoStream, fps: int) -> av.Packet:
    packet = av.Packet(data)
    packet.stream, packet.is_keyframe = stream, is_key
    packet.pts = packet.dts = number
    packet.duration, packet.time_base = 1, Fraction(1, fps)
    return packet


def _add_stream(container: av.container.OutputContainer, of: VideoFormat) -> av.VideoStream:
    stream = container.add_stream("libx264", rate=of.fps)
    stream.width, stream.height, stream.pix_fmt = of.width, of.height, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, of.fps)
    # One thread: the bytes then do not depend on the machine, and the graph keeps the cores busy with other clips.
    context.thread_count = 1
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    context.options = {
        "preset": of.preset,
        "crf": str(of.crf),
        "profile": "high",
        "tune": "zerolatency",
        "forced-idr": "1",
        "x264-params": ":".join(f"{name}={value}" for name, value in _X264.items()),
    }
    return stream


def _frame(planes: list[np.ndarray], of: VideoFormat) -> av.VideoFrame:
    frame = av.VideoFrame(of.width, of.height, "yuv420p")
    for plane, values in zip(frame.planes, planes, strict=True):
        target = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        target[: values.shape[0], : values.shape[1]] = values
    return frame
