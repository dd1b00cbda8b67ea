"""Ends and loudness of a stretch of speech. Samples are mono float32 of shape (n,)."""

import numpy as np

THRESHOLD = 0.005  # of the peak: quieter than that is silence
LEAD, TAIL, FADE = 0.010, 0.040, 0.005  # seconds
LOUDNESS = -15.0  # dB full scale of the spoken parts, about -16 LUFS
PEAK = 10 ** (-1.2 / 20)


def bounds(samples: np.ndarray, rate: int) -> tuple[int, int]:
    """Return the first sample to keep and the one behind the last, a little silence left at both ends."""
    loud = np.flatnonzero(np.abs(samples) > THRESHOLD * np.abs(samples).max(initial=0))
    if loud.size == 0:
        return 0, len(samples)
    return max(0, int(loud[0] - LEAD * rate)), min(len(samples), int(loud[-1] + TAIL * rate))


def faded(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return a copy that begins and ends without a click."""
    count = min(round(FADE * rate), len(samples) // 2)
    ramp = np.linspace(0, 1, count, dtype=np.float32)
    out = samples.astype(np.float32)
    out[:count] *= ramp
    out[len(out) - count :] *= ramp[::-1]
    return out


def normalise(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return the samples with the spoken parts at the usual loudness and the peak below -1 dB full scale."""
    power = np.square(_blocks(samples, rate // 20), dtype=np.float64).mean(axis=1)
    spoken = power[power > power.max(initial=0) * 1e-3]
    if spoken.size == 0:
        return samples
    return limited(samples * (10 ** (LOUDNESS / 20) / np.sqrt(spoken.mean())), rate)


def limited(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return the samples turned down, smoothly and only around their peaks, to at most PEAK."""
    size = rate // 400
    peaks = np.abs(_blocks(samples, size)).max(axis=1)
    gain = np.minimum(1.0, PEAK / np.maximum(peaks, 1e-9))
    # Each block takes the least gain of itself and its neighbours, so no value between two blocks' centres is too high.
    edged = np.pad(gain, 1, mode="edge")
    gain = np.minimum(np.minimum(edged[:-2], edged[2:]), gain)
    centres = (np.arange(len(gain)) + 0.5) * size
    return (samples * np.interp(np.arange(len(samples)), centres, gain)).astype(np.float32)


def _blocks(samples: np.ndarray, size: int) -> np.ndarray:
    """Shape (blocks, size), silence behind the end."""
    return np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
