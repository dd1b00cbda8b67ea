"""One script in several formats in one run: laid out for each, with the same speech."""

import json

import av
from conftest import SCENES


def test_formats_share_speech(project):
    project.video(SCENES, formats=["9:16", "1:1"])
    run = project.run()
    assert run.jobs["speak_scene"] == 3 and run.jobs["render_clip"] == 9 and run.jobs["join_video"] == 3
    frames = json.loads(project.path("output/timing/demo.json").read_text())["total_frames"]
    sizes = {}
    for suffix in ("", ".9x16", ".1x1"):
        with av.open(str(project.path(f"output/videos/demo{suffix}.mp4"))) as container:
            video = container.streams.video[0]
            sizes[suffix] = (video.width, video.height)
            assert video.frames == frames
        assert project.path(f"output/videos/demo{suffix}.jpg").exists()
    assert sizes == {"": (320, 180), ".9x16": (180, 320), ".1x1": (180, 180)}
    described = json.loads(project.path("output/videos/demo.json").read_text())
    assert [entry["file"] for entry in described["formats"]] == ["demo.9x16.mp4", "demo.1x1.mp4"]
    assert "Nothing to be done" in project.run("-n").output


def test_one_format_by_its_name(project):
    project.video(SCENES[:1])
    assert project.run("output/videos/demo.4x5.mp4").jobs["render_clip"] == 1
    with av.open(str(project.path("output/videos/demo.4x5.mp4"))) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (180, 224)
