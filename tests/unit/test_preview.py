"""The storyboard before speech: estimated times, words that belong to pictures, a sheet and a page a person can review."""

from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from scene_samples import TYPICAL

from video_gen.errors import InputError
from video_gen.render import preview, preview_page, preview_sheet, timing
from video_gen.scenes.model import Style
from video_gen.script.narration import estimated_duration
from video_gen.speech import spell

NARRATION = "There are three things: a video at full size, captions beside it, and a transcript for those who read."
FPS = 25


def scene(scene_type="list", narration=NARRATION, scene_id="a_scene", **limits) -> dict:
    known = {"scene_id": scene_id, "scene_type": scene_type, "visual_content": TYPICAL[scene_type]}
    return {**known, "narration": narration, "min_duration": 3.0, "max_duration": 15.0, **limits}


def board_of(scenes, size=(320, 180)) -> list[preview.Board]:
    return preview.storyboard(scenes, language="en", style=Style(*size), fps=FPS, padding=1.0)


@pytest.fixture(scope="module")
def all_types():
    return [scene(scene_type, scene_id=f"the_{scene_type}") for scene_type in sorted(TYPICAL)]


def test_times_are_those_of_the_estimate(all_types):
    boards = board_of(all_types)
    start = 0
    for board, known in zip(boards, all_types, strict=True):
        frames = timing.scene_frames(estimated_duration(known["narration"]), 3.0, padding=1.0, fps=FPS)
        assert (board.start, board.end) == (start / FPS, (start + frames) / FPS)
        begins = [shot.start for shot in board.shots]
        assert begins[0] == board.start and begins == sorted(begins) and begins[-1] < board.end
        start += frames


def test_every_word_belongs_to_one_picture(all_types):
    for board in board_of(all_types):
        said = " ".join(shot.words for shot in board.shots if shot.words)
        assert said == " ".join(piece.text for piece in spell.pieces(board.narration, "en"))


def test_pictures_come_with_their_words():
    (board,) = board_of(
        [scene(narration="Look at what comes out. Video is first. Captions are second. Transcript is last.")]
    )
    assert [shot.words for shot in board.shots] == [
        "Look at what comes out.", "Video is first.", "Captions are second.", "Transcript is last.",
    ]  # fmt: skip


def test_pause_marks_and_scripts_without_blanks():
    (board,) = board_of([scene(narration="First this. [pause 2] Then that.")])
    assert "pause" not in " ".join(shot.words for shot in board.shots)
    (board,) = preview.storyboard(
        [scene("title", "動画の字幕は画面の下に表示されます。")],
        language="ja", style=Style(320, 180), fps=FPS, padding=1.0,
    )  # fmt: skip
    assert board.shots[0].words.replace(" ", "") == "動画の字幕は画面の下に表示されます。" and board.end > 3


def test_warnings():
    long, fine, hasty, mute = board_of(
        [scene(max_duration=2.0), scene(), scene("quiz", "Well.", min_duration=0.0), scene("title", "…")]
    )
    assert "longer than its max_duration of 2 s" in long.warnings[0]
    assert not fine.warnings
    assert hasty.warnings[0].startswith("It shows 6 pictures in 1.4 s")
    assert mute.warnings == ["Its narration has no words."]


def test_what_cannot_be_drawn_is_an_error():
    with pytest.raises(InputError, match=r"U\+12000"):
        board_of([{**scene("title"), "visual_content": {"title": "\U00012000"}}])


class Page(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.sections: list[dict] = []
        self.policy, self.text = "", ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"]
        if tag == "section":
            self.sections.append({"id": known["id"], "images": [], "text": ""})
        if tag == "img":
            self.sections[-1]["images"].append(known)
        assert tag != "script" and not {"onerror", "onload"} & set(known)
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if self.sections:
            self.sections[-1]["text"] += data


NASTY = "<script>alert(1)</script> & \"quotes\" {braces} '%s'"


def test_page(tmp_path):
    boards = board_of([scene(narration=f"{NARRATION} {NASTY}", scene_id="first"), scene("title", max_duration=1.0)])
    path = tmp_path / "page.html"
    preview_page.write(path, boards, title=NASTY, language="en", width=320, height=180)
    page = Page(path.read_text("utf-8"))
    assert not page.open and page.policy.startswith("default-src 'none'") and "://" not in path.read_text("utf-8")
    assert NASTY in page.text
    assert [section["id"] for section in page.sections] == ["first", "a_scene"]
    assert f"{NARRATION} {NASTY}" in page.sections[0]["text"]
    assert "longer than its max_duration" in page.sections[1]["text"]
    for section, board in zip(page.sections, boards, strict=True):
        assert len(section["images"]) == len(board.shots)
        for image in section["images"]:
            kind, data = image["src"].split(",", 1)
            assert kind == "data:image/jpeg;base64"
            with Image.open(BytesIO(b64decode(data))) as picture:
                assert picture.size == (320, 180) and picture.format == "JPEG"
            assert image["alt"] and (image["width"], image["height"]) == ("320", "180")


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (180, 180), (160, 640)])
def test_sheet_shows_every_picture(tmp_path, all_types, size):
    """With plain red pictures in their places, there are as many red rectangles on the sheet as pictures."""
    boards = board_of(all_types, size)
    path = tmp_path / "sheet.png"
    preview_sheet.write(path, boards, title="All types", width=size[0], height=size[1])
    with Image.open(path) as sheet:
        assert sheet.format == "PNG" and 1000 < sheet.width <= 2000 and 500 < sheet.height < 6000
    marked = [_replaced(board) for board in boards]
    preview_sheet.write(path, marked, title="All types", width=size[0], height=size[1])
    with Image.open(path) as sheet:
        assert _areas(sheet) == sum(len(board.shots) for board in boards)


def _replaced(board: preview.Board) -> preview.Board:
    """The same board with plain red pictures."""
    data = BytesIO()
    Image.new("RGB", (64, 36), (255, 0, 0)).save(data, "JPEG")
    return replace(board, shots=[replace(shot, jpeg=data.getvalue()) for shot in board.shots])


def _areas(sheet: Image.Image) -> int:
    """How many rectangles of red there are: their upper left corners are counted."""
    pixels = np.asarray(sheet.convert("RGB")).astype(int)
    red = np.pad((pixels[..., 0] > 230) & (pixels[..., 1] < 20), 1)
    return int((red[1:-1, 1:-1] & ~red[:-2, 1:-1] & ~red[1:-1, :-2]).sum())


def test_a_long_video_has_a_sheet_of_sane_size(tmp_path, monkeypatch):
    boards = board_of([scene("quiz", NARRATION * 8, scene_id=f"scene_{n}_of_many") for n in range(100)], (160, 90))
    assert len(boards) == 100
    path = tmp_path / "sheet.png"
    preview_sheet.write(path, boards, title="Long " * 200, width=160, height=90)
    with Image.open(path) as sheet:
        assert 2000 <= sheet.width <= 4000 and sheet.height <= preview_sheet.MAX_HEIGHT
    monkeypatch.setattr(preview_sheet, "MAX_HEIGHT", 1200)
    preview_sheet.write(path, boards[:30], title="Longer", width=160, height=90)
    with Image.open(path) as sheet:
        assert sheet.height == preview_sheet.MAX_HEIGHT


def test_words_that_no_font_has_do_not_stop_the_sheet(tmp_path):
    boards = board_of([scene("title", "Say \U00012000 aloud")])
    preview_sheet.write(tmp_path / "sheet.png", boards, title="\U00012000", width=320, height=180)
    assert (tmp_path / "sheet.png").exists()
