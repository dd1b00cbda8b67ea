"""A diagram from its text, as large as the picture allows; one that would be illegible goes on on further pictures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil, prod
from typing import Any

from PIL import Image

from video_gen.errors import InputError
from video_gen.scenes import canvas, diagrams
from video_gen.scenes.diagrams_svg import Drawing, pixels
from video_gen.scenes.diagrams_windows import Window, fade_of, rails, windows
from video_gen.scenes.flow import Header
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Box, State, Style
from video_gen.scenes.pictures import captioned, described, room, shown

# Sizes of text in reference pixels: up to this it is enlarged on one picture.
_MOST = 46.0
# With these it goes on on further pictures: the larger where that needs no more pictures than this.
_PANNED = (36.0, 31.0, 27.0)
_FEW_PICTURES = 6
# Boxes are drawn closer together where that makes the text so much larger.
_CLEARLY = 1.12
_MOST_PICTURES = 30
# How far a picture moves on, in its own widths or heights, as the first are repeated in the next.
_ADVANCE = 0.65
_TO_AND_FRO = 1.5
_TURNS = {"LR": "TB", "RL": "BT", "TB": "LR", "TD": "LR", "BT": "RL"}
_MERMAID = re.compile(r"^(\s*(?:flowchart|graph)\s+)(LR|RL|TB|TD|BT)\b", re.MULTILINE)
_UNTURNED = re.compile(r"^(\s*(?:stateDiagram(?:-v2)?|classDiagram|erDiagram|requirementDiagram))\s*$", re.MULTILINE)
_DIRECTION = re.compile(r"^(\s*direction\s+)(LR|RL|TB|TD|BT)\b", re.MULTILINE)
_GRAPHVIZ = re.compile(r"(\brankdir\s*=\s*\"?)(LR|RL|TB|BT)")


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture, or several that move over a large diagram, each a state.

    Raises InputError for a text that is no diagram, for one that needs too many pictures, and where Graphviz is asked for but
    not installed.
    """
    header = Header(content.get("header", ""))
    above = partial(described, text=content.get("description", ""))
    below = partial(captioned, text=content.get("caption", ""))
    sheet = Sheet(style, style.width)
    pad = 2 * sheet.px(sheet.theme.pad)
    width, height = room(style, header, above, below)
    size = int(width - pad), int(height - pad)
    drawing, scale = _chosen(content, sheet, size)
    picture = pixels(drawing, max(1, int(drawing.width * scale)), max(1, int(drawing.height * scale)))
    if picture.width <= size[0] and picture.height <= size[1]:
        return shown(style, header, picture, above, below, card=True)
    empty = shown(style, header, Image.new("RGBA", size), above, below, card=True)
    picture = picture.crop((0, 0, picture.width, picture.height - int(drawing.foot * scale)))
    found = windows(picture, size, round(drawing.head * scale), fade_of(sheet))
    # A picture of lines alone would tell nothing.
    found = [w for w in found if any(_sees(w, x * scale, y * scale) for _, x, y in drawing.places)] or found
    _check_count(len(found))
    return _panned(sheet, empty, found, drawing, picture.size)


def _chosen(content: dict[str, Any], sheet: Sheet, room: tuple[int, int]) -> tuple[Drawing, float]:
    """Return the drawing and its scale: as given if that is legible, else turned, else as it needs the fewest pictures."""
    kind = "mermaid" if "mermaid" in content else "graphviz"
    make = diagrams.from_mermaid if kind == "mermaid" else diagrams.from_graphviz
    tried: list[Drawing] = []
    for text in (content[kind], turned(content[kind], kind)):
        if text:
            pair = [make(text, sheet, tight=tight) for tight in (False, True)]
            best = max(pair, key=lambda d: _text(d, sheet, room) * (1.0 if d is pair[1] else _CLEARLY))
            if _text(best, sheet, room) >= sheet.theme.floor:
                return best, _text(best, sheet, room) * sheet.unit / best.text
            tried += pair
    for size in _PANNED:
        scales = [size * sheet.unit / each.text for each in tried]
        counts = [_count(each, scale, room) for each, scale in zip(tried, scales, strict=True)]
        at = counts.index(min(counts))
        if counts[at] <= _FEW_PICTURES:
            break
    _check_count(counts[at])
    return tried[at], scales[at]


