"""Diagrams from their text by Mermaid or Graphviz, in the project's look and the theme's font."""

import json
import os
import re
import shutil
import subprocess
from tempfile import TemporaryDirectory
from typing import Any

import mmdr

from video_gen.errors import InputError
from video_gen.scenes.colours import mix, to_hex
from video_gen.scenes.diagrams_look import SIZE, drawn, rules, settings
from video_gen.scenes.diagrams_svg import Drawing, family_name, safe
from video_gen.scenes.fonts import typeface
from video_gen.scenes.layout import Sheet
from video_gen.scenes.scripts import clean

KINDS = {
    "flowchart": "flowchart",
    "graph": "flowchart",
    "sequenceDiagram": "sequenceDiagram",
    "classDiagram": "classDiagram",
    "stateDiagram": "stateDiagram-v2",
    "erDiagram": "erDiagram",
    "requirementDiagram": "requirementDiagram",
    "gantt": "gantt",
    "pie": "pie",
    "mindmap": "mindmap",
    "timeline": "timeline",
    "gitGraph": "gitGraph",
    "journey": "journey",
    "quadrantChart": "quadrantChart",
    "xychart": "xychart-beta",
    "block": "block-beta",
    "kanban": "kanban",
}
"""The kinds of Mermaid diagrams that are drawn, by their first word without -v2 and -beta, as they are best written."""

_TIME_OUT = 20
# What makes Graphviz read files, or pass on addresses for others to read.
_READS_FILES = re.compile(
    r"\b(image|imagepath|shapefile|fontpath|stylesheet|_background)\b\s*=|<\s*img\b", re.IGNORECASE
)
_FONT_SIZE = re.compile(r"(\bfontsize\s*=\s*\"?)([\d.]+)")
_GRAPHVIZ_SIZE = 14.0
_ACROSS = re.compile(r"^\s*direction\s+(LR|RL)\b", re.MULTILINE)
_LIFT = 23.0
_FIRST_WORD = re.compile(r"(?:\s|%%[^\n]*(?:\n|$))*([\w-]*)")
# Mermaid measures text with a font of its own, in which this sentence is so many sizes wide.
_SAMPLE, _SAMPLE_WIDTH = "Hamburgefonstiv and the quick brown fox", 303.4 / 16


def from_mermaid(text: str, sheet: Sheet, *, tight: bool = False) -> Drawing:
    """Return the drawing of a Mermaid text; `tight` with narrow boxes close together.

    Raises InputError for a kind of diagram that is not among `KINDS`, and with what the parser says.
    """
    font = sheet.theme.fonts["text"]
    head, body = _front_matter(clean(text).strip())
    kind, family = kind_of(body), family_name(font)
    given = "%%{init: " + json.dumps(settings(sheet, kind, family, tight=tight) | _commits(body)) + "}%%\n"
    try:
        svg = mmdr.render(head + given + body).svg()
    except ValueError as error:
        if "resource limit" in str(error):
            raise InputError("mermaid: the diagram is too large to be drawn. Divide it over several scenes.") from error
        raise InputError(f"mermaid: the diagram cannot be drawn: {error}. Mend it there.") from error
    size = drawn(kind) * min(1.0, _SAMPLE_WIDTH / typeface(font, 400, 64).length(_SAMPLE) * 64) * 0.97
    across = kind == "erDiagram" and _ACROSS.search(body)
    return safe(svg, "mermaid", rules=rules(sheet, family, size), size=size, font=font, lift=_LIFT if across else 0.0)


def _commits(body: str) -> dict[str, Any]:
    """Return the setting that hides the made-up names of commits where the author gave them none."""
    return {"gitGraph": {"showCommitLabel": bool(re.search(r"\bcommit\b[^\n]*\bid\s*:", body))}}


def _front_matter(text: str) -> tuple[str, str]:
    found = re.match(r"---\s*\n.*?\n---\s*\n", text, re.DOTALL)
    return (found[0], text[found.end() :]) if found else ("", text)


