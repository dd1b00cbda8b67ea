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
    boxes,
    drawn,
    pages,
)

from video_gen.errors import InputError
from video_gen.scenes import states
from video_gen.scenes.model import Style

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
    assert len(boxes(state, "card:card")) == 2 and boxes(state, "text:Column 8: value8")


@pytest.mark.parametrize("highlight", [{"rows": [9]}, {"rows": ["No"]}, {"columns": ["no"]}])
def test_a_highlight_that_is_not_there_is_refused(highlight):
    with pytest.raises(InputError, match=r"highlight names the .* Use a number from 1 to"):
        states("table", TYPICAL["table"] | {"highlight": highlight}, SMALL)
    with pytest.raises(InputError, match="row 1 has 2 cells for 1 columns"):
        states("table", {"columns": ["A"], "rows": [["a", "b"]]}, SMALL)
