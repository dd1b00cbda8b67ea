"""The sound of clips in the soundtrack: cut and retimed as their picture, as loud as the voice, where their scene is."""

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import av
import numpy as np

from video_gen.errors import InputError
from video_gen.render import loudness as meter
from video_gen.render import music as bed
from video_gen.render.loudness import HOP, RATE, SILENT
from video_gen.scenes import recordings
from video_gen.scenes.films import LEAVING
from video_gen.scenes.recordings import Cut
from video_gen.speech.sound import resample

DUCKED = 16.0  # dB that a clip sinks while somebody speaks
ALONE = -20.0  # LUFS of clips in a video without a voice, before the gain of the whole
FADE_IN, FADE_OUT = 0.01, 0.05  # seconds at the ends of a part, so that nothing clicks
STEREO = 3.01  # LU that the same sound in two channels is louder
_LEAD = 1.0  # seconds decoded before a part: what a decoder gives behind a jump is not yet right
KEPT = 10 * 60  # seconds of clips that are held
_GAP = 0.05  # seconds; times in a file that differ by less are rounded, not a hole


@dataclass(frozen=True)
class Insert:
    """The sound of one clip. begin, end: where its scene is, in samples. heard: (start, end) in seconds of the video.

    channels: 1 or 2. load: what gives its sound, shape (channels, end - begin), levelled. down: how far it sinks, if it does.
    """

    begin: int
    end: int
    heard: tuple[float, float]
    channels: int
    load: Callable[[], np.ndarray]
    down: bed.Ducking | None = None

    def part(self, first: int, last: int) -> np.ndarray:
        """Return its sound from sample `first` of the track to before `last`, shape (channels, n), ducked."""
        samples = self.load()[:, first - self.begin : last - self.begin]
        if not self.down:
            return samples
        times = (np.arange(first, last) / HOP).astype(np.float32)
        edges = np.arange(first // HOP, -(-last // HOP) + 1)
        sunk = np.interp(times, edges, self.down.part(edges[0], edges[-1] + 1))
        return (samples * 10 ** (-DUCKED / 20 * sunk)).astype(np.float32)


def read(inserts: Sequence[Mapping[str, Any]], report: Mapping[str, Any], voice_level: float) -> list[Insert]:
    """Return the sounds of clips on the time line of a report.

    inserts: {scene_id} and the fields of a clip (schemas/video.schema.json) each. voice_level: LUFS of the voice as mono. Raises
    InputError for a file that cannot be read, holds no sound, or does not hold the part.
    """
    if not inserts:
        return []
    scenes = {scene["scene_id"]: scene for scene in report["scenes"]}
    down = bed.Ducking(report)
    # Many of them are decoded anew in each pass instead of being held.
    held = sum(scenes[fields["scene_id"]]["frames"] for fields in inserts) <= KEPT * report["fps"]
    load = lru_cache(None if held else 1)(_levelled)
    return [_insert(fields, scenes[fields["scene_id"]], report["fps"], voice_level, down, load) for fields in inserts]


def add(block: np.ndarray, start: int, inserts: Sequence[Insert]) -> np.ndarray:
    """Return a block of the track that begins at sample `start`, shape (channels, n), with the sounds of clips added."""
    for insert in inserts:
        first, last = max(start, insert.begin), min(start + block.shape[1], insert.end)
        if first < last:
            part = insert.part(first, last)
            block = block + np.pad(part, ((0, 0), (first - start, start + block.shape[1] - last)))
    return block


def _insert(
    fields: Mapping[str, Any],
    scene: Mapping[str, Any],
    fps: int,
    voice_level: float,
    down: bed.Ducking,
    load: Callable[[Cut, int, float, float], np.ndarray],
) -> Insert:
    begin, end = (round(frame * RATE / fps) for frame in (scene["start_frame"], scene["start_frame"] + scene["frames"]))
    part = recordings.cut(fields)
    seconds = (end - begin) / RATE if part.loops else min(part.seconds, (end - begin) / RATE)
    heard = begin / RATE, begin / RATE + seconds
    sound = partial(load, part, end - begin, voice_level, fields.get("volume", 0.0))
    return Insert(begin, end, heard, _channels(part.recording.path), sound, down if fields["sound"] == "duck" else None)


def _levelled(part: Cut, length: int, voice_level: float, volume: float) -> np.ndarray:
    """Return the sound of a part on the time line of its scene, as loud as the voice; shape (channels, length)."""
    once = _faded(_retimed(part))
    return (_placed(once, part, length) * _gain(once, voice_level, volume)).astype(np.float32)


def _gain(samples: np.ndarray, voice_level: float, volume: float) -> float:
    """Return the factor that makes a sound as loud as the voice, and `volume` dB louder; noise is not lifted to it."""
    channels = len(samples)
    found = meter.integrated([np.pad(samples, ((0, 0), (0, RATE // 2)))], channels)
    if found <= SILENT:
        return 1.0
    wanted = (voice_level if voice_level > SILENT else ALONE) + (STEREO if channels == 2 else 0.0)
    return 10 ** ((min(meter.MAX_LIFT, wanted - found) + volume) / 20)


def _placed(once: np.ndarray, part: Cut, length: int) -> np.ndarray:
    """Return the sound on the time line of its scene, `length` samples: once or looped, gone when the scene is."""
    out = np.zeros((len(once), length), np.float32)
    count = -(-length // max(1, once.shape[1])) + 1 if part.loops else 1
    for number in range(count):
        at = round(number * part.seconds * RATE)
        room = max(0, min(once.shape[1], length - at))
        out[:, at : at + room] = once[:, :room]
    leaving = min(round(LEAVING * RATE), length // 4)
    out[:, length - leaving :] *= np.linspace(1, 0, leaving, dtype=np.float32)
    return out


def _faded(samples: np.ndarray) -> np.ndarray:
    rise, fall = (min(round(seconds * RATE), samples.shape[1] // 2) for seconds in (FADE_IN, FADE_OUT))
    samples[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    samples[:, samples.shape[1] - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return samples


def _retimed(part: Cut) -> np.ndarray:
    """Return the sound of a part at its speed and its own pitch, shape (channels, samples) at RATE."""
    samples, rate = _decoded(part)
    samples = np.stack([resample(channel, rate, RATE) for channel in samples])
    played = samples if part.speed == 1 else _stretched(samples, part.speed)
    length = round(part.seconds * RATE)
    played = played[:, :length]
    # The filter swallows a little at the beginning, so that all comes early by what is missing.
    return np.pad(played, ((0, 0), (length - played.shape[1], 0)))


def _stretched(samples: np.ndarray, speed: float) -> np.ndarray:
    """Return sound played faster or slower, about samples / speed long, by FFmpeg's filter atempo."""
    graph = av.filter.Graph()
    layout = "mono" if len(samples) == 1 else "stereo"
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=layout, time_base=Fraction(1, RATE))
    # One filter goes down to half and, without leaving sound out, up to twice the speed.
    step = f"tempo={math.sqrt(speed):.9f}"
    graph.link_nodes(source, graph.add("atempo", step), graph.add("atempo", step), graph.add("abuffersink")).configure()
    found: list[np.ndarray] = [np.zeros((len(samples), 0), np.float32)]
    frames = (meter.to_frame(samples[:, at : at + RATE], at) for at in range(0, samples.shape[1], RATE))
    for frame in (*frames, None):
        graph.push(frame)
        with contextlib.suppress(av.BlockingIOError, av.EOFError):
            while True:
                found.append(graph.pull().to_ndarray())
    return np.concatenate(found, axis=1)


def _decoded(part: Cut) -> tuple[np.ndarray, int]:
    """Return the sound of a part as it is in the file, shape (channels, samples), and its rate."""
    path, origin = part.recording.path, float(part.recording.origin)
    try:
        with recordings.opened(path) as container:
            stream = container.streams.audio[0]
            rate, channels = stream.rate, min(2, stream.channels)
            samples = np.zeros((channels, round((part.end - part.start) * rate)), np.float32)
            if part.start > _LEAD:
                container.seek(int((origin + part.start - _LEAD) * av.time_base))
            expected = 0
            for at, chunk in _chunks(container, stream, channels, origin + part.start):
                at = expected if abs(at - expected) < _GAP * rate and expected else at
                expected = at + chunk.shape[1]
                first, last = max(0, at), min(samples.shape[1], expected)
                if first < last:
                    samples[:, first:last] = chunk[:, first - at : last - at]
                if at > samples.shape[1]:
                    break
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{path}: its sound is damaged ({error}). Save it again, or set `sound: off`.") from error
    return samples, rate


def _channels(path: str) -> int:
    with recordings.opened(path) as container:
        if not container.streams.audio:
            raise InputError(f"{path}: holds no sound. Set `sound: off` for its scene, or give a clip with sound.")
        return min(2, container.streams.audio[0].channels)


def _chunks(container: Any, stream: Any, channels: int, zero: float) -> Iterator[tuple[int, np.ndarray]]:
    """Yield (place, samples); place: counted in samples from `zero`, a time in the file's own count."""
    planar = av.AudioResampler(format="fltp", layout="mono" if channels == 1 else "stereo", rate=stream.rate)
    for frame in container.decode(stream):
        if frame.pts is not None:
            at = round((float(frame.pts * frame.time_base) - zero) * stream.rate)
            for out in planar.resample(frame):
                yield at, out.to_ndarray()
                at += out.samples