def kind_of(body: str) -> str:
    """Return the kind of a Mermaid text without its front matter, one of `KINDS`. Raises InputError for any other."""
    found = _FIRST_WORD.match(body)
    word = found[1] if found else ""
    kind = re.sub(r"-(v2|beta)$", "", word)
    if kind not in KINDS:
        known = ", ".join(dict.fromkeys(KINDS.values()))
        raise InputError(
            f"mermaid: a diagram that begins with {word!r} cannot be drawn. Begin it with one of: {known}; "
            "or draw it elsewhere and show it as a scene of the type `image`."
        )
    return kind


def from_graphviz(text: str, sheet: Sheet, *, tight: bool = False) -> Drawing:
    """Return the drawing of a Graphviz text, laid out by `dot`; `tight` with its boxes close together.

    Raises InputError where `dot` is not installed, for attributes that read files, for a text it refuses or takes long for.
    """
    program, name = shutil.which("dot"), "graphviz"
    if program is None:
        raise InputError(
            f"{name}: the program dot is not installed. Install Graphviz, or write the diagram as `mermaid`."
        )
    if found := _READS_FILES.search(text):
        raise InputError(f"{name}: {found[0]!r} would read a file, which is refused. Write the diagram without it.")
    given = _FONT_SIZE.sub(_enlarged, clean(text)).encode()
    with TemporaryDirectory() as folder:
        # With SERVER_NAME set Graphviz opens no file outside of GVFILEPATH, an empty folder here.
        env = {"PATH": os.environ.get("PATH", ""), "SERVER_NAME": "none", "GVFILEPATH": folder, "LC_ALL": "C.UTF-8"}
        command = [program, "-Tsvg", *_graphviz_settings(sheet, tight)]
        try:
            done = subprocess.run(command, input=given, capture_output=True, timeout=_TIME_OUT, cwd=folder, env=env)
        except subprocess.TimeoutExpired as error:
            raise InputError(f"{name}: dot needs over {_TIME_OUT} s for this diagram. Make it smaller.") from error
    if done.returncode or not done.stdout:
        said = " ".join(done.stderr.decode("utf-8", "replace").split()) or f"dot ended with code {done.returncode}"
        raise InputError(f"{name}: the diagram cannot be drawn: {said}. Mend it there.")
    return safe(done.stdout.decode("utf-8", "replace"), name, font=sheet.theme.fonts["text"])


def _enlarged(found: re.Match[str]) -> str:
    """Return a size of text as it is beside our own: as much larger as it is than Graphviz's usual one, never smaller."""
    return f"{found[1]}{SIZE * max(1.0, float(found[2]) / _GRAPHVIZ_SIZE):g}"


def _graphviz_settings(sheet: Sheet, tight: bool) -> list[str]:
    theme = sheet.theme
    text, line, edge = (to_hex(c) for c in (theme.text, theme.faint, theme.edge))
    border = to_hex(sheet.mark(sheet.style.accent))
    font = [f"fontname={family_name(theme.fonts['text'])}", f"fontsize={SIZE:g}", f"fontcolor={text}"]
    whole = [
        "bgcolor=transparent",
        "pad=0.06",
        f"nodesep={0.15 if tight else 0.3}",
        f"ranksep={0.2 if tight else 0.42}",
        f"color={edge}",
        *font,
    ]
    nodes = [
        *("shape=box", "style=rounded,filled", "margin=0.18,0.11", "penwidth=1.2", "height=0.4", "width=0.6"),
        *(f"color={border}", f"fillcolor={to_hex(mix(theme.surface, sheet.style.accent, 0.16))}", *font),
    ]
    edges = [f"color={line}", "penwidth=1.2", "arrowsize=0.8", *font[:2], f"fontcolor={to_hex(theme.muted)}"]
    return [f"-{kind}{each}" for kind, given in (("G", whole), ("N", nodes), ("E", edges)) for each in given]
