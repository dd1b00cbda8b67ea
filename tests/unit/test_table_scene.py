"""Tables: their columns, highlights and pages, from the least to the most, in every format."""

from typing import ClassVar

import pytest
from scene_checks import (
    PROSE,
    PROSE_500,
    PROSE_5000,
    SMALL,
    WORD,
    ContrastChecks,
    WholeTextChecks,
    assert_contrast,
    assert_sound,
    boxes,
    drawn,
    pages,
)

from video_gen.errors import InputError
from video_gen.render.timeline import spans
from video_gen.scenes import states
from video_gen.scenes.marks import Words
from video_gen.scenes.model import Style
from video_gen.script.narration import narrate

MINIMAL = {
    "table": {"columns": ["A"], "rows": [["b"]]},
}
TYPICAL = {
    "table": {
        "header": "Ways",
        "description": "Measured twice.",
        "columns": ["Way", "Seconds", "Remark"],
        "rows": [["Skip", 4.2, "new"], ["Pipe", 30, "every frame once more"], ["Other", 387, ""]],
        "highlight": {"rows": ["Skip"], "columns": [2]},
    },
}
SAID = {
    "table": "Ways Measured twice. Way Seconds Remark Skip 4.2 new Pipe 30 every frame once more Other 387",
}
EXTREME = {
    "table": {
        "header": PROSE_500,
        "description": PROSE_5000,
        "columns": ["W" * 200, *[(PROSE * 2)[:190].strip()] * 5, "x"],
        "rows": [[WORD, *[PROSE_500] * 6], ["a"], *[[n, n * n] for n in range(40)]],
        "highlight": {"rows": [1, 2], "columns": [1]},
    },
    "tables": {"columns": [f"c{n}" for n in range(3)], "rows": [[f"{n}", PROSE_500, "y"] for n in range(25)]},
}


class TestTableScenes(ContrastChecks, WholeTextChecks):
    scene_type = "table"
    minimal, typical, extreme = MINIMAL, TYPICAL, EXTREME
    said = SAID
    counts: ClassVar = {"table": 4}
    most_pages = 2
    kinds = ("text:", "sign:")  # nobody says the name above the first cell of a card


def test_a_long_table_repeats_its_head_and_says_it_once():
    found = drawn("table", EXTREME["tables"])
    assert len(pages(found)) > 3
    assert all(
        [b.name for b in boxes(page, "text:c0", "text:c1", "text:c2")] == ["text:c0", "text:c1", "text:c2"]
        for page in pages(found)
    )
    assert not any(state.cue.startswith("c0 c1 c2") for state in found[1:])


def test_numbers_stand_to_the_right_and_the_highlight_is_seen():
    (state,) = pages(drawn("table", TYPICAL["table"]))
    rights = {round(box.right) for box in boxes(state, "text:4.2", "text:30", "text:387", "text:Seconds")}
    assert max(rights) - min(rights) <= 1
    assert boxes(state, "card:strip") and boxes(state, "card:column")


def test_a_table_too_wide_for_the_picture_becomes_cards():
    content = {"columns": [f"Column {n}" for n in range(9)], "rows": [[f"value{n}" for n in range(9)]] * 2}
    (state,) = pages(states("table", content, Style(360, 640)))
    assert len(boxes(state, "card:card")) == 2
    (name, _), (cell, _) = boxes(state, "text:Column 8"), boxes(state, "text:value8")
    assert name.right < cell.left and name.top < cell.bottom and cell.top < name.bottom


WIDE_ROWS = {
    "header": "Compared",
    "columns": ["Engine", "Licence", "Languages", "Words misheard", "Time for a second"],
    "rows": [["hibari", "Apache-2.0", "English", "0.4 %", "0.02 s"], ["Piper", "GPL-3", "many", "4.3 %", "0.44 s"]] * 4,
    "highlight": {"rows": [1], "columns": [4]},
}


