"""Every scene type, from the least to the most that the schema allows: nothing dropped, cut off or overlapping."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from scene_samples import (
    CONTENTS,
    EXTREME,
    SMALL,
    TYPICAL,
    assert_no_overlap,
    boxes,
    drawn,
    fresh_text,
    leaves,
    pages,
    prose,
)

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import canvas, scene_types, states
from video_gen.scenes.model import Style
from video_gen.scenes.scripts import clean
from video_gen.scenes.theme import default

THEME = default()
FORMATS = [SMALL, Style(360, 640), Style(360, 360), Style(360, 450), Style(320, 180)]
BACKDROP = {"title": "opening", "quote": "opening", "outro": "closing"}

# States of the typical content: the header, then whatever appears.
STATES = {
    "title": 1,
    "command": 4,
    "list": 4,
    "outro": 1,
    "code_comparison": 3,
    "quote": 1,
    "learning_objectives": 5,
    "problem": 1,
    "solution": 4,
    "checkpoint": 4,
    "quiz": 6,
    "exercise": 3,
}
HINTS = {
    "title": {"key_message": "never drawn"},
    "command": {"topic": "never drawn", "key_points": ["never drawn"]},
    "list": {"topic": "never drawn"},
    "outro": {"key_message": "never drawn"},
    "code_comparison": {"improvement": "never drawn", "key_points": "never drawn"},
    "quote": {"context": "never drawn"},
}
ALL_TYPES = sorted(TYPICAL)
cases = pytest.mark.parametrize(("kind", "size"), [(k, s) for s in CONTENTS for k in ALL_TYPES])


def test_every_type_of_the_schema_has_a_module():
    assert set(ALL_TYPES) <= set(schema.load("video")["$defs"]["scene"]["properties"]["scene_type"]["enum"])
    assert set(ALL_TYPES) <= set(scene_types())


def test_an_unknown_type_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean quiz"):
        states("quizz", {}, SMALL)


@cases
def test_pictures_have_the_size_and_stay_in_the_safe_area(kind, size):
    margin = THEME.safe * 360
    # A title too long for a title page becomes a headline, on the calmer background.
    hero = kind == "quote" or size != "extreme"
    empty = np.asarray(canvas.background(SMALL, BACKDROP.get(kind, "plain") if hero else "plain"))
    edge = int(margin)
    for state in drawn(kind, size):
        assert state.picture.size == (640, 360) and state.picture.mode == "RGB"
        for box in state.boxes:
            assert box.left >= margin and box.top >= margin, box
            assert box.right <= 640 - margin and box.bottom <= 360 - margin, box
    for state in pages(drawn(kind, size)):
        changed = (np.asarray(state.picture) != empty).any(axis=2)
        assert changed.any()
        changed[edge:-edge, edge:-edge] = False
        assert not changed.any()


@cases
def test_texts_do_not_overlap(kind, size):
    for state in pages(drawn(kind, size)):
        assert_no_overlap(state)


@cases
def test_texts_stay_inside_their_cards(kind, size):
    for state in pages(drawn(kind, size)):
        cards = boxes(state, "card:card", "card:option", "card:window", "card:chip")
        for text in boxes(state, "text:"):
            for card in cards:
                apart = (
                    text.right <= card.left
                    or text.left >= card.right
                    or text.bottom <= card.top
                    or text.top >= card.bottom
                )
                inside = text.left >= card.left and text.right <= card.right + 0.5
                assert apart or (inside and text.top >= card.top - 0.5 and text.bottom <= card.bottom + 0.5), (
                    text,
                    card,
                )


@pytest.mark.parametrize("style", FORMATS, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("kind", ALL_TYPES)
def test_every_format_holds_typical_content(kind, style):
    margin = THEME.safe * min(style.width, style.height)
    found = drawn(kind, "typical", style)
    assert len(pages(found)) <= 2
    for state in found:
        assert all(b.left >= margin and b.right <= style.width - margin for b in state.boxes)
        assert all(b.top >= margin and b.bottom <= style.height - margin for b in state.boxes)
        assert_no_overlap(state)


@pytest.mark.parametrize("kind", ALL_TYPES)
def test_typical_text_is_all_there(kind):
    text = fresh_text(drawn(kind, "typical")).lower()
    for leaf in leaves(TYPICAL[kind]):
        for line in clean(leaf).split("\n"):
            assert "".join(line.split()).lower() in text, line


@pytest.mark.parametrize("kind", ALL_TYPES)
def test_of_extreme_text_not_one_character_is_dropped(kind):
    given = Counter("".join("".join(leaves(EXTREME[kind])).split()).lower())
    if kind == "quiz":
        given -= Counter(EXTREME[kind]["correct_answer"].lower())
    assert not given - Counter(fresh_text(drawn(kind, "extreme")).lower())


@pytest.mark.parametrize("kind", ALL_TYPES)
def test_minimal_content_draws_nothing_empty(kind):
    final = drawn(kind, "minimal")[-1]
    texts = boxes(final, "text:")
    for card in boxes(final, "card:card", "card:option", "card:window", "card:chip"):
        assert any(card.left <= t.left <= card.right and card.top <= t.top <= card.bottom for t in texts), card


@pytest.mark.parametrize("kind", ALL_TYPES)
def test_state_counts(kind):
    found = drawn(kind, "typical")
    assert len(found) == STATES[kind]
    assert all(state.weight > 0 for state in found)
    pictures = [state.picture.tobytes() for state in found]
    assert all(a != b for a, b in pairwise(pictures))


def test_items_appear_in_their_order_with_their_words_as_cues():
    cues = [state.cue for state in drawn("list", "typical")]
    assert cues == ["Results Plain files.", "Video 1080p", "Captions", "Transcript"]
    weights = [state.weight for state in drawn("list", "typical")]
    assert weights[1] > weights[2]


def test_a_state_only_adds_to_the_one_before():
    for a, b in pairwise(drawn("checkpoint", "typical")):
        assert tuple(b.boxes[: len(a.boxes)]) == tuple(a.boxes)


def test_a_list_without_header_begins_with_its_first_item():
    found = states("list", {"items": ["One", "Two"]}, SMALL)
    assert [state.cue for state in found] == ["One", "Two"]


def test_without_a_headline_no_accent_bar_stands_alone():
    assert not boxes(states("list", {"items": ["One"]}, SMALL)[-1], "card:accent")
    assert boxes(states("list", {"header": "A", "items": ["One"]}, SMALL)[-1], "card:accent")


def test_many_lines_are_grouped():
    found = states("command", {"commands": [f"$ step {n}" for n in range(60)]}, SMALL)
    assert len(pages(found)) <= len(found) <= THEME.most_states + len(pages(found))
    assert fresh_text(found).count("$step") == 60


@pytest.mark.parametrize("kind", ALL_TYPES)
def test_blank_texts_still_give_a_picture(kind):
    def blanked(value):
        if isinstance(value, dict):
            return {key: blanked(part) for key, part in value.items()}
        return (
            [blanked(part) for part in value] if isinstance(value, list) else " " if isinstance(value, str) else value
        )

    found = states(kind, blanked(TYPICAL[kind]), SMALL)
    assert found and all(state.picture.size == (640, 360) for state in found)


def test_a_checkpoint_without_any_topics_is_its_title():
    (state,) = states("checkpoint", {"checkpoint_number": 4, "completed_topics": []}, SMALL)
    assert state.cue == "Checkpoint 4"


def test_a_command_may_be_named_before_the_comment_above_it():
    lines = ["# installs what is missing", "$ .venv/bin/tool run --all", "$ ls"]
    assert [(state.cue, state.other) for state in states("command", {"header": "Go", "commands": lines}, SMALL)] == [
        ("Go", ""),
        ("# installs what is missing $ .venv/bin/tool run --all", "tool run --all"),
        ("$ ls", "ls"),
    ]


@pytest.mark.parametrize("style", [Style(360, 360), Style(360, 640)], ids=["square", "portrait"])
@pytest.mark.parametrize("kind", ["command", "code_comparison", "learning_objectives", "quote", "checkpoint"])
def test_extreme_content_in_upright_formats(kind, style):
    margin = THEME.safe * style.width
    content = EXTREME[kind]
    for state in pages(states(kind, content, style)):
        assert all(b.left >= margin and b.right <= style.width - margin for b in state.boxes)
        assert all(b.top >= margin and b.bottom <= style.height - margin for b in state.boxes)
        assert_no_overlap(state)


MIXED = "Emoji 🚀 🎉 👍, signs ∀ ≤ ①, Привет, नमस्ते दुनिया, สวัสดีชาวโลก, Ấn Độ, مرحبا بالعالم and Python. "


@pytest.mark.parametrize("kind", ["title", "list", "command", "quote", "checkpoint", "quiz"])
def test_mixed_scripts_stay_in_their_places(kind):
    def mixed(value):
        if isinstance(value, dict):
            return {key: mixed(part) for key, part in value.items()}
        return [mixed(v) for v in value] if isinstance(value, list) else MIXED * 2 if isinstance(value, str) else value

    content = mixed(TYPICAL[kind])
    if kind == "quiz":
        content["options"] = [f"{letter} {MIXED}" for letter in "ab"]
        content["correct_answer"] = content["options"][0]
    for state in pages(states(kind, content, SMALL)):
        assert all(b.left >= 18 and b.right <= 622 and b.top >= 18 and b.bottom <= 342 for b in state.boxes)
        assert_no_overlap(state)
        cards = boxes(state, "card:card", "card:option", "card:answer", "card:window")
        for text in boxes(state, "text:"):
            around = [c for c in cards if c.left <= text.left < c.right and c.top <= text.top < c.bottom]
            assert all(text.right <= c.right and text.bottom <= c.bottom for c in around), text


def test_a_headline_too_large_for_any_header_flows_over_pages():
    found = states("list", {"header": "\ufdfd" * 500, "items": ["One"]}, SMALL)
    assert len(pages(found)) > 1
    assert fresh_text(found) == "\ufdfd" * 500 + "One"


def test_a_hundred_long_items():
    found = states("list", {"header": "All", "items": [f"{n:03} {prose(490)}" for n in range(100)]}, Style(320, 180))
    text = fresh_text(found)
    assert all(f"{n:03}Notwith" in text for n in range(100))
    for state in pages(found):
        assert_no_overlap(state)


@pytest.mark.parametrize("kind", HINTS)
def test_hints_never_change_the_picture(kind):
    plain = drawn(kind, "typical")
    hinted = states(kind, TYPICAL[kind] | HINTS[kind], SMALL)
    assert [s.picture.tobytes() for s in plain] == [s.picture.tobytes() for s in hinted]
    assert [s.cue for s in plain] == [s.cue for s in hinted]


def test_pictures_repeat_byte_for_byte():
    again = states("solution", TYPICAL["solution"], SMALL)
    assert [s.picture.tobytes() for s in again] == [s.picture.tobytes() for s in drawn("solution", "typical")]
