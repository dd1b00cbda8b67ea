"""One continuous narration track: each scene's sound placed to the sample, made loud to a standard, encoded once."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from video_gen.errors import StageError
from video_gen.files import atomic
from video_gen.render import inserts as clips
from video_gen.render import loudness as meter
from video_gen.render import music as bed
from video_gen.render.curves import Curve
from video_gen.render.inserts import STEREO, Insert
from video_gen.render.loudness import HOP, RATE, SILENT, Analysis, Loudness
from video_gen.speech.level import faded
from video_gen.speech.sound import read_sound

BLOCK = RATE
CEILING = -1.0  # dB true peak, of the finished file
MARGIN = 0.6  # dB that AAC may add to a peak
ROOM = 0.05  # dB by which meters differ
TOLERANCE = 0.2  # LU within which no second try is made
ALLOWED = 0.5  # LU within which nothing is said
TRIES = 3
KEPT = 10 * 60 * RATE  # samples; the sounds of a longer video are read anew in each pass instead of being held


class Voice:
    """The scenes' sounds on the time line of a report, their levels evened.

    length: of the track in samples. level: LUFS of the scene in the middle. Raises StageError if a sound runs into the next scene.
    """

    def __init__(self, sounds: Sequence[str | Path], report: Mapping[str, Any]):
        fps = report["fps"]
        frames = [*(scene["start_frame"] for scene in report["scenes"]), report["total_frames"]]
        self._begins = [round(frame * RATE / fps) for frame in frames]
        self.length = self._begins[-1]
        self._paths = list(sounds)
        self._scene = lru_cache(None if self.length <= KEPT else 1)(self._read)
        levels = [self._measured(index) for index in range(len(self._paths))]
        self._gains = [10 ** (gain / 20) for gain in meter.evened(levels)]
        self.level = meter.middle(levels)

    def block(self, start: int, size: int) -> np.ndarray:
        """Return `size` samples from `start` on, shape (size,); behind the end is silence."""
        out = np.zeros(size, np.float32)
        for index, begin in enumerate(self._begins[:-1]):
            if begin < start + size and self._begins[index + 1] > start:
                part = self._scene(index)[max(0, start - begin) : max(0, start + size - begin)]
                at = max(0, begin - start)
                out[at : at + len(part)] = part * self._gains[index]
        return out

    def _read(self, index: int) -> np.ndarray:
        return faded(read_sound(self._paths[index], RATE), RATE)

    def _measured(self, index: int) -> float:
        samples = self._scene(index)
        if self._begins[index] + len(samples) > self._begins[index + 1]:
            raise StageError(
                f"{self._paths[index]}: is longer than its scene in the timing report. Delete the report and run again."
            )
        # The meter looks through windows of 0.4 s; the silence lets the end be seen by as many of them as the rest.
        return meter.integrated([np.pad(samples, (0, RATE // 2))[None]], 1)


def write(
    path: str | Path,
    sounds: Sequence[str | Path],
    report: Mapping[str, Any],
    *,
    bitrate: int,
    loudness: float,
    music: str | Path | None,
    music_level: float,
    duck: float,
    inserts: Sequence[Mapping[str, Any]] = (),
) -> Loudness:
    """Write the soundtrack of a report as AAC at 48 kHz in an .m4a file and return what the finished file measures.

    sounds: one file a scene. bitrate: kbit/s. loudness: LUFS of the whole; true peaks stay below CEILING. music: a file that
    makes a bed, `music_level` dB against the voice and `duck` dB less while somebody speaks. inserts: clips with sound, as for
    `inserts.read`. The track is exactly as long as the report; it is mono unless the music or a clip is stereo, and then the
    voice is in the middle. Raises StageError and InputError.
    """
    voice = Voice(sounds, report)
    mix = _Mix(voice, report, clips.read(inserts, report, voice.level), music, music_level, duck)
    track = meter.analyse(mix.blocks(), mix.channels)
    target, ceiling = loudness, CEILING - MARGIN
    with atomic(path) as part:
        for _ in range(TRIES):
            curve = _gain(track, target, ceiling)
            _encode(part, _shaped(mix.blocks(), curve, voice.length), mix.channels, bitrate)
            found = meter.measure_file(part)
            off = loudness - found.integrated
            if found.integrated <= SILENT or (abs(off) <= TOLERANCE and found.peak < CEILING - ROOM):
                break
            target += off
            ceiling -= max(0.0, found.peak - CEILING + 2 * ROOM)
    return found


def warnings(found: Loudness, loudness: float, engine: str = "") -> list[str]:
    """Return what is to be said of a finished soundtrack that does not measure as asked for. engine: of the report."""
    if found.integrated <= SILENT:
        return [] if engine == "silent" else ["the soundtrack is silent. Check the narration."]
    if abs(found.integrated - loudness) <= ALLOWED and found.peak < CEILING:
        return []
    return [
        f"the soundtrack measures {found.integrated:.1f} LUFS with a true peak of {found.peak:.1f} dBTP; {loudness:g} LUFS below "
        f"{CEILING:g} dBTP cannot be had without distortion. Set audio.loudness lower."
    ]


class _Mix:
    """Voice, the sound of clips, and music before the gain of the whole."""

    def __init__(
        self,
        voice: Voice,
        report: Mapping[str, Any],
        inserts: Sequence[Insert],
        music: str | Path | None,
        music_level: float,
        duck: float,
    ):
        self._voice, self._inserts = voice, inserts
        self._bed = bed.inspect(music, voice.length) if music else None
        self.channels = max([insert.channels for insert in inserts] + [self._bed.channels if self._bed else 1])
        if self._bed:
            level = voice.level + music_level - self._bed.loudness if voice.level > SILENT else 0.0
            hops = -(-voice.length // HOP)
            stereo = STEREO if self._bed.channels == 2 else 0
            heard = [insert.heard for insert in inserts]
            self._curve = bed.BedCurve(report, hops, level=level + stereo, duck=duck, sounding=heard)

    def blocks(self) -> Iterator[np.ndarray]:
        """Yield the track in blocks of whole hops; silence fills the last one up."""
        music = bed.blocks(self._bed, BLOCK) if self._bed else None
        hops = -(-self._voice.length // HOP)
        for start in range(0, self._voice.length, BLOCK):
            size = min(BLOCK, hops * HOP - start)
            block = np.repeat(self._voice.block(start, size)[None], self.channels, axis=0)
            block = clips.add(block, start, self._inserts)
            yield block + meter.apply(next(music)[:, :size], self._curve, start) if music else block


def _gain(track: Analysis, target: float, ceiling: float) -> Curve:
    """Return the gain curve of the whole; silence stays as it is."""
    if track.integrated <= SILENT:
        return meter.Limited(track.peaks, 0.0, math.inf, meter.REACHES[0])
    return meter.to_target(track, target, ceiling)


def _shaped(blocks: Iterable[np.ndarray], curve: Curve, length: int) -> Iterator[av.AudioFrame]:
    start = 0
    for block in blocks:
        yield meter.to_frame(meter.apply(block, curve, start)[:, : length - start], start)
        start += block.shape[1]


def _encode(path: Path, frames: Iterable[av.AudioFrame], channels: int, bitrate: int) -> None:
    # The file states where its sound ends in these ticks: whole samples instead of milliseconds.
    with av.open(str(path), "w", format="mp4", options={"movie_timescale": str(RATE)}) as container:
        layout = "mono" if channels == 1 else "stereo"
        # The fast coder costs half as much; at speech's bit rates it was as near to the original as the other.
        stream = container.add_stream("aac", rate=RATE, layout=layout, options={"aac_coder": "fast"})
        stream.bit_rate = bitrate * 1000
        stream.codec_context.time_base = Fraction(1, RATE)
        for frame in frames:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
