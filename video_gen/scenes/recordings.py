"""Video and GIF files that a scene names: opened with care, and what is known of them.

Time 0 of a recording is its first picture. Only PyAV opens the file, with the kinds of containers and the ways to other
files held down: FFmpeg would otherwise follow a playlist, whatever the file is called.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av

from video_gen.errors import InputError

MOST_PIXELS = 4096 * 4096
MOST_SECONDS = 6 * 3600.0
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif"
# Matroska notes times in milliseconds: a frame may stand half of one behind its place.
ROUNDED = 0.0006
_BEYOND = 0.05  # seconds that an `end` may lie behind the last picture: people round


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
    if start >= length - ROUNDED or end > length + _BEYOND:
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
        stream = moving_stream(container, path)
        try:
            frame = next(container.decode(stream), None)
            stamp = stamp_of(container, frame) if frame else None
            if frame is None or stamp is None:
                raise damaged(path, "it holds no picture that can be decoded")
            origin = stamp * stream.time_base
            length = float(_length(container, stream, origin))
        except (av.FFmpegError, OSError) as error:
            raise damaged(path, error) from error
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


def moving_stream(container: Any, path: str) -> Any:
    # A cover is a picture of a sound file, not a moving one.
    streams = [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
    if not streams:
        raise InputError(f"{path}: holds no moving picture. Give a video or GIF file.")
    stream = streams[0]
    if stream.codec_context.width * stream.codec_context.height > MOST_PIXELS:
        raise InputError(f"{path}: is larger than 4096x4096 pixels. Scale it down to the video's size.")
    stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return stream


def stamp_of(container: Any, frame: av.VideoFrame) -> int | None:
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


def damaged(path: str, error: Exception | str) -> InputError:
    return InputError(f"{path}: the clip is damaged ({error}). Save it again from its source.")
