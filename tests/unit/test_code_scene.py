"""Code with steps, from the least to the most, in every format."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from scene_checks import (
    FORMATS,
    PROSE_500,
    PROSE_5000,
    SMALL,
    WORD,
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
from video_gen.scenes.listings import numbers
from video_gen.scenes.model import Style
from video_gen.scenes.scripts import clean

CODE = "import sys\n\ndef twice(value):\n    return value * 2\n\nprint(twice(21), sys.argv)"
MINIMAL = {
    "code": {"code": "x = 1"},
}
TYPICAL = {
    "code": {
        "header": "Twice",
        "filename": "twice.py",
        "language": "python",
        "description": "A small program.",
        "code": CODE,
        "steps": [{"lines": "3-4", "note": "It doubles."}, {"lines": [6], "note": "It prints."}],
    },
}
SAID = {
    "code": "Twice twice.py It doubles. It prints.",
}
EXTREME = {
    "code": {
        "header": WORD,
        "code": ["x" * 500, PROSE_500, *[f"line_{n} = {n}" for n in range(40)]],
        "filename": "f" * 200,
        "description": PROSE_5000[:1500],
    },
    "steps": {
        "header": "Steps",
        "code": [f"line_{n} = {n}" for n in range(60)],
        "steps": [{"lines": "1-60", "note": PROSE_500}, {"lines": [2, 59]}, {"lines": 30, "note": "x"}],
    },
}
CONTENTS = {"minimal": MINIMAL, "typical": TYPICAL, "extreme": EXTREME}
PAGES = 6


@cases(CONTENTS)
def test_contents_fit_the_schema(size, kind):
    schema.check(CONTENTS[size][kind], "video#code", "test", InputError)


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


@pytest.mark.parametrize(("kind", "count"), [("code", 3)])
def test_states_come_in_one_after_another(kind, count):
    found = drawn(CONTENTS, "typical", kind)
    assert len(found) == count
    assert all(a.picture.tobytes() != b.picture.tobytes() for a, b in pairwise(found))


@pytest.mark.parametrize("kind", ["code", "steps"])
def test_of_extreme_text_not_one_character_is_dropped(kind):
    wanted = Counter("".join(clean(given(EXTREME[kind])).split()))
    assert not wanted - Counter(text_of(drawn(CONTENTS, "extreme", kind)))


def test_steps_light_their_lines_and_dim_the_others():
    first, second, third = drawn(CONTENTS, "typical", "code")
    assert not boxes(first, "card:lit") and [s.cue for s in (second, third)] == ["It doubles.", "It prints."]
    lit = {box.top for box in boxes(second, "card:lit")}
    assert len(lit) == 2
    places = [{b.name: (b.left, b.top) for b in boxes(s, "sign:")} for s in (second, third)]
    assert places[0] == places[1], "nothing moves from step to step"

    def brightest(state, word):
        box = boxes(state, f"text:{word}")[0]
        return np.asarray(state.picture)[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].max()

    assert brightest(second, "import") < brightest(first, "import") * 0.8
    assert brightest(second, "def") > 180


def test_every_step_of_long_code_shows_its_lines():
    found = drawn(CONTENTS, "extreme", "steps")
    lit = [state for state in found if boxes(state, "card:lit")]
    assert [state.cue for state in lit if state.cue] == [PROSE_500, "x"]
    shown_numbers = {box.name for box in boxes(lit[-1], "sign:")}
    assert "sign:30" in shown_numbers


def test_lines_of_steps():
    assert numbers("3-5, 8", 10) == {3, 4, 5, 8} and numbers([1, 2], 2) == {1, 2} and numbers(4, 4) == {4}
    for outside in ("3-11", "999999999-1", [0], 12):
        with pytest.raises(InputError, match="the code has 10 lines"):
            numbers(outside, 10)
