"""Diagrams from their text: to SVG by Mermaid or Graphviz in the project's look, and from SVG to pixels."""

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import mmdr
import resvg_py
from PIL import Image

from video_gen.errors import InputError
from video_gen.scenes.charts_axes import palette
from video_gen.scenes.colours import mix, on, to_hex
from video_gen.scenes.fonts import clean, typeface
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Colour

SIZE = 28.0
"""Size of the text in a diagram's own units."""

_TIME_OUT = 20
# What makes Graphviz read files, or pass on addresses for others to read.
_READS_FILES = re.compile(
    r"\b(image|imagepath|shapefile|fontpath|stylesheet|_background)\b\s*=|<\s*img\b", re.IGNORECASE
)
_SVG = "{http://www.w3.org/2000/svg}"
_CORNER = "10"
_LENGTH = re.compile(r"([\d.]+)(pt|px)?$")


@dataclass(frozen=True)
class Drawing:
    """An SVG text with its size in its own units (`SIZE` of them are the height of its text)."""

    svg: str
    width: float
    height: float


def from_mermaid(text: str, sheet: Sheet, *, tight: bool = False) -> Drawing:
    """Return the drawing of a Mermaid text; `tight` with narrow boxes close together.

    Raises InputError with what the parser says.
    """
    name = "mermaid"
    head, body = _front_matter(clean(text).strip())
    settings = "%%{init: " + json.dumps(_mermaid_settings(sheet, tight)) + "}%%\n"
    try:
        svg = mmdr.render(head + settings + body).svg()
    except ValueError as error:
        raise InputError(f"{name}: the diagram cannot be drawn: {error}. Mend it there.") from error
    # It measures with a narrower font than the one that draws, and its lines are meant for a page.
    for usual, ours in (
        (f"font-size:{SIZE:g}px", f"font-size:{SIZE * 0.92:g}px"),
        ("edge-thickness-normal{stroke-width:2px", "edge-thickness-normal{stroke-width:3px"),
        ("stroke-width:1px;", "stroke-width:2px;"),
    ):
        svg = svg.replace(usual, ours)
    return _safe(svg, name)


def _front_matter(text: str) -> tuple[str, str]:
    found = re.match(r"---\s*\n.*?\n---\s*\n", text, re.DOTALL)
    return (found[0], text[found.end() :]) if found else ("", text)


def _mermaid_settings(sheet: Sheet, tight: bool) -> dict[str, Any]:
    theme = sheet.theme
    fill = mix(theme.surface, sheet.style.accent, 0.16)
    tints = [mix(theme.surface, c, 0.55) for c in wheel(sheet)]
    colours: dict[str, Colour] = {
        "background": theme.ground,
        "primaryColor": fill,
        "primaryTextColor": theme.text,
        "primaryBorderColor": sheet.mark(sheet.style.accent),
        "secondaryColor": theme.bar,
        "tertiaryColor": theme.surface,
        "lineColor": theme.faint,
        "textColor": theme.text,
        "titleColor": theme.text,
        "nodeTextColor": theme.text,
        "clusterBkg": theme.surface,
        "clusterBorder": theme.edge,
        "edgeLabelBackground": mix(theme.well, theme.surface, 0.45),
        "noteBkgColor": theme.bar,
        "noteTextColor": theme.text,
        "noteBorderColor": theme.edge,
        "actorLineColor": theme.edge,
        "labelBoxBkgColor": theme.bar,
        "labelBoxBorderColor": theme.edge,
        "activationBkgColor": theme.bar,
        "sectionBkgColor": theme.surface,
        "sectionBkgColor2": theme.surface,
        "altSectionBkgColor": theme.well,
        "gridColor": theme.edge,
        "taskBkgColor": fill,
        "taskTextColor": theme.text,
        "taskTextOutsideColor": theme.text,
        "taskTextDarkColor": theme.text,
        "activeTaskBkgColor": tints[0],
        "doneTaskBkgColor": theme.bar,
        "pieTitleTextColor": theme.text,
        "pieLegendTextColor": theme.text,
        "pieSectionTextColor": theme.text,
        "pieStrokeColor": theme.ground,
        "commitLabelColor": theme.text,
        "commitLabelBackground": theme.surface,
        "tagLabelColor": theme.text,
        "tagLabelBackground": fill,
    }
    for n, tint in enumerate(tints):
        colours |= {
            f"cScale{n}": tint,
            f"cScaleLabel{n}": on(tint),
            f"cScaleInv{n}": theme.edge,
            f"cScalePeer{n}": mix(tint, theme.text, 0.3),
            f"pie{n + 1}": tint,
            f"fillType{n}": tint,
        }
        if n < 8:
            colours |= {f"git{n}": tint, f"gitBranchLabel{n}": on(tint)}
    variables: dict[str, Any] = {key: to_hex(colour) for key, colour in colours.items()}
    variables |= {"darkMode": theme.dark, "fontFamily": "Inter", "fontSize": f"{SIZE:g}px", "pieOpacity": "1"}
    return {
        "theme": "base",
        "look": "classic",
        "themeVariables": variables,
        "flowchart": {"htmlLabels": False, "wrappingWidth": 420, "padding": 22}
        | ({"wrappingWidth": 190, "rankSpacing": 30, "nodeSpacing": 26, "padding": 14} if tight else {}),
        "sequence": {"actorFontSize": 26, "messageFontSize": 26, "noteFontSize": 26},
        "gantt": {"fontSize": 22, "sectionFontSize": 22, "barHeight": 44, "leftPadding": 180},
    }


