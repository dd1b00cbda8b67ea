"""Which texts of a scene are translated, and put back."""

import json

import pytest
from scene_samples import TYPICAL

from video_gen import schema
from video_gen.translation import texts_of, texts_of_head
from video_gen.translation.texts import with_texts
from video_gen.translation.words import has_words

DEFINITIONS = schema.load("video")["$defs"]
TYPES = DEFINITIONS["scene"]["properties"]["scene_type"]["enum"]
DECISIONS = (True, False, "remarks", "same")


def scene(kind, content, narration=""):
    return {"scene_type": kind, "visual_content": content, "narration": narration}


def sources(kind, content, narration=""):
    return [text["source"] for text in texts_of(scene(kind, content, narration))]


def undecided(rule, at):
    """The places of texts of which the schema does not say whether they are translated."""
    if "$ref" in rule:
        target = DEFINITIONS[rule["$ref"].removeprefix("#/$defs/")]
        rule = {**target, **{key: rule[key] for key in rule if key != "$ref"}}
    for form in [*rule.get("oneOf", []), *rule.get("anyOf", [])]:
        if set(form) != {"required"}:
            yield from undecided(form, at)
    kinds = rule.get("type", [])
    if "string" in ([kinds] if isinstance(kinds, str) else kinds):
        decided = rule.get("translate") in DECISIONS
        limited = not rule.get("translate") or rule["translate"] == "same" or "maxLength" in rule
        if not (decided and limited):
            yield at
    for key, each in rule.get("properties", {}).items():
        yield from undecided(each, f"{at}/{key}")
    if "items" in rule:
        yield from undecided(rule["items"], f"{at}/*")
    if "propertyNames" in rule:
        yield from undecided({"type": "string", **rule["propertyNames"]}, f"{at} (keys)")
        yield from undecided(rule["additionalProperties"], f"{at}/*")


@pytest.mark.parametrize("kind", [*TYPES, "scene"])
def test_the_schema_decides_for_every_text(kind):
    assert list(undecided(DEFINITIONS[kind], kind)) == []


def test_the_schema_decides_for_the_head_of_a_video():
    head = {key: rule for key, rule in schema.load("video")["properties"].items() if key != "scenes"}
    assert list(undecided({"properties": head}, "video")) == []
    assert [key for key, rule in head.items() if rule.get("translate")] == ["title", "description"]


def test_an_undecided_text_would_be_found():
    assert list(undecided({"properties": {"a": {"type": "string"}, "b": {"enum": ["x"]}}}, "t")) == ["t/a"]


def test_narration_and_words_on_the_picture_are_texts():
    found = texts_of(scene("list", TYPICAL["list"], "Hear this."))
    assert [(text["at"], text["source"]) for text in found] == [
        ("narration", "Hear this."),
        ("visual_content/header", "Results"),
        ("visual_content/description", "Plain files."),
        ("visual_content/items/0/title", "Video"),
        ("visual_content/items/1/title", "Captions"),
        ("visual_content/items/2", "Transcript"),
    ]  # "1080p" is no word
    assert found[0]["limit"] == 50_000 and found[5]["limit"] == 500


def test_of_commands_comments_points_and_results_are_words():
    lines = [
        "# Install it",
        "$ pip install x",
        "→ collected two files",
        "- a point",
        "  ✓ All done ",
        "plain",
        "#!/bin/sh",
    ]
    assert sources("command", {"commands": lines}) == ["Install it", "a point", "All done"]


def test_several_lines_of_one_command_are_told_apart():
    found = texts_of(scene("command", {"commands": ["# One\n$ ls\n# Two"]}))
    assert [text["at"] for text in found] == ["visual_content/commands/0/0", "visual_content/commands/0/2"]
    content = with_texts(scene("command", {"commands": ["# One\n$ ls\n# Two"]}), {found[1]["at"]: "Dos"})[
        "visual_content"
    ]
    assert content == {"commands": ["# One\n$ ls\n# Dos"]}


