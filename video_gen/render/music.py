"""A music bed: a file looped without clicks to the length of the video, faded in and out, softer while somebody speaks."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np

from video_gen.errors import InputError
from video_gen.render.loudness import HOP, RATE, SILENT, integrated

FADE_IN, FADE_OUT = 2.0, 3.0  # seconds, less in a short video
OVERLAP = 1.0  # seconds that the end of the music and its next beginning share
ATTACK, RELEASE = 0.3, 0.7  # seconds that the music takes to sink before speech and to rise behind it
HOLD = 1.5  # seconds; in a shorter pause of the speech it stays low
QUIET = 10 ** (-60 / 20)  # softer than that, at either end, is not yet or no longer music
# What FFmpeg may find in the file, so that no playlist reaches out to other files.
FORMATS = "aac,aiff,asf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,w64,wav"


@dataclass(frozen=True)
class Bed:
    """A music file. begin and end: where its sound is, in samples at 48 kHz. loudness: LUFS of that part."""

    path: str
    channels: int
    begin: int
    end: int
    loudness: float


def inspect(path: str | Path, length: int) -> Bed:
    """Return what is known of a music file (anything that FFmpeg reads) of which at most `length` samples will be heard.

    Raises InputError that names the file and the remedy.
    """
    path = str(path)
    channels, bounds = _channels(path), [-1, 0]
    heard = length + round(2 * OVERLAP * RATE)  # so much that a long enough file does not begin again behind its cut
    loudness = integrated(_sounding(_decoded(path, channels), heard, bounds), channels)
    begin, end = bounds
    if begin < 0 or loudness <= SILENT:
        raise InputError(f"{path}: holds only silence or is too short for music. Replace it, or set music to null.")
    return Bed(path, channels, begin, end, loudness)


def blocks(bed: Bed, size: int) -> Iterator[np.ndarray]:
    """Yield the music without end, looped with cross-fades, in blocks of shape (channels, size)."""
    yield from _cut(_looped(bed), size)


class BedCurve:
    """The bed's gain: faded in and out over a track of so many hops, `level` dB, and `duck` dB less under speech.

    sounding: (start, end) in seconds of what else it is softer under.
    """

    def __init__(
        self,
        report: Mapping[str, Any],
        hops: int,
        *,
        level: float,
        duck: float,
        sounding: Sequence[tuple[float, float]] = (),
    ):
        self._seconds, self._level, self._duck = hops * HOP / RATE, level, duck
        self._down = Ducking(report, sounding)

    def part(self, first: int, last: int) -> np.ndarray:
        """Return the values at the edges from `first` to before `last`, float32 of shape (n,)."""
        times = np.arange(first, last) * (HOP / RATE)
        fade_in, fade_out = min(FADE_IN, self._seconds / 5), min(FADE_OUT, self._seconds / 3)
        ends = np.minimum(times / fade_in, (self._seconds - times) / fade_out)
        gain = 10 ** ((self._level - self._duck * self._down.part(first, last)) / 20) * _smooth(np.clip(ends, 0, 1))
        return gain.astype(np.float32)


class Ducking:
    """How far what lies under the speech has sunk: 0 to 1, smooth. sounding: as in `BedCurve`."""

    def __init__(self, report: Mapping[str, Any], sounding: Sequence[tuple[float, float]] = ()):
        spans = speaking(report, sounding)
        self._times = np.ravel([(start - ATTACK, start, end, end + RELEASE) for start, end in spans])
        self._levels = np.tile([0, 1, 1, 0], len(spans))

    def part(self, first: int, last: int) -> np.ndarray:
        """Return the values at the edges from `first` to before `last`, float64 of shape (n,)."""
        if not len(self._levels):
            return np.zeros(last - first)
        return _smooth(np.interp(np.arange(first, last) * (HOP / RATE), self._times, self._levels))


def speaking(report: Mapping[str, Any], sounding: Sequence[tuple[float, float]] = ()) -> list[tuple[float, float]]:
    """Return when somebody speaks, (start, end) in seconds, pauses shorter than HOLD included; and what else sounds."""
    spans: list[tuple[float, float]] = []
    for start, end in sorted([*(span for scene in report["scenes"] for span in _spans(scene)), *sounding]):
        if spans and start - spans[-1][1] < HOLD:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _spans(scene: Mapping[str, Any]) -> Sequence[tuple[float, float]]:
    if not scene.get("narration", True):
        return []
    start = scene["start_time"]
    return [(word["start"], word["end"]) for word in scene["words"]] or [(start, start + scene["audio_duration"])]


def _smooth(value: np.ndarray) -> np.ndarray:
    """Return a straight ramp from 0 to 1 with its corners rounded."""
    return 0.5 - 0.5 * np.cos(math.pi * value)


def _channels(path: str) -> int:
    with _opened(path) as container:
        return min(2, container.streams.audio[0].channels)


def _opened(path: str) -> Any:
    try:
        container = av.open(path, options={"protocol_whitelist": "file", "format_whitelist": FORMATS})
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{path}: cannot be opened as music ({error.strerror}). {_REMEDY}") from error
    if not container.streams.audio:
        container.close()
        raise InputError(f"{path}: holds no sound. {_REMEDY}")
    return container


_REMEDY = "Give a sound file such as MP3, WAV, FLAC, Ogg or M4A, or set music to null."


def _decoded(path: str, channels: int) -> Iterator[np.ndarray]:
    resampler = av.AudioResampler(format="fltp", layout="mono" if channels == 1 else "stereo", rate=RATE)
    try:
        with _opened(path) as container:
            for frame in container.decode(audio=0):
                yield from (out.to_ndarray() for out in resampler.resample(frame))
            yield from (out.to_ndarray() for out in resampler.resample(None))
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{path}: cannot be decoded to its end ({error.strerror}). {_REMEDY}") from error


def _sounding(chunks: Iterable[np.ndarray], length: int, bounds: list[int]) -> Iterator[np.ndarray]:
    """Yield the chunks on until `length` samples have sounded, and note in `bounds` where the sound begins and ends."""
    at = 0
    for chunk in chunks:
        loud = np.flatnonzero(np.abs(chunk).max(axis=0) > QUIET)
        if loud.size:
            bounds[:] = [bounds[0] if bounds[0] >= 0 else at + int(loud[0]), at + int(loud[-1]) + 1]
        at += chunk.shape[1]
        yield chunk
        if bounds[0] >= 0 and at - bounds[0] >= length:
            return


def _looped(bed: Bed) -> Iterator[np.ndarray]:
    size = min(round(OVERLAP * RATE), (bed.end - bed.begin) // 4)
    pieces = (bed.end - bed.begin) // size
    angle = (np.arange(size, dtype=np.float32) + 0.5) / size * (math.pi / 2)
    rising, falling = np.sin(angle), np.cos(angle)
    tail = None
    while True:
        music = _cut(_part(_decoded(bed.path, bed.channels), bed.begin, bed.end), size)
        head = next(music)
        yield head if tail is None else tail * falling + head * rising
        yield from islice(music, pieces - 2)
        tail = next(music)


def _part(chunks: Iterable[np.ndarray], begin: int, end: int) -> Iterator[np.ndarray]:
    at = 0
    for chunk in chunks:
        yield chunk[:, max(0, begin - at) : max(0, end - at)]
        at += chunk.shape[1]
        if at >= end:
            return


def _cut(chunks: Iterable[np.ndarray], size: int) -> Iterator[np.ndarray]:
    """Yield the same samples in blocks of `size`; an incomplete last one is dropped."""
    held: list[np.ndarray] = []
    count = 0
    for chunk in chunks:
        held.append(chunk)
        count += chunk.shape[1]
        if count >= size:
            joined = np.concatenate(held, axis=1)
            whole = count // size * size
            yield from (joined[:, at : at + size] for at in range(0, whole, size))
            held, count = [joined[:, whole:]], count - whole
