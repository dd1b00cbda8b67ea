"""Ends and loudness of a stretch of speech. Samples are mono float32 of shape (n,)."""

import numpy as np

THRESHOLD = 0.005  # of the peak: quieter than that is silence
LEAD, TAIL, FADE = 0.010, 0.040, 0.005  # seconds
LOUDNESS = -17.0  # dB full scale of the spoken parts, about -16 LUFS
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
    """Return the samples with one gain: the spoken parts at the usual loudness, the peak below -1 dB full scale."""
    size = max(1, rate // 20)
    blocks = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    power = np.square(blocks, dtype=np.float64).mean(axis=1)
    spoken = power[power > power.max(initial=0) * 1e-3]
    if spoken.size == 0:
        return samples
    gain = 10 ** (LOUDNESS / 20) / np.sqrt(spoken.mean())
    return (samples * min(gain, PEAK / np.abs(samples).max())).astype(np.float32)