@pytest.mark.parametrize(("style", "least"), [(Style(1080, 1920), 30), (Style(1080, 1350), 25)], ids=["9x16", "4x5"])
def test_upright_tables_are_legible(style, least):
    """The columns of this one fit only in type too small for a phone: its rows become cards, on several pictures."""
    found = states("table", WIDE_ROWS, style)
    assert len(pages(found)) > 1
    sizes = [mark.face.size for page in pages(found) for mark in page.marks if isinstance(mark, Words) and mark.said]
    assert min(sizes) >= least
    assert sum(len(boxes(page, "card:card")) for page in pages(found)) == 8
    assert sum(len(boxes(page, "text:Piper")) for page in pages(found)) == 4
    for page in pages(found):
        assert_sound(page, style)
        assert_contrast(page, style)


def test_cards_come_when_their_row_is_told():
    content = WIDE_ROWS | {"rows": WIDE_ROWS["rows"][:2]}
    found = states("table", content, Style(1080, 1920))
    words = [{"text": w, "start": n / 2} for n, w in enumerate(narrate("table", content, "en").split())]
    begins = [word["start"] for word in words if word["text"] in ("hibari:", "Piper:")]
    shown = spans(found, words, 600, 30, 0.0, enters=False)
    starts = [sum(span.hold + span.motion for span in shown[:n]) for n in range(len(shown))]
    assert starts == [0, *(round(begin * 30) for begin in begins)]


def test_a_card_stands_whole_on_one_picture():
    found = pages(states("table", WIDE_ROWS, Style(1080, 1350)))
    assert all(len(boxes(page, "card:card")) == len(boxes(page, "text:Licence")) for page in found)


def test_names_and_cells_from_right_to_left():
    content = {
        "columns": ["المحرك", *["كلمات كثيرة في سطر واحد"] * 4],
        "rows": [["بايبر", "نعم", "GPL-3", "لا", "نعم"]],
    }
    (state,) = pages(states("table", content, Style(1080, 1920, language="ar")))
    (cell,) = boxes(state, "text:GPL-3")
    assert cell.right < boxes(state, "text:كلمات")[0].left


def test_columns_from_right_to_left():
    content = {"columns": ["المحرك", "الترخيص", "اللغات"], "rows": [["بايبر", "نعم", 12], ["هيباري", "لا", 1]]}
    state = states("table", content, SMALL)[-1]
    first, second, third = (boxes(state, f"text:{name}")[0] for name in content["columns"])
    assert first.left > second.right > second.left > third.right
    assert boxes(state, "text:بايبر")[0].right == pytest.approx(first.right, abs=1)


def test_in_a_square_picture_names_stand_side_by_side_above_their_cells():
    columns = ["Engine", "Licence", "Languages", "Misheard", "Word times", "Size"]
    content = {"columns": columns, "rows": [["hibari", "Apache-2.0", "English", "0.4 %", "yes", "14 MB"]] * 4}
    found = pages(states("table", content, Style(1080, 1080)))
    assert len(found) == 2
    tops = [boxes(found[0], f"text:{name}")[0].top for name in columns[1:]]
    assert tops[0] == tops[1] == tops[2] < tops[3] == tops[4]
    licence, cell = boxes(found[0], "text:Licence")[0], boxes(found[0], "text:Apache-2.0")[0]
    assert licence.left == pytest.approx(cell.left, abs=1) and licence.bottom < cell.bottom


@pytest.mark.parametrize("highlight", [{"rows": [9]}, {"rows": ["No"]}, {"columns": ["no"]}])
def test_a_highlight_that_is_not_there_is_refused(highlight):
    with pytest.raises(InputError, match=r"highlight names the .* Use a number from 1 to"):
        states("table", TYPICAL["table"] | {"highlight": highlight}, SMALL)
    with pytest.raises(InputError, match="row 1 has 2 cells for 1 columns"):
        states("table", {"columns": ["A"], "rows": [["a", "b"]]}, SMALL)
