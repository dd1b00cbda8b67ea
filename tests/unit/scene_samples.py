"""What the tests of pictures share: small contents of every scene type, and what is read off drawn states."""

from itertools import pairwise

import numpy as np

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


def boxes(state, *kinds):
    return [box for box in state.boxes if box.name.startswith(kinds)]


def pages(found):
    """The last state of every page."""
    ends = [a for a, b in pairwise(found) if tuple(b.boxes[: len(a.boxes)]) != tuple(a.boxes)]
    return [*ends, found[-1]]


def assert_no_overlap(state):
    found = boxes(state, "text:", "sign:")
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for b in found]).T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    overlap = np.triu((wide > 0.5) & (high > 0.5), 1)
    assert not overlap.any(), [(found[a], found[b]) for a, b in np.argwhere(overlap)]
