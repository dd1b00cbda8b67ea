"""Every scene type, pictures and recordings included, where it is most likely to go wrong: each script, format and theme."""

import re
from functools import cache

import numpy as np
import pytest
from films import film
from scene_checks import FORMATS, SMALL, assert_sound, boxes
from scene_samples import TYPICAL, pages, prose
from test_golden import NEW

from video_gen.scenes import canvas, colours, scene_types, states, theme
from video_gen.scenes.model import Style
from video_gen.script.narration import STYLES, narrate
from video_gen.script.narration.wording import TO_THINK

SCRIPTS = {
    "arabic": "مرحبا (بالعالم) مع Python 3.11",
    "hebrew": "שלום עולם, 25%",
    "devanagari": "नमस्ते दुनिया, क्षत्रिय",
    "thai": "สวัสดีชาวโลก ผู้ที่ต้องการน้ำใจ",
    "japanese": "日本語の文章は、空白なしで続きます。",
    "korean": "안녕하세요 세계",
    "emoji": "🇩🇪 👩‍🚀 👨‍👩‍👧‍👦 1️⃣ 🚀",
}
# Fields that are chosen from a list, or name something: they stay as they are.
FIXED = {"clip", "image", "kind", "language", "difficulty", "fit", "zoom", "lines", "highlight", "correct_answer"}
MERMAID = "flowchart LR\n  a[{0}] --> b[{0}]"
LOOKS = [(name, style) for name in theme.names() for style in FORMATS]
by_format = pytest.mark.parametrize("style", FORMATS, ids=lambda style: f"{style.width}x{style.height}")


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    clip = tmp_path_factory.mktemp("clip") / "a.mp4"
    film(clip)
    recording = {"clip": str(clip), "header": "A recording", "caption": "Under a header"}
    return TYPICAL | NEW | {"clip": recording}


def with_text(value, text):
    """The same content with other words: `text` takes the place of every word that is free."""
    if isinstance(value, dict):
        return {key: part if key in FIXED else with_text(part, text) for key, part in value.items()}
    if isinstance(value, list):
        return [with_text(part, text) for part in value]
    return text if isinstance(value, str) else value


def of_script(kind, content, text):
    changed = with_text(content, text)
    if kind == "quiz":
        changed["options"] = [f"{text} {n}" for n in range(4)]
        changed["correct_answer"] = changed["options"][1]
    if kind == "chart":
        changed["values"] = {f"{text} {n}": n + 1 for n in range(3)}
    if kind == "diagram":
        changed["mermaid"] = MERMAID.format(text.replace("(", "").replace(")", ""))
    if kind == "table":
        changed |= {"columns": [f"{text} {n}" for n in range(3)], "highlight": {"rows": [1]}}
    return changed


@cache
def ground(style, name):
    return np.asarray(canvas.background(style, name)).astype(np.int16)


def assert_pixels(state, style):
    """Nothing but the backdrop and soft shadows lies outside of the safe area."""
    least = 64 if style.theme.shadow.opacity else 2
    edge = int(style.theme.safe * min(style.width, style.height)) - 1
    pixels = np.asarray(state.picture).astype(np.int16)
    changed = [np.abs(pixels - ground(style, name)).max(axis=2) > least for name in ("plain", "opening", "closing")]
    for place in changed:
        place[edge:-edge, edge:-edge] = False
    assert not min(place.sum() for place in changed)


def test_all_types_are_here(contents):
    assert set(contents) == set(scene_types())


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("style", [SMALL, Style(360, 640)], ids=["flat", "upright"])
@pytest.mark.parametrize("kind", sorted(scene_types()))
def test_each_script(contents, kind, style, script):
    found = states(kind, of_script(kind, contents[kind], SCRIPTS[script]), style)
    for state in pages(found):
        assert_sound(state, style)
        assert_pixels(state, style)


@pytest.mark.parametrize(("look", "style"), LOOKS, ids=lambda v: v if isinstance(v, str) else f"{v.width}x{v.height}")
@pytest.mark.parametrize("kind", [*sorted(NEW), "clip"])
def test_types_with_pictures_and_figures_in_each_theme_and_format(contents, kind, look, style):
    styled = Style(style.width, style.height, colours.NAMES["orange"], theme=theme.load(look))
    for state in pages(states(kind, contents[kind], styled)):
        assert_sound(state, styled)
        assert_pixels(state, styled)


