"""A small video from source to MP4, checked by what a probe measures in the finished file."""

import json

import av
import numpy as np
import probe
import pytest
from conftest import SCENES

from video_gen import scenes
from video_gen.scenes import colours
from video_gen.scenes.model import Style

COUNT = 22


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A video of 22 scenes of different lengths."""
    from conftest import make_project

    project = make_project(tmp_path_factory.mktemp("long"))
    texts = ["One.", "Two words here.", "This scene speaks for a little while longer than the others do."]
    project.video(
        [
            {"type": "title", "id": f"s{n}", "title": f"Scene {n}", "narration": texts[n % 3], "min_duration": 1}
            for n in range(COUNT)
        ],
        title="Twenty-two <scenes> & “more”",
    )
    project.run("output/videos/demo.mp4")
    return project


def report_of(project):
    return json.loads(project.path("output/timing/demo.json").read_text())


def test_streams(long):
    path, report = long.path("output/videos/demo.mp4"), report_of(long)
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (video.width, video.height, video.average_rate, video.base_rate) == (320, 180, 10, 10)
        assert (audio.codec_context.name, audio.rate) == ("aac", 48000)
        assert container.metadata["title"] == report["title"] == "Twenty-two <scenes> & “more”"
        assert abs(float(video.duration * video.time_base) - report["total_duration"]) < 1e-6
        assert abs(float(audio.duration * audio.time_base) - report["total_duration"]) < 0.05


def test_frames_and_key_pictures(long):
    report = report_of(long)
    packets = probe.video_packets(long.path("output/videos/demo.mp4"))
    times = np.array([time for time, _ in packets])
    assert len(packets) == report["total_frames"] == sum(scene["frames"] for scene in report["scenes"])
    assert len(set(np.diff(times))) == 1, "the frame rate is not constant"
    keys = [index for index, (_, key) in enumerate(packets) if key]
    assert max(np.diff([*keys, len(packets)])) <= 2 * report["fps"]
    assert {scene["start_frame"] for scene in report["scenes"]} <= set(keys)


def test_every_frame_decodes(long):
    with av.open(str(long.path("output/videos/demo.mp4"))) as container:
        assert sum(1 for _ in container.decode(video=0)) == report_of(long)["total_frames"]


def test_moov_is_in_front(long):
    boxes = probe.top_boxes(long.path("output/videos/demo.mp4"))
    assert boxes.index("moov") < boxes.index("mdat")


def test_chapters(long):
    with av.open(str(long.path("output/videos/demo.mp4"))) as container:
        chapters = container.chapters()
    assert [chapter["metadata"]["title"] for chapter in chapters] == [f"Scene {n}" for n in range(COUNT)]
    starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    assert np.allclose(starts, [scene["start_time"] for scene in report_of(long)["scenes"]], atol=0.002)


def test_narration_begins_within_a_frame(long):
    report = report_of(long)
    track, rate = probe.sound(long.path("output/videos/demo.mp4"))
    offsets = [probe.onset(track, rate, scene["start_time"]) - scene["start_time"] for scene in report["scenes"]]
    assert max(map(abs, offsets)) < 1 / 30, offsets


def test_words_are_where_the_report_says(long):
    for scene in report_of(long)["scenes"]:
        assert " ".join(word["text"] for word in scene["words"]) == scene["narration"]
        times = [time for word in scene["words"] for time in (word["start"], word["end"])]
        assert times == sorted(times)
        assert scene["start_time"] <= times[0] and times[-1] <= scene["end_time"]


def test_picture_is_the_drawn_one(long):
    """The last frame of a scene shows its last state."""
    scene = report_of(long)["scenes"][20]
    shown = probe.frame_at(long.path("output/videos/demo.mp4"), scene["start_frame"] + scene["frames"] - 1)
    style = Style(320, 180, colours.parse("blue"))
    drawn = np.asarray(scenes.states("title", {"title": "Scene 20"}, style)[-1].picture)
    assert np.abs(shown.astype(int) - drawn).mean() < 3


def test_loudness_is_even(long):
    report = report_of(long)
    track, rate = probe.sound(long.path("output/videos/demo.mp4"))
    levels = []
    for scene in report["scenes"]:
        part = track[round(scene["start_time"] * rate) : round((scene["start_time"] + scene["audio_duration"]) * rate)]
        levels.append(10 * np.log10(np.mean(part**2)))
    assert min(levels) > -30 and max(levels) < -10
    assert np.abs(track).max() < 1


def test_any_number_of_cores_makes_the_same_video(finished, project):
    project.video(SCENES)
    project.run("output/videos/demo.mp4", "--cores", "8")
    for name in ("videos/demo.mp4", "soundtracks/demo.m4a", "clips/demo/start.mp4", "audio/demo/middle.mp3"):
        assert project.path(f"output/{name}").read_bytes() == finished.path(f"output/{name}").read_bytes(), name
