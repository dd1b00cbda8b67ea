"""Clips: the right frame at the right time, their look and their length; and the slow zoom into an image."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from films import SMALL, film, number_of, playing
from PIL import Image

from video_gen import schema, script
from video_gen.errors import InputError
from video_gen.scenes import canvas, states
from video_gen.scenes.assets import files_left_by, files_of, sound_of
from video_gen.scenes.model import Style
from video_gen.script.narration import narrate
from video_gen.speech import scene as speech

_STEPS = np.random.default_rng(1).choice([20, 33, 50, 100, 200], 59)
TIMES = [0, *(int(time) for time in np.cumsum(_STEPS))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """even.mp4: 60 frames at 25 a second; uneven.mp4 and .mkv: frames of 20 to 200 ms, and `times`, when each begins."""
    path = tmp_path_factory.mktemp("clips")
    film(path / "even.mp4")
    film(path / "uneven.mp4", times=TIMES)
    film(path / "uneven.mkv", times=TIMES)
    return path


@pytest.mark.parametrize("speed", [0.25, 1, 1.7, 4])
@pytest.mark.parametrize("start", [0, 0.52, 2.04])
def test_each_frame_at_its_time(folder, start, speed):
    expected = [min(59, int((start + n / 30 * speed) * 25 + 1e-4)) for n in range(200)]
    found = playing(folder / "even.mp4", 200, start=start, speed=speed)
    assert found == expected[: len(found)]


@pytest.mark.parametrize(("start", "speed"), [(0, 1), (2.5, 0.5), (1, 2.3)])
@pytest.mark.parametrize("name", ["uneven.mp4", "uneven.mkv"])
def test_frames_of_uneven_length(folder, name, start, speed):
    asked = [start + n / 30 * speed for n in range(120)]
    expected = [max(i for i, time in enumerate(TIMES) if time / 1000 <= t + 6e-4) for t in asked]
    found = playing(folder / name, 120, start=start, speed=speed)
    assert found == expected[: len(found)]


def test_a_trimmed_clip_stops_or_begins_again(folder):
    """12 to 17 at 25 a second: 0.24 s."""
    part = {"start": 0.48, "end": 0.72, "fps": 25}
    assert playing(folder / "even.mp4", 30, **part)[:12] == [12, 13, 14, 15, 16, 17, 17, 17, 17, 17, 17, 17]
    looped = playing(folder / "even.mp4", 200, **part, ends="loop")
    assert looped == [12 + n % 6 for n in range(len(looped))]
    slow = playing(folder / "even.mp4", 200, **part, ends="loop", speed=0.5)
    assert slow == [12 + n // 2 % 6 for n in range(len(slow))]
    whole = playing(folder / "even.mp4", 200, ends="loop", fps=25)
    assert whole == [n % 60 for n in range(len(whole))]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 31])
def test_exactly_as_many_frames_as_asked_for(folder, count):
    (state,) = states("clip", {"clip": str(folder / "even.mp4"), "header": "A clip"}, SMALL)
    assert len(list(state.film.frames(count, 30))) == count


def test_a_clip_leaves_the_bare_ground(folder):
    bare = canvas.background(SMALL, "plain").tobytes()
    for fields in ({"header": "One"}, {"fit": "cover", "caption": "Two"}):
        (state,) = states("clip", {"clip": str(folder / "even.mp4"), **fields}, SMALL)
        *_, last = state.film.frames(40, 30)
        assert state.after.tobytes() == last.tobytes() == bare != state.picture.tobytes()


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (360, 360)])
@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_only_the_picture_in_its_frame_moves(folder, fit, size):
    content = {"clip": str(folder / "even.mp4"), "header": "A clip", "caption": "With words under it", "fit": fit}
    (state,) = states("clip", content, Style(*size))
    box = next(box for box in state.boxes if box.name == "card:picture")
    first, *_, late = list(state.film.frames(40, 25))[:30]
    moved = np.abs(np.asarray(first).astype(int) - np.asarray(late)).max(axis=2) > 0
    rows, columns = np.flatnonzero(moved.any(axis=1)), np.flatnonzero(moved.any(axis=0))
    assert box.top - 1 <= rows[0] and rows[-1] <= box.bottom and box.left - 1 <= columns[0] and columns[-1] <= box.right
    width, height = box.right - box.left, box.bottom - box.top
    if fit == "contain" and size[0] < size[1]:
        # It plays whole in the middle, before a blurred copy that stands still.
        top = box.top + (height - width * 9 / 16) / 2
        assert top - 1 <= rows[0] and rows[-1] <= top + width * 9 / 16 + 1
        assert number_of(late, (box.left, top, box.right, top + width * 9 / 16)) == 29
    elif fit == "contain":
        assert width / height == pytest.approx(16 / 9, rel=0.02)
        assert number_of(late, (box.left, box.top, box.right, box.bottom)) == 29
    assert all(box.left >= 0 and box.right <= size[0] and box.bottom <= size[1] for box in state.boxes)
    # The corners of the frame are round: the page shows there, not the clip.
    corner = np.asarray(late)[round(box.top), round(box.left)].astype(int)
    assert np.abs(corner - np.asarray(first)[round(box.top), round(box.left)]).max() < 30


def test_a_caption_over_the_whole_picture_is_readable_and_still(folder):
    """The shade is the same over black and over white."""
    for name, grey in (("black", 0), ("white", 255)):
        film(folder / f"{name}.mp4", 3, draw=lambda n, grey=grey: np.full((180, 320, 3), grey, np.uint8))
    feet = {}
    for name in ("black", "white"):
        (state,) = states("clip", {"clip": str(folder / f"{name}.mp4"), "fit": "cover", "caption": "Words"}, SMALL)
        box = next(box for box in state.boxes if box.name == "text:Words")
        part = np.asarray(state.picture.convert("L")).astype(int)
        feet[name] = part[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
        assert np.ptp(part[:60]) < 12 and abs(part[:60].mean() - (0 if name == "black" else 255)) < 12
    assert feet["white"].max() > 230 and feet["white"].min() < 60
    assert np.abs(feet["white"] - feet["black"]).max() < 50


def test_what_is_known_of_a_clip_scene():
    heard = {"clip": "a.mp4", "sound": "on", "header": "A", "start": 1}
    assert files_of("clip", heard) == ["a.mp4"] and files_left_by("clip", heard) == []
    assert files_left_by("image", {"image": "a.png"}) == ["a.png"]
    assert sound_of("clip", heard) == {"clip": "a.mp4", "sound": "on", "start": 1}
    assert sound_of("clip", {"clip": "a.mp4"}) is None and sound_of("image", {"image": "a.png"}) is None
    assert narrate("clip", {"clip": "a.mp4", "header": "The start", "alt": "It starts."}).endswith("It starts.")
    assert narrate("clip", heard) == narrate("clip", heard, "de") == ""
    assert script.chapter_title({"scene_id": "x", "visual_content": heard}) == "A"


def written(scene: dict) -> dict:
    video = {"video_id": "v", "title": "V", "scenes": [{"scene_id": "a", "scene_type": "clip", **scene}]}
    usual = {"engine": "hibari", "language": "en", "voice": "male", "accent_color": "blue", "formats": []}
    made, _ = script.build(video, **usual, min_duration=3.0, max_duration=15.0)
    schema.check(made, "script", "test", InputError)
    return made["scenes"][0]


def test_a_clip_without_words_lasts_as_long_as_it_plays(folder):
    clip = {"clip": str(folder / "even.mp4")}
    assert written({"visual_content": clip})["min_duration"] == 2.4
    assert written({"visual_content": clip | {"speed": 0.5, "start": 0.4}})["min_duration"] == 4
    assert written({"visual_content": clip | {"ends": "loop"}})["min_duration"] == 3
    assert written({"visual_content": clip, "min_duration": 1})["min_duration"] == 1
    assert written({"visual_content": clip, "narration": "Words."})["min_duration"] == 3
    assert written({"visual_content": clip | {"clip": "none.mp4"}})["min_duration"] == 3
    assert written({"visual_content": clip | {"speed": 0.25, "end": 2}})["max_duration"] == 15
    assert written({"visual_content": clip | {"header": "Now", "alt": "It runs."}})["narration"].endswith("It runs.")


def test_only_a_clip_may_be_silent(tmp_path):
    scene = {"scene_id": "a", "scene_type": "title", "visual_content": {"title": "A"}, "narration": "", "voice": "male"}
    base = {"video_id": "v", "title": "V", "language": "en", "accent_color": "blue", "engine": "hibari"}
    document = {**base, "default_voice": "male", "scenes": [{**scene, "min_duration": 3, "max_duration": 9}]}
    with pytest.raises(InputError, match=r"scenes\[0\]\.narration is empty or too short"):
        schema.check(document, "script", "test", InputError)
    settings = {"engine": "hibari", "voice": "male", "language": "en", "pronunciations": {}}
    speech.write(tmp_path / "a.mp3", tmp_path / "a.json", text="", **settings)
    found = speech.read(tmp_path / "a.mp3", tmp_path / "a.json")
    assert found["words"] == [] and found["duration"] == pytest.approx(0.1, abs=0.01)


# The slow zoom into an image.


@pytest.fixture(scope="module")
def dots(tmp_path_factory) -> Path:
    """A picture with a soft bright dot right of its middle and one above it."""
    y, x = np.mgrid[0:720, 0:1280]
    light = sum(np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 200) for cx, cy in ((1100, 360), (640, 100)))
    path = tmp_path_factory.mktemp("dots") / "dots.png"
    Image.fromarray(np.dstack([np.round(20 + 220 * light).astype(np.uint8)] * 3)).save(path)
    return path


def centre(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[float, float]:
    left, top, right, bottom = box
    part = np.asarray(picture.convert("L"))[top:bottom, left:right].astype(float) - 24
    part[part < 0] = 0
    y, x = np.mgrid[top:bottom, left:right]
    return float((part * x).sum() / part.sum()), float((part * y).sum() / part.sum())


@pytest.mark.parametrize("zoom", ["in", "out"])
def test_the_zoom_is_smooth_to_fractions_of_a_pixel(dots, zoom):
    """A dot moves away from the middle (or to it) all the time, by steps that change evenly."""
    (state,) = states("image", {"image": str(dots), "fit": "cover", "zoom": zoom}, Style(640, 360))
    places = np.array([centre(picture, (450, 100, 640, 260)) for picture in state.film.frames(150, 30)])
    moved = places[:, 0] if zoom == "in" else places[::-1, 0]
    steps = np.diff(moved)
    assert (steps > -0.005).all() and steps[5:-5].min() > 0.003, "it stops or goes back"
    assert np.abs(np.diff(steps)).max() < 0.04, "it jumps"
    assert (moved[-1] - 320) / (moved[0] - 320) == pytest.approx(1.08, abs=0.004)
    assert np.ptp(places[:, 1]) < 0.1


@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_header_and_caption_stand_still_while_the_picture_grows(dots, fit):
    content = {"image": str(dots), "header": "A map", "caption": "Seen from above", "fit": fit}
    (still,) = states("image", content, Style(640, 360))
    (state,) = states("image", content | {"zoom": "in"}, Style(640, 360))
    assert still.film is None and still.after is None and still.boxes == state.boxes
    shown = list(state.film.frames(20, 30))
    assert shown[0].tobytes() == state.picture.tobytes() and shown[-1].tobytes() == state.after.tobytes()
    box = next(box for box in state.boxes if box.name == "card:picture")
    for a, b in pairwise(map(np.asarray, shown)):
        moved = np.abs(a.astype(int) - b).max(axis=2)
        moved[round(box.top) : round(box.bottom), round(box.left) : round(box.right)] = 0
        assert not moved.any()
    near = np.abs(np.asarray(still.picture).astype(int) - np.asarray(state.picture))
    assert near.mean() < 1, "it does not begin as the picture that stands still"


def test_spellings_of_zoom(dots):
    content = {"image": str(dots)}
    for zoom, moves in (("in", True), (True, True), ("out", True), ("none", False), (False, False)):
        schema.check(content | {"zoom": zoom}, "video#image", "test", InputError)
        assert (states("image", content | {"zoom": zoom}, SMALL)[0].film is not None) == moves
    with pytest.raises(InputError):
        schema.check(content | {"zoom": "inwards"}, "video#image", "test", InputError)
