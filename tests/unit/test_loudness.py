"""The meter against the standard's own reference, evening of scenes, and the limiter's promises."""

import numpy as np
import pytest
import sounds
from hypothesis import given, settings
from hypothesis import strategies as st

from video_gen.render import loudness
from video_gen.render.curves import Spool
from video_gen.render.loudness import HOP, RATE, SILENT


def sine(seconds: float, frequency: float, amplitude: float, phase: float = 0.0) -> np.ndarray:
    times = np.arange(round(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * frequency * times + phase)).astype(np.float32)[None]


def blocks(track: np.ndarray, size: int = RATE) -> list[np.ndarray]:
    return [track[:, at : at + size] for at in range(0, track.shape[1], size)]


def spooled(values: np.ndarray) -> Spool:
    spool = Spool()
    for at in range(0, len(values), 1000):
        spool.append(values[at : at + 1000])
    return spool


def whole(curve: Spool | loudness.Limited) -> np.ndarray:
    return curve.part(0, len(curve))


@pytest.mark.parametrize("size", [999, RATE, 10 * RATE])
def test_the_reference_tone_of_the_standard(size):
    """BS.1770: a sine of 997 Hz at full scale in one channel is -3.01 LUFS."""
    assert loudness.integrated(blocks(sine(5, 997, 0.1), size), 1) == pytest.approx(-23.01, abs=0.05)
    both = np.repeat(sine(5, 997, 0.1), 2, axis=0)
    assert loudness.integrated(blocks(both, size), 2) == pytest.approx(-20.0, abs=0.05)


def test_nothing_to_measure():
    assert loudness.integrated([], 1) == loudness.integrated([np.zeros((1, RATE), np.float32)], 1) == SILENT
    assert loudness.integrated([sine(0.2, 997, 0.5)], 1) == SILENT


@pytest.mark.parametrize("rest", [0, 1, 2399, 4799])
def test_a_file_is_measured_to_its_last_sample(tmp_path, rest):
    track = sine(1 + rest / RATE, 440, 0.01)
    track[0, -90:-60] = 0.5
    path = sounds.write(tmp_path / "a.wav", track)
    found, peak = sounds.measured(path)
    ours = loudness.measure_file(path)
    assert ours.integrated == pytest.approx(found, abs=0.15)
    assert ours.peak == pytest.approx(peak, abs=0.3) and peak > -7


def test_peaks_between_samples_are_seen():
    track = sine(1, RATE / 4, 1.0, np.pi / 4)
    assert np.abs(track).max() == pytest.approx(0.707, abs=0.01)
    peaks = whole(loudness.analyse([track], 1).peaks)
    assert peaks.shape == (RATE // HOP,)
    assert np.median(peaks) == pytest.approx(1.0, abs=0.03)


@given(st.lists(st.floats(-60, -1), min_size=1, max_size=20))
def test_scenes_come_together(levels):
    gains = loudness.evened(levels)
    after = [level + gain for level, gain in zip(levels, gains, strict=True) if gain < loudness.MAX_LIFT]
    assert not after or max(after) - min(after) <= 2 * loudness.SPREAD + 1e-9
    assert all(gain == 0 for level, gain in zip(levels, gains, strict=True) if abs(level - loudness.middle(levels)) < 1)


def test_silent_scenes_are_left_alone():
    assert loudness.evened([SILENT, -16.0, -16.5]) == [0, 0, 0]
    assert loudness.evened([SILENT, SILENT]) == [0, 0]


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 4, width=32), min_size=1, max_size=200),
    st.floats(-20, 20),
    st.floats(-6, 0),
    st.sampled_from(loudness.REACHES),
)
def test_no_hop_passes_the_ceiling(peaks, gain, ceiling, reach):
    peaks = np.array(peaks, np.float32)
    curve = whole(loudness.Limited(spooled(peaks), gain, ceiling, reach))
    assert curve.shape == (len(peaks) + 1,)
    assert curve.max() <= 10 ** (gain / 20) * 1.0001
    assert (np.maximum(curve[:-1], curve[1:]) * peaks).max() <= 10 ** (ceiling / 20) * 1.0001


def test_the_limiter_works_around_peaks_only():
    peaks = np.full(1000, 0.1, np.float32)
    peaks[500] = 2.0
    curve = whole(loudness.Limited(spooled(peaks), 0, -1, 25))
    assert curve[500] < 0.5
    assert np.allclose([curve[:440], curve[561:]], 1)
    assert np.abs(np.diff(curve)).max() < 0.05


@pytest.mark.parametrize("target", [-30, -23, -16, -14, -13])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_track_reaches_its_target_below_the_ceiling(target, channels):
    track = np.repeat(sounds.speech(8, -20, RATE)[None], channels, axis=0)
    found = loudness.analyse(blocks(track), channels)
    curve = loudness.to_target(found, target, -1.5)
    shaped = [loudness.apply(block, curve, n * RATE) for n, block in enumerate(blocks(track))]
    after = loudness.analyse(shaped, channels)
    assert after.integrated == pytest.approx(target, abs=0.2)
    assert 20 * np.log10(whole(after.peaks).max()) < -1.4


def test_a_target_beyond_reach_is_approached_without_passing_the_ceiling():
    track = sounds.speech(8, -20, RATE)[None]
    found = loudness.analyse(blocks(track), 1)
    curve = whole(loudness.to_target(found, 0, -1.5))
    assert (np.maximum(curve[:-1], curve[1:]) * whole(found.peaks)).max() <= 10 ** (-1.5 / 20) * 1.0001
    assert curve.max() <= 10 ** ((0 - found.integrated + loudness.PUSH) / 20) * 1.0001


def test_a_curve_is_linear_between_hops():
    block = np.ones((2, 3 * HOP), np.float32)
    shaped = loudness.apply(block, spooled(np.array([9, 0, 1, 1, 0.5], np.float32)), HOP)
    assert shaped.shape == block.shape
    assert np.allclose(shaped[0, :HOP], (np.arange(HOP) + 0.5) / HOP)
    assert np.allclose(shaped[1, HOP : 2 * HOP], 1)
    assert np.abs(np.diff(shaped)).max() <= 1.01 / HOP


def test_a_spool_gives_back_what_it_was_given():
    values = np.random.default_rng(1).random(5000, np.float32)
    spool = spooled(values)
    assert len(spool) == 5000
    assert (spool.part(1234, 4321) == values[1234:4321]).all()
    spool.append(values[:3])
    assert (spool.part(4998, 9999) == np.concatenate([values[4998:], values[:3]])).all()


def test_a_curve_read_by_parts_is_the_curve_read_at_once(monkeypatch):
    """Also where pieces meet: the limiter looks beyond them."""
    peaks = np.abs(np.random.default_rng(2).standard_normal(7003)).astype(np.float32)
    at_once = whole(loudness.Limited(spooled(peaks), 3, -1, 25))
    monkeypatch.setattr(loudness, "PIECE", 1000)
    curve = loudness.Limited(spooled(peaks), 3, -1, 25)
    assert np.allclose(whole(curve), at_once, rtol=1e-6)
    for first, last in ((0, 1), (990, 1010), (3500, 6001), (7003, 7004)):
        assert (curve.part(first, last) == whole(curve)[first:last]).all()


@pytest.mark.parametrize("count", [0, 5, 1000, 1001, 7003])
def test_the_energy_of_a_track_is_added_up_as_an_array_is(monkeypatch, count):
    monkeypatch.setattr(loudness, "PIECE", 1000)
    energies = np.random.default_rng(3).random(count, np.float32)
    assert loudness._total(spooled(energies), 0, count) == energies.sum()