FOREIGN = {"ja": "日本語の文章", "ar": "مرحبا بالعالم", "ru": "Привет мир"}
NUMBERS = {
    "learning_objectives": {"lesson_info": {"duration": 25, "difficulty": "easy", "prerequisites": ["日本語"]}},
    "problem": {"problem_number": 3},
    "exercise": {"estimated_time": 15, "difficulty": "hard"},
    "checkpoint": {"checkpoint_number": 2},
    "chart": {"unit": "%"},
}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("kind", sorted(scene_types()))
def test_nothing_english_is_drawn_or_said_in_other_languages(contents, kind, language):
    fields = of_script(kind, contents[kind], FOREIGN[language]) | NUMBERS.get(kind, {})
    for own in ("before_label", "after_label", "language"):
        fields.pop(own, None)
    found = states(kind, fields, Style(640, 360, language=language))
    drawn = {box.name for state in found for box in boxes(state, "text:", "sign:")} - {
        f"sign:{letter}" for letter in "ABCD"
    }
    assert not [name for name in drawn if re.search("[A-Za-z]", name.partition(":")[2])]
    for style in STYLES:
        said = narrate(kind, fields, language, style)
        assert not re.search("[A-Za-z]", said.replace(TO_THINK, "")), said


LONGEST = {
    "image": {"header": prose(500), "caption": prose(500)},
    "clip": {"header": "W" * 500, "caption": prose(500)},
    "title": {"title": prose(500), "subtitle": "W" * 500},
    "list": {"header": prose(500), "items": [prose(500)] * 12},
    "solution": {"title": "W" * 500, "solution_code": "x" * 900, "explanation": prose(900)},
    "problem": {"title": "W" * 500, "problem_text": prose(900), "difficulty": "hard"},
    "quiz": {"question": prose(500), "options": [prose(400), "W" * 400, "No"], "correct_answer": "No"},
    "exercise": {"title": prose(500), "instructions": ["W" * 500, prose(500)]},
    "outro": {"main_text": "W" * 500, "sub_text": prose(500)},
}


@by_format
@pytest.mark.parametrize("kind", LONGEST)
def test_the_longest_texts_in_each_format(contents, kind, style):
    fields = LONGEST[kind] if kind not in ("image", "clip") else contents[kind] | LONGEST[kind]
    for state in pages(states(kind, fields, style)):
        assert_sound(state, style)
        assert_pixels(state, style)


def of_count(kind, count):
    names = [f"Number{n}" for n in range(count)]
    return {
        "list": {"items": names},
        "command": {"commands": [f"$ {name}" for name in names]},
        "learning_objectives": {"objectives": names},
        "checkpoint": {"completed_topics": names, "review_questions": names, "next_topics": names},
        "quiz": {"question": "Which?", "options": [*names, "None"], "correct_answer": "None"},
        "exercise": {"instructions": names},
        "table": {"columns": names[:6], "rows": [[n] * len(names[:6]) for n in range(count)]},
        "code": {"code": names, "steps": [{"lines": n + 1, "note": name} for n, name in enumerate(names)]},
        "chart": {"kind": "bar", "values": {name: n for n, name in enumerate(names)}},
        "diagram": {"mermaid": "flowchart LR\n" + "\n".join(f"  a{n}[{name}]" for n, name in enumerate(names))},
    }[kind]


@by_format
@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("kind", ["list", "command", "learning_objectives", "checkpoint", "quiz", "exercise", "table",
                                  "code", "chart", "diagram"])  # fmt: skip
def test_one_item_and_twelve(kind, count, style):
    found = states(kind, of_count(kind, count), style)
    for state in pages(found):
        assert_sound(state, style)
    if kind != "diagram":
        texts = " ".join(box.name for state in pages(found) for box in boxes(state, "text:", "sign:"))
        assert all(f"Number{n}" in texts for n in range(min(count, 6 if kind == "table" else count)))


def test_the_check_of_pixels_can_fail():
    state = states("list", {"items": ["One"]}, SMALL)[-1]
    state.picture.putpixel((2, 100), (255, 255, 255))
    with pytest.raises(AssertionError):
        assert_pixels(state, SMALL)
