"""What all pictures of scenes are checked for, texts that put them to the test, and tests that many types share."""

from collections import Counter
from itertools import pairwise
from typing import ClassVar

import numpy as np

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import colours, states, theme
from video_gen.scenes.model import Style
from video_gen.scenes.scripts import clean

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


def drawn(scene_type, content, style=SMALL):
    """The states of a content, drawn once for all tests of its file; content: a constant of that file."""
    key = (scene_type, id(content), style.width, style.height)
    if key not in _drawn:
        _drawn[key] = states(scene_type, content, style)
    return _drawn[key]


def boxes(state, *kinds):
    return [box for box in state.boxes if box.name.startswith(kinds)]


def pages(found):
    """The last state of every page."""
    return [a for a, b in pairwise(found) if tuple(b.boxes[: len(a.boxes)]) != tuple(a.boxes)] + [found[-1]]


def text_of(found, kinds=("text:",)):
    return "".join("".join(box.name.split(":", 1)[1] for s in pages(found) for box in boxes(s, *kinds)).split())


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
    # An ink box is up to a pixel larger than the ink.
    overlap = np.triu((wide > 1.0) & (high > 1.0), 1)
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


class SceneChecks:
    """Tests that every type passes; the class of a test file that inherits them names the type and what is expected of it."""

    scene_type: str
    minimal: ClassVar[dict[str, dict]]  # the fields of scenes by a name for each
    typical: ClassVar[dict[str, dict]]
    extreme: ClassVar[dict[str, dict]]
    said: ClassVar[dict[str, str]]  # words that are seen, by the name of a typical content
    counts: ClassVar[dict[str, int]]  # how many states there are, by the name of a typical content
    most_pages: int  # that a typical content may take in any format

    def pytest_generate_tests(self, metafunc):
        """Run each test with every value of the arguments that it names."""
        sizes = {"minimal": self.minimal, "typical": self.typical, "extreme": self.extreme}
        values = sizes | {
            "content": {f"{size}-{kind}": fields for size, kinds in sizes.items() for kind, fields in kinds.items()},
            "told": {kind: (self.typical[kind], words) for kind, words in self.said.items()},
            "counted": {kind: (self.typical[kind], count) for kind, count in self.counts.items()},
            "style": {f"{style.width}x{style.height}": style for style in FORMATS},
            "look": {"-".join(map(str, (name, *accent))): (name, accent) for name, accent in LOOKS},
        }
        for name, named in values.items():
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, named.values(), ids=named.keys())

    def test_contents_fit_the_schema(self, content):
        schema.check(content, f"video#{self.scene_type}", "test", InputError)

    def test_pictures_are_sound(self, content):
        for state in pages(drawn(self.scene_type, content)):
            assert state.picture.size == (640, 360) and state.picture.mode == "RGB" and state.weight > 0
            assert_sound(state, SMALL)

    def test_every_format_holds_typical_content(self, typical, style):
        found = drawn(self.scene_type, typical, style)
        assert len(pages(found)) <= self.most_pages
        for state in found:
            assert_sound(state, style)

    def test_extremes_in_portrait(self, extreme):
        style = Style(360, 640)
        for state in pages(drawn(self.scene_type, extreme, style)):
            assert_sound(state, style)

    def test_typical_text_is_all_there(self, told):
        content, words = told
        text = text_of(drawn(self.scene_type, content))
        for word in words.split():
            assert word in text, word

    def test_states_come_in_one_after_another(self, counted):
        content, count = counted
        found = drawn(self.scene_type, content)
        assert len(found) == count
        assert all(a.picture.tobytes() != b.picture.tobytes() for a, b in pairwise(found))


class ContrastChecks(SceneChecks):
    """For types that dim none of their text."""

    def test_text_has_contrast(self, typical, look):
        name, accent = look
        style = Style(1920, 1080, accent, theme=theme.load(name))
        assert_contrast(states(self.scene_type, typical, style)[-1], style)


class WholeTextChecks(SceneChecks):
    """For types that show all of their text, on as many pages as it takes."""

    kinds: ClassVar[tuple[str, ...]] = ("text:",)  # of boxes that their text stands in

    def test_of_extreme_text_not_one_character_is_dropped(self, extreme):
        wanted = Counter("".join(clean(given(extreme)).split()))
        assert not wanted - Counter(text_of(drawn(self.scene_type, extreme), self.kinds))
