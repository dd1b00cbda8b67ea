"""What all pictures of scenes are checked for, and texts that put them to the test."""

from itertools import pairwise

import numpy as np
import pytest

from video_gen.scenes import colours, states, theme
from video_gen.scenes.model import Style

SMALL = Style(640, 360)
FORMATS = [SMALL, Style(360, 640), Style(360, 360), Style(360, 450)]
WORD = "W" * 500
PROSE = "Notwithstanding considerable circumstances, the quick brown fox jumps over lazy dogs and writes them up. "
PROSE_500, PROSE_5000 = (PROSE * 5)[:500].strip(), (PROSE * 50)[:5000].strip()
NAME = "W" * 100
LOOKS = [
    ("midnight", (8, 8, 60)),
    ("midnight", colours.NAMES["orange"]),
    *((name, colours.NAMES["purple"]) for name in theme.names()),
]
_drawn: dict = {}


def cases(contents):
    """Parametrise a test with `size` and `kind` by contents: {size: {kind: the fields of a scene}}."""
    return pytest.mark.parametrize(("size", "kind"), [(s, k) for s, all_kinds in contents.items() for k in all_kinds])


def drawn(contents, size, kind, style=SMALL):
    """The states of a content, drawn once for all tests of its file."""
    key = (id(contents), size, kind, style.width, style.height)
    if key not in _drawn:
        content = contents[size][kind]
        _drawn[key] = states(type_of(content), content, style)
    return _drawn[key]


def type_of(content):
    names = {"kind": "chart", "rows": "table", "code": "code", "mermaid": "diagram", "graphviz": "diagram"}
    return next(names[key] for key in names if key in content)


def boxes(state, *kinds):
    return [box for box in state.boxes if box.name.startswith(kinds)]


def pages(found):
    """The last state of every page."""
    return [a for a, b in pairwise(found) if tuple(b.boxes[: len(a.boxes)]) != tuple(a.boxes)] + [found[-1]]


def text_of(found):
    return "".join("".join(box.name.split(":", 1)[1] for s in pages(found) for box in boxes(s, "text:")).split())


def assert_sound(state, style):
    """Everything in the safe area, no text over another, none over the edge of what it stands on."""
    margin = style.theme.safe * min(style.width, style.height) - 0.5
    for box in state.boxes:
        assert box.left >= margin and box.right <= style.width - margin, box
        assert box.top >= margin and box.bottom <= style.height - margin, box
    found = boxes(state, "text:", "sign:")
    if not found:
        return
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for b in found]).T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    overlap = np.triu((wide > 0.5) & (high > 0.5), 1)
    assert not overlap.any(), [(found[a], found[b]) for a, b in np.argwhere(overlap)[:3]]
    for card in boxes(state, "card:card", "card:window"):
        for text in found:
            apart = (
                text.right <= card.left or text.left >= card.right or text.bottom <= card.top or text.top >= card.bottom
            )
            inside = text.left >= card.left - 0.5 and text.right <= card.right + 0.5
            assert apart or (inside and text.top >= card.top - 0.5 and text.bottom <= card.bottom + 0.5), (text, card)


def given(value):
    if isinstance(value, dict):
        return "".join(given(v) for k, v in value.items() if k not in ("highlight", "steps", "mermaid", "kind", "unit"))
    return "".join(map(given, value)) if isinstance(value, list) else str(value)


def assert_contrast(state, style):
    """All text stands out from what it stands on."""
    pixels = np.asarray(state.picture)
    for box in boxes(state, "text:", "sign:"):
        area = pixels[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1].reshape(-1, 3)
        ground = tuple(int(v) for v in np.percentile(area, 20 if style.theme.dark else 80, axis=0))
        ink = tuple(int(v) for v in area[np.abs(area.astype(int) - ground).sum(axis=1).argmax()])
        assert colours.contrast(ink, ground) >= 4.5, (box, ink, ground)
