"""Metadata describe the file as it is, and fit their schema; the poster is the picture."""

import copy
import hashlib

import av
import numpy as np
import pytest
from PIL import Image

from video_gen import scenes, schema
from video_gen.errors import InputError, StageError
from video_gen.render import metadata, poster
from video_gen.scenes import colours, theme
from video_gen.scenes.model import Style

PLACE = {"file": "README.md", "line_start": 3, "line_end": 9}


def _scene(name, start, frames, source):
    return {
        "scene_id": name,
        "start_frame": start,
        "frames": frames,
        "start_time": start / 10,
        "end_time": (start + frames) / 10,
        "source": source,
    }


REPORT = {
    "video_id": "tour",
    "title": "A tour",
    "language": "en",
    "engine": "hibari",
    "fps": 10,
    "total_frames": 45,
    "voices": ["male", "female"],
    "scenes": [_scene("start", 0, 20, PLACE), _scene("middle", 20, 5, "notes.txt"), _scene("end", 25, 20, None)],
}


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    path = tmp_path_factory.mktemp("video") / "tour.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for level in range(45):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((36, 64, 3), level, np.uint8))))
        output.mux(stream.encode(None))
    return path


@pytest.fixture
def described(video, tmp_path):
    source = tmp_path / "README.md"
    source.write_bytes(b"# Tour\n")
    spoken_by = ["hibari 0.2.1", "hibari 0.2.1", "hibari 0.2.2"]
    return metadata.describe([video], REPORT, [source], ["Start", "Middle", "End"], spoken_by, "About it.")


def test_metadata_fit_their_schema(described):
    schema.check(described, "metadata", "tour.json", StageError)


def test_the_schema_refuses_what_is_wrong(described):
    for key, value in (("duration", "4.5"), ("sources", [{"file": "a", "sha256": "0"}]), ("timeline", [])):
        wrong = copy.deepcopy(described) | {key: value}
        with pytest.raises(StageError, match=key):
            schema.check(wrong, "metadata", "tour.json", StageError)


def test_metadata_are_probed_from_the_file(described, video):
    assert described["duration"] == pytest.approx(4.5)
    assert (described["width"], described["height"], described["fps"]) == (64, 36, 10)
    assert described["file_size"] == video.stat().st_size
    assert described["description"] == "About it."


def test_metadata_name_what_made_the_video(described):
    assert described["versions"]["speech"] == ["hibari 0.2.1", "hibari 0.2.2"]
    assert described["versions"]["av"] == av.__version__
    assert described["sources"][0]["sha256"] == hashlib.sha256(b"# Tour\n").hexdigest()
    assert described["chapters"][1] == {"title": "Middle", "start": 2.0, "end": 2.5}


def test_every_second_has_the_scene_shown_when_it_begins_and_its_source(described):
    assert [entry["second"] for entry in described["timeline"]] == [0, 1, 2, 3, 4]
    assert [entry["scene_id"] for entry in described["timeline"]] == ["start", "start", "middle", "end", "end"]
    assert described["timeline"][0]["source"] == PLACE
    assert described["timeline"][2]["source"] == {"file": "notes.txt", "line_start": None, "line_end": None}
    assert described["timeline"][4]["source"] is None


def test_a_missing_source_is_named(video, tmp_path):
    with pytest.raises(InputError, match=r"gone\.md"):
        metadata.describe([video], REPORT, [tmp_path / "gone.md"], ["a", "b", "c"], [])


def test_a_video_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "broken.mp4").write_bytes(b"no video")
    for name in ("broken.mp4", "gone.mp4"):
        with pytest.raises(StageError, match=name):
            metadata.describe([tmp_path / name], REPORT, [], ["a", "b", "c"], [])


def test_a_sound_file_is_no_video(tmp_path):
    path = tmp_path / "sound.m4a"
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("aac", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    with pytest.raises(StageError, match=r"sound\.m4a"):
        metadata.describe([path], REPORT, [], ["a", "b", "c"], [])


def test_the_poster_is_a_progressive_jpeg_of_the_picture(tmp_path):
    poster.write(tmp_path / "a.jpg", Image.new("RGBA", (64, 36), (200, 30, 30, 255)))
    with Image.open(tmp_path / "a.jpg") as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 36))
        assert image.info["progressive"]
        assert np.abs(np.asarray(image, int) - (200, 30, 30)).max() <= 4
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


def test_a_poster_of_a_scene_without_a_title_is_its_last_state():
    content = {"items": ["Apples", "Pears"]}
    style = Style(640, 360)
    last = scenes.states("list", content, style)[-1].picture
    assert np.array_equal(np.asarray(poster.picture("list", content, style)), np.asarray(last))


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (360, 360)])
@pytest.mark.parametrize("theme_name", ["midnight", "paper"])
@pytest.mark.parametrize("accent", ["purple", "cyan"])
def test_a_poster_has_a_large_title_over_a_band_of_the_accent(size, theme_name, accent):
    style = Style(*size, accent=colours.parse(accent), theme=theme.load(theme_name), bottom=0.2)
    drawn = poster.picture("title", {"title": "Short title", "subtitle": "What it is about"}, style)
    pixels = np.asarray(drawn).astype(int)
    band = pixels[-4, 3]
    assert drawn.size == size and abs(colours.hue(tuple(band)) - colours.hue(style.accent)) < 0.2
    high = (np.abs(pixels[:, 3] - band).max(axis=1) <= 2).sum()
    assert 0.2 < high / size[1] < 0.28
    ink = np.abs(pixels[-high:] - band).max(axis=2) > 60
    assert ink.any() and colours.contrast(tuple(band), tuple(pixels[-high:][ink].mean(axis=0).astype(int))) > 3
    rows = (np.abs(pixels[: size[1] - high] - np.array(style.theme.text)).max(axis=2) < 12).any(axis=1)
    # The letters of the title take a good part of the shorter side.
    assert np.flatnonzero(rows).max() - np.flatnonzero(rows).min() > 0.15 * min(size)


def test_a_poster_has_any_title():
    style = Style(640, 360)
    plain = np.asarray(poster.picture("title", {"title": " "} | {"subtitle": "x"}, style))
    for title in ("W" * 500, "A title of many words " * 20, "ما يوجد بجانب الفيديو"):
        drawn = np.asarray(poster.picture("title", {"title": title, "subtitle": "far too long " * 60}, style))
        assert drawn.shape == (360, 640, 3) and (drawn[:320] != plain[:320]).any()
