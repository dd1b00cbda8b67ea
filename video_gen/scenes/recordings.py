"""Video and GIF files that a scene names: opened with care, and the right frame at any time.

Time 0 of a recording is its first picture. Only PyAV opens the file, with the kinds of containers and the ways to other
files held down: FFmpeg would otherwise follow a playlist, whatever the file is called.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image

from video_gen.errors import InputError
from video_gen.scenes import hdr
from video_gen.scenes.model import Colour

MOST_PIXELS = 4096 * 4096
MOST_SECONDS = 6 * 3600.0
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif"
# Matroska notes times in milliseconds: a frame may stand half of one behind its place.
_ROUNDED = 0.0006
# A file that ends so much before the length that it states was cut off.
_LACKING = 0.5
_BEYOND = 0.05  # seconds that an `end` may lie behind the last picture: people round
_SKIPPED = 2.0  # seconds; what is nearer is reached by decoding rather than by a jump
# FFmpeg's numbers of the colour matrices in a frame → those of its scaler.
_MATRICES = {
    **{1: Colorspace.ITU709, 4: Colorspace.FCC, 5: Colorspace.ITU601, 6: Colorspace.ITU601},
    **{7: Colorspace.SMPTE240M, 9: Colorspace.BT2020, 10: Colorspace.BT2020},
}


@dataclass(frozen=True)
class Recording:
    """What is known of a file. width, height: as it is shown, upright and with square pixels. length: seconds.

    turns: quarter turns to the left that make it upright. origin: the time of the first picture in the file's own count.
    """

    path: str
    width: int
    height: int
    length: float
    turns: int
    origin: Fraction
    has_sound: bool


@dataclass(frozen=True)
class Cut:
    """A part of a recording from `start` to `end`, in seconds of the file, and how it is played.

    loops: whether it begins again at its end; else its last picture stands.
    """

    recording: Recording
    start: float
    end: float
    speed: float = 1.0
    loops: bool = False

    @property
    def seconds(self) -> float:
        """How long it takes to play it once."""
        return (self.end - self.start) / self.speed


def cut(content: Mapping[str, Any]) -> Cut:
    """Return the part that the fields of a scene of type clip name. Raises InputError as `inspect`, and for a part outside."""
    recording = inspect(content["clip"])
    length = recording.length
    start, end = float(content.get("start", 0)), float(content.get("end", length))
    if start >= length - _ROUNDED or end > length + _BEYOND:
        raise InputError(
            f"{recording.path}: lasts {length:.2f} s; from {start:g} s to {end:g} s is asked for. Mend `start` and `end`."
        )
    if start >= end:
        raise InputError(f"{recording.path}: `start` ({start:g} s) must be before `end` ({end:g} s). Mend them.")
    loops = content.get("ends", "freeze") == "loop"
    return Cut(recording, start, min(end, length), float(content.get("speed", 1)), loops)


def opened(path: str) -> Any:
    """Return PyAV's container of a video or GIF file. Raises InputError for a missing file or one of another kind."""
    if not Path(path).is_file():
        raise InputError(
            f"{path}: there is no such clip. Check the name; it is looked for from the folder the run started in."
        )
    options = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    try:
        # An absolute path: a name such as `concat:a|b` is then no address.
        return av.open(str(Path(path).absolute()), options=options)
    except (av.FFmpegError, OSError) as error:
        raise InputError(
            f"{path}: is no MP4, MOV, MKV, WebM, AVI or GIF file, or is damaged ({error.strerror}). Save it again from its source."
        ) from error


def inspect(path: str) -> Recording:
    """Return what is known of a video or GIF file.

    Raises InputError for a file that is missing, damaged or of another kind, holds no moving picture, or is larger than
    MOST_PIXELS or longer than MOST_SECONDS.
    """
    if not Path(path).is_file():
        opened(path)
    status = Path(path).stat()
    return _inspected(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _inspected(path: str, mtime: int, size: int) -> Recording:
    with opened(path) as container:
        stream = _stream(container, path)
        try:
            frame = next(container.decode(stream), None)
            stamp = _stamp(container, frame) if frame else None
            if frame is None or stamp is None:
                raise _damaged(path, "it holds no picture that can be decoded")
            origin = stamp * stream.time_base
            length = float(_length(container, stream, origin))
        except (av.FFmpegError, OSError) as error:
            raise _damaged(path, error) from error
        if length > MOST_SECONDS:
            raise InputError(
                f"{path}: lasts {length / 3600:.1f} hours, more than {MOST_SECONDS / 3600:g}. Cut it first."
            )
        turns = round(frame.rotation / 90) % 4
        width, height = frame.width, frame.height
        aspect = stream.sample_aspect_ratio or 1
        width = max(1, round(width * aspect)) if 0.1 < aspect < 10 else width
        upright = (height, width) if turns % 2 else (width, height)
        return Recording(path, *upright, length, turns, origin, bool(container.streams.audio))


def _stream(container: Any, path: str) -> Any:
    # A cover is a picture of a sound file, not a moving one.
    streams = [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
    if not streams:
        raise InputError(f"{path}: holds no moving picture. Give a video or GIF file.")
    stream = streams[0]
    if stream.codec_context.width * stream.codec_context.height > MOST_PIXELS:
        raise InputError(f"{path}: is larger than 4096x4096 pixels. Scale it down to the video's size.")
    stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return stream


def _stamp(container: Any, frame: av.VideoFrame) -> int | None:
    """Return the time of a frame in ticks. An AVI file knows only the order in which frames are decoded."""
    return frame.dts if container.format.name == "avi" else frame.pts


def _length(container: Any, stream: Any, origin: Fraction) -> Fraction:
    """Return how long the pictures last, in seconds."""
    if stream.duration:
        return stream.duration * stream.time_base
    if container.duration and container.duration > 10 * av.time_base:
        container.seek(container.duration - 5 * av.time_base)
    else:
        container.seek(0)
    packets = (packet for packet in container.demux(stream) if packet.pts is not None)
    usual = round(1 / (stream.average_rate or 25) / stream.time_base)
    return max((packet.pts + (packet.duration or usual) for packet in packets), default=0) * stream.time_base - origin


def _damaged(path: str, error: Exception | str) -> InputError:
    return InputError(f"{path}: the clip is damaged ({error}). Save it again from its source.")


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
        seconds += _ROUNDED
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
            raise _damaged(self.recording.path, "it holds no picture that can be decoded")
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
                raise _damaged(self.recording.path, error) from error
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
            stream = _stream(container, recording.path)
            if seconds:
                container.seek(int((recording.origin + Fraction(seconds)) / stream.time_base), stream=stream)
            begins: list[float] = []
            for frame in container.decode(stream):
                if (stamp := _stamp(container, frame)) is not None:
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
        raise _damaged(recording.path, error) from error
