"""The finished soundtrack, measured by the ffmpeg program: loud as asked for, placed to the sample."""

import numpy as np
import pytest
import sounds

from video_gen.errors import StageError
from video_gen.render import soundtrack
from video_gen.render.loudness import RATE
from video_gen.speech import sound

SETTINGS = {"bitrate": 128, "loudness": -16, "music": None, "music_level": -14, "duck": 8}


def spoken(folder, index: int, seconds: float, rms: float):
    path = folder / f"{index}.mp3"
    sound.write_mp3(path, sounds.speech(seconds, rms, seed=index), 24_000)
    return path


def mixed(folder, report, paths, **changed):
    path = folder / "track.m4a"
    return path, soundtrack.write(path, paths, report, **{**SETTINGS, **changed})


@pytest.mark.parametrize("target", [-14, -16, -23, -30])
def test_a_short_track_is_as_loud_as_asked_for(tmp_path, target):
    path, found = mixed(tmp_path, sounds.report([4], pauses=1), [spoken(tmp_path, 0, 4, -25)], loudness=target)
    loudness, peak = sounds.measured(path)
    assert loudness == pytest.approx(target, abs=0.5)
    assert peak < -1
    assert (found.integrated, found.peak) == (pytest.approx(loudness, abs=0.1), pytest.approx(peak, abs=0.15))
    assert soundtrack.warnings(found, target) == []


def test_a_long_track_of_uneven_scenes(tmp_path):
    """Ten minutes; one scene is 12 dB louder than another, and the peaks need the limiter."""
    paths = [spoken(tmp_path, n, 19, rms) for n, rms in enumerate((-20, -30, -24, -23))] * 7
    report = sounds.report([19] * 28, pauses=2.5)
    path, _ = mixed(tmp_path, report, paths, loudness=-14)
    loudness, peak = sounds.measured(path)
    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak < -1
    levels = [sounds.measured(path, scene["start_time"], 19)[0] for scene in report["scenes"][:4]]
    assert max(levels) - min(levels) < 2.5, levels


def test_a_loudness_beyond_reach_is_said(tmp_path):
    path, found = mixed(tmp_path, sounds.report([4], pauses=1), [spoken(tmp_path, 0, 4, -20)], loudness=-3)
    assert sounds.measured(path)[1] < -1
    assert "Set audio.loudness lower" in soundtrack.warnings(found, -3)[0]


def test_a_silent_track_stays_silent(tmp_path):
    sound.write_mp3(tmp_path / "a.mp3", np.zeros(24_000, np.float32), 24_000)
    path, found = mixed(tmp_path, sounds.report([1], pauses=2), [tmp_path / "a.mp3"])
    assert np.abs(sounds.read(path)).max() < 1e-4
    assert "silent" in soundtrack.warnings(found, -16, "hibari")[0]
    assert soundtrack.warnings(found, -16, "silent") == [], "it was asked for"


def test_a_sound_that_runs_into_the_next_scene(tmp_path):
    report = sounds.report([1, 1], pauses=0.5)
    with pytest.raises(StageError, match=r"0\.mp3: is longer than its scene"):
        mixed(tmp_path, report, [spoken(tmp_path, n, 2, -20) for n in range(2)])
    assert not (tmp_path / "track.m4a").exists()


@pytest.mark.parametrize(("fps", "count"), [(30, 60), (7, 4)])
def test_no_drift_in_fifteen_minutes(tmp_path, fps, count):
    """Short pulses, each compared with where the report places it: the lag of the best match is not one sample."""
    pulse = np.zeros(2400, np.float32)
    pulse[600:1200] = 0.05 * np.random.default_rng(0).standard_normal(600)
    sound.write_mp3(tmp_path / "a.mp3", pulse, 24_000)
    report = sounds.report([0.1] * count, pauses=14.9, fps=fps)
    path, _ = mixed(tmp_path, report, [tmp_path / "a.mp3"] * count, loudness=-30)
    track = sounds.read(path)[0]
    assert len(track) == round(report["total_frames"] * RATE / fps)
    expected = sound.read_sound(tmp_path / "a.mp3", RATE)
    for scene in report["scenes"]:
        start = round(scene["start_frame"] * RATE / fps)
        before = min(start, 500)
        window = track[start - before : start + len(expected) + 500]
        assert int(np.argmax(np.correlate(window, expected, mode="valid"))) == before


