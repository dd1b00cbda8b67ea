"""A diagram from its text, as large as the picture allows, turned where that makes its text larger."""

import re
from functools import partial
from typing import Any

from video_gen.scenes import diagrams
from video_gen.scenes.diagrams import Drawing
from video_gen.scenes.flow import Header
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import State, Style
from video_gen.scenes.pictures import captioned, described, room, shown

# Text is enlarged up to this size in reference pixels. Another layout is taken where it makes it so much larger.
_MOST = 46.0
_CLEARLY = 1.12
_TURNS = {"LR": "TB", "RL": "BT", "TB": "LR", "TD": "LR", "BT": "RL"}
_MERMAID = re.compile(r"^(\s*(?:flowchart|graph)\s+)(LR|RL|TB|TD|BT)\b", re.MULTILINE)
_STATES = re.compile(r"^(\s*stateDiagram(?:-v2)?)\s*$", re.MULTILINE)
_DIRECTION = re.compile(r"^(\s*direction\s+)(LR|RL|TB|TD|BT)\b", re.MULTILINE)
_GRAPHVIZ = re.compile(r"(\brankdir\s*=\s*\"?)(LR|RL|TB|BT)")


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture. Raises InputError for a text that is no diagram, and where Graphviz is asked for but not installed."""
    header = Header(content.get("header", ""))
    above = partial(described, text=content.get("description", ""))
    below = partial(captioned, text=content.get("caption", ""))
    sheet = Sheet(style, style.width)
    pad = 2 * sheet.px(sheet.theme.pad)
    width, height = room(style, header, above, below)
    drawing, scale = _largest(content, sheet, width - pad, height - pad)
    size = max(1, int(drawing.width * scale)), max(1, int(drawing.height * scale))
    return shown(style, header, diagrams.pixels(drawing, *size), above, below, card=True)


def _largest(content: dict[str, Any], sheet: Sheet, width: float, height: float) -> tuple[Drawing, float]:
    """Return the drawing and its scale: as given, turned by a right angle or drawn closer where its text is clearly larger."""

    def scale(drawing: Drawing) -> float:
        most = _MOST * sheet.unit / diagrams.SIZE
        return min(width / drawing.width, height / drawing.height, most)

    kind = "mermaid" if "mermaid" in content else "graphviz"
    make = diagrams.from_mermaid if kind == "mermaid" else diagrams.from_graphviz
    best = make(content[kind], sheet)
    other = turned(content[kind], kind)
    for text, tight in ((other, False), (content[kind], True), (other, True)):
        if scale(best) * diagrams.SIZE >= sheet.theme.roles["note"].size * sheet.unit:
            break
        tried = make(text, sheet, tight=tight) if text else best
        best = tried if scale(tried) > _CLEARLY * scale(best) else best
    return best, scale(best)


def turned(text: str, kind: str) -> str:
    """Return the text of a diagram that runs across in place of down, or the other way; "" for one without direction."""
    if kind == "graphviz":
        if _GRAPHVIZ.search(text):
            return _GRAPHVIZ.sub(lambda found: found[1] + _TURNS[found[2]], text)
        return re.sub(r"\{", "{rankdir=LR;", text, count=1)
    if _MERMAID.search(text):
        return _MERMAID.sub(lambda found: found[1] + _TURNS[found[2]], text, count=1)
    if _STATES.search(text):
        if _DIRECTION.search(text):
            return _DIRECTION.sub(lambda found: found[1] + _TURNS[found[2]], text, count=1)
        return _STATES.sub(r"\1\n  direction LR", text, count=1)
    return ""
