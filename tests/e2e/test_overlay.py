"""Captions and the bar in the finished file, and the preview, by the real Snakefile."""

import copy
import json
from itertools import pairwise

import av
import numpy as np
import pytest
from conftest import CONFIG, SCENES, make_project
from PIL import Image

from video_gen.render.overlay_captions import reserved
from video_gen.render.overlay_progress import ProgressBar
from video_gen.scenes import colours
from video_gen.scenes.model import Style

BOTH = {"burn_captions": "two_lines", "progress_bar": True}
VIDEO = "output/videos/demo.mp4"
SHEET = "output/previews/demo.png"


@pytest.fixture(scope="module")
def covered(tmp_path_factory):
    """The demo video with captions in the picture and the bar."""
    project = make_project(tmp_path_factory.mktemp("covered"))
    project.write("config.yaml", {**CONFIG, "picture": {**CONFIG["picture"], **BOTH, "fps": 25}})
    project.video(SCENES)
    project.run(VIDEO)
    return project


def frames_of(project):
    with av.open(str(project.path(VIDEO))) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def report_of(project):
    return json.loads(project.path("output/timing/demo.json").read_text())


def test_bar_grows_over_the_whole_video(covered):
    accent = np.array(ProgressBar(Style(320, 180, colours.parse("blue")), 0, 3, 9, step=1).accent)
    passed = []
    for frame in frames_of(covered):
        columns = np.nonzero(np.abs(frame[-1] - accent).sum(axis=1) < 60)[0]
        passed.append(int(columns.max()) if len(columns) else 0)
    assert passed[0] < 8 and passed[-1] > 317 and passed == sorted(passed)
    for scene in report_of(covered)["scenes"][1:]:
        assert passed[scene["start_frame"]] - passed[scene["start_frame"] - 1] < 30


def test_captions_are_there_while_words_are_said(covered):
    """In the room at the bottom: a plate with white text, another picture for every word."""
    report, frames = report_of(covered), frames_of(covered)
    top = round(180 * (1 - reserved("two_lines", 320, 180)))
    for scene in report["scenes"]:
        times = [int((word["start"] + word["end"]) / 2 * report["fps"]) for word in scene["words"]]
        shown = {at: frames[at][top:170, 20:300] for at in times}
        assert all(picture.max() > 200 for picture in shown.values()), "no text"
        pairs = [(first, second) for first, second in pairwise(times) if second - first > 2]
        assert len(pairs) >= 3 and all(np.abs(shown[a] - shown[b]).max() > 60 for a, b in pairs)
    last = report["scenes"][-1]
    assert frames[last["start_frame"] + last["frames"] - 1][top:170, 20:300].max() < 150


def test_one_word_renders_one_clip_and_a_new_scene_all(covered, tmp_path):
    project, scenes = covered.copy(tmp_path), copy.deepcopy(SCENES)
    assert "Nothing to be done" in project.run(VIDEO).output
    scenes[1]["narration"] = "There are apples, then pears, and finally cherries from the garden behind the house."
    project.video(scenes)
    assert project.run(VIDEO).jobs["render_clip"] == 1
    scenes.append({"type": "quote", "id": "new", "quote_text": "Plain", "narration": "Something new."})
    project.video(scenes)
    run = project.run(VIDEO)
    assert run.jobs["render_clip"] == 4 and run.jobs["speak_scene"] == 1


def test_captions_alone_do_not_count_scenes(built):
    only = ("--config", "picture={burn_captions: line}")
    assert built.run(VIDEO, *only).jobs["render_clip"] == 3
    scenes = [*SCENES, {"type": "quote", "id": "new", "quote_text": "Plain", "narration": "Something new."}]
    built.video(scenes)
    assert built.run(VIDEO, *only).jobs["render_clip"] == 1


def test_preview_needs_no_speech(project):
    project.video(SCENES, formats=["9:16"])
    run = project.run(SHEET, "output/previews/demo.9x16.html")
    assert set(run.jobs) == {"adapt_source", "choose_engine", "write_script", "draw_preview"}
    assert run.jobs["draw_preview"] == 2 and not project.path("output/audio").exists()
    with Image.open(project.path(SHEET)) as sheet:
        assert sheet.width == 2000
    page = project.path("output/previews/demo.9x16.html").read_text()
    assert all(scene["narration"] in page for scene in SCENES) and 'width="180" height="320"' in page
    assert "Nothing to be done" in project.run(SHEET, "output/previews/demo.9x16.html").output


def test_preview_follows_what_it_shows(project):
    scenes = copy.deepcopy(SCENES)
    project.video(scenes)
    project.run(SHEET)
    scenes[1]["items"][2] = "Cherries"
    project.video(scenes)
    run = project.run(SHEET)
    assert run.jobs["draw_preview"] == 1 and "speak_scene" not in run.jobs
    script = project.path("output/scripts/demo.json")
    script.write_text(script.read_text().replace("finally plums", "finally <plums>"))
    assert dict(project.run(SHEET).jobs) == {"draw_preview": 1}
    assert "finally &lt;plums&gt;" in project.path("output/previews/demo.html").read_text()
    assert dict(project.run(SHEET, "--config", "picture={burn_captions: line}").jobs) == {"draw_preview": 1}
    assert not project.run(SHEET, "--config", "picture={burn_captions: line}", "audio={bitrate: 64}").jobs
