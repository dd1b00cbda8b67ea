"""Every scene type, from the least to the most that the schema allows: nothing dropped, cut off or overlapping."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from scene_samples import CODE, MINIMAL, TYPICAL, assert_no_overlap, boxes, pages

from video_gen import schema
from video_gen.errors import ConfigError, InputError
from video_gen.scenes import canvas, colours, scene_types, states, words
from video_gen.scenes.fonts import clean
from video_gen.scenes.highlight import guess, highlight
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style
from video_gen.scenes.theme import default

THEME = default()
SMALL = Style(640, 360)
FORMATS = [SMALL, Style(360, 640), Style(360, 360), Style(360, 450), Style(320, 180)]
BACKDROP = {"title": "opening", "quote": "opening", "outro": "closing"}

# States of the typical content: the header, then whatever appears.
STATES = {
    "title": 1,
    "command": 3,
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
HINTS = {
    "title": {"key_message": "never drawn"},
    "command": {"topic": "never drawn", "key_points": ["never drawn"]},
    "list": {"topic": "never drawn"},
    "outro": {"key_message": "never drawn"},
    "code_comparison": {"improvement": "never drawn", "key_points": "never drawn"},
    "quote": {"context": "never drawn"},
}
CONTENTS = {"minimal": MINIMAL, "typical": TYPICAL, "extreme": EXTREME}
ALL_TYPES = sorted(TYPICAL)
cases = pytest.mark.parametrize(("kind", "size"), [(k, s) for s in CONTENTS for k in ALL_TYPES])
_drawn: dict = {}


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


def test_the_answer_of_a_quiz_is_the_last_state_and_can_be_hidden():
    shown = drawn("quiz", "typical")
    assert boxes(shown[-1], "card:answer") and not boxes(shown[-2], "card:answer")
    assert shown[-1].cue == "Two"
    hidden = states("quiz", TYPICAL["quiz"] | {"show_answer": False}, SMALL)
    assert len(hidden) == len(shown) - 1
    with pytest.raises(InputError, match="correct_answer"):
        states("quiz", TYPICAL["quiz"] | {"correct_answer": "Five"}, SMALL)


def test_difficulty_is_seen_by_word_and_colour():
    found = {}
    for level in ("easy", "medium", "hard"):
        (state,) = states("problem", {"problem_text": "Why?", "difficulty": level}, SMALL)
        assert f"text:{level.capitalize()}" in [box.name for box in state.boxes]
        dot = boxes(state, "card:dot")[0]
        found[level] = state.picture.getpixel((round((dot.left + dot.right) / 2), round((dot.top + dot.bottom) / 2)))
    assert found == {"easy": THEME.success, "medium": THEME.warning, "hard": THEME.danger}


def test_changed_lines_of_a_comparison_are_marked():
    signs = [box.name for box in boxes(drawn("code_comparison", "typical")[-1], "sign:")]
    assert signs == ["sign:−", "sign:+"]


def test_columns_are_side_by_side_and_stacked_in_portrait():
    for style, flat in ((SMALL, True), (Style(360, 640), False)):
        old, new = boxes(drawn("code_comparison", "typical", style)[-1], "card:window")
        assert (
            (old.top == new.top and old.right < new.left) if flat else (old.bottom < new.top and old.left == new.left)
        )


@pytest.mark.parametrize("lines", range(4, 60, 5))
def test_a_short_window_over_a_long_one_takes_no_room_from_it(lines):
    content = {"before_code": "x", "after_code": "\n".join(f"y = {n}" for n in range(lines))}
    for state in pages(states("code_comparison", content, Style(360, 640))):
        assert all(box.bottom <= 640 * (1 - THEME.margin_y) + 1 for box in state.boxes)
        assert_no_overlap(state)


def test_little_text_is_larger_than_much():
    few, many = (
        boxes(states("list", {"items": ["Word"] * n}, SMALL)[-1], "text:Word")[0] for n in (2, 40)
    )  # fmt: skip
    assert few.bottom - few.top > 1.4 * (many.bottom - many.top)


@pytest.mark.parametrize("style", [Style(), Style(1080, 1920), SMALL], ids=lambda s: f"{s.width}x{s.height}")
def test_no_role_falls_below_the_floor_at_any_scale(style):
    for scale in THEME.scales:
        for tight in THEME.tights:
            sheet = Sheet(style, style.width, scale, tight=tight)
            assert min(sheet.face(role).size for role in THEME.roles) >= 24 * min(style.width, style.height) / 1080


def test_the_fullest_pictures_are_still_legible():
    style = Style()
    for kind in ("learning_objectives", "exercise", "title"):
        for box in boxes(pages(states(kind, EXTREME[kind], style))[0], "text:WW"):
            # Capitals of 24 pixels are 17 high.
            assert box.bottom - box.top >= 17, (kind, box)


@pytest.mark.parametrize("accent", [colours.NAMES["purple"], colours.NAMES["orange"], (8, 8, 60)])
@pytest.mark.parametrize("kind", ALL_TYPES)
def test_text_has_contrast(kind, accent):
    state = states(kind, TYPICAL[kind], Style(1920, 1080, accent))[-1]
    pixels = np.asarray(state.picture)
    for box in boxes(state, "text:", "sign:"):
        area = pixels[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1].reshape(-1, 3)
        ground = tuple(int(v) for v in np.percentile(area, 20, axis=0))
        ink = tuple(int(v) for v in area[np.abs(area.astype(int) - ground).sum(axis=1).argmax()])
        assert colours.contrast(ink, ground) >= 4.5, (box, ink, ground)


def height_of_code(state, text):
    (box,) = [box for box in boxes(state, "text:") if text in box.name]
    return box.bottom - box.top


def test_a_short_command_stands_in_a_window_of_its_height_in_large_type():
    (few,) = states("command", {"commands": ["$ make"]}, Style())
    (window,), (text,) = boxes(few, "card:window"), boxes(few, "text:$ make")
    assert window.bottom - window.top < 0.25 * 1080
    assert text.bottom - text.top > 35 * THEME.roles["code"].size / 31
    many = states("command", {"commands": [f"$ make number-{n}" for n in range(20)]}, Style())[-1]
    assert height_of_code(few, "$ make") > 1.5 * height_of_code(many, "number-19")


def test_one_long_line_of_code_is_wrapped_and_leaves_the_others_large():
    lines = [f"value_{n} = {n}" for n in range(8)]
    long = states("solution", {"solution_code": [*lines, "call(" + "argument, " * 20 + "last)"]}, Style())
    assert len(pages(long)) == 1
    # A line of 31 pixels with descenders is 27 high.
    assert height_of_code(long[-1], "value_3 = 3") >= 27


def test_the_text_beside_code_is_as_high_as_it_needs():
    style = Style()
    final = states("solution", {"solution_code": CODE * 2, "explanation": "It is short."}, style)[-1]
    (window,), (card,) = boxes(final, "card:window"), boxes(final, "card:card")
    assert card.top == pytest.approx(window.top, abs=1) and card.bottom < (window.top + window.bottom) / 2


ARABIC = {"header": "النتائج", "items": ["الترجمة والفصول", "نص كامل"]}


def test_right_to_left_scenes_are_mirrored():
    final = states("list", ARABIC, SMALL)[-1]
    for badge, card in zip(boxes(final, "card:badge"), boxes(final, "card:card"), strict=True):
        text = next(t for t in boxes(final, "text:") if card.top <= t.top <= card.bottom)
        assert text.right < badge.left < badge.right <= card.right
    assert boxes(final, "card:accent")[0].right == pytest.approx(640 * (1 - THEME.margin_x), abs=1)
    columns = states(
        "checkpoint", {"completed_topics": ["الأنواع"], "next_topics": ["الأصناف"]}, Style(640, 360, language="ar")
    )
    first, second = boxes(columns[-1], "card:card")
    assert first.left > second.right


def test_the_words_that_pictures_add_are_those_of_the_language():
    for language, word in (("de", "Zwischenstand 2"), ("pt-BR", "Ponto de verificação 2"), ("xx", "Checkpoint 2")):
        found = states("checkpoint", TYPICAL["checkpoint"], Style(640, 360, language=language))
        assert found[0].cue == word


@pytest.mark.parametrize("language", words.languages())
def test_every_language_has_all_words_and_they_can_be_drawn(language):
    given = words.of(language)
    assert given.keys() == words.of("en").keys() and all(given.values())
    if language not in ("ja", "zh", "ko"):  # their fonts are an extra
        assert all(Sheet(SMALL, 600).face("label").length(word) > 0 for word in given.values())


def test_colours_are_parsed():
    assert colours.parse("Blue") == (59, 130, 246) and colours.parse("#0A0b0C") == (10, 11, 12)
    with pytest.raises(ConfigError, match=r"Did you mean purple\?.*orange, blue, purple, green, pink, cyan"):
        colours.parse("purpel")
    with pytest.raises(ConfigError, match="rrggbb"):
        colours.parse("#12")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (CODE, "python"),
        ("const a = 1;\nconsole.log(a);", "javascript"),
        ("package main\n\nfunc main() {\n\tfmt.Println(1)\n}", "go"),
        ("SELECT a FROM b\nWHERE c = 1", "sql"),
        ("#!/bin/sh\necho hello\ncd /tmp", "bash"),
        ("Just a few plain words.\nAnd a few more.", ""),
        ("", ""),
    ],
)
def test_languages_are_guessed_only_when_sure(code, language):
    assert guess(code) == language


@pytest.mark.parametrize("language", ["python", "", "no-such-language", "json"])
def test_highlighting_keeps_every_character(language):
    lines = ["".join(text for text, _ in line) for line in highlight(CODE, language, THEME)]
    assert "\n".join(lines) == CODE.rstrip("\n")


def test_python_is_coloured():
    used = {colour for line in highlight(CODE, "", THEME) for _, colour in line}
    assert THEME.code["Token.Keyword"] in used and THEME.code["Token.Literal.Number"] in used


def test_states_of_a_full_picture_are_cheap():
    from time import process_time

    style = Style()
    states("list", TYPICAL["list"], style)
    start = process_time()
    found = states("list", TYPICAL["list"], style)
    assert (process_time() - start) / len(found) < 0.06
