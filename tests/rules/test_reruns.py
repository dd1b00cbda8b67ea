"""An edit makes anew what depends on it and nothing else: counted by what ran."""

import copy
import json
import os
import shutil

import pytest
from conftest import SCENES

TARGET = "output/videos/demo.mp4"
WORDS = {"speak_scene": 1, "render_clip": 1}


def counts(run):
    """The jobs that cost: speech and pictures."""
    return {rule: run.jobs[rule] for rule in ("speak_scene", "render_clip") if run.jobs[rule]}


@pytest.fixture
def scenes():
    return copy.deepcopy(SCENES)


def edit_script(project, change):
    path = project.path("output/scripts/demo.json")
    script = json.loads(path.read_text())
    change(script["scenes"])
    path.write_text(json.dumps(script))


def test_nothing_changed(built):
    assert "Nothing to be done" in built.run(TARGET).output
    assert "Nothing to be done" in built.run("-n", TARGET).output
    assert "Nothing to be done" in built.run("-n").output


@pytest.mark.parametrize(("name", "rule"), [("mp4", "join_video"), ("jpg", "draw_poster"), ("srt", "write_captions")])
def test_a_deleted_file_is_made_again(built, name, rule):
    built.path(f"output/videos/demo.{name}").unlink()
    assert built.run().jobs[rule] == 1
    assert built.path(f"output/videos/demo.{name}").exists() and "Nothing to be done" in built.run("-n").output


def test_touched_source(built):
    os.utime(built.path("inputs/demo.yaml"))
    assert not built.run(TARGET).jobs


def test_one_word(built, scenes):
    scenes[1]["narration"] = "There are apples, then pears, and finally cherries."
    built.video(scenes)
    run = built.run(TARGET)
    assert counts(run) == WORDS
    assert run.jobs["join_video"] == 1


def test_picture_field_speaks_nothing(built, scenes):
    scenes[1]["header"] = "Three fruits"
    built.video(scenes)
    assert counts(built.run(TARGET)) == {"render_clip": 2}


def test_picture_field_of_last_scene(built, scenes):
    scenes[2]["sub_text"] = "Goodbye"
    built.video(scenes)
    assert counts(built.run(TARGET)) == {"render_clip": 1}


def test_added_scene(built, scenes):
    scenes.insert(1, {"type": "quote", "id": "new", "quote_text": "Plain", "narration": "Something new."})
    built.video(scenes)
    assert counts(built.run(TARGET)) == {"speak_scene": 1, "render_clip": 2}


def test_removed_scene(built, scenes):
    del scenes[1]
    built.video(scenes)
    run = built.run(TARGET)
    assert counts(run) == {"render_clip": 1}
    assert run.jobs["join_video"] == run.jobs["mix_soundtrack"] == 1


def test_swapped_scenes(built, scenes):
    built.video([scenes[1], scenes[0], scenes[2]])
    run = built.run(TARGET)
    assert counts(run) == {"render_clip": 3}
    assert run.jobs["time_scenes"] == run.jobs["mix_soundtrack"] == run.jobs["join_video"] == 1
    report = json.loads(built.path("output/timing/demo.json").read_text())
    assert [scene["scene_id"] for scene in report["scenes"]] == ["middle", "start", "end"]


def test_script_edited_by_hand(built):
    edit_script(built, lambda scenes: scenes[2].update(narration="See you soon."))
    assert counts(built.run(TARGET)) == WORDS
    edit_script(built, lambda scenes: scenes[2]["visual_content"].update(sub_text="Soon"))
    assert counts(built.run(TARGET)) == {"render_clip": 1}
    edit_script(built, lambda scenes: scenes.insert(0, scenes.pop(1)))
    assert built.run(TARGET).jobs["speak_scene"] == 0
    assert "Nothing to be done" in built.run(TARGET).output
    assert "See you soon." in built.path("output/scripts/demo.json").read_text()


def test_settings_do_not_undo_an_edit_by_hand(built, scenes):
    """The edit goes only when the video YAML changes."""
    edit_script(built, lambda scenes: scenes[2].update(narration="See you soon."))
    run = built.run(TARGET, "--config", "voice=female")
    assert "was edited by hand and is kept" in run.output and run.jobs["speak_scene"] == 1
    assert "See you soon." in built.path("output/scripts/demo.json").read_text()
    assert "Nothing to be done" in built.run("-n", TARGET, "--config", "voice=female").output
    scenes[0]["title"] = "Changed"
    built.video(scenes)
    built.run(TARGET)
    assert "See you soon." not in built.path("output/scripts/demo.json").read_text()


def test_recording_in_place_of_speech(built, scenes):
    scenes[2]["audio"] = "inputs/end.mp3"
    shutil.copy(built.path("output/audio/demo/start.mp3"), built.path("inputs/end.mp3"))
    built.video(scenes)
    assert counts(built.run(TARGET)) == WORDS
    shutil.copy(built.path("output/audio/demo/middle.mp3"), built.path("inputs/end.mp3"))
    os.utime(built.path("inputs/end.mp3"), (1_000_000_000, 1_000_000_000))
    assert counts(built.run(TARGET)) == WORDS
    built.path("inputs/end.mp3").unlink()
    run = built.run(TARGET, check=False)
    assert run.code != 0 and "inputs/end.mp3" in run.output and "Traceback" not in run.output


def test_settings_reach_only_their_stages(built):
    assert dict(built.run(TARGET, "--config", "audio={bitrate: 64}").jobs) == {"mix_soundtrack": 1, "join_video": 1}
    assert dict(built.run(TARGET, "--config", "audio={bitrate: 64}", "encoder={crf: 30}").jobs) == {
        "render_clip": 3,
        "join_video": 1,
    }


def test_all_that_lies_beside_the_video(built, scenes):
    """Captions follow the words, the poster follows the first scene's picture, and only these."""
    scenes[2]["sub_text"] = "Goodbye"
    built.video(scenes)
    run = built.run()
    assert run.jobs["draw_poster"] == 0
    scenes[0]["title"] = "Another title"
    built.video(scenes)
    assert built.run().jobs["draw_poster"] == 1
    scenes[1]["narration"] = "Apples, pears and plums."
    built.video(scenes)
    assert built.run().jobs["write_captions"] == 1
    assert "Apples, pears and plums." in built.path("output/videos/demo.vtt").read_text()
    assert "Nothing to be done" in built.run("-n").output


def test_source_replaced_by_an_older_file(built, scenes):
    scenes[0]["narration"] = "This is an older video."
    built.video(scenes)
    os.utime(built.path("inputs/demo.yaml"), (1_000_000_000, 1_000_000_000))
    assert counts(built.run(TARGET)) == WORDS


def test_engine_is_kept(built, scenes):
    decision = built.path("output/engines/demo.json")
    before = decision.stat().st_mtime_ns
    scenes[0]["narration"] = "Another narration."
    built.video(scenes)
    built.run(TARGET)
    assert decision.stat().st_mtime_ns == before
