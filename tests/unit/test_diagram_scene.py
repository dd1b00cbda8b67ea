"""Diagrams from Mermaid and Graphviz: kinds, looks, legibility, from the least to the most, in every format."""

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from scene_checks import (
    PROSE_500,
    PROSE_5000,
    SMALL,
    ContrastChecks,
    WholeTextChecks,
    assert_sound,
    boxes,
)

from video_gen.errors import InputError
from video_gen.scenes import colours, diagrams, diagrams_svg, states, theme
from video_gen.scenes.diagrams_windows import spans
from video_gen.scenes.fonts import typeface
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style
from video_gen.scenes.types import diagram

FLOW = "flowchart LR\n  A[Document] --> B{Long?}\n  B -->|yes| C[Condense]\n  B -->|no| D[(Script)]\n  C --> D"
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
MINIMAL = {
    "diagram": {"mermaid": "flowchart LR\n A --> B"},
}
TYPICAL = {
    "diagram": {"mermaid": FLOW, "header": "Path", "caption": "From words to a script", "description": "In short."},
}
SAID = {
    "diagram": "Path In short. From words to a script",
}
EXTREME = {
    "diagram": {
        "header": PROSE_500,
        "description": PROSE_5000,
        "caption": PROSE_500,
        "mermaid": "flowchart LR\n"
        + "\n".join(f"A{n}[Node number {n} of the long chain] --> A{n + 1}" for n in range(60)),
    },
}


class TestDiagramScenes(ContrastChecks, WholeTextChecks):
    scene_type = "diagram"
    minimal, typical, extreme = MINIMAL, TYPICAL, EXTREME
    said = SAID
    counts: ClassVar = {"diagram": 1}
    most_pages = 4


MERMAID = {
    "chain": "flowchart LR\n"
    + "\n".join(f"A{n}[Step number {n}] --> A{n + 1}[Step number {n + 1}]" for n in range(14)),
    "tree": "flowchart TD\n" + "\n".join(f"R[Root] --> A{n}[Branch {n}] --> B{n}[Leaf {n}]" for n in range(9)),
    "groups": "flowchart TD\n subgraph one [In]\n A[Read] --> B[Parse]\n end\n subgraph two\n C -.-> D\n end\n B ==> C",
    "sequence": "sequenceDiagram\n participant U as User\n U->>Server: GET\n Note over U: waits\n Server-->>U: 200",
    "calls": "sequenceDiagram\n"
    + "\n".join(f"A->>B: call {n}\n B->>C: ask {n}\n C-->>A: answer {n}" for n in range(6)),
    "class": 'classDiagram\n class Animal{\n +int age\n +run() bool\n }\n Animal <|-- Duck\n Animal "1" o-- "many" Leg : has',
    "state": "stateDiagram-v2\n [*] --> Still\n Still --> Moving: go\n Moving --> [*]",
    "er": "erDiagram\n CUSTOMER ||--o{ ORDER : places\n CUSTOMER {\n string name\n }",
    "requirement": "requirementDiagram\n requirement r {\n id: 1\n text: works\n risk: low\n verifymethod: test\n }",
    "gantt": "gantt\n title Plan\n dateFormat YYYY-MM-DD\n section One\n First :a1, 2024-01-01, 30d\n Next :after a1, 20d",
    "pie": 'pie title Pets\n "Dogs" : 386\n "Cats" : 85',
    "mind": "mindmap\n root((Middle))\n  One\n   Two",
    "timeline": "timeline\n title History\n 2002 : LinkedIn\n 2004 : Facebook : Google",
    "git": 'gitGraph\n commit\n branch develop\n commit id: "work"\n checkout main\n merge develop',
    "journey": "journey\n title Day\n section Work\n Make tea: 5: Me\n Go upstairs: 3: Me",
    "quadrant": "quadrantChart\n title Reach\n x-axis Low --> High\n quadrant-1 We\n A: [0.3, 0.6]",
    "xy": 'xychart-beta\n title Sales\n x-axis [jan, feb]\n y-axis "Euro" 0 --> 10\n bar [3, 5]',
    "block": "block-beta\n columns 2\n a b\n c:2",
    "kanban": "kanban\n todo[Todo]\n  a[Write]",
    "front": "---\ntitle: Named\n---\n%% a remark\nflowchart TD\n A --> B",
    "unicode": "flowchart LR\n A[Grüße] --> B[Привет] --> C[日本語] --> D[مرحبا] --> E[नमस्ते] --> F[สวัสดี]",
}
FULL = [Style(1920, 1080), Style(1080, 1920), Style(1080, 1080)]