def wheel(sheet: Sheet) -> list[Colour]:
    """Return twelve colours around the wheel, the accent first."""
    return list(palette(sheet, 12))


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
    with TemporaryDirectory() as folder:
        # With SERVER_NAME set Graphviz opens no file outside of GVFILEPATH, an empty folder here.
        safe = {"PATH": os.environ.get("PATH", ""), "SERVER_NAME": "none", "GVFILEPATH": folder, "LC_ALL": "C.UTF-8"}
        command = [program, "-Tsvg", *_graphviz_settings(sheet, tight)]
        try:
            done = subprocess.run(
                command, input=clean(text).encode(), capture_output=True, timeout=_TIME_OUT, cwd=folder, env=safe
            )
        except subprocess.TimeoutExpired as error:
            raise InputError(f"{name}: dot needs over {_TIME_OUT} s for this diagram. Make it smaller.") from error
    if done.returncode or not done.stdout:
        said = " ".join(done.stderr.decode("utf-8", "replace").split()) or f"dot ended with code {done.returncode}"
        raise InputError(f"{name}: the diagram cannot be drawn: {said}. Mend it there.")
    return _safe(done.stdout.decode("utf-8", "replace"), name)


def _graphviz_settings(sheet: Sheet, tight: bool) -> list[str]:
    theme = sheet.theme
    text, line, edge = (to_hex(c) for c in (theme.text, theme.faint, theme.edge))
    border = to_hex(sheet.mark(sheet.style.accent))
    font = ["fontname=Inter", f"fontsize={SIZE:g}", f"fontcolor={text}"]
    whole = [
        "bgcolor=transparent",
        "pad=0.1",
        f"nodesep={0.25 if tight else 0.5}",
        f"ranksep={0.35 if tight else 0.7}",
        f"color={edge}",
        *font,
    ]
    nodes = [
        *("shape=box", "style=rounded,filled", "margin=0.3,0.18", "penwidth=2"),
        *(f"color={border}", f"fillcolor={to_hex(mix(theme.surface, sheet.style.accent, 0.16))}", *font),
    ]
    edges = [f"color={line}", "penwidth=2", "arrowsize=1.2", *font[:2], f"fontcolor={to_hex(theme.muted)}"]
    return [f"-{kind}{each}" for kind, given in (("G", whole), ("N", nodes), ("E", edges)) for each in given]


def _safe(svg: str, name: str) -> Drawing:
    """Return the SVG without whatever refers to something outside of it."""
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - written by our own tools; it has no document type
    except ElementTree.ParseError as error:
        raise InputError(f"{name}: the diagram gives no valid picture ({error}). Simplify its texts.") from error
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{_SVG}image", f"{_SVG}script", f"{_SVG}foreignObject"):
                parent.remove(child)
        for key in [k for k, v in parent.attrib.items() if k.endswith("href") and not v.startswith("#")]:
            del parent.attrib[key]
    _polish(root)
    width, height = _size(root)
    root.set("width", f"{width}")
    root.set("height", f"{height}")
    ElementTree.register_namespace("", _SVG[1:-1])
    return Drawing(ElementTree.tostring(root, encoding="unicode"), width, height)


def _polish(root: ElementTree.Element) -> None:
    """Round the corners of plain boxes, and put the names of states in the middle of theirs."""
    for group in root.iter(f"{_SVG}g"):
        kinds = group.get("class", "").split()
        if not {"node", "cluster"} & set(kinds):
            continue
        for box in group.findall(f"{_SVG}rect"):
            box.attrib |= {"rx": box.get("rx") or _CORNER, "ry": box.get("ry") or _CORNER}
        if "statediagram-state" not in kinds:
            continue
        for label in group.findall(f"{_SVG}g[@class='label']"):
            down = re.search(r"translate\([-\d.]+,\s*([-\d.]+)\)", label.get("transform", ""))
            label.set("transform", f"translate(0, {down[1] if down else 0})")
            for text in label.iter(f"{_SVG}text"):
                text.set("text-anchor", "middle")


def _size(root: ElementTree.Element) -> tuple[float, float]:
    box = root.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4:
        return max(1.0, float(box[2])), max(1.0, float(box[3]))
    sides = [_LENGTH.match(root.get(key, "")) for key in ("width", "height")]
    return max(1.0, float(sides[0][1]) if sides[0] else 1.0), max(1.0, float(sides[1][1]) if sides[1] else 1.0)


def texts(drawing: Drawing) -> list[str]:
    """Return the texts of a drawing in its order."""
    root = ElementTree.fromstring(drawing.svg)  # noqa: S314
    return [text for node in root.iter(f"{_SVG}text") if (text := " ".join("".join(node.itertext()).split()))]


def pixels(drawing: Drawing, width: int, height: int) -> Image.Image:
    """Return the drawing as an RGBA picture of `width` × `height` pixels, its texts in the fonts of the project.

    Raises InputError naming a character that no font has.
    """
    data = resvg_py.svg_to_bytes(
        svg_string=drawing.svg,
        width=width,
        height=height,
        skip_system_fonts=True,
        font_files=_font_files(texts(drawing)),
        font_family="Inter",
        serif_family="Inter",
        sans_serif_family="Inter",
        monospace_family="Inter",
        cursive_family="Inter",
        fantasy_family="Inter",
    )
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def _font_files(found: Iterable[str]) -> list[str]:
    face = typeface("sans", 400, SIZE)
    paths = dict.fromkeys(str(font.path) for text in ["H", *found] for _, font in face.runs(text))
    return list(paths)
