"""Tables: their columns, highlights and pages, from the least to the most, in every format."""

from collections import Counter
from itertools import pairwise

import pytest
from scene_checks import (
    FORMATS,
    LOOKS,
    PROSE,
    PROSE_500,
    PROSE_5000,
    SMALL,
    WORD,
    assert_contrast,
    assert_sound,
    boxes,
    cases,
    drawn,
    given,
    pages,
    text_of,
)

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import states, theme
from video_gen.scenes.model import Style
from video_gen.scenes.scripts import clean

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
CONTENTS = {"minimal": MINIMAL, "typical": TYPICAL, "extreme": EXTREME}
PAGES = 2


@cases(CONTENTS)
def test_contents_fit_the_schema(size, kind):
    schema.check(CONTENTS[size][kind], "video#table", "test", InputError)


@cases(CONTENTS)
def test_pictures_are_sound(size, kind):
    for state in pages(drawn(CONTENTS, size, kind)):
        assert state.picture.size == (640, 360) and state.picture.mode == "RGB" and state.weight > 0
        assert_sound(state, SMALL)


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("kind", TYPICAL)
def test_every_format_holds_typical_content(kind, style):
    found = drawn(CONTENTS, "typical", kind, style)
    assert len(pages(found)) <= PAGES
    for state in found:
        assert_sound(state, style)


@pytest.mark.parametrize("kind", EXTREME)
def test_extremes_in_portrait(kind):
    style = Style(360, 640)
    for state in pages(drawn(CONTENTS, "extreme", kind, style)):
        assert_sound(state, style)


@pytest.mark.parametrize("kind", TYPICAL)
def test_typical_text_is_all_there(kind):
    text = text_of(drawn(CONTENTS, "typical", kind))
    for word in SAID[kind].split():
        assert word in text, word


@pytest.mark.parametrize(("look", "accent"), LOOKS)
@pytest.mark.parametrize("kind", TYPICAL)
def test_text_has_contrast(kind, look, accent):
    style = Style(1920, 1080, accent, theme=theme.load(look))
    assert_contrast(states("table", TYPICAL[kind], style)[-1], style)


@pytest.mark.parametrize(("kind", "count"), [("table", 4)])
def test_states_come_in_one_after_another(kind, count):
    found = drawn(CONTENTS, "typical", kind)
    assert len(found) == count
    assert all(a.picture.tobytes() != b.picture.tobytes() for a, b in pairwise(found))


@pytest.mark.parametrize("kind", ["table", "tables"])
def test_of_extreme_text_not_one_character_is_dropped(kind):
    wanted = Counter("".join(clean(given(EXTREME[kind])).split()))
    assert not wanted - Counter(text_of(drawn(CONTENTS, "extreme", kind)))


def test_a_long_table_repeats_its_head_and_says_it_once():
    found = drawn(CONTENTS, "extreme", "tables")
    assert len(pages(found)) > 3
    assert all(
        [b.name for b in boxes(page, "text:c0", "text:c1", "text:c2")] == ["text:c0", "text:c1", "text:c2"]
        for page in pages(found)
    )
    assert not any(state.cue.startswith("c0 c1 c2") for state in found[1:])


def test_numbers_stand_to_the_right_and_the_highlight_is_seen():
    (state,) = pages(drawn(CONTENTS, "typical", "table"))
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
