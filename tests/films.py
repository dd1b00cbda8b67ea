"""Clips made for tests, whose frames tell their number, and what a scene shows of them."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import states
from video_gen.scenes.model import Style

RATE = 48_000
SIZE = (320, 180)
SMALL = Style(*SIZE)


def coded(number: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """A picture that tells its number: eight bars, light where the bit is set."""
    bits = [235 if number >> bit & 1 else 20 for bit in range(8)]
    row = np.repeat(np.array(bits, np.uint8), size[0] // 8)
    return np.broadcast_to(row[None, :, None], (size[1], len(row), 3)).copy()


def number_of(picture: Image.Image | np.ndarray, box: tuple[float, float, float, float] | None = None) -> int:
    """The number that a picture, or a part of it, tells."""
    part = np.asarray(picture)
    if box:
        left, top, right, bottom = map(round, box)
        part = part[top:bottom, left:right]
    width, middle = part.shape[1], part.shape[0] // 2
    bars = [part[middle - 2 : middle + 3, bit * width // 8 + width // 16].mean() > 128 for bit in range(8)]
    return sum(1 << bit for bit, light in enumerate(bars) if light)


def film(
    path: Path,
    count: int = 60,
    fps: int = 25,
    times: Sequence[int] | None = None,
    draw: Callable[[int], np.ndarray] = coded,
    tone: np.ndarray | None = None,
) -> Path:
    """Write numbered frames; times: of each in milliseconds; tone: mono sound beside them, at 48 kHz."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "12"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        base = Fraction(1, 1000) if times else Fraction(1, fps)
        stream.codec_context.time_base = base
        voice = container.add_stream("aac", rate=RATE, layout="mono") if tone is not None else None
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(draw(number), format="rgb24")
            frame.pts, frame.time_base = times[number] if times else number, base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if voice:
            frame = av.AudioFrame.from_ndarray(tone[None].astype(np.float32), format="fltp", layout="mono")
            # With its time the file says how much of its beginning the encoder has put there.
            frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
            container.mux(voice.encode(frame))
            container.mux(voice.encode(None))
    return path


def playing(path: Path, count: int, fps: int = 30, style: Style = SMALL, **fields) -> list[int]:
    """The numbers of the frames that a clip over the whole picture shows, but for those in which it fades away."""
    content = {"clip": str(path), "fit": "cover", **fields}
    schema.check(content, "video#clip", "test", InputError)
    (state,) = states("clip", content, style)
    shown = list(state.film.frames(count, fps))
    assert len(shown) == count and all(picture.size == (style.width, style.height) for picture in shown)
    assert shown[0].tobytes() == state.picture.tobytes()
    return [number_of(picture) for picture in shown[: count - min(round(0.3 * fps), count // 4)]]
