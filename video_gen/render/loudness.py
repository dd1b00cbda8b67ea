"""Loudness by EBU R128 / ITU-R BS.1770: measuring it, evening scenes, and a limiter of true peaks.

Blocks of sound are float32 at 48 kHz of shape (channels, samples). A gain over time is a curve: one value at each edge of the
hops of 1 ms, linear in between; it is worked out piece by piece, where it is used.
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from video_gen.render.curves import Curve, Spool

RATE = 48_000
HOP = 48  # samples
STEP = 4800  # samples that the meter advances by
SILENT = -70.0  # LUFS: the floor of the meter
SPREAD = 1.0  # LU that a scene may be louder or softer than the one in the middle
MAX_LIFT = 20.0  # dB; what needs more is noise rather than speech
# How many hops the limiter looks before and behind a peak. The longest reach spans several periods of a deep voice, so the gain
# follows the syllables and not the wave; a shorter one is taken only if the loudness asked for cannot be had otherwise.
REACHES = (25, 12, 6, 3)
# Hops that are worked out at once.
PIECE = 100_000
PUSH = 5.0  # dB more than the plain gain, to make up for what the limiter takes
_RAMP = (np.arange(HOP, dtype=np.float32) + 0.5) / HOP


@dataclass(frozen=True)
class Loudness:
    """integrated: LUFS, SILENT if there is nothing to hear. peak: dB true peak, -inf for digital silence."""

    integrated: float
    peak: float


@dataclass(frozen=True)
class Analysis:
    """Of a track: its integrated loudness in LUFS; the true peak (1 is full scale) and the energy of each hop."""

    integrated: float
    peaks: Spool
    energies: Spool


def integrated(blocks: Iterable[np.ndarray], channels: int) -> float:
    """Return the integrated loudness in LUFS of sound given in blocks; shorter than 0.4 s is SILENT."""
    return _metered(blocks, channels, "none").integrated


def measure_file(path: str | Path) -> Loudness:
    """Return the loudness of a 48 kHz mono or stereo file of our own."""
    with av.open(str(path)) as container:
        channels = container.streams.audio[0].channels
        planar = av.AudioResampler(format="fltp", frame_size=RATE)
        frames = (out for frame in chain(container.decode(audio=0), [None]) for out in planar.resample(frame))
        return _metered((frame.to_ndarray() for frame in frames), channels, "true")


def analyse(blocks: Iterable[np.ndarray], channels: int) -> Analysis:
    """Measure a track given in blocks of whole hops."""
    peaks, energies = Spool(), Spool()

    def noted() -> Iterator[np.ndarray]:
        for block in blocks:
            peaks.append(_hop_peaks(block))
            energies.append(np.square(block).sum(axis=0).reshape(-1, HOP).sum(axis=1))
            yield block

    loudness = integrated(noted(), channels)
    return Analysis(loudness, peaks, energies)


def evened(levels: Sequence[float]) -> list[float]:
    """Return a gain in dB for each scene that brings its loudness (LUFS) within SPREAD of the scene in the middle."""
    centre = middle(levels)
    return [
        0.0 if level <= SILENT else min(MAX_LIFT, min(max(level, centre - SPREAD), centre + SPREAD) - level)
        for level in levels
    ]


def middle(levels: Sequence[float]) -> float:
    """Return the median of the loudnesses of what can be heard, SILENT if that is nothing."""
    return statistics.median([level for level in levels if level > SILENT] or [SILENT])


def to_target(track: Analysis, target: float, ceiling: float) -> Curve:
    """Return the gain curve that brings a track to `target` LUFS below `ceiling` dB true peak.

    A target that no reach attains within PUSH gets the nearest to it: more would be heard as distortion.
    """
    plain = target - track.integrated
    before = float(_total(track.energies, 0, len(track.energies)))
    for reach in REACHES:
        gain = plain
        for _ in range(12):
            curve = Limited(track.peaks, gain, ceiling, reach)
            lacking = target - track.integrated - _change(curve, track.energies, before)
            if abs(lacking) < 0.03:
                return curve
            if gain >= plain + PUSH:
                break
            gain = min(gain + lacking, plain + PUSH)
    return curve


class Limited:
    """The curve of `gain` dB that falls smoothly, from `reach` hops before a peak on, where it would pass `ceiling` dB."""

    def __init__(self, peaks: Spool, gain: float, ceiling: float, reach: int):
        self._peaks, self._gain, self._ceiling, self._reach = peaks, gain, ceiling, reach
        self._piece = lru_cache(2)(self._worked_out)

    def __len__(self) -> int:
        return len(self._peaks) + 1

    def part(self, first: int, last: int) -> np.ndarray:
        """Return the values at the edges from `first` to before `last`, shape (n,)."""
        begin = first // PIECE
        pieces = [self._piece(number) for number in range(begin, -(-min(last, len(self)) // PIECE))]
        return np.concatenate(pieces)[first - begin * PIECE : last - begin * PIECE]

    def _worked_out(self, number: int) -> np.ndarray:
        # A hop's gain hangs on those within two reaches of it.
        begin, around = number * PIECE, 2 * self._reach + 1
        first = max(0, begin - around)
        piece = _limited(self._peaks.part(first, begin + PIECE + around), self._gain, self._ceiling, self._reach)
        return piece[begin - first : begin - first + PIECE]


def _limited(peaks: np.ndarray, gain: float, ceiling: float, reach: int) -> np.ndarray:
    wanted = np.minimum(10 ** (gain / 20), 10 ** (ceiling / 20) / np.maximum(peaks, 1e-9)).astype(np.float32)
    # The mean over a window of minima over the same window is nowhere above what any of its hops allows.
    padded = np.pad(wanted, reach + 1, mode="edge")
    least = sliding_window_view(padded, 2 * reach + 2).min(axis=1)
    if least.min() == least.max():
        return least
    window = np.hanning(2 * reach + 1)[1:-1].astype(np.float32)
    return np.convolve(np.pad(least, reach - 1, mode="edge"), window / window.sum(), mode="valid")


def apply(block: np.ndarray, curve: Curve, start: int) -> np.ndarray:
    """Return a block of whole hops that begins at sample `start`, a whole number of hops, with the curve applied."""
    first, hops = start // HOP, block.shape[1] // HOP
    edges = curve.part(first, first + hops + 1)
    low, high = edges[:-1, None], edges[1:, None]
    gains = low + (high - low) * _RAMP
    return (block.reshape(len(block), hops, HOP) * gains).reshape(block.shape)


def to_frame(block: np.ndarray, start: int) -> av.AudioFrame:
    """Return a block as FFmpeg's frame that begins at sample `start`."""
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(block, np.float32), format="fltp", layout=_layout(len(block))
    )
    frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
    return frame


