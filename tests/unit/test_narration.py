"""Narration of all twelve scene types: complete, in order, steady, free of symbols."""

import json
import re
import subprocess
import sys

import pytest

from video_gen.script.narration import estimated_duration, narrate, word_count

TYPICAL = {
    "title": {
        "title": "FastPipe",
        "subtitle": "Pipelines for Python",
        "key_message": "You will build one in five minutes",
    },
    "command": {
        "header": "Quick start",
        "description": "Two commands are enough:",
        "commands": ["$ pip install fastpipe", "→ Successfully installed", "$ fastpipe init", "✓ Project created"],
        "topic": "getting started",
        "key_points": ["No compiler is needed", "It works offline"],
    },
    "list": {
        "header": "Features",
        "description": "Three things stand out",
        "items": ["Fast startup", {"title": "Safety", "description": "Nothing reaches a shell"}, "Small pictures"],
        "topic": "Why people like it",
    },
    "outro": {"main_text": "FastPipe", "sub_text": "Star it on GitHub", "key_message": "Now build your own"},
    "code_comparison": {
        "header": "Less to write",
        "before_code": "r = get(u)\nr.check()\nd = r.json()",
        "after_code": "d = get_json(u)",
        "before_label": "Version one",
        "after_label": "Version two",
        "improvement": "Two lines are gone",
        "key_points": "Errors are raised by themselves",
        "language": "python",
    },
    "quote": {"quote_text": "Simple is better.", "attribution": "— Tim Peters", "context": "From the Zen of Python"},
    "learning_objectives": {
        "lesson_title": "Loops",
        "objectives": ["Write a loop", "Stop a loop"],
        "lesson_info": {"duration": 30, "difficulty": "Beginner", "prerequisites": ["variables"]},
    },
    "problem": {"problem_number": 3, "title": "Two sum", "problem_text": "Find two numbers.", "difficulty": "hard"},
    "solution": {
        "title": "Two sum",
        "solution_code": ["def two_sum(nums, target):", "    seen = {}"],
        "explanation": "We remember what we have seen.",
        "language": "python",
    },
    "checkpoint": {
        "checkpoint_number": 2,
        "completed_topics": ["Variables", "Loops"],
        "review_questions": ["What is a loop?"],
        "next_topics": ["Functions"],
    },
    "quiz": {"question": "Which word defines a function?", "options": ["fun", "def", "fn"], "correct_answer": "def"},
    "exercise": {
        "title": "A counter",
        "instructions": ["Open the editor", "Write a class", "Run it"],
        "difficulty": "easy",
        "estimated_time": 15,
    },
}
REQUIRED = {
    "title": ["title"],
    "command": ["commands"],
    "list": ["items"],
    "outro": ["main_text"],
    "code_comparison": ["before_code", "after_code"],
    "quote": ["quote_text"],
    "learning_objectives": ["objectives"],
    "problem": ["problem_text"],
    "solution": ["solution_code"],
    "checkpoint": ["completed_topics"],
    "quiz": ["question", "options", "correct_answer"],
    "exercise": ["instructions"],
}
HINTS = [
    ("title", "You will build one"),
    ("command", "no compiler is needed"),
    ("command", "getting started"),
    ("list", "people like it"),
    ("outro", "Now build your own"),
    ("code_comparison", "Two lines are gone"),
    ("code_comparison", "Errors are raised"),
    ("quote", "Zen of Python"),
]


def in_order(text, *parts):
    place = 0
    for part in parts:
        found = text.lower().find(part.lower(), place)
        assert found >= 0, (part, text)
        place = found + len(part)


@pytest.mark.parametrize("kind", TYPICAL)
@pytest.mark.parametrize("language", ["en", "en-GB", "de"])
def test_typical_scenes_are_complete_sentences(kind, language):
    said = narrate(kind, TYPICAL[kind], language)
    assert 4 <= word_count(said) <= 70
    assert said[-1] in ".!?" and "  " not in said and "\n" not in said
    assert not re.search(r"[{}$#`*=<>|→✓_]|\bNone\b|\.\.|,\.|:\.", said), said


