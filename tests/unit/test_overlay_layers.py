"""Captions and the bar over the pictures: in time, readable, in their own room, and nothing else touched."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scene_samples import TYPICAL

from video_gen import scenes
from video_gen.errors import InputError
from video_gen.render import captions, encode, overlay_plate
from video_gen.render.overlay import Patch, over
from video_gen.render.overlay_captions import Captions, Place, reserved
from video_gen.render.overlay_layers import layers
from video_gen.render.overlay_progress import ProgressBar
from video_gen.scenes import colours, theme
from video_gen.scenes.model import Style

SIZES = [(640, 360), (360, 640), (360, 360), (360, 450)]
FPS = 20
ACCENTS = {"dark": (20, 60, 160), "light": (255, 243, 160)}


def words_of(text: str, seconds: float = 0.4) -> list[dict]:
    return [
        {"text": word, "start": n * seconds, "end": (n + 1) * seconds - 0.05} for n, word in enumerate(text.split())
    ]


def made(text, size=(640, 360), mode="two_lines", accent="light", language="en", pause=20, look="midnight"):
    words = words_of(text)
    frames = round(words[-1]["end"] * FPS) + pause
    style = Style(*size, accent=ACCENTS[accent], theme=theme.load(look))
    return Captions(words, frames, style=style, fps=FPS, mode=mode, language=language), words, frames


def white(size=(640, 360), shade=255):
    return encode.to_yuv(Image.new("RGB", size, (shade, shade, shade)))


def laid(patch: Patch, size=(640, 360), shade=255) -> list[np.ndarray]:
    planes = white(size, shade)
    patch.lay(planes)
    return planes


def box_of_mark(patch: Patch, accent: str, size=(640, 360)) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what has the accent's colour, as the default theme marks words, in all three planes."""
    shade = overlay_plate.Look.of(Style(accent=ACCENTS[accent])).spoken
    wanted = [int(plane[0, 0]) for plane in encode.to_yuv(Image.new("RGB", (2, 2), shade))]
    planes = laid(patch, size)
    luma = np.abs(planes[0].astype(int) - wanted[0]) < 4
    chroma = [np.abs(plane.astype(int) - want) < 4 for plane, want in zip(planes[1:], wanted[1:], strict=True)]
    rows, columns = np.nonzero(luma & np.kron(chroma[0] & chroma[1], np.ones((2, 2), bool)))
    return (columns.min(), rows.min(), columns.max(), rows.max()) if len(rows) > 8 else None


@settings(max_examples=40, deadline=None)
@given(
    runs=st.lists(st.tuples(st.integers(0, 250), st.integers(0, 9)), max_size=6),
    changes=st.lists(st.integers(0, 40), max_size=8),
)
def test_frames_are_divided_where_a_layer_changes(runs, changes):
    class Layer:
        def changes(self):
            return changes

        def patch(self, frame):
            level = sum(change <= frame for change in changes)
            return Patch.of(0, 0, Image.new("RGB", (2, 2), (20 * level, 0, 0)), Image.new("L", (2, 2), 255))

    frames = [(white((8, 8), shade), repeats) for shade, repeats in runs]
    found = [planes for planes, repeats in over(frames, [Layer()]) for _ in range(repeats)]
    assert all(repeats > 0 for _, repeats in over(frames, [Layer()]))
    bare = [planes for planes, repeats in frames for _ in range(repeats)]
    assert len(found) == len(bare)
    for frame, (covered, below) in enumerate(zip(found, bare, strict=True)):
        expected = [plane.copy() for plane in below]
        Layer().patch(frame).lay(expected)
        assert all(np.array_equal(a, b) for a, b in zip(covered, expected, strict=True))
        assert np.array_equal(covered[0][2:], below[0][2:]), "outside of the patch"


def test_without_layers_the_planes_are_the_same_objects():
    planes = white()
    assert [(id(shown), repeats) for shown, repeats in over([(planes, 3), (planes, 0)], [])] == [(id(planes), 3)]


@pytest.mark.parametrize("cover", [0, 90, 255])
def test_a_patch_is_mixed_by_its_cover(cover):
    patch = Patch.of(4, 2, Image.new("RGB", (6, 4), (250, 40, 10)), Image.new("L", (6, 4), cover))
    found, below = laid(patch, (16, 16), 30), white((16, 16), 30)
    above = encode.to_yuv(Image.new("RGB", (6, 4), (250, 40, 10)))
    for number, (plane, low, high) in enumerate(zip(found, below, above, strict=True)):
        scale = 2 if number else 1
        top, left = 2 // scale, 4 // scale
        part = plane[top : top + high.shape[0], left : left + high.shape[1]]
        expected = low[0, 0] + (high.astype(int) - low[0, 0]) * cover / 255
        assert np.abs(part - expected).max() <= 1
        outside = plane.copy()
        outside[top : top + high.shape[0], left : left + high.shape[1]] = low[0, 0]
        assert np.array_equal(outside, low)


