"""A clip in a finished video: its frames and its sound are where they belong, and a new file makes only them anew."""

import json
import os

import numpy as np
import probe
import pytest
import sounds
from conftest import CONFIG, Project, make_project
from films import coded, film, number_of

TARGET = "output/videos/demo.mp4"
RATE = 48_000
START = 0.4


def noise(seed: int) -> np.ndarray:
    return 0.05 * np.random.default_rng(seed).standard_normal(3 * RATE)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    made = make_project(tmp_path_factory.mktemp("clip"))
    (made.folder / "media").mkdir()
    film(made.path("media/demo.mp4"), 75, tone=noise(1))
    played = {"type": "clip", "id": "played", "clip": "media/demo.mp4", "start": START, "fit": "cover", "sound": "on"}
    made.video(
        [
            {"type": "title", "id": "start", "title": "A small video", "narration": "This is a small video."},
            played,
            {"type": "outro", "id": "end", "main_text": "That is all", "narration": "Thank you for watching."},
        ]
    )
    made.run(TARGET, "output/videos/demo.srt", "output/videos/demo.json", "output/previews/demo.png")
    return made


def scene(project: Project) -> dict:
    return json.loads(project.path("output/timing/demo.json").read_text())["scenes"][1]


def lag(project: Project, seed: int) -> int:
    """By how many samples the clip's sound is away from where its scene begins."""
    track, rate = probe.sound(project.path(TARGET))
    assert rate == RATE
    begin = round(scene(project)["start_time"] * RATE)
    part = noise(seed)[round((START + 0.5) * RATE) : round((START + 1.5) * RATE)]
    window = track[begin + RATE // 2 - 3000 : begin + 3 * RATE // 2 + 3000]
    return int(np.argmax(np.correlate(window, part, mode="valid"))) - 3000


def numbers(project: Project, path: str = TARGET) -> dict[int, int]:
    """Frame of the scene → number that it shows, behind the motion in and before it fades away."""
    at = scene(project)["start_frame"]
    return {n: number_of(probe.frame_at(project.path(path), at + n)) for n in (5, 11, 17, 21)}


def test_picture_and_sound_run_together(project):
    assert scene(project)["frames"] == 26 and scene(project)["words"] == []
    assert numbers(project) == {n: int((START + n / CONFIG["picture"]["fps"]) * 25 + 1e-6) for n in numbers(project)}
    assert lag(project, 1) == 0
    assert sounds.measured(project.path(TARGET))[0] == pytest.approx(-16, abs=0.5)
    begin = scene(project)["start_time"]
    voice = sounds.measured(project.path(TARGET), 0, begin)[0]
    assert sounds.measured(project.path(TARGET), begin, 2.3)[0] == pytest.approx(voice, abs=3)


def test_a_silent_scene_has_no_captions_and_a_chapter(project):
    assert project.path("output/videos/demo.srt").read_text().count("-->") == 2
    metadata = json.loads(project.path("output/videos/demo.json").read_text())
    assert [chapter["title"] for chapter in metadata["chapters"]] == ["A small video", "Played", "That is all"]


def test_another_file_makes_its_clip_and_the_sound_anew(project, tmp_path):
    """A file that goes missing is told."""
    changed = project.copy(tmp_path)
    film(changed.path("media/demo.mp4"), 75, draw=lambda number: coded(74 - number), tone=noise(2))
    os.utime(changed.path("media/demo.mp4"), (1_000_000_000, 1_000_000_000))
    run = changed.run(TARGET)
    again = ("write_script", "render_clip", "mix_soundtrack", "join_video")
    assert dict(run.jobs) == dict.fromkeys(again, 1), "its length is looked at, and is the same"
    assert "rendering scene played" in run.output
    assert "Nothing to be done" in changed.run("-n", TARGET).output
    assert numbers(changed) == {n: 74 - number for n, number in numbers(project).items()}
    assert lag(changed, 2) == 0
    changed.path("media/demo.mp4").unlink()
    run = changed.run(TARGET, check=False)
    assert run.code != 0 and "media/demo.mp4: there is no such clip" in run.output and "Traceback" not in run.output