@pytest.mark.parametrize("kind", TYPICAL)
def test_only_required_fields(kind):
    content = {key: TYPICAL[kind][key] for key in REQUIRED[kind]}
    for language in ("en", "fr"):
        said = narrate(kind, content, language)
        assert "None" not in said
        assert said or (language, kind) == ("fr", "code_comparison")
    assert narrate(kind, content)


@pytest.mark.parametrize("kind", TYPICAL)
def test_every_field_may_be_missing(kind):
    for left_out in TYPICAL[kind]:
        for language in ("en", "es"):
            narrate(kind, {key: value for key, value in TYPICAL[kind].items() if key != left_out}, language)
    assert isinstance(narrate(kind, {}), str)


@pytest.mark.parametrize("kind", TYPICAL)
def test_empty_values_are_like_missing_ones(kind):
    empty = {key: [] if isinstance(value, list) else "" for key, value in TYPICAL[kind].items()}
    if kind == "learning_objectives":
        empty["lesson_info"] = {}
    assert narrate(kind, empty) == narrate(kind, {})


def test_code_is_named_without_english_words_in_other_languages():
    code = "def load_file(path):\n    return path\n\nclass Job:\n    pass"
    assert (
        narrate("solution", {"solution_code": code}, "de") == narrate("code", {"code": code}, "de") == "load file. Job."
    )
    assert narrate("code", {"code": code, "language": "python"}, "de") == "Python."


@pytest.mark.parametrize(
    ("text", "said"),
    [("使い方", "使い方。"), ("यह है।", "यह है।"), ("كيف؟", "كيف؟"), ("하나", "하나."), ("Wie?", "Wie?")],
)
def test_sentences_end_as_their_script_has_it(text, said):
    assert narrate("title", {"title": text}, "ja") == said


@pytest.mark.parametrize("kind", TYPICAL)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_extreme_content_stays_within_the_limit(kind, language):
    def grown(value):
        if isinstance(value, str):
            return "A rather long text. " * 249
        if isinstance(value, list):
            return [grown(each) for each in value] * 30
        return {key: grown(each) for key, each in value.items()} if isinstance(value, dict) else value

    said = narrate(kind, grown(TYPICAL[kind]), language)
    assert len(said) <= 50_000


@pytest.mark.parametrize(("kind", "hint"), HINTS)
def test_hints_are_spoken(kind, hint):
    assert hint in narrate(kind, TYPICAL[kind])


def test_a_second_process_says_the_same():
    program = (
        "import sys, json; from video_gen.script.narration import narrate;"
        "print(json.dumps([narrate(k, c) for k, c in json.load(sys.stdin).items()]))"
    )
    given = json.dumps(TYPICAL)
    result = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == [narrate(kind, content) for kind, content in TYPICAL.items()]


def test_wording_varies_from_scene_to_scene():
    for kind, field in (("quiz", "question"), ("problem", "problem_text"), ("quote", "quote_text")):
        said = {narrate(kind, TYPICAL[kind] | {field: f"Text {n}"}).replace(f"Text {n}", "") for n in range(20)}
        assert len(said) > 1, kind


@pytest.mark.parametrize(
    "items",
    [
        ["Fast", "Small", "Python support"],
        ["Install the package with pip", "Run the server on your own machine", "Open the browser"],
        ["It never runs twice.", "It keeps every file.", "It can be edited by hand."],
        [{"title": "Speed", "description": "Ten times faster"}, {"title": "Safety"}, "Simplicity"],
        [f"Item number {n} of the list" for n in range(12)],
        ["Only one"],
        ["Red, green", "Blue"],
    ],
)
def test_all_items_are_said_in_order(items):
    titles = [item["title"] if isinstance(item, dict) else item.rstrip(".") for item in items]
    for language in ("en", "it"):
        in_order(narrate("list", {"header": "Things", "items": items}, language), *titles)


def test_short_items_are_one_sentence_and_steps_have_words_of_order():
    assert narrate("list", {"items": ["Fast", "Small", "Free"]}) == "Fast, small and Free."
    said = narrate(
        "list", {"items": ["Install it from the shop", "Open the lid of the box", "Enjoy your tea for a while"]}
    )
    steps = narrate("list", {"items": ["Install the package", "Open the lid", "Run it"]})
    in_order(said, "Install it", "Open the lid", "Enjoy your tea")
    assert re.match(
        r"(First|To begin), install the package\. \w+, open the lid\. (Finally|In the end), run it\.$", steps
    )


