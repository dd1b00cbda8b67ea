"""What a video YAML says itself reaches the jobs, and a change of it makes anew what depends on it."""

import copy
import json
import wave

import numpy as np
import pytest
from conftest import SCENES
from probe import frame_at

TARGET = "output/videos/demo.mp4"


@pytest.fixture
def scenes():
    return copy.deepcopy(SCENES)


def cost(run):
    return {rule: count for rule, count in run.jobs.items() if rule in ("speak_scene", "render_clip", "mix_soundtrack")}


def test_an_engine_of_one_scene(built, scenes):
    scenes[1]["engine"] = "silent"
    built.video(scenes)
    assert cost(built.run(TARGET))["speak_scene"] == 1
    report = json.loads(built.path("output/timing/demo.json").read_text())
    assert report["engine"] == "hibari"
    spoken = json.loads(built.path("output/audio/demo/middle.json").read_text())
    assert spoken["engine"] == "silent"


def test_pronunciations_speak_the_scenes_again(built, scenes):
    before = [built.path(f"output/audio/demo/{name}.mp3").read_bytes() for name in ("start", "middle", "end")]
    built.video(scenes, pronunciations={"plums": "prunes of all kinds"})
    built.run(TARGET)
    after = [built.path(f"output/audio/demo/{name}.mp3").read_bytes() for name in ("start", "middle", "end")]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_music_mixes_the_soundtrack_alone(built, scenes):
    tone = (np.sin(np.arange(48000) * 2 * np.pi * 220 / 48000) * 12000).astype("<i2")
    with wave.open(str(built.path("tone.wav")), "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(48000)
        file.writeframes(tone.tobytes())
    built.video(scenes, music="tone.wav")
    assert cost(built.run(TARGET)) == {"mix_soundtrack": 1}, "nothing is spoken or drawn again"


def test_motion_captions_and_theme_render_all_clips_and_speak_nothing(built, scenes):
    for head in ({"motion": "none"}, {"burn_captions": "line"}, {"progress_bar": True}, {"theme": "paper"}):
        built.video(scenes, **head)
        run = built.run(TARGET)
        assert run.jobs["render_clip"] == 3 and not run.jobs["speak_scene"], head
    first = frame_at(built.path(TARGET), 20)
    assert first.mean() > 180, "paper is light"


def test_the_table_of_a_chart_is_told_anew(built, scenes):
    built.write("sales.csv", "month,sales\nMay,10\nJune,20\n")
    scenes.append({"type": "chart", "id": "sold", "kind": "bar", "header": "Sales", "csv": "sales.csv"})
    built.video(scenes)
    built.run(TARGET)
    built.write("sales.csv", "month,sales\nMay,10\nJune,40\n")
    assert cost(built.run(TARGET)) == {"speak_scene": 1, "render_clip": 1, "mix_soundtrack": 1}
    script = json.loads(built.path("output/scripts/demo.json").read_text())
    assert "40" in script["scenes"][-1]["narration"]
    assert "Nothing to be done" in built.run("-n", TARGET).output


def test_a_diagram_is_drawn_without_a_word(project):
    project.video([{"type": "diagram", "id": "graph", "mermaid": "flowchart LR\nA-->B", "narration": "From A to B."}])
    assert "leaked" not in project.run("output/clips/demo/graph.mp4").output
