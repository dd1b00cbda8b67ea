"""Pictures in every format, and files that are none."""

import re

import numpy as np
import pytest
from PIL import Image
from scene_checks import FORMATS, SMALL, assert_sound, boxes

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import colours, states
from video_gen.scenes.assets import files_of
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
    if fit == "contain":
        assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(width / height, rel=0.12)
    if name == "wide.png":
        middle = round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)
        assert state.picture.getpixel(middle) == (200, 30, 30)


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
