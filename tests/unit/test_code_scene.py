"""Code with steps, from the least to the most, in every format."""

from typing import ClassVar

import numpy as np
import pytest
from scene_checks import (
    PROSE_500,
    PROSE_5000,
    WORD,
    WholeTextChecks,
    boxes,
    drawn,
)

from video_gen.errors import InputError
from video_gen.scenes.listings import numbers

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


class TestCodeScenes(WholeTextChecks):
    scene_type = "code"
    minimal, typical, extreme = MINIMAL, TYPICAL, EXTREME
    said = SAID
    counts: ClassVar = {"code": 3}
    most_pages = 6


def test_steps_light_their_lines_and_dim_the_others():
    first, second, third = drawn("code", TYPICAL["code"])
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
    found = drawn("code", EXTREME["steps"])
    lit = [state for state in found if boxes(state, "card:lit")]
    assert [state.cue for state in lit if state.cue] == [PROSE_500, "x"]
    shown_numbers = {box.name for box in boxes(lit[-1], "sign:")}
    assert "sign:30" in shown_numbers


def test_lines_of_steps():
    assert numbers("3-5, 8", 10) == {3, 4, 5, 8} and numbers([1, 2], 2) == {1, 2} and numbers(4, 4) == {4}
    for outside in ("3-11", "999999999-1", [0], 12):
        with pytest.raises(InputError, match="the code has 10 lines"):
            numbers(outside, 10)
