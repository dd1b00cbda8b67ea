"""What the tests of pictures share: contents of every text scene type from the least to the most, and what is read off states."""

import re
from itertools import pairwise

import numpy as np

from video_gen.scenes import states
from video_gen.scenes.model import Style

SMALL = Style(640, 360)

MINIMAL = {
    "title": {"title": "A"},
    "command": {"commands": ["$ ls"]},
    "list": {"items": ["One"]},
    "outro": {"main_text": "Bye"},
    "code_comparison": {"before_code": "a", "after_code": "b"},
    "quote": {"quote_text": "Less is more."},
    "learning_objectives": {"objectives": ["Learn"]},
    "problem": {"problem_text": "Why?"},
    "solution": {"solution_code": "x = 1"},
    "checkpoint": {"completed_topics": ["Basics"]},
    "quiz": {"question": "Yes?", "options": ["Yes", "No"], "correct_answer": "Yes"},
    "exercise": {"instructions": ["Try"]},
}
CODE = "import sys\n\ndef twice(value):\n    return value * 2\n\nprint(twice(21), sys.argv)\n"
TYPICAL = {
    "title": {"title": "Explainer videos from a README", "subtitle": "Rebuilt scene by scene"},
    "command": {
        "header": "Install and run",
        "description": "Two commands are enough.",
        "commands": ["# Once", "$ pip install x", "→ installed", "", "$ x build", "✓ done", "plain"],
    },
    "list": {
        "header": "Results",
        "description": "Plain files.",
        "items": [{"title": "Video", "description": "1080p"}, {"title": "Captions"}, "Transcript"],
    },
    "outro": {"main_text": "Build your own", "sub_text": "example.org"},
    "code_comparison": {
        "header": "Shorter",
        "before_code": CODE,
        "after_code": CODE.replace("* 2", "+ value"),
        "before_label": "Old",
        "after_label": "New",
    },
    "quote": {"quote_text": "Programs are meant to be read by humans.", "attribution": "Donald Knuth"},
    "learning_objectives": {
        "lesson_title": "Iterators",
        "objectives": ["Know them", "Write one", "Chain them", "Test them"],
        "lesson_info": {"duration": 25, "difficulty": "easy", "prerequisites": ["Loops", "Functions"]},
    },
    "problem": {"problem_number": 3, "title": "Streak", "problem_text": "Find it.\n\nReturn it.", "difficulty": "hard"},
    "solution": {"title": "One pass", "solution_code": CODE.split("\n"), "explanation": "It is short."},
    "checkpoint": {
        "checkpoint_number": 2,
        "completed_topics": ["Types", "Loops"],
        "review_questions": ["What is a closure?"],
        "next_topics": ["Classes"],
    },
    "quiz": {"question": "Which?", "options": ["One", "Two", "Three", "Four"], "correct_answer": "Two"},
    "exercise": {"title": "Own it", "instructions": ["Clone it.", "Change it."], "difficulty": "medium",
                 "estimated_time": "15 minutes"},
}  # fmt: skip
SENTENCE = "Notwithstanding considerable circumstances, the quick brown fox jumps over lazy dogs and writes them up. "


def prose(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[:length].strip()


WORD = "W" * 500
LONG_CODE = ('def a_function(argument_one, argument_two="a default value", *rest, **options): return 1\n' * 60)[:5000]
EXTREME = {
    "title": {"title": WORD, "subtitle": prose(5000)},
    "command": {
        "header": prose(500),
        "description": prose(5000),
        "commands": ["$ " + prose(498), "→ " + "W" * 498] * 6,
    },
    "list": {
        "header": prose(500),
        "description": prose(5000),
        "items": [{"title": prose(500), "description": prose(5000)}, WORD, *["short"] * 30, *[prose(500)] * 6],
    },
    "outro": {"main_text": prose(500), "sub_text": "W" * 5000},
    "code_comparison": {
        "header": WORD,
        "before_code": LONG_CODE,
        "after_code": "x" * 5000,
        "before_label": prose(500),
        "after_label": WORD,
    },
    "quote": {"quote_text": prose(5000), "attribution": WORD},
    "learning_objectives": {
        "lesson_title": prose(500),
        "objectives": [prose(500), WORD, *["short"] * 20],
        "lesson_info": {
            "duration": "W" * 100,
            "difficulty": WORD,
            "prerequisites": [prose(500), WORD, "short", "short"],
        },
    },
    "problem": {"problem_number": "9" * 20, "title": WORD, "problem_text": prose(5000), "difficulty": "hard"},
    "solution": {"title": prose(500), "solution_code": ["x" * 500, prose(500)] * 6, "explanation": prose(5000)},
    "checkpoint": {
        "checkpoint_number": "W" * 20,
        "completed_topics": [prose(500)] * 8,
        "review_questions": [WORD] * 4,
        "next_topics": ["x"] * 100,
    },
    "quiz": {
        "question": prose(5000),
        "options": [f"{n} {prose(490)}" for n in range(8)] + [WORD, "b"],
        "correct_answer": WORD,
        "show_answer": False,
    },
    "exercise": {
        "title": WORD,
        "instructions": [WORD, prose(500)] * 4,
        "difficulty": "easy",
        "estimated_time": "W" * 100,
    },
}
CONTENTS = {"minimal": MINIMAL, "typical": TYPICAL, "extreme": EXTREME}
_drawn: dict = {}


def boxes(state, *kinds):
    return [box for box in state.boxes if box.name.startswith(kinds)]


def pages(found):
    """The last state of every page."""
    ends = [a for a, b in pairwise(found) if tuple(b.boxes[: len(a.boxes)]) != tuple(a.boxes)]
    return [*ends, found[-1]]


def drawn(kind, size, style=SMALL):
    """The states of a scene, drawn once for all tests; the last state's whole boxes suffice for what a page holds."""
    key = (kind, size, style)
    if key not in _drawn:
        _drawn[key] = states(kind, CONTENTS[size][kind], style)
    return _drawn[key]


def fresh_text(found):
    """All text without blanks, in the order of its appearance, the header of further pages left out."""
    texts = []
    for n, page in enumerate(pages(found)):
        # On several pages the header ends with the page's number.
        number = next((i for i, box in enumerate(page.boxes) if re.match(r"sign:\d+ / \d+$", box.name)), 0)
        shown = page.boxes[number if n else 0 :]
        texts += [box.name.removeprefix("text:") for box in shown if box.name.startswith("text:")]
    return "".join("".join(texts).split())


def leaves(value):
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [] if isinstance(value, bool) else [str(value)]


def assert_no_overlap(state):
    found = boxes(state, "text:", "sign:")
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for b in found]).T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    overlap = np.triu((wide > 0.5) & (high > 0.5), 1)
    assert not overlap.any(), [(found[a], found[b]) for a, b in np.argwhere(overlap)]
