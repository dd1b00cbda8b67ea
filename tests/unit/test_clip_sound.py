"""The sound of clips: where it lies, how loud it is, and what gives way to it."""

from pathlib import Path

import numpy as np
import pytest
import sounds
from films import film

from video_gen.errors import InputError
from video_gen.render import inserts, music, soundtrack
from video_gen.render.loudness import RATE
from video_gen.speech import sound


@pytest.fixture(scope="module")
def even(tmp_path_factory) -> Path:
    """60 frames at 25 a second."""
    return film(tmp_path_factory.mktemp("clips") / "even.mp4")


def spoken_report(folder: Path, lengths: list[float], pauses: float, silent: tuple[int, ...] = ()):
    report, paths = sounds.report(lengths, pauses), []
    for index, scene in enumerate(report["scenes"]):
        paths.append(folder / f"{index}.mp3")
        samples = np.zeros(2400, np.float32) if index in silent else sounds.speech(lengths[index], -22, seed=index)
        sound.write_mp3(paths[-1], samples, 24_000)
        scene |= {"scene_id": f"s{index}", "narration": "" if index in silent else "word"}
        scene["words"] = [] if index in silent else scene["words"]
    return report, paths


def mixed(folder: Path, report, paths, clips, **settings) -> np.ndarray:
    audio = {"bitrate": 192, "loudness": -20, "music": None, "music_level": -14, "duck": 8, **settings}
    found = soundtrack.write(folder / "track.m4a", paths, report, inserts=clips, **audio)
    assert found.integrated == pytest.approx(audio["loudness"], abs=0.3) and found.peak < -1
    return sounds.read(folder / "track.m4a")


def noise(seconds: float, amplitude: float = 0.05) -> np.ndarray:
    return sounds.noise(seconds, amplitude=amplitude)[0]


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Path:
    """A clip of 3 s with noise that changes its pattern at every sample."""
    return film(tmp_path_factory.mktemp("heard") / "heard.mp4", 75, tone=noise(3))


def samples_of(insert):
    return insert.part(insert.begin, insert.end)


def lag(track: np.ndarray, pattern: np.ndarray, around: int) -> int:
    """Where the pattern lies in the track against `around`, in samples."""
    window = track[around - 2000 : around + len(pattern) + 2000]
    return int(np.argmax(np.correlate(window, pattern, mode="valid"))) - 2000


@pytest.mark.parametrize("start", [0, 0.5, 1.6])
def test_sound_lies_where_the_picture_is_to_the_sample(tmp_path, heard, start):
    report, paths = spoken_report(tmp_path, [2, 0.1, 2], 1.9, silent=(1,))
    clip = {"scene_id": "s1", "clip": str(heard), "start": start, "sound": "on"}
    (track,) = mixed(tmp_path, report, paths, [clip])
    begin = round(report["scenes"][1]["start_frame"] * RATE / 30)
    part = noise(3)[round((start + 0.1) * RATE) : round((start + 0.6) * RATE)]
    assert lag(track, part, begin + round(0.1 * RATE)) == 0
    assert np.abs(track[begin - 4000 : begin - 100]).max() < 0.01, "heard before its scene"
    end = begin + round(report["scenes"][1]["frames"] * RATE / 30)
    assert np.abs(track[end + 100 : end + 400]).max() < 0.4


def test_a_clip_is_as_loud_as_the_voice_and_sinks_under_it(tmp_path, heard):
    report, paths = spoken_report(tmp_path, [4, 0.1, 2], 6, silent=(1,))
    clips = [
        {"scene_id": "s0", "clip": str(heard), "sound": "duck", "ends": "loop"},
        {"scene_id": "s1", "clip": str(heard), "sound": "on", "ends": "loop"},
    ]
    mixed(tmp_path, report, paths, clips)
    voice = sounds.measured(tmp_path / "track.m4a", 14 + 2.1 + 0.1, 1.9)[0]
    alone = sounds.measured(tmp_path / "track.m4a", 5.5, 3.5)[0]
    full = sounds.measured(tmp_path / "track.m4a", 11, 4)[0]
    assert alone == pytest.approx(full, abs=0.7) and full == pytest.approx(voice, abs=1.5)
    found = inserts.read(clips[:1], report, -22)[0]
    level = 20 * np.log10(np.sqrt(np.mean(np.square(samples_of(found)[0, RATE : 3 * RATE])))) + inserts.DUCKED
    assert level == pytest.approx(
        20 * np.log10(np.sqrt(np.mean(np.square(samples_of(found)[0, 6 * RATE : 8 * RATE])))), abs=0.5
    )
    (soft,) = inserts.read([{**clips[1], "volume": -6}], report, -22)
    (loud,) = inserts.read([clips[1]], report, -22)
    assert samples_of(loud).std() / samples_of(soft).std() == pytest.approx(10 ** (6 / 20), rel=0.01)