def test_commands_named_in_the_narration_are_kept():
    content = {"commands": ["# Build", "$ make video", "$ ls"]}
    (narration, _) = texts_of(scene("command", content, "Run make video, then run ls."))
    assert narration["keep"] == ["make video"]


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("code_comparison", TYPICAL["code_comparison"], ["Shorter", "Old", "New"]),
        ("solution", TYPICAL["solution"], ["One pass", "It is short."]),
        ("code", {"code": "print('Hello you')", "filename": "big file.py", "language": "python"}, []),
        ("code", {"code": ["x = 1"], "steps": [{"lines": "1", "note": "Set it."}]}, ["Set it."]),
        ("diagram", {"mermaid": "graph LR; A[One thing] --> B", "caption": "The parts"}, ["The parts"]),
        ("image", {"image": "a picture.png", "alt": "A cat", "zoom": True}, ["A cat"]),
        ("chart", {"kind": "bar", "csv": "some data.csv", "x": "month", "y": ["one", "two"], "unit": "visits"}, ["visits"]),
        ("exercise", TYPICAL["exercise"], ["Own it", "Clone it.", "Change it.", "15 minutes"]),
        ("problem", TYPICAL["problem"], ["Streak", "Find it.\n\nReturn it."]),
    ],
)  # fmt: skip
def test_code_names_files_and_keys_are_no_words(kind, content, words):
    assert sources(kind, content) == words


def test_a_usual_difficulty_is_a_key_and_another_one_words():
    content = dict(TYPICAL["learning_objectives"], objectives=["`x`"], lesson_title="1")
    content["lesson_info"] = {"duration": "20 minutes", "difficulty": "Easy", "prerequisites": "Loops"}
    assert sources("learning_objectives", content) == ["20 minutes", "Loops"]
    content["lesson_info"] = {"difficulty": "For experts", "duration": 20}
    assert sources("learning_objectives", content) == ["For experts"]


def test_an_answer_and_a_highlight_follow_the_text_that_they_name():
    quiz = scene("quiz", TYPICAL["quiz"])
    assert [text["at"] for text in texts_of(quiz)][-1] == "visual_content/options/3"
    done = with_texts(quiz, {"visual_content/options/1": "Dos"})["visual_content"]
    assert done["correct_answer"] == "Dos" == done["options"][1]
    lit = {"rows": ["Total", 1], "columns": "Cost"}
    table = scene("table", {"columns": ["Thing", "Cost"], "rows": [["Total", 12], ["x_y", "n/a"]], "highlight": lit})
    done = with_texts(table, {"visual_content/columns/1": "Coste", "visual_content/rows/0/0": "Suma"})["visual_content"]
    assert done["highlight"] == {"rows": ["Suma", 1], "columns": "Coste"} and done["rows"][1] == ["x_y", "n/a"]


def test_labels_of_values_are_words_and_keep_their_order():
    chart = scene("chart", {"kind": "pie", "values": {"Dogs": 2, "Cats": 1.5, "2024": 3}})
    found = texts_of(chart)
    assert [(text["at"], text["among"]) for text in found] == [
        ("visual_content/values/0", "visual_content/values"),
        ("visual_content/values/1", "visual_content/values"),
    ]
    done = with_texts(chart, {"visual_content/values/0": "Perros", "visual_content/values/1": "Gatos"})
    assert list(done["visual_content"]["values"].items()) == [("Perros", 2), ("Gatos", 1.5), ("2024", 3)]


def test_series_of_data_are_words():
    data = {"labels": ["Q1", "Spring", 2024], "series": [{"name": "Old", "values": [1, 2, 3]}]}
    assert sources("chart", {"kind": "bar", "data": data}) == ["Spring", "Old"]


@pytest.mark.parametrize("kind", list(TYPICAL))
def test_without_translations_a_scene_stays_as_it_is(kind):
    before = json.dumps(TYPICAL[kind])
    assert with_texts(scene(kind, TYPICAL[kind], "Yes."), {}) == {"narration": "Yes.", "visual_content": TYPICAL[kind]}
    assert json.dumps(TYPICAL[kind]) == before


def test_the_head_has_title_and_description():
    script = {"title": "A talk", "description": "", "version": "v2.0"}
    assert [(text["at"], text["limit"]) for text in texts_of_head(script)] == [("title", 500)]


@pytest.mark.parametrize(
    "text",
    ["Q1", "10 s", "`make video`", "README.md", "https://example.org/a", "me@example.org", "--cores 4", "output/videos/a.mp4",
     "./run", ".venv", "inputs/", "snake_case", "a::b", "getName", "run()", "[pause 0.8]", "{name}", "1,234.5", "v2.0", "→"],
)  # fmt: skip
def test_what_is_no_word(text):
    assert not has_words(text)


@pytest.mark.parametrize("text", ["Yes", "and/or", "是", "MB", "Use `make`", "e.g. this", "well-known", "A cat."])
def test_what_is_words(text):
    assert has_words(text)
