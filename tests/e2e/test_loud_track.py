"""Loudness, music and its ducking, through the real graph and measured in the finished MP4."""

import json
import os

import numpy as np
import probe
import pytest
import sounds
from conftest import CONFIG, SCENES, Project, make_project

TARGET = "output/videos/demo.mp4"
TONE = 3001


def song(path, level: float = 0.1):
    """A tone in the right channel only: the left one is the voice alone."""
    times = np.arange(20 * sounds.RATE) / sounds.RATE
    tone = level * np.sin(2 * np.pi * TONE * times)
    return sounds.write(path, np.stack([np.zeros_like(tone), tone]))


@pytest.fixture(scope="module")
def musical(tmp_path_factory) -> Project:
    project = make_project(tmp_path_factory.mktemp("musical"))
    project.write("config.yaml", CONFIG | {"timing": {"padding": 4}, "audio": {"music": "song.flac", "loudness": -18}})
    song(project.path("song.flac"))
    project.video(SCENES)
    project.run(TARGET)
    return project


def report_of(project: Project) -> dict:
    return json.loads(project.path("output/timing/demo.json").read_text())


def tone_level(track: np.ndarray, start: float, end: float) -> float:
    part = track[round(start * sounds.RATE) : round(end * sounds.RATE)]
    wave = np.exp(-2j * np.pi * TONE * np.arange(len(part)) / sounds.RATE)
    return float(20 * np.log10(np.abs(np.mean(part * wave * np.hanning(len(part)))) + 1e-9))


def test_loudness_and_peak(musical):
    loudness, peak = sounds.measured(musical.path(TARGET))
    assert loudness == pytest.approx(-18, abs=0.5)
    assert peak < -1


def test_the_default_loudness(finished):
    loudness, peak = sounds.measured(finished.path(TARGET))
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak < -1


def test_the_voice_begins_within_a_frame(musical):
    track, rate = probe.sound(musical.path(TARGET))
    for scene in report_of(musical)["scenes"]:
        assert abs(probe.onset(track, rate, scene["start_time"]) - scene["words"][0]["start"]) < 1 / 30


def test_the_music_sinks_under_speech(musical):
    left, right = sounds.read(musical.path(TARGET))
    first, second = report_of(musical)["scenes"][:2]
    speech = tone_level(right - left, second["words"][0]["start"], second["words"][-1]["end"])
    for scene in (first, second):
        behind = scene["words"][-1]["end"]
        assert tone_level(right - left, behind + 1.0, behind + 3.4) - speech == pytest.approx(8, abs=0.5)


def test_another_music_file_mixes_again_and_nothing_else(musical, tmp_path):
    project = musical.copy(tmp_path)
    assert "Nothing to be done" in project.run(TARGET).output
    before = project.path("song.flac").stat()
    song(project.path("song.flac"), level=0.05)
    os.utime(project.path("song.flac"), (before.st_mtime - 1000, before.st_mtime - 1000))
    assert dict(project.run(TARGET).jobs) == {"mix_soundtrack": 1, "join_video": 1}
    project.write("config.yaml", CONFIG | {"timing": {"padding": 4}})
    assert dict(project.run(TARGET).jobs) == {"mix_soundtrack": 1, "join_video": 1}
    assert len(sounds.read(project.path(TARGET))) == 1


@pytest.mark.parametrize("content", [None, b"no music at all " * 100, b"#EXTM3U\n#EXTINF:1,\n/etc/hosts\n"])
def test_a_file_that_is_no_music_is_named(built, content):
    built.write("config.yaml", CONFIG | {"audio": {"music": "my songs/a (b).mp3"}})
    if content is not None:
        built.write("my songs/a (b).mp3", content.decode())
    run = built.run(TARGET, check=False)
    assert run.code != 0
    assert "demo: my songs/a (b).mp3: cannot be opened as music" in run.output
    assert "Give a sound file such as" in run.output and "Traceback" not in run.output


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        ({"loudness": -5}, "at most -9"),
        ({"loudness": "loud"}, "number"),
        ({"duck": -3}, "at least 0"),
        ({"music": ""}, "music"),
    ],
)
def test_settings_that_cannot_be(project, audio, expected):
    project.write("config.yaml", CONFIG | {"audio": audio})
    run = project.run("x", check=False)
    assert run.code != 0 and expected in run.output and "Traceback" not in run.output