@pytest.mark.parametrize("look", ["midnight", "paper"])
@pytest.mark.parametrize("kind", MERMAID)
def test_kinds_of_diagrams_are_drawn_in_our_colours(kind, look):
    style = Style(640, 360, theme=theme.load(look))
    for state in states("diagram", {"mermaid": MERMAID[kind]}, style):
        assert_sound(state, style)
        (box,) = boxes(state, "card:picture")
        area = np.asarray(state.picture)[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].min(axis=2)
        assert area.max() > 150 and area.min() < 110, "text stands out from the ground"
        ground = area > 250 if style.theme.dark else area < 20
        assert ground.mean() < 0.08


@pytest.mark.parametrize("style", FULL, ids=lambda s: f"{s.width}x{s.height}")
@pytest.mark.parametrize("kind", MERMAID)
def test_the_smallest_text_is_legible(kind, style, monkeypatch):
    sizes = []

    def blank(drawing, width, height):
        sizes.append(drawing.text * min(width / drawing.width, height / drawing.height))
        picture = Image.new("RGBA", (width, height))
        picture.paste((9, 9, 9, 255), (0, 0, width, height))
        return picture

    monkeypatch.setattr(diagram, "pixels", blank)
    states("diagram", {"mermaid": MERMAID[kind], "header": "A diagram"}, style)
    assert sizes and min(sizes) >= 24 - 0.1


@pytest.mark.parametrize("kind", MERMAID)
def test_no_text_has_a_size_or_a_font_of_its_own(kind):
    drawing = diagrams.from_mermaid(MERMAID[kind], Sheet(Style(), 1600))
    root = ElementTree.fromstring(drawing.svg)
    for node in root.iter():
        if node.tag.endswith(("}text", "}tspan")):
            assert "font-size" not in node.get("style", "") and node.get("font-family") is None
        if any(each.tag.endswith("}text") for each in node.iter()):
            assert "scale(" not in node.get("transform", "")
    assert f"text{{font-size:{drawing.text:g}px!important" in drawing.svg


@pytest.mark.parametrize("look", ["midnight", "paper", "slate"])
def test_text_is_as_large_as_is_said_in_the_font_of_the_theme(look):
    sheet = Sheet(Style(theme=theme.load(look)), 1600)
    drawing = diagrams.from_mermaid("flowchart LR\n A[HHHHHH]", sheet)
    bare = replace(drawing, svg=drawing.svg.replace("HHHHHH", "\u2003"))
    size = round(drawing.width * 4), round(drawing.height * 4)
    with_text, without = (np.asarray(diagrams_svg.pixels(each, *size)).astype(int) for each in (drawing, bare))
    ink = np.abs(with_text - without).max(axis=2) > 60
    high = np.flatnonzero(ink.any(axis=1))
    wide = np.flatnonzero(ink.any(axis=0))
    face = typeface(sheet.theme.fonts["text"], 400, drawing.text * 4)
    assert high[-1] - high[0] == pytest.approx(face.cap, abs=3)
    assert wide[-1] - wide[0] == pytest.approx(face.length("HHHHHH"), rel=0.08)


def test_the_direction_of_the_author_is_kept_where_it_is_legible():
    tall, wide = Style(1080, 1920), Style(1920, 1080)
    short = "flowchart {}\n A[One] --> B[Two] --> C[Three]"
    for style in (tall, wide):
        for way in ("LR", "TD"):
            (state,) = states("diagram", {"mermaid": short.format(way)}, style)
            (box,) = boxes(state, "card:picture")
            assert (box.right - box.left > box.bottom - box.top) == (way == "LR")
    (state,) = states(
        "diagram", {"mermaid": MERMAID["chain"].split("A5[")[0].replace("A4[Step number 4] -->", "")}, tall
    )
    (box,) = boxes(state, "card:picture")
    assert box.bottom - box.top > box.right - box.left, "turned"


def test_a_long_chain_goes_on_on_further_pictures_that_tell_where_one_is():
    found = states("diagram", {"mermaid": MERMAID["chain"], "header": "Chain"}, Style())
    assert 2 < len(found) <= 8
    assert found[0].cue == "Chain"
    told = " ".join(state.cue for state in found[1:])
    assert "Step number 14" in told and told.count("Step number 9") == 1
    places = [boxes(state, "card:here")[0].left for state in found]
    assert places == sorted(set(places)) and all(boxes(state, "card:rail") for state in found)
    for state in found:
        assert_sound(state, Style())