def test_cells_of_tables_are_said_without_punctuation():
    item = {"title": "Roma", "description": "Height: 120 cm; Days to harvest: 78"}
    assert narrate("list", {"items": [item]}) == "Roma: height 120 cm, days to harvest 78."


def test_later_parts_do_not_repeat_the_heading():
    assert "Features" in narrate("list", {"header": "Features (1/2)", "items": ["A", "B"]})
    assert narrate("list", {"header": "Features (2/2)", "description": "And", "items": ["A", "B"]}) == "And. A and B."


@pytest.mark.parametrize(
    ("commands", "parts", "never"),
    [
        (
            ["$ git clone https://x.example/y.git", "$ cd y", "$ make video"],
            ["git clone", "change into y", "make video"],
            "https",
        ),
        (["# Build the image", "$ docker build -t x --build-arg A=1 --no-cache ."], ["Build the image"], "build-arg"),
        (["$ docker run --rm -v $(pwd):/data nginx"], ["docker run"], "pwd"),
        (["$ A=1 sudo apt install jq | tee log"], ["apt install jq"], "tee"),
        (["pip install x"], ["pip install x"], "$"),
        (["$ a \\", "    --long-flag \\", "    value", "$ b"], ["run a", "b"], "flag"),
        (["→ only output"], ["terminal"], "→"),
        (
            ["# With pip", "$ pip install x", "# With conda", "$ conda install x"],
            ["With pip", "With conda", "conda install"],
            "#",
        ),
    ],
)
def test_commands_are_named_not_read(commands, parts, never):
    said = narrate("command", {"commands": commands})
    in_order(said, *parts)
    assert never not in said


def test_many_commands_are_not_all_read():
    said = narrate("command", {"commands": [f"$ tool step{n}" for n in range(12)]})
    assert "six more" in said


def test_code_is_described():
    code = "class Job:\n    pass\n\ndef load_file(path):\n    return path\n"
    said = narrate("solution", {"title": "Loading", "solution_code": code, "language": "py"})
    in_order(said, "Loading", "Python", "the class Job", "the function load file")
    assert "YAML" in narrate("solution", {"solution_code": "a: 1", "language": "yaml"})
    assert narrate("solution", {"solution_code": "x", "explanation": "It is x."}) == "It is x."
    assert "Read all rows" in narrate("solution", {"solution_code": "# Read all rows\nx = 1", "language": "python"})


def test_comparison_names_the_gain():
    content = {"before_code": "a\nb\nc", "after_code": "d", "language": "js"}
    in_order(narrate("code_comparison", content), "three lines", "one line")
    assert "JavaScript" in narrate("code_comparison", content)


def test_quiz_hides_its_answer_when_asked_to():
    quiz = {"question": "Which word defines it?", "options": ["fun", "let", "def"], "correct_answer": "def"}
    in_order(narrate("quiz", quiz), "Which word", "fun", "let", "or def", "def")
    hidden = narrate("quiz", quiz | {"show_answer": False})
    assert hidden.count("def ") + hidden.count("def?") + hidden.count("def.") == 1


def test_marks_and_pictographs_are_not_spoken():
    said = narrate("title", {"title": "**Bold** `code` 🚀 :tada: plans", "subtitle": "A → B & C | D"})
    assert "Bold code plans" in said and "A, B & C D." in said


def test_names_keep_their_capital():
    assert (
        narrate("list", {"items": ["The core", "Python support", "The tests"]})
        == "The core, Python support and the tests."
    )


def test_unknown_type_is_refused():
    with pytest.raises(ValueError, match="unknown scene type 'slide'"):
        narrate("slide", {})


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two – three", 3), ("don't stop-motion", 2), ("今天天气很好", 3), ("สวัสดีครับ", 2), ("- → !", 0)],
)
def test_word_count(text, count):
    assert word_count(text) == count


def test_estimated_duration():
    assert estimated_duration("word " * 135) == 60.0
    assert estimated_duration("one two three") == 1.3
    assert estimated_duration("") == 0.0
