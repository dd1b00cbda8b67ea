"""A person's own recording of a narration: decoded, cut to the speech, its word times estimated."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from video_gen.errors import EngineError, InputError
from video_gen.speech import sound, timing
from video_gen.speech.espeak import Espeak
from video_gen.speech.model import Piece, Speech

RATE = 24_000
BLOCK = RATE // 100  # samples
# A rest between sentences is a stretch at least so long (blocks) that is quieter than this part of the loud speech, or than
# a few times the room's own noise.
REST = 12
QUIET, NOISE = 0.03, 3.0
MARGIN = 0.1  # seconds kept before and behind the speech
STOPS = (".", "!", "?")


def spoken(path: str | Path, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
    """Return a recording (WAV, MP3, M4A, FLAC or Ogg) of the pieces, from the first sound of speech to the last.

    Pauses are those of the speaker. Raises InputError if the file is missing, is no sound or holds only silence.
    """
    if Path(path).suffix.lower() not in sound.DEMUXERS:
        known = ", ".join(sound.DEMUXERS)
        raise InputError(f"{path}: is no known kind of recording. Convert it to one of {known}.")
    if not Path(path).is_file():
        raise InputError(
            f"{path}: there is no such recording. Check the path, which is taken from the working directory."
        )
    samples = sound.read_sound(path, RATE)
    if not np.isfinite(samples).all() or np.abs(samples).max() < 1e-3:
        raise InputError(f"{path}: the recording holds only silence or broken samples. Record it again.")
    stretches = _stretches(samples)
    start = max(0.0, stretches[0][0] - MARGIN)
    end = stretches[-1][1] + MARGIN
    spans = _spans(pieces, _weights(pieces, voice, language), [(a - start, b - start) for a, b in stretches])
    cut = samples[round(start * RATE) : round(end * RATE)]
    return Speech(cut, RATE, timing.words(pieces, spans), "recorded", exact=False)


def _stretches(samples: np.ndarray) -> list[timing.Span]:
    """The spans in seconds in which somebody speaks, divided by rests."""
    blocks = np.pad(samples, (0, -len(samples) % BLOCK)).reshape(-1, BLOCK)
    power = np.sqrt(np.square(blocks, dtype=np.float64).mean(axis=1))
    loud = float(np.quantile(power, 0.95)) or float(power.max())
    heard = np.flatnonzero(power > max(QUIET * loud, min(NOISE * float(np.quantile(power, 0.05)), 0.2 * loud)))
    borders = np.flatnonzero(np.diff(heard) > REST)
    firsts, lasts = heard[[0, *(borders + 1)]], heard[[*borders, len(heard) - 1]]
    return [(float(a) * BLOCK / RATE, float(b + 1) * BLOCK / RATE) for a, b in zip(firsts, lasts, strict=True)]


def _weights(pieces: Sequence[Piece], voice: str, language: str) -> list[float]:
    """How long the pieces are in proportion: as an engine says them that tells, else by their letters."""
    try:
        words = Espeak().speak(pieces, voice, language).words
    except EngineError:
        return [timing.weight(piece) for piece in pieces]
    return [max(0.02, word.end - word.start) for word in words]


def _spans(pieces: Sequence[Piece], weights: Sequence[float], stretches: Sequence[timing.Span]) -> list[timing.Span]:
    """Share out the time in which somebody speaks, with the sentences' ends put to rests where that fits."""
    starts = np.array([start for start, _ in stretches])
    lengths = np.array([end - start for start, end in stretches])
    clock = np.concatenate([[0.0], np.cumsum(lengths)])  # seconds of speech before each stretch, then all of them
    said = np.cumsum(weights) * clock[-1] / sum(weights)
    ends = [i for i, piece in enumerate(pieces[:-1]) if piece.pause or piece.spoken.endswith(STOPS)]
    rests = starts[1:] - starts[:-1] - lengths[:-1]
    known = dict(zip(ends, _snapped(said[ends], clock[1:-1], rests), strict=True)) | {len(pieces) - 1: clock[-1]}
    spans: list[timing.Span] = []
    first, begin = 0, 0.0
    for last, end in known.items():
        spans += timing.spread(begin, end, weights[first : last + 1])
        first, begin = last + 1, end
    return [(_at(start, clock, starts, True), _at(end, clock, starts, False)) for start, end in spans]


def _at(said: float, clock: np.ndarray, starts: np.ndarray, opens: bool) -> float:
    """The time of the recording at so many seconds of speech; at a rest: behind it if a word `opens` there."""
    before = int(np.searchsorted(clock, said + (1e-9 if opens else -1e-9))) - 1
    index = min(max(before, 0), len(starts) - 1)
    return float(starts[index] + said - clock[index])


def _snapped(expected: np.ndarray, rests: np.ndarray, lengths: np.ndarray) -> list[float]:
    """Choose a place for each sentence's end, in order: a rest near to where it is expected, or just there.

    expected, rests: seconds of speech before the ends and the rests, ascending. lengths: of the rests, in seconds. The places
    are those by which the sentences' own lengths change least, where a long rest may make up for a change.
    """
    places = np.concatenate([rests, expected])
    order = np.argsort(places, kind="stable")
    places, gains = places[order], np.concatenate([lengths, np.zeros(len(expected))])[order]
    cost, before = np.zeros(1), np.zeros(1)
    expected_before = 0.0
    steps: list[np.ndarray] = []
    for end in expected:
        change = np.abs((places[:, None] - before[None]) - (end - expected_before))
        total = np.where(places[:, None] > before[None] + 1e-6, change + cost[None], np.inf)
        steps.append(total.argmin(axis=1))
        cost, before, expected_before = total.min(axis=1) - gains, places, float(end)
    chosen: list[float] = []
    at = int(cost.argmin()) if steps else 0
    for step in reversed(steps):
        chosen.append(float(places[at]))
        at = int(step[at])
    return chosen[::-1]
