"""Pictures to H.264: every clip of a video is encoded with one set of parameters, so that clips join without encoding again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path

import av
import numpy as np

from video_gen.errors import StageError
from video_gen.files import atomic
from video_gen.render import coding
from video_gen.render.coding import Coded, Holding, Item, Plain
from video_gen.render.encoders import VideoFormat as VideoFormat
from video_gen.render.encoders import add_stream
from video_gen.render.planes import Fade as Fade
from video_gen.render.planes import ease as ease
from video_gen.render.planes import mix as mix
from video_gen.render.planes import rows
from video_gen.render.planes import to_yuv as to_yuv
from video_gen.render.skip import Skipping

# A decoded picture is compared in cells of 8 x 8 samples, which lie 8 pixels apart. Encoding at crf 20 changes a cell by 4 of
# 255 luma steps at most, and by twice as many with each 6 of crf; a word or a card that is missing, by some 40.
_CELL, _TOLERANCE = 8, 12


def write_clip(path: str | Path, frames: Iterable[Item], of: VideoFormat) -> int:
    """Encode (planes, repeats) and `Fade`s to a clip of constant frame rate without sound; return its number of frames.

    The clip begins with a key picture and has one at least every 2 s. With `of.stillness` "hold" a picture that stands still
    is encoded once, as a key picture; for the frames after it the stream repeats the encoder's own "nothing has changed"
    picture, which costs some 70 bytes and no time (docs/rendering.md). With "skip" fades between stills are not encoded
    either. With "plain", and with a hardware encoder, every frame goes through the encoder. Raises StageError if a hardware
    encoder fails, or if the file does not decode to these pictures.
    """
    with atomic(path) as part:
        try:
            expected, count = _write(part, frames, of)
        except av.FFmpegError as error:
            if of.engine == "x264":
                raise
            remedy = "Set encoder.engine to x264, or run where that encoder works."
            raise StageError(f"{path}: the encoder {of.engine} failed ({error.strerror}). {remedy}") from error
        _check(part, path, expected, count, _TOLERANCE * 2 ** (max(of.crf - 20, 0) / 6))
    return count


def careful(of: VideoFormat) -> VideoFormat:
    """Return the format for a second try, with every frame encoded. Clips of both formats can be joined."""
    return replace(of, stillness="skip-plain" if of.stillness.startswith("skip") else "plain")


def _write(path: Path, frames: Iterable[Item], of: VideoFormat) -> tuple[dict[int, np.ndarray], int]:
    """Write the file; return samples of what is to be seen by the number of the frame, and the number of frames."""
    expected: dict[int, np.ndarray] = {}
    asked = written = 0
    skipping = of.engine == "x264" and of.stillness.startswith("skip")
    with av.open(str(path), "w", options=coding.mp4_options(late=skipping)) as container:
        coder = Skipping(container, of) if skipping else _coder(container, of)
        for item, following in pairwise(chain(frames, [None])):
            assert item
            for luma, repeats in _samples(item):
                asked += repeats
                expected[asked - 1] = luma
            for coded in coder.encode(item, following is None):
                container.mux(_packet(coded, written - coder.delay, coder.target, of.fps))
                written += 1
        for coded in coder.rest():
            container.mux(_packet(coded, written - coder.delay, coder.target, of.fps))
            written += 1
    return expected, asked


def _coder(container: av.container.OutputContainer, of: VideoFormat) -> Plain:
    holding = of.engine == "x264" and of.stillness == "hold"
    return (Holding if holding else Plain)(add_stream(container, of), of)


def _samples(item: Item) -> Iterator[tuple[np.ndarray, int]]:
    """Yield a sample of each picture's luma and its repeats."""
    if isinstance(item, Fade):
        yield from (
            (luma, n) for (luma,), n in replace(item, below=_sample(item.below), above=_sample(item.above)).frames()
        )
    else:
        yield _sample(item[0])[0], item[1]


def _sample(planes: list[np.ndarray]) -> list[np.ndarray]:
    return [planes[0][::8, ::8].copy()]


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """Return how far two luma planes lie apart where they differ most, as the mean over a cell."""
    apart = np.abs(first.astype(np.int16) - second)
    lines = np.add.reduceat(apart, range(0, apart.shape[0], _CELL), 0, dtype=np.int32)
    cells = np.add.reduceat(lines, range(0, apart.shape[1], _CELL), 1)
    return float(cells.max()) / _CELL**2


def _check(part: Path, path: str | Path, expected: Mapping[int, np.ndarray], count: int, tolerance: float) -> None:
    """Decode a clip and compare the last frame of each picture with what was drawn."""
    seen = 0
    try:
        with av.open(str(part)) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = {"err_detect": "explode"}
            for index, frame in enumerate(container.decode(stream)):
                seen += 1
                if index in expected:
                    (luma,) = _sample([rows(frame.planes[0])[: frame.height, : frame.width]])
                    if difference(luma, expected[index]) > tolerance:
                        raise StageError(f"{path}: frame {index} is not the picture that was drawn.")
    except av.FFmpegError as error:
        raise StageError(f"{path}: frame {seen} cannot be decoded ({error.strerror}).") from error
    if seen != count:
        raise StageError(f"{path}: {count} frames were written, but {seen} can be decoded.")


def _packet(coded: Coded, number: int, stream: av.VideoStream, fps: int) -> av.Packet:
    packet = av.Packet(coded.data)
    packet.stream, packet.is_keyframe = stream, coded.is_key
    packet.pts, packet.dts = coded.shown, number
    packet.duration, packet.time_base = 1, Fraction(1, fps)
    return packet
