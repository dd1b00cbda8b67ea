"""Pictures in every format, and files that are none."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from scene_checks import FORMATS, SMALL, assert_sound, boxes

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import colours, states
from video_gen.scenes.assets import files_of
from video_gen.scenes.films import Zoom
from video_gen.scenes.model import Style


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures")
    for name, size in (("wide", (900, 300)), ("tall", (200, 800)), ("small", (16, 16))):
        Image.new("RGB", size, (200, 30, 30)).save(path / f"{name}.png")
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(path / "clear.webp")
    Image.new("P", (50, 40)).save(path / "moving.gif", save_all=True, append_images=[Image.new("P", (50, 40), 3)])
    (path / "broken.png").write_bytes((path / "wide.png").read_bytes()[:200])
    (path / "text.png").write_text("no picture")
    Image.new("1", (9_000, 9_000)).save(path / "huge.png")
    return path


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("fit", ["contain", "cover"])
@pytest.mark.parametrize("name", ["wide.png", "tall.png", "small.png", "clear.webp", "moving.gif"])
def test_images_fit(folder, name, fit, style):
    content = {"image": str(folder / name), "header": "A picture", "caption": "With words under it", "fit": fit}
    schema.check(content, "video#image", "test", InputError)
    (state,) = states("image", content, style)
    assert_sound(state, style)
    assert "text:With words under it" in [box.name for box in state.boxes]
    (box,) = boxes(state, "card:picture")
    width, height = Image.open(folder / name).size
    filled = style.height >= style.width and name == "wide.png"
    if fit == "contain" and not filled:
        assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(width / height, rel=0.12)
    if name == "wide.png":
        middle = round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)
        assert state.picture.getpixel(middle) == (200, 30, 30)


PHONE = Style(360, 640)


def striped(folder, across: int, down: int):
    """A picture with a red left end and a blue right one."""
    picture = Image.new("RGB", (across, down), (90, 160, 90))
    picture.paste((200, 30, 30), (0, 0, across // 10, down))
    picture.paste((30, 30, 200), (across - across // 10, 0, across, down))
    picture.save(folder / "striped.png")
    return {"image": str(folder / "striped.png"), "header": "A picture", "caption": "With words"}


def has(picture, colour, place) -> bool:
    area = np.asarray(picture.crop(tuple(map(round, place))))
    return bool((np.abs(area.astype(int) - colour).max(axis=2) < 12).mean() > 0.03)


def test_a_wide_image_leaves_no_empty_thirds_in_an_upright_video(tmp_path):
    (state,) = states("image", striped(tmp_path, 1600, 900), PHONE)
    (box,), (caption,) = boxes(state, "card:picture"), boxes(state, "text:With")
    assert box.right - box.left > 0.85 * PHONE.width and box.bottom - box.top > 0.5 * PHONE.height
    assert caption.top - box.bottom < 0.05 * PHONE.height
    pixels = np.asarray(state.picture).astype(int)
    row = pixels[round(box.top + (box.bottom - box.top) * 0.5), round(box.left) + 1 : round(box.right) - 1]
    assert np.abs(row[2] - (200, 30, 30)).max() < 8 and np.abs(row[-3] - (30, 30, 200)).max() < 8, "it is seen whole"


def test_a_wide_image_is_passed_along_from_end_to_end(tmp_path):
    content = striped(tmp_path, 1600, 900)
    (state,) = states("image", content, PHONE)
    (box,) = boxes(state, "card:picture")
    place = box.left, box.top, box.right, box.bottom
    frames = list(state.film.frames(100, 10))
    assert len(frames) == 100
    assert frames[0].tobytes() == state.picture.tobytes() and frames[-1].tobytes() == state.after.tobytes()
    first, last = frames[35], frames[70]
    assert has(first, (200, 30, 30), place) and not has(first, (30, 30, 200), place)
    assert has(last, (30, 30, 200), place) and not has(last, (200, 30, 30), place)
    assert all(
        f.crop((0, 0, 360, int(box.top) - 2)).tobytes() == frames[0].crop((0, 0, 360, int(box.top) - 2)).tobytes()
        for f in frames[::9]
    )


@pytest.mark.parametrize("count", [1, 2, 30])
def test_in_a_short_scene_a_wide_image_stands_still(tmp_path, count):
    (state,) = states("image", striped(tmp_path, 1600, 900), PHONE)
    assert {frame.tobytes() for frame in state.film.frames(count, 10)} == {state.picture.tobytes()}


def test_from_right_to_left_the_way_begins_at_the_right(tmp_path):
    content = striped(tmp_path, 1600, 900) | {"header": "صورة"}
    (state,) = states("image", content, replace(PHONE, language="ar"))
    (box,) = boxes(state, "card:picture")
    assert has(list(state.film.frames(100, 10))[35], (30, 30, 200), (box.left, box.top, box.right, box.bottom))


def test_nobody_moves_along_an_image_who_does_not_want_to(tmp_path):
    content = striped(tmp_path, 1600, 900)
    for motion in ("fade", "none"):
        assert states("image", content, replace(PHONE, motion=motion))[0].film is None
    assert states("image", content | {"zoom": "none"}, PHONE)[0].film is None
    assert isinstance(states("image", content | {"zoom": "in"}, PHONE)[0].film, Zoom)
    assert states("image", content, SMALL)[0].film is None, "wide videos show it whole and large"


def test_a_caption_stays_large_above_captions_in_the_picture(folder):
    content = {"image": str(folder / "wide.png"), "header": "A picture", "caption": "With words"}
    free, less = (boxes(states("image", content, Style(360, 640, bottom=b))[0], "text:With")[0] for b in (0, 0.42))
    assert less.bottom - less.top > 0.8 * (free.bottom - free.top)


def test_an_image_alone_covers_the_whole_picture(folder):
    (state,) = states("image", {"image": str(folder / "wide.png"), "fit": "cover", "caption": "A caption"}, SMALL)
    assert state.picture.getpixel((0, 0)) == state.picture.getpixel((639, 20)) == (200, 30, 30)
    assert state.cue == "A caption"
    pixels = np.asarray(state.picture)
    (box,) = boxes(state, "text:")
    area = pixels[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].reshape(-1, 3).astype(int)
    ground, ink = np.percentile(area, 20, axis=0), area[area.sum(axis=1).argmax()]
    assert colours.contrast(tuple(map(int, ink)), tuple(map(int, ground))) >= 4.5
    (bare,) = states("image", {"image": str(folder / "wide.png"), "fit": "cover"}, SMALL)
    assert bare.cue == "" and not bare.boxes


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.png", "there is no such picture"),
        ("broken.png", "is damaged"),
        ("text.png", "is no PNG, JPEG, WebP or GIF"),
        ("huge.png", "more than 50 million pixels"),
    ],
)
def test_bad_images_are_refused(folder, name, message):
    with pytest.raises(InputError, match=rf"{re.escape(name)}: .*{message}"):
        states("image", {"image": str(folder / name)}, SMALL)
    assert files_of("image", {"image": "a.png"}) == ["a.png"]