def _layout(channels: int) -> str:
    return "mono" if channels == 1 else "stereo"


def _metered(blocks: Iterable[np.ndarray], channels: int, peaks: str) -> Loudness:
    """Return what FFmpeg's ebur128 filter says at the end of a sound. peaks: `true` or `none`."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=_layout(channels), time_base=Fraction(1, RATE))
    graph.link_nodes(source, graph.add("ebur128", f"metadata=1:peak={peaks}"), graph.add("abuffersink")).configure()
    last, start = None, 0
    for block in blocks:
        graph.push(to_frame(block, start))
        start += block.shape[1]
        last = _last_pulled(graph) or last
    loudness = float(last.metadata["lavfi.r128.I"]) if last else SILENT
    if (
        rest := -start % STEP
    ):  # an incomplete last step counts for the peak and not for the loudness: silence completes it
        graph.push(to_frame(np.zeros((channels, rest), np.float32), start))
        last = _last_pulled(graph)
    peak = float(last.metadata.get("lavfi.r128.true_peak", 0)) if last else 0.0
    return Loudness(loudness, 20 * math.log10(peak) if peak > 0 else -math.inf)


def _last_pulled(graph: av.filter.Graph) -> Any:
    """Return the last of the frames that are ready, None if there is none."""
    last = None
    while True:
        try:
            last = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return last


def _hop_peaks(block: np.ndarray) -> np.ndarray:
    """Return the true peak of each hop, found at four times the rate."""
    # The filter keeps the last samples back: a mirror image, which adds no step of its own, pushes them out.
    padded = np.pad(block, ((0, 0), (0, HOP)), mode="reflect")
    resampler = av.AudioResampler(format="fltp", layout=_layout(len(block)), rate=4 * RATE)
    dense = np.concatenate([out.to_ndarray() for out in resampler.resample(to_frame(padded, 0))], axis=1)
    hops = dense[:, : 4 * block.shape[1]].reshape(len(block), -1, 4 * HOP)
    return np.maximum(hops.max(axis=(0, 2)), -hops.min(axis=(0, 2)))


def _change(curve: Curve, energies: Spool, before: float) -> float:
    """Return about how much louder (dB) a track is behind a curve: its energy with it against that without."""
    heard = 0.0
    for begin in range(0, len(energies), PIECE):
        piece = energies.part(begin, begin + PIECE)
        part = curve.part(begin, begin + len(piece) + 1)
        heard += float(np.dot(piece, np.square((part[:-1] + part[1:]) / 2)))
    return 10 * math.log10(max(heard / max(before, 1e-20), 1e-20))


def _total(energies: Spool, first: int, last: int) -> np.float32:
    """Return the sum of a stretch by its halves, as NumPy adds up an array: small errors even in a long one."""
    count = last - first
    if count <= PIECE:
        return energies.part(first, last).sum()
    half = count // 2 - count // 2 % 8
    return _total(energies, first, first + half) + _total(energies, first + half, last)
