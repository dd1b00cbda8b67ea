"""The frames of a recording by their time, as RGB in the size that they are shown in."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image

from video_gen.errors import InputError
from video_gen.scenes import hdr
from video_gen.scenes.model import Colour
from video_gen.scenes.recordings import ROUNDED, Recording, damaged, moving_stream, opened, stamp_of

# A file that ends so much before the length that it states was cut off.
_LACKING = 0.5
_SKIPPED = 2.0  # seconds; what is nearer is reached by decoding rather than by a jump
# FFmpeg's numbers of the colour matrices in a frame → those of its scaler.
_MATRICES = {
    **{1: Colorspace.ITU709, 4: Colorspace.FCC, 5: Colorspace.ITU601, 6: Colorspace.ITU601},
    **{7: Colorspace.SMPTE240M, 9: Colorspace.BT2020, 10: Colorspace.BT2020},
}


class Player:
    """The frames of a recording by their time: cheap where the times grow, a new start where they jump.

    size: of the pictures in pixels. ground: what shows through where a picture is clear.
    """

    def __init__(self, recording: Recording, size: tuple[int, int], ground: Colour):
        self.recording, self.size, self.ground = recording, size, ground
        self._frames: Iterator[_Timed] = iter(())
        self._shown: _Timed | None = None
        self._next: _Timed | None = None
        self._picture: np.ndarray | None = None
        self._asked = 0.0

    def at(self, seconds: float) -> np.ndarray:
        """Return the picture that is shown at a time, RGB of shape (height, width, 3).

        Raises InputError if the file cannot be decoded, or ends before it should.
        """
        seconds += ROUNDED
        if self._shown is None or not self._asked <= seconds <= self._asked + _SKIPPED:
            self._shown = self._start(seconds)
            self._picture = None
        self._asked = seconds
        while self._next and self._next.begin <= seconds:
            self._shown, self._next, self._picture = self._next, next(self._frames, None), None
        if self._next is None and seconds > self._shown.end:
            self._refuse_short(self._shown.end)
        if self._picture is None:
            self._picture = self._drawn(self._shown.frame)
        return self._picture

    def _start(self, seconds: float) -> "_Timed":
        """Return the first frame of a new start, and make the one behind it the next."""
        self._frames = _decoded(self.recording, seconds if seconds > _SKIPPED else 0.0)
        first = next(self._frames, None)
        if first is None or first.begin > seconds:
            # The jump missed its aim.
            self._frames = _decoded(self.recording, 0.0)
            first = next(self._frames, None)
        if first is None:
            raise damaged(self.recording.path, "it holds no picture that can be decoded")
        self._next = next(self._frames, None)
        return first

    def _refuse_short(self, end: float) -> None:
        if end < self.recording.length - _LACKING:
            raise InputError(
                f"{self.recording.path}: can be decoded up to {end:.1f} s only, but should last {self.recording.length:.1f} s. "
                "Save it again from its source, or name an earlier `end`."
            )

    def _drawn(self, frame: av.VideoFrame) -> np.ndarray:
        turned = self.recording.turns % 2
        width, height = self.size[::-1] if turned else self.size
        clear = any(component.is_alpha for component in frame.format.components)
        if clear:
            layer = Image.fromarray(frame.to_ndarray(format="rgba"))
            flat = Image.new("RGB", layer.size, self.ground)
            flat.paste(layer, (0, 0), layer)
            picture = np.asarray(flat.resize((width, height), Image.Resampling.LANCZOS))
        else:
            try:
                picture = _scaled(frame, width, height)
            except av.FFmpegError as error:
                raise damaged(self.recording.path, error) from error
        return np.rot90(picture, self.recording.turns)


def _scaled(frame: av.VideoFrame, width: int, height: int) -> np.ndarray:
    """Return a frame as RGB, by the matrix that its file names, or else by that which is usual for its size."""
    if hdr.is_hdr(frame):
        return hdr.mapped(frame, width, height)
    usual = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    space = _MATRICES.get(int(frame.colorspace), usual)
    scaled = frame.reformat(width, height, "rgb24", src_colorspace=space, interpolation=Interpolation.BICUBIC)
    return scaled.to_ndarray()


@dataclass(frozen=True)
class _Timed:
    """A frame that is shown from `begin` on, in seconds; end: endless where the file does not tell."""

    begin: float
    end: float
    frame: av.VideoFrame


def _decoded(recording: Recording, seconds: float) -> Iterator[_Timed]:
    """Yield the frames from a key picture before `seconds` on, or from the beginning."""
    try:
        with opened(recording.path) as container:
            stream = moving_stream(container, recording.path)
            if seconds:
                container.seek(int((recording.origin + Fraction(seconds)) / stream.time_base), stream=stream)
            begins: list[float] = []
            for frame in container.decode(stream):
                if (stamp := stamp_of(container, frame)) is not None:
                    begins.append(float(stamp * stream.time_base - recording.origin))
                elif len(begins) > 1:
                    # The last frames of an AVI file come without any time.
                    begins.append(2 * begins[-1] - begins[-2])
                else:
                    continue
                end = begins[-1] + float(frame.duration * stream.time_base) if frame.duration else math.inf
                yield _Timed(begins[-1], end, frame)
                del begins[:-2]
    except (av.FFmpegError, OSError) as error:
        raise damaged(recording.path, error) from error