@pytest.mark.parametrize("mode", ["line", "two_lines"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_the_spoken_word_is_marked(mode, accent):
    """Through the whole scene the box stands on the word that is said, and goes from left to right in a line."""
    layer, words, _ = made(
        "One caption after another shows what the voice is saying at this moment", (640, 360), mode, accent
    )
    boxes = [box_of_mark(layer.patch(round(word["start"] * FPS) + 2), accent) for word in words]
    assert all(boxes) and len(set(boxes)) == len(boxes)
    number = 0
    for cue in layer.cues:
        for line in cue.lines:
            inside = boxes[number : number + len(line.split())]
            number += len(inside)
            assert all(a[2] < b[0] for a, b in pairwise(inside)), "boxes of a line touch or go back"
            assert len({round(box[1] / 4) for box in inside}) == 1
    widths = {word["text"]: box[2] - box[0] for word, box in zip(words, boxes, strict=True)}
    assert widths["another"] > widths["what"] > widths["is"]


def test_captions_come_and_go_with_the_cues():
    words = [*words_of("Hello there"), {"text": "Again.", "start": 5.0, "end": 5.5}]
    layer = Captions(words, 160, style=Style(640, 360), fps=FPS, mode="line", language="en")
    cues = captions.cues(
        {"fps": FPS, "language": "en", "scenes": [{"words": words, "start_time": 0, "end_time": 8.0}]}, lines=1
    )
    assert [cue.lines for cue in cues] == [("Hello there",), ("Again.",)]
    for frame in range(160):
        shown = any(round(cue.start * FPS) <= frame < round(cue.end * FPS) for cue in cues)
        assert (layer.patch(frame) is not None) == shown, frame


def test_a_short_pause_leaves_the_caption_but_marks_nothing():
    words = [{"text": "First.", "start": 0.0, "end": 0.6}, {"text": "Second.", "start": 1.5, "end": 2.0}]
    layer = Captions(words, 80, style=Style(640, 360, ACCENTS["light"]), fps=FPS, mode="line", language="en")
    assert [box_of_mark(layer.patch(frame), "light") is not None for frame in (2, 25, 32)] == [True, False, True]


def test_every_change_is_announced():
    layer, _, frames = made("A picture between two changes never differs from the first of them, whatever is said")
    changes = sorted(layer.changes())
    for begin, end in pairwise([*changes, frames]):
        for frame in {begin, (begin + end) // 2, end - 1}:
            first, other = layer.patch(begin), layer.patch(frame)
            assert (first is None) == (other is None)
            assert first is None or all(np.array_equal(a, b) for a, b in zip(first.planes, other.planes, strict=True))


@pytest.mark.parametrize("shade", [0, 128, 255])
@pytest.mark.parametrize("look", theme.names())
def test_text_is_readable_on_any_picture(look, shade):
    layer, _, _ = made("Readable everywhere", look=look)
    patch = layer.draw(0, -1)
    luma = laid(patch, shade=shade)[0][patch.top : patch.top + patch.shares[0].shape[0], :]
    inside = luma[:, patch.left + 8 : patch.left + patch.shares[0].shape[1] - 8]
    ground = int(np.median(inside))
    ink = int(inside.max() if theme.load(look).dark else inside.min())
    levels = [round((level - 16) * 255 / 219) for level in (ground, ink)]
    assert colours.contrast(*[(level,) * 3 for level in levels]) > 4.5


@pytest.mark.parametrize("look", theme.names())
def test_captions_look_as_the_theme(look):
    given = theme.load(look)
    for accent in ACCENTS.values():
        found = overlay_plate.Look.of(Style(accent=accent, theme=given))
        assert colours.contrast(found.text, found.ground) >= 4.5
        assert colours.contrast(found.spoken, colours.on(found.spoken)) >= 4.5
        assert colours.contrast(found.spoken, found.ground) >= 2
        assert found.font == given.fonts[given.roles["body"].family]
        assert (colours.luminance(found.ground) < colours.luminance(found.text)) == given.dark


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["line", "two_lines"])
@pytest.mark.parametrize("scene_type", sorted(TYPICAL))
def test_content_keeps_clear_of_captions(scene_type, mode, size):
    """What a scene draws ends above the highest plate."""
    style = Style(*size, bottom=reserved(mode, *size))
    layer, _, _ = made("word " * 40, size, mode)
    patches = [layer.patch(frame) for frame in layer.changes()]
    top = min(patch.top for patch in patches if patch)
    states = scenes.states(scene_type, TYPICAL[scene_type], style)
    assert max(box.bottom for state in states for box in state.boxes) < top
    assert style.height * (1 - style.bottom) < top


def test_nothing_is_reserved_without_captions():
    assert reserved("none", 1920, 1080) == 0
    assert reserved("line", 1920, 1080) < reserved("two_lines", 1920, 1080) < 0.25


TEXTS = {
    "en": "Incomprehensibilities " * 9 + "W" * 90,
    "ja": "動画の字幕は、画面の下の安全な場所に表示されます。" * 3,
    "ar": "يظهر النص العربي من اليمين إلى اليسار مع كلمات video gen داخل السطر " * 2,
    "de": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen und Rindfleischetikettierungsüberwachung",
}


@pytest.mark.parametrize("size", [*SIZES, (320, 180), (160, 360)])
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("mode", ["line", "two_lines"])
def test_any_text_stays_inside(language, size, mode):
    if language == "ja":
        pytest.importorskip("manimgx_fonts_cjk")
    layer, _, _ = made(TEXTS[language], size, mode, language=language)
    for frame in layer.changes():
        patch = layer.patch(frame)
        if patch:
            height, width = patch.shares[0].shape
            assert patch.left >= 0 and patch.left + width <= size[0]
            assert patch.top >= size[1] * (1 - reserved(mode, *size)) and patch.top + height <= size[1] * 0.96
    assert " ".join(" ".join(cue.lines) for cue in layer.cues).replace(" ", "") == TEXTS[language].replace(" ", "")


def test_size_of_the_text():
    assert Place(1920, 1080, 2).size == pytest.approx(0.04 * 1080)
    assert Place(1920, 1080, 2).line == captions.LINE
    for size in ((1920, 1080), (1080, 1920), (1080, 1080), (1080, 1350), (3840, 1080)):
        assert Place(*size, 1).size >= 24


def test_tall_pictures_have_captions_at_two_thirds():
    layer, _, _ = made("Two thirds down", (360, 640))
    patch = layer.patch(1)
    assert (patch.top + patch.shares[0].shape[0] / 2) / 640 == pytest.approx(0.69, abs=0.05)


def test_right_to_left_words_go_to_the_left():
    layer, words, _ = made("يظهر النص العربي هنا", language="ar", mode="line")
    boxes = [box_of_mark(layer.patch(round(word["start"] * FPS) + 2), "light") for word in words]
    assert all(later[2] < first[0] for first, later in pairwise(boxes))


def test_english_inside_arabic_keeps_its_order():
    layer, words, _ = made("يظهر video gen هنا", language="ar", mode="line")
    first, video, gen, last = (box_of_mark(layer.patch(round(word["start"] * FPS) + 2), "light") for word in words)
    assert last[2] < video[0] and video[2] < gen[0] and gen[2] < first[0]


def test_a_missing_character_is_named():
    layer, _, _ = made("Thus \U00012000 spoke")
    with pytest.raises(InputError, match=r"U\+12000"):
        layer.patch(1)


def passed(bar: ProgressBar, frame: int) -> int:
    """How many pixels of the bar are opaque in the accent's colour, counted from the left, ticks among them."""
    planes = laid(bar.patch(frame))
    wanted = int(encode.to_yuv(Image.new("RGB", (2, 2), bar.accent))[0][0, 0])
    columns = np.nonzero(np.abs(planes[0][-1].astype(int) - wanted) < 3)[0]
    return int(columns.max()) + 1 if len(columns) else 0


def test_the_bar_grows_from_scene_to_scene():
    style, lengths, found = Style(640, 360, ACCENTS["dark"]), (37, 90, 12, 55), []
    for number, frames in enumerate(lengths):
        bar = ProgressBar(style, number, 4, frames, step=10)
        found += [passed(bar, frame) for frame in range(0, frames, 5)]
        assert found[-1] <= 160 * (number + 1)
        assert abs(passed(bar, 0) - 160 * (number + 1 / frames)) <= 3
        assert passed(bar, frames - 1) == 160 * (number + 1)
    assert found == sorted(found)


def test_a_tick_stands_where_a_scene_ends():
    row = laid(ProgressBar(Style(640, 360), 3, 4, 20, step=5).patch(19))[0][-1]
    dark = np.nonzero(row < 60)[0]
    assert {round(place / 160) for place in dark} == {1, 2, 3}
    assert len(np.unique(laid(ProgressBar(Style(640, 360), 99, 100, 20, step=5).patch(19))[0][-1][:600])) == 1


def test_which_layers_there_are():
    given = {"style": Style(640, 360), "fps": FPS}
    words = words_of("Some words")
    assert layers(words, 40, **given) == []
    found = layers(words, 40, **given, captions="line", language="en", scene=1, scenes=2)
    assert [type(layer) for layer in found] == [Captions, ProgressBar]
    assert list(found[1].changes()) == [0, 20, 39]
    assert list(layers(words, 40, **given, scenes=2)[0].changes()) == [0, 10, 20, 30, 39]
