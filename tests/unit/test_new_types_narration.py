"""What is said of images, tables, code, charts and diagrams; and what a Markdown document makes of its own."""

import re
import shutil

import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from video_gen.files import read_json
from video_gen.script.narration import narrate, word_count
from video_gen.script.narration.nodes import nodes
from video_gen.sources.markdown import to_video

SCHEMA = Draft202012Validator(read_json("schemas/video.schema.json"))
MONTHS = {"Jan": 1200, "Feb": 1850, "Mar": 2400, "Apr": 2100, "May": 3300, "Jun": 4120}
TWO = {"labels": ["Q1", "Q2"], "series": [{"name": "Old", "values": [3, 5]}, {"name": "New", "values": [6, 8]}]}
TABLE = {
    "header": "Ways",
    "columns": ["Way", "CPU seconds", "Description"],
    "rows": [["Pipe", 30, "Every frame"], ["Skip", 4.2, "Held pictures cost nothing"]],
}
FLOW = "flowchart LR\n A[Document] --> B{Is it long?}\n B -->|yes| C[Condense]\n B -->|no| D[(Store)]"
TYPICAL = {
    "image": {"image": "x.png", "header": "Editor", "caption": "A script", "alt": "The editor with an open script"},
    "table": TABLE,
    "code": {"code": "x = 1", "description": "A start", "steps": [{"lines": 1, "note": "It sets x"}]},
    "chart": {"kind": "bar", "header": "Downloads by month", "values": MONTHS, "unit": "downloads"},
    "diagram": {"header": "Path", "mermaid": FLOW},
}


@pytest.mark.parametrize("language", ["en", "en-GB", "de"])
@pytest.mark.parametrize("kind", TYPICAL)
def test_said_in_sentences_without_signs(kind, language):
    said = narrate(kind, TYPICAL[kind], language)
    assert said == narrate(kind, TYPICAL[kind], language)
    assert 1 <= word_count(said) <= 70 and said[-1] in ".!?" and "  " not in said
    assert not re.search(r"[{}$#`*=<>|→✓_\[\]]|\bNone\b|\.\.|,\.|:\.", said), said


@pytest.mark.parametrize("kind", TYPICAL)
def test_every_field_may_be_missing(kind):
    for language in ("en", "fr"):
        for left_out in TYPICAL[kind]:
            narrate(kind, {key: value for key, value in TYPICAL[kind].items() if key != left_out}, language)
        assert isinstance(narrate(kind, {}, language), str)


def test_images_are_told_by_their_description_else_their_caption():
    assert "The editor with an open script." in narrate("image", TYPICAL["image"])
    assert narrate("image", {"image": "x.png", "caption": "A script"}) == "A script."


def test_tables_are_told_by_rows_not_by_every_cell():
    assert narrate("table", TABLE).startswith("Ways. Pipe: CPU seconds 30, Every frame. Skip: CPU seconds 4.2, Held")
    long = {"columns": ["Key", "Meaning"], "rows": [[f"k{n}", f"meaning {n}"] for n in range(40)]}
    said = narrate("table", long)
    assert "k0: meaning 0." in said and "k39: meaning 39." in said and "k20" not in said
    assert "k6: meaning 6." in narrate("table", long | {"highlight": {"rows": [7, "k30"]}})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"kind": "bar", "values": MONTHS}, ["Jun", "4,120", "Jan", "1,200"]),
        (
            {"kind": "bar", "unit": "%", "values": {"N": -4.5, "S": 3.2, "E": 1}},
            ["3.2 percent", "minus 4.5 percent"],
        ),
        ({"kind": "line", "values": {"a": 1, "b": 2, "c": 3}}, ["rises steadily from 1 to 3"]),
        ({"kind": "line", "values": {"a": 9, "b": 12, "c": 3}}, ["ups and downs", "falls from 9 to 3", "b", "c"]),
        ({"kind": "line", "values": {"a": 5, "b": 5, "c": 5}}, ["stays at 5"]),
        ({"kind": "bar", "data": TWO}, ["Old", "3", "Q1", "5", "Q2", "New", "6", "8"]),
        (
            {"kind": "pie", "values": {"A": 50, "B": 30, "C": 20}},
            ["A with 50 percent", "B with 30 percent", "C with 20"],
        ),
        ({"kind": "bar", "values": {"Only": 7}}, ["Only 7"]),
    ],
)
def test_charts_are_put_into_words(content, words):
    said = narrate("chart", content)
    for word in words:
        assert word in said, said