def test_sound_ends_or_begins_again_as_the_picture(tmp_path, heard):
    report, _ = spoken_report(tmp_path, [0.1], 5.9, silent=(0,))
    part = {"scene_id": "s0", "clip": str(heard), "sound": "on", "start": 0.5, "end": 1.7}
    (once,) = inserts.read([part], report, -22)
    assert once.heard == (0, pytest.approx(1.2)) and samples_of(once).shape == (1, 6 * RATE)
    assert (
        not samples_of(once)[0, round(1.2 * RATE) :].any()
        and samples_of(once)[0, RATE : round(1.1 * RATE)].std() > 0.01
    )
    (looped,) = inserts.read([{**part, "ends": "loop"}], report, -22)
    first = samples_of(looped)[0, RATE // 10 : RATE]
    for number in range(1, 4):
        at = round(number * 1.2 * RATE) + RATE // 10
        assert np.allclose(samples_of(looped)[0, at : at + len(first)], first, atol=1e-5)
    assert abs(samples_of(looped)[0, -1]) < 1e-3
    (fast,) = inserts.read([{**part, "speed": 2}], report, -22)
    assert fast.heard == (0, pytest.approx(0.6)) and not samples_of(fast)[0, round(0.61 * RATE) :].any()


@pytest.mark.parametrize("speed", [0.5, 1.5, 2, 4])
def test_sound_at_another_speed_keeps_its_pitch_and_its_place(tmp_path, speed):
    """Two tones of 0.4 s, at 0.5 and 2 s of the file."""
    times = np.arange(3 * RATE) / RATE
    on = ((times % 1.5) > 0.5) & ((times % 1.5) < 0.9)
    film(tmp_path / "tones.mp4", 75, tone=0.2 * np.sin(2 * np.pi * 500 * times) * on)
    report, _ = spoken_report(tmp_path, [0.1], 7, silent=(0,))
    clip = {"scene_id": "s0", "clip": str(tmp_path / "tones.mp4"), "sound": "on", "speed": speed}
    (found,) = inserts.read([clip], report, -22)
    loud = np.abs(samples_of(found)[0]) > np.abs(samples_of(found)[0]).max() / 4
    for place in (0.5, 2.0):
        begin, end = (round((place + at) / speed * RATE) for at in (-0.2, 0.6))
        assert (begin + np.argmax(loud[begin:end])) / RATE == pytest.approx(place / speed, abs=0.04)
        tone = samples_of(found)[0, round((place + 0.1) / speed * RATE) : round((place + 0.3) / speed * RATE)]
        assert np.argmax(np.abs(np.fft.rfft(tone, RATE))) == pytest.approx(500, abs=12)


def test_music_sinks_under_a_clip(tmp_path, heard):
    report, _ = spoken_report(tmp_path, [0.1], 19.9, silent=(0,))
    assert music.speaking(report) == []
    down = music.Ducking(report, [(5, 8)]).part(0, 20_001)
    assert down[4600] == 0 and down[5000] == down[8000] == 1 and down[8800] == 0


def test_stereo_clips_and_clips_without_sound(tmp_path, even):
    times = np.arange(3 * RATE) / RATE
    sides = 0.1 * np.stack([np.sin(2 * np.pi * 700 * times), np.sin(2 * np.pi * 1100 * times)])
    sounds.write(tmp_path / "a.wav", sides)
    arguments = ["-i", str(even), "-i", str(tmp_path / "a.wav"), "-c:v", "copy"]
    sounds.ffmpeg(*arguments, str(tmp_path / "stereo.mkv"))
    report, paths = spoken_report(tmp_path, [2, 0.1], 1.9, silent=(1,))
    track = mixed(tmp_path, report, paths, [{"scene_id": "s1", "clip": str(tmp_path / "stereo.mkv"), "sound": "on"}])
    assert len(track) == 2
    begin = round(report["scenes"][1]["start_frame"] * RATE / 30)
    left, right = np.abs(np.fft.rfft(track[:, begin + 4800 : begin + 52_800] * np.hanning(48_000)))
    assert left[700] > 50 * left[1100] and right[1100] > 50 * right[700]
    assert np.allclose(*track[:, RATE : 2 * RATE], atol=0.02), "the voice is not in the middle"
    with pytest.raises(InputError, match=r"even\.mp4: holds no sound. Set `sound: off`"):
        inserts.read([{"scene_id": "s1", "clip": str(even), "sound": "on"}], report, -22)