def _text(drawing: Drawing, sheet: Sheet, room: tuple[int, int]) -> float:
    """Return the size in reference pixels that the smallest text has where all of the drawing is shown."""
    scale = min(room[0] / drawing.width, room[1] / drawing.height)
    return min(_MOST, scale * drawing.text / sheet.unit)


def _count(drawing: Drawing, scale: float, room: tuple[int, int]) -> int:
    """Return about how many pictures a drawing needs."""
    ends = drawing.head + drawing.foot
    across = drawing.width * scale / room[0]
    down = (drawing.height - ends) * scale / max(1.0, room[1] - drawing.head * scale)
    counts = [1 + ceil(max(0.0, side - 1) / _ADVANCE) for side in (across, down)]
    # Back and forth is harder to follow than one way.
    return ceil(prod(counts) * (1.0 if min(counts) == 1 else _TO_AND_FRO))


def _check_count(count: int) -> None:
    if count > _MOST_PICTURES:
        raise InputError(
            f"diagram: it would need over {_MOST_PICTURES} pictures to be legible. Divide it over several scenes, "
            "shorten its texts, or give it more room: a shorter header, description and caption."
        )


def _panned(
    sheet: Sheet, empty: Sequence[State], found: Sequence[Window], drawing: Drawing, whole: tuple[int, int]
) -> list[State]:
    """Return the states of a page whose place for a picture is empty, the window shown there moving on."""
    at, box = next((n, box) for n, state in enumerate(empty) for box in state.boxes if box.name == "card:picture")
    scale = whole[0] / drawing.width
    states = list(empty[:at])
    named: set[str] = set()
    for n, window in enumerate(found):
        names = [text for text, x, y in drawing.places if _sees(window, x * scale, y * scale) and text not in named]
        named.update(names)
        cue = empty[at].cue if n == 0 else " ".join(names)
        marks = list(rails(sheet, box, window, whole))
        picture = empty[at].picture.copy()
        picture.paste(window.picture, _corner(box, window.picture, drawing), window.picture)
        canvas.paint(picture, marks)
        boxes = (*empty[at].boxes, *(mark.box() for mark in marks))
        weight = float(max(1, len(" ".join(names))))
        drawn = (*empty[at].marks, *marks)
        states.append(replace(empty[at], picture=picture, cue=cue, weight=weight, boxes=boxes, fresh=(), marks=drawn))
    return [*states, *empty[at + 1 :]]


def _sees(window: Window, x: float, y: float) -> bool:
    return window.across[0] <= x <= window.across[1] and window.down[0] <= y <= window.down[1]


def _corner(box: Box, picture: Image.Image, drawing: Drawing) -> tuple[int, int]:
    """Return the left top corner of a picture in the middle of a box; at its top where the names at its head are to stay."""
    top = box.top if drawing.head else (box.top + box.bottom - picture.height) / 2
    return round((box.left + box.right - picture.width) / 2), round(top)


def turned(text: str, kind: str) -> str:
    """Return the text of a diagram that runs across in place of down, or the other way; "" for one without direction."""
    if kind == "graphviz":
        if _GRAPHVIZ.search(text):
            return _GRAPHVIZ.sub(lambda found: found[1] + _TURNS[found[2]], text)
        return re.sub(r"\{", "{rankdir=LR;", text, count=1)
    if _MERMAID.search(text):
        return _MERMAID.sub(lambda found: found[1] + _TURNS[found[2]], text, count=1)
    if _UNTURNED.search(text):
        if _DIRECTION.search(text):
            return _DIRECTION.sub(lambda found: found[1] + _TURNS[found[2]], text, count=1)
        return _UNTURNED.sub(r"\1\n  direction LR", text, count=1)
    return ""