def test_the_names_of_a_sequence_stand_above_each_of_its_pictures():
    found = states("diagram", {"mermaid": MERMAID["calls"]}, Style())
    assert len(found) > 2
    (box,) = boxes(found[0], "card:picture")
    middle = int((box.left + box.right) / 2)
    tops = [np.asarray(s.picture)[int(box.top) : int(box.top) + 60, middle - 150 : middle + 150] for s in found[:-1]]
    assert all(np.abs(tops[0].astype(int) - top).mean() < 1 for top in tops[1:])


def test_windows_are_cut_where_least_is_drawn():
    ink = np.array([[9] * 40 + [1] * 20] * 8).ravel()
    found = spans(ink, 200)
    assert found[0][0] == 0 and found[-1][1] == len(ink)
    for (start, end), (after, _) in pairwise(found):
        assert start < after <= end <= start + 200 and ink[end] == 1 and ink[after] == 1
    assert spans(ink[:150], 200) == [(0, 150)]


@pytest.mark.parametrize(
    ("count", "message"), [(180, "need over 30 pictures to be legible"), (420, "too large to be drawn")]
)
def test_a_diagram_for_too_many_pictures_is_refused_with_the_remedy(count, message):
    text = "flowchart LR\n" + "\n".join(f"A{n}[Node number {n} of a chain] --> A{n + 1}" for n in range(count))
    with pytest.raises(InputError, match=rf"{message}\. Divide it over several scenes"):
        states("diagram", {"mermaid": text}, SMALL)


def test_text_in_a_box_that_the_author_filled_is_read_on_it():
    text = "flowchart LR\n A[One] --> B[Two]\n style A fill:#ffee88\n style B fill:#102030"
    svg = diagrams.from_mermaid(text, Sheet(SMALL, 500)).svg
    inks = {m[2]: m[1] for m in re.finditer(r'fill:(#\w{6})!important"[^>]*>(?:<[^>]*>)*(One|Two)<', svg)}
    for name, ground in (("One", "#ffee88"), ("Two", "#102030")):
        assert colours.contrast(colours.from_hex(inks[name]), colours.from_hex(ground)) >= 4.5


def test_broken_diagrams_are_refused_with_what_the_parser_says():
    with pytest.raises(InputError, match=r"mermaid: the diagram cannot be drawn: .*Unterminated node label"):
        states("diagram", {"mermaid": "flowchart LR\n A[x --> B"}, SMALL)
    with pytest.raises(
        InputError, match=r"begins with 'hello' cannot be drawn\. Begin it with one of: flowchart, sequenceDiagram"
    ):
        states("diagram", {"mermaid": "hello"}, SMALL)
    with pytest.raises(InputError, match="No font that is installed can draw"):
        states("diagram", {"mermaid": "flowchart LR\n A[\U0001f9ff\U000e0fff\U00102345] --> B"}, SMALL)


def test_a_diagram_reaches_no_file(tmp_path):
    Image.new("RGB", (40, 40), (1, 250, 2)).save(tmp_path / "secret.png")
    path = tmp_path / "secret.png"
    svg = diagrams.from_mermaid(
        f'flowchart LR\n A@{{ img: "{path}", label: "x", h: 60, w: 60 }}\n A --> B', Sheet(SMALL, 500)
    ).svg
    assert "secret" not in svg


@needs_dot
def test_graphviz():
    text = 'digraph { rankdir=LR; a [label="Source"]; a -> b -> c; subgraph cluster_x { label=Group; b; c } }'
    drawing = diagrams.from_graphviz(text, Sheet(SMALL, 500))
    assert {"Source", "b", "c", "Group"} <= set(diagrams_svg.texts(drawing))
    (state,) = states("diagram", {"graphviz": text, "header": "Graph"}, SMALL)
    assert_sound(state, SMALL)
    with pytest.raises(InputError, match=r"graphviz: .*syntax error"):
        states("diagram", {"graphviz": "digraph { a -> }"}, SMALL)


@needs_dot
@pytest.mark.parametrize(
    "attribute",
    [
        'image="/etc/x.png"',
        'SHAPEFILE = "x"',
        'imagepath="/"',
        "label=<<TABLE><TR><TD><IMG SRC='x'/></TD></TR></TABLE>>",
    ],
)
def test_graphviz_reads_no_files(attribute):
    with pytest.raises(InputError, match="would read a file"):
        states("diagram", {"graphviz": f"digraph {{ a [{attribute}] }}"}, SMALL)


def test_graphviz_that_is_not_installed_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match=r"dot is not installed\. Install Graphviz, or write the diagram as `mermaid`"):
        states("diagram", {"graphviz": "digraph { a -> b }"}, SMALL)