def test_code_is_told_by_its_notes_in_their_order():
    notes = [{"lines": n, "note": f"Note {n}"} for n in (3, 1, 2)]
    said = narrate("code", {"header": "H", "description": "First this", "code": "a\nb\nc", "steps": notes})
    assert said == "H. First this. Note 3. Note 1. Note 2."
    assert "function twice" in narrate("code", {"code": "def twice(a):\n    return a", "language": "python"})


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ({"mermaid": FLOW}, ["Document", "Is it long?", "Condense", "Store"]),
        ({"mermaid": "graph TD\n one --> two\n two --> three & four"}, ["one", "two", "three", "four"]),
        ({"mermaid": "sequenceDiagram\n participant U as User\n actor S\n U->>S: hello"}, ["User", "S"]),
        ({"mermaid": "stateDiagram-v2\n [*] --> Still\n Still --> Moving: go"}, ["Still", "Moving"]),
        ({"graphviz": 'digraph { a [label="Source text"]; a -> b; node [shape=box] }'}, ["Source text", "b"]),
        ({}, []),
    ],
)
def test_names_of_a_diagram(content, names):
    assert nodes(content) == names


def scenes(text, file="doc.md"):
    video, warnings = to_video(f"# T\n\nOpening words.\n\n## S\n\n{text}", str(file), "doc")
    SCHEMA.validate(video)
    return video["scenes"][1:-1], warnings


def test_fences_of_diagrams_become_diagrams():
    ((scene,), warnings) = scenes(f"It goes like this:\n\n```mermaid\n{FLOW}\n```\n")
    assert scene["scene_type"] == "diagram" and not warnings
    assert scene["visual_content"] == {"header": "S", "description": "It goes like this.", "mermaid": FLOW}
    assert scene["scene_id"] == "s_diagram"


def test_a_broken_diagram_is_shown_as_text_and_warned():
    ((scene,), (warning,)) = scenes("```mermaid\nflowchart LR\n A[x --> B\n```\n")
    assert scene["scene_type"] == "code" and "a diagram is shown as text" in warning and "line 7" in warning


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_fences(monkeypatch):
    text = "```dot\ndigraph { a -> b }\n```"
    assert scenes(text)[0][0]["visual_content"]["graphviz"] == "digraph { a -> b }"
    ((scene,), (warning,)) = scenes('```dot\ndigraph { a [image="/etc/x.png"] }\n```')
    assert scene["scene_type"] == "code" and "would read a file" in warning
    monkeypatch.setenv("PATH", "/nowhere")
    assert scenes(text)[0][0]["scene_type"] == "code"


def test_code_keeps_its_file_name():
    ((scene,), _) = scenes('Like so.\n\n```python title="src/app.py"\nx = 1\n```')
    assert scene["visual_content"] == {
        "header": "S",
        "description": "Like so.",
        "code": "x = 1",
        "language": "python",
        "filename": "src/app.py",
    }


def test_long_tables_are_split_and_long_texts_stay_lists():
    rows = "\n".join(f"| k{n} | {n} |" for n in range(14))
    (first, second), _ = scenes(f"| Key | Value |\n|--|--|\n{rows}")
    assert [len(s["visual_content"]["rows"]) for s in (first, second)] == [7, 7]
    assert second["visual_content"]["header"] == "S (2/2)" and second["narration"]
    wide = "|" + "a|" * 7 + "\n|" + "-|" * 7 + "\n|" + "1|" * 7
    assert scenes(wide)[0][0]["scene_type"] == "list"


@pytest.fixture
def document(tmp_path):
    folder = tmp_path / "docs"
    (folder / "img").mkdir(parents=True)
    for path in (folder / "img/a b.png", tmp_path / "outside.png"):
        Image.new("RGB", (40, 30)).save(path)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    return folder / "doc.md"


def test_pictures_of_the_document_are_shown(document):
    found, warnings = scenes("Look here.\n\n![The editor](img/a%20b.png)\n\nAnd on.", document)
    assert [s["scene_type"] for s in found] == ["title", "image", "title"] and not warnings
    content = found[1]["visual_content"]
    assert content["image"] == str(document.parent / "img/a b.png") and content["alt"] == "The editor"
    assert found[1]["narration"] == "The editor."
    ((html,), _) = scenes('<p align="center"><img src="img/a b.png" alt="Drawn"></p>', document)
    assert html["scene_type"] == "image"


@pytest.mark.parametrize(
    "source",
    [
        "../outside.png",
        "link.png",
        "https://example.org/a.png",
        "//example.org/a.png",
        "none.png",
        "/etc/a.png",
    ],
)
def test_other_pictures_are_not_reached(document, source):
    found, warnings = scenes(f"Words.\n\n![A picture]({source})", document)
    assert all(scene["scene_type"] != "image" for scene in found)
    assert len(warnings) == 1 and "the picture “A picture” is not shown" in warnings[0]


def test_badges_are_passed_over(document):
    found, warnings = scenes("Words.\n\n![build](img/build-badge.png) ![x](a.svg)", document)
    assert len(found) == 1 and not warnings