def test_joints_do_not_click(tmp_path):
    """A tone that begins and ends in mid-swing, and scenes without a pause between them."""
    tone = (0.5 * np.cos(2 * np.pi * 200 * np.arange(24_000) / 24_000)).astype(np.float32)
    sound.write_mp3(tmp_path / "a.mp3", tone, 24_000)
    length = sound.duration(tmp_path / "a.mp3")
    path, _ = mixed(tmp_path, sounds.report([length] * 3, pauses=0), [tmp_path / "a.mp3"] * 3)
    track = sounds.read(path)[0]
    steepest = np.abs(np.diff(track[RATE // 4 : RATE // 2])).max()
    assert np.abs(np.diff(track)).max() < 1.3 * steepest


def test_a_track_ends_where_the_report_ends(tmp_path):
    for fps, pauses in ((30, 1.013), (7, 0.6), (24, 0.3)):
        report = sounds.report([2.0], pauses=pauses, fps=fps)
        path, _ = mixed(tmp_path, report, [spoken(tmp_path, 0, 2, -20)])
        assert sounds.read(path).shape == (1, round(report["total_frames"] * RATE / fps))


def tone_level(samples: np.ndarray, frequency: float, start: float, end: float) -> float:
    """Return how strong a tone is in a stretch of sound, in dB."""
    part = samples[round(start * RATE) : round(end * RATE)]
    wave = np.exp(-2j * np.pi * frequency * np.arange(len(part)) / RATE)
    return float(20 * np.log10(np.abs(np.mean(part * wave * np.hanning(len(part)))) + 1e-9))


def test_stereo_music_under_the_voice(tmp_path):
    """The voice is in the middle, so the difference of the channels is the music alone."""
    times = np.arange(45 * 44_100) / 44_100
    song = 0.1 * np.stack([np.sin(2 * np.pi * 1003 * times), np.sin(2 * np.pi * 1501 * times)])
    music = sounds.write(tmp_path / "song.flac", np.pad(song, ((0, 0), (30_000, 0))), 44_100)
    report = sounds.report([6, 6, 6], pauses=6)
    paths = [spoken(tmp_path, n, 6, level) for n, level in enumerate((-20, -28, -22))]
    path, _ = mixed(tmp_path, report, paths, music=music)
    loudness, peak = sounds.measured(path)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak < -1
    left, right = sounds.read(path)
    side = left - right
    for frequency in (1003, 1501):
        speech, pause = (tone_level(side, frequency, *span) for span in ((13, 17.5), (19, 23.5)))
        assert pause - speech == pytest.approx(8, abs=0.5)
        assert tone_level(side, frequency, 0, 0.2) < speech - 10, "no fade in"
        assert tone_level(side, frequency, 35.7, 35.9) < pause - 15, "no fade out"
    voice, alone = sounds.measured(path, 12, 6)[0], sounds.measured(path, 19, 4.5)[0]
    assert alone - voice == pytest.approx(-14, abs=1.0)
    assert tone_level(left, 1501, 19, 23.5) < tone_level(left, 1003, 19, 23.5) - 20, "no stereo"


def test_mono_music_keeps_the_track_mono(tmp_path):
    music = sounds.write(tmp_path / "song.wav", sounds.noise(3, 22_050), 22_050)
    path, _ = mixed(tmp_path, sounds.report([5], pauses=7), [spoken(tmp_path, 0, 5, -20)], music=music, loudness=-23)
    assert len(sounds.read(path)) == 1
    loudness, peak = sounds.measured(path)
    assert loudness == pytest.approx(-23, abs=0.5) and peak < -1


def test_music_without_a_voice_is_as_loud_as_asked_for(tmp_path):
    sound.write_mp3(tmp_path / "a.mp3", np.zeros(24_000, np.float32), 24_000)
    music = sounds.write(tmp_path / "song.wav", sounds.noise(3, channels=2))
    path, _ = mixed(tmp_path, sounds.report([1], pauses=9), [tmp_path / "a.mp3"], music=music)
    assert sounds.measured(path)[0] == pytest.approx(-16, abs=0.5)


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    music = sounds.write(tmp_path / "song.wav", sounds.noise(3, channels=2))
    report, paths = sounds.report([2], pauses=1), [spoken(tmp_path, 0, 2, -20)]
    first = mixed(tmp_path, report, paths, music=music)[0].read_bytes()
    assert mixed(tmp_path, report, paths, music=music)[0].read_bytes() == first
