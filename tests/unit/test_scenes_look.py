"""How scenes look: sizes, places, colours, the direction of writing, and the marks of answers and differences."""

import numpy as np
import pytest
from scene_samples import CODE, EXTREME, SMALL, TYPICAL, assert_no_overlap, boxes, drawn, pages

from video_gen.errors import InputError
from video_gen.scenes import colours, states, words
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style
from video_gen.scenes.theme import default

THEME = default()
ALL_TYPES = sorted(TYPICAL)


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
        for tight in (0.3, 1.0, THEME.most_wider):
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


def test_all_expected_languages_have_words():
    expected = "en es fr de pt it ja zh ko ar hi ru nl pl sv no da fi tr el he th vi cs hu ro uk id ms"
    assert set(words.languages()) == set(expected.split())


@pytest.mark.parametrize("language", words.languages())
def test_every_language_has_all_words_and_they_can_be_drawn(language):
    given = words.of(language)
    assert given.keys() == words.of("en").keys() and all(given.values())
    if language not in ("ja", "zh", "ko"):  # their fonts are an extra
        assert all(Sheet(SMALL, 600).face("label").length(word) > 0 for word in given.values())


def test_states_of_a_full_picture_are_cheap():
    from time import process_time

    style = Style()
    states("list", TYPICAL["list"], style)
    start = process_time()
    found = states("list", TYPICAL["list"], style)
    assert (process_time() - start) / len(found) < 0.06


BEFORE = "names = []\nfor user in users:\n    if user.active:\n        names.append(user.name)"
AFTER = "names = [user.name for user in users if user.active]"
PAIR = {"header": "Say it once", "before_code": BEFORE, "after_code": AFTER}


def test_code_one_above_the_other_where_side_by_side_it_would_be_small():
    final = states("code_comparison", PAIR, Style())[-1]
    old, new = boxes(final, "card:window")
    assert old.bottom < new.top and old.left == new.left
    assert height_of_code(final, AFTER) > 35


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1350), (1080, 1080), (1080, 1920)])
@pytest.mark.parametrize("length", [20, 50, 58, 66, 90])
def test_lines_of_code_are_whole_as_long_as_they_are_large_enough(size, length):
    """A line is broken only where it would be smaller than the floor for that format; a command where it is much too long."""
    text = f"$ {'x' * (length - 2)}"
    style = Style(*size)
    final = states("command", {"commands": [text, "$ ls", "$ pwd", "$ make"]}, style)[-1]
    parts = [box for box in boxes(final, "text:") if "xx" in box.name]
    floor = THEME.least_upright_code if size[1] >= size[0] else THEME.least_code
    widest = Sheet(style, style.width).face("code").length("0") / THEME.roles["code"].size
    room = style.width * (1 - 2 * THEME.margin_x) - 2 * THEME.pad
    much = length * widest * THEME.roles["code"].size > 1.05 * room
    if length * widest * floor < room * 0.97 and not much:
        assert len(parts) == 1
    assert max(box.right for box in parts) <= style.width * (1 - THEME.margin_x)


def test_a_remark_among_commands_goes_on_rather_than_making_all_small():
    remark = "# installs what is missing into .venv, then makes output/videos/readme.mp4 from this README"
    final = states("command", {"commands": [remark, "$ make video"]}, Style())[-1]
    assert height_of_code(final, "$ make video") > 35


def test_a_long_command_goes_on_before_an_option_rather_than_making_all_small():
    long = "$ .venv/bin/video-gen create --from document:docs/guide.md --voice female --format 9:16 --output ./videos"
    final = states("command", {"commands": [long, "$ make video"]}, Style())[-1]
    assert height_of_code(final, "$ make video") > 35
    rest = boxes(final, "text:    ")
    assert rest and all(box.name.startswith("text:    --") for box in rest)


def test_a_few_explained_items_stand_side_by_side():
    items = [{"title": f"Item {n}", "description": "What it is good for"} for n in range(3)]
    cards = boxes(states("list", {"header": "Why", "items": items}, Style())[-1], "card:card")
    assert len({card.top for card in cards}) == 1 and len({card.bottom for card in cards}) == 1
    assert cards[0].right < cards[1].left and cards[1].right < cards[2].left
    upright = boxes(states("list", {"header": "Why", "items": items}, Style(1080, 1920))[-1], "card:card")
    assert len({card.left for card in upright}) == 1


def test_a_last_card_without_a_neighbour_takes_all_the_width():
    items = [{"title": f"Item {n}", "description": "What it is good for"} for n in range(5)]
    *pairs, last = boxes(states("list", {"header": "Why", "items": items}, Style())[-1], "card:card")
    assert last.left == min(card.left for card in pairs) and last.right == max(card.right for card in pairs)


def test_square_checkpoints_have_the_word_beside_its_entries():
    final = states("checkpoint", TYPICAL["checkpoint"], Style(1080, 1080))[-1]
    (word,), (entry,) = boxes(final, "text:Completed"), boxes(final, "text:Types")
    assert word.right < entry.left and entry.top < word.bottom and word.top < entry.bottom


def test_usual_levels_have_a_colour():
    for level, colour in (("Beginner", THEME.success), ("intermediate", THEME.warning), ("Expert", THEME.danger)):
        state = states("learning_objectives", {"objectives": ["A"], "lesson_info": {"difficulty": level}}, SMALL)[0]
        dot = boxes(state, "card:dot")[0]
        assert state.picture.getpixel((round((dot.left + dot.right) / 2), round((dot.top + dot.bottom) / 2))) == colour
        assert f"text:{level}" in [box.name for box in state.boxes]
