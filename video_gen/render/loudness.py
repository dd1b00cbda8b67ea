"""Loudness by EBU R128 / ITU-R BS.1770: measuring it, evening scenes, and a limiter of true peaks.

Blocks of sound are float32 at 48 kHz of shape (channels, samples). A gain over time is a curve: one value at each edge of the
hops of 1 ms, linear in between, so the curve of a whole hour is small and is worked out at once.
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

RATE = 48_000
HOP = 48  # samples
SILENT = -70.0  # LUFS: the floor of the meter
SPREAD = 1.0  # LU that a scene may be louder or softer than the one in the middle
MAX_LIFT = 20.0  # dB; what needs more is noise rather than speech
# How many hops the limiter looks before and behind a peak. The longest reach spans several periods of a deep voice, so the gain
# follows the syllables and not the wave; a shorter one is taken only if the loudness asked for cannot be had otherwise.
REACHES = (25, 12, 6, 3)
_TAPS = np.arange(-15.5, 16)
_MIDDLE = (np.sinc(_TAPS) * np.hanning(len(_TAPS) + 2)[1:-1]).astype(np.float32)
_RAMP = (np.arange(HOP, dtype=np.float32) + 0.5) / HOP


@dataclass(frozen=True)
class Loudness:
    """integrated: LUFS, SILENT if there is nothing to hear. peak: dB true peak, -inf for digital silence."""

    integrated: float
    peak: float


@dataclass(frozen=True)
class Analysis:
    """Of a track: its integrated loudness in LUFS; the true peak (1 is full scale) and the energy of each hop, shape (hops,)."""

    integrated: float
    peaks: np.ndarray
    energies: np.ndarray


def measure(blocks: Iterable[np.ndarray], channels: int) -> Loudness:
    """Return the loudness of sound given in blocks, as FFmpeg's ebur128 filter finds it. Shorter than 0.4 s is SILENT."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=_layout(channels), time_base=Fraction(1, RATE))
    graph.link_nodes(source, graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")).configure()
    last, start = None, 0
    for block in blocks:
        graph.push(to_frame(block, start))
        start += block.shape[1]
        last = _last_pulled(graph) or last
    graph.push(None)
    last = _last_pulled(graph) or last
    found = last.metadata if last else {}
    peak = float(found.get("lavfi.r128.true_peak", 0))
    return Loudness(float(found.get("lavfi.r128.I", SILENT)), 20 * math.log10(peak) if peak > 0 else -math.inf)


def measure_file(path: str | Path) -> Loudness:
    """Return the loudness of a 48 kHz mono or stereo file of our own."""
    with av.open(str(path)) as container:
        channels = container.streams.audio[0].channels
        planar = av.AudioResampler(format="fltp", frame_size=RATE)
        frames = (out for frame in container.decode(audio=0) for out in planar.resample(frame))
        return measure((frame.to_ndarray() for frame in frames), channels)


def analyse(blocks: Iterable[np.ndarray], channels: int) -> Analysis:
    """Measure a track given in blocks of whole hops."""
    peaks, energies = [], []

    def noted() -> Iterator[np.ndarray]:
        for block in blocks:
            peaks.append(_hop_peaks(block))
            energies.append(np.square(block).sum(axis=0).reshape(-1, HOP).sum(axis=1))
            yield block

    integrated = measure(noted(), channels).integrated
    return Analysis(integrated, np.concatenate(peaks), np.concatenate(energies))


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


def to_target(track: Analysis, target: float, ceiling: float) -> np.ndarray:
    """Return the gain curve, shape (hops + 1,), that brings a track to `target` LUFS below `ceiling` dB true peak."""
    for reach in REACHES:
        gain = target - track.integrated
        for _ in range(8):
            curve = limited(track.peaks, gain, ceiling, reach)
            lacking = target - _loudness_behind(curve, track)
            if abs(lacking) < 0.05:
                return curve
            gain += lacking
    return curve


def limited(peaks: np.ndarray, gain: float, ceiling: float, reach: int) -> np.ndarray:
    """Return the curve of `gain` dB that falls smoothly, from `reach` hops before a peak on, where it would pass `ceiling` dB."""
    wanted = np.minimum(10 ** (gain / 20), 10 ** (ceiling / 20) / np.maximum(peaks, 1e-9)).astype(np.float32)
    # The mean over a window of minima over the same window is nowhere above what any of its hops allows.
    padded = np.pad(wanted, reach + 1, mode="edge")
    least = sliding_window_view(padded, 2 * reach + 2).min(axis=1)
    if least.min() == least.max():
        return least
    window = np.hanning(2 * reach + 1)[1:-1].astype(np.float32)
    return np.convolve(np.pad(least, reach - 1, mode="edge"), window / window.sum(), mode="valid")


def apply(block: np.ndarray, curve: np.ndarray, start: int) -> np.ndarray:
    """Return a block of whole hops that begins at sample `start`, a whole number of hops, with the curve applied."""
    first, hops = start // HOP, block.shape[1] // HOP
    low, high = curve[first : first + hops, None], curve[first + 1 : first + hops + 1, None]
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


def _last_pulled(graph: av.filter.Graph) -> av.AudioFrame | None:
    last = None
    while True:
        try:
            last = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return last


def _hop_peaks(block: np.ndarray) -> np.ndarray:
    """Return the greatest value of each hop at twice the rate: at the samples and in the middle between them."""
    peaks = np.zeros(block.shape[1] // HOP, np.float32)
    for channel in block:
        between = np.convolve(channel, _MIDDLE, mode="same")
        for values in (channel, between):
            np.maximum(peaks, np.abs(values).reshape(-1, HOP).max(axis=1), out=peaks)
    return peaks


def _loudness_behind(curve: np.ndarray, track: Analysis) -> float:
    """Return about how loud the track is behind a curve: its energy with it against that without."""
    gains = (curve[:-1] + curve[1:]) / 2
    change = np.dot(track.energies, np.square(gains)) / max(track.energies.sum(), 1e-20)
    return track.integrated + 10 * math.log10(max(change, 1e-20))
