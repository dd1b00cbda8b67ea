"""SVG from the drawing tools, made safe and even: nothing from outside of it, one font, and its texts with their places."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

import resvg_py
from PIL import Image, ImageColor

from video_gen.errors import InputError
from video_gen.scenes.colours import Colour, on, to_hex
from video_gen.scenes.fonts import typeface

_SVG = "{http://www.w3.org/2000/svg}"
_CORNER = "6"
_LENGTH = re.compile(r"([\d.]+)(pt|px)?$")
_MOVED = re.compile(r"translate\(\s*([-\d.]+)[\s,]*([-\d.]*)\s*\)")
# How a text says its own size: as an attribute, and among its styles.
_FILL = re.compile(r"(?<![-\w])fill\s*:\s*([^;!]+?)\s*(?:!|;|$)")
_SIZED = re.compile(r"font-(?:size|family)\s*:[^;]*;?")


@dataclass(frozen=True)
class Drawing:
    """An SVG text with its size in its own units.

    text: the size of its smallest text. font: the family of its text. head, foot: heights of what stands above all parts of
    it, and of what only repeats that at its end.
    """

    svg: str
    width: float
    height: float
    text: float
    font: str = "sans"
    head: float = 0.0
    foot: float = 0.0

    @cached_property
    def places(self) -> list[tuple[str, float, float]]:
        """The texts in their order, each with about where its middle is, in units from the left top corner."""
        root = ElementTree.fromstring(self.svg)  # noqa: S314 - written by `safe`
        left, top, _, _ = _view(root)
        return [(text, x - left, y - top) for text, x, y in _placed(root, 0.0, 0.0)]


def _placed(node: ElementTree.Element, x: float, y: float) -> Iterator[tuple[str, float, float]]:
    for dx, dy in _MOVED.findall(node.get("transform", "")):
        x, y = x + float(dx), y + float(dy or 0)
    if node.tag == f"{_SVG}text":
        words = " ".join(" ".join(node.itertext()).split())
        if words:
            yield words, x + _number(node.get("x")), y + _number(node.get("y"))
        return
    for child in node:
        if child.tag != f"{_SVG}defs":
            yield from _placed(child, x, y)


def _number(text: str | None) -> float:
    found = re.match(r"-?[\d.]+", text or "")
    return float(found[0]) if found else 0.0


def texts(drawing: Drawing) -> list[str]:
    """Return the texts of a drawing in its order."""
    return [text for text, _, _ in drawing.places]


def safe(svg: str, name: str, *, rules: str = "", size: float = 0.0, font: str = "sans", lift: float = 0.0) -> Drawing:
    """Return the SVG without whatever refers to something outside of it.

    rules: CSS added to its own. size: of all of its text, where the rules set one; else the smallest is looked for. lift: how
    far names of lines are moved up.
    Raises InputError where the tool `name` wrote no valid SVG.
    """
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - written by our own tools; it has no document type
    except ElementTree.ParseError as error:
        raise InputError(f"{name}: the diagram gives no valid picture ({error}). Simplify its texts.") from error
    _close(root)
    _polish(root)
    _ink(root)
    _centre(root, lift)
    if rules:
        for style in list(root.iter(f"{_SVG}style"))[:1]:
            style.text = (style.text or "") + rules
    smallest = size or min((_number(t.get("font-size")) or 14.0 for t in root.iter(f"{_SVG}text")), default=14.0)
    _, top, width, height = _view(root)
    root.set("width", f"{width}")
    root.set("height", f"{height}")
    ElementTree.register_namespace("", _SVG[1:-1])
    return Drawing(
        ElementTree.tostring(root, encoding="unicode"), width, height, smallest, font, *_ends(root, top, height)
    )


def _close(root: ElementTree.Element) -> None:
    """Take away what refers to something outside, and the fonts and sizes of single texts."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{_SVG}image", f"{_SVG}script", f"{_SVG}foreignObject"):
                parent.remove(child)
        for key in [k for k, v in parent.attrib.items() if k.endswith("href") and not v.startswith("#")]:
            del parent.attrib[key]
        if parent.tag in (f"{_SVG}text", f"{_SVG}tspan"):
            parent.attrib.pop("font-family", None)
            parent.set("style", _SIZED.sub("", parent.get("style", "")))


def _polish(root: ElementTree.Element) -> None:
    """Round the corners of plain boxes, put the names of states in the middle of theirs, thin out the days of a plan."""
    for group in root.iter(f"{_SVG}g"):
        kinds = group.get("class", "").split()
        if "grid" in kinds:
            _thin(group)
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


def _ink(root: ElementTree.Element) -> None:
    """Give the text in boxes that the author filled a colour that is read on that, unless it has one of its own."""
    filled: dict[tuple[int, int], Colour] = {}
    for group in root.iter(f"{_SVG}g"):
        moved = _MOVED.search(group.get("transform", ""))
        if moved and "node" in group.get("class", "").split():
            found = (_FILL.search(shape.get("style", "")) for shape in group.iter())
            fill = next((f[1] for f in found if f), "")
            if colour := _colour(fill):
                filled[round(float(moved[1])), round(float(moved[2] or 0))] = colour
    for text in root.iter(f"{_SVG}text"):
        place = round(_number(text.get("x"))), round(_number(text.get("y")))
        if place in filled and not _FILL.search(text.get("style", "")):
            text.set("style", f"{text.get('style', '')};fill:{to_hex(on(filled[place]))}!important")


def _colour(name: str) -> Colour | None:
    try:
        return ImageColor.getrgb(name)[:3]
    except ValueError:
        return None


def _centre(root: ElementTree.Element, lift: float) -> None:
    """Put the names of lines on the middle of those, `lift` above them: some lie to the left of it by half their width."""
    for group in root.iter(f"{_SVG}g"):
        if "edgeLabel" not in group.get("class", "").split():
            continue
        for label in group.findall(f"{_SVG}g[@class='label']"):
            moved, box = _MOVED.search(label.get("transform", "")), label.find(f".//{_SVG}rect")
            if moved and box is not None:
                aside = abs(float(moved[1]) - _number(box.get("x"))) < 0.5
                x, y = 0.0 if aside else float(moved[1]), float(moved[2] or 0) - lift
                label.set("transform", f"translate({x:g}, {y:g})")


def _ends(root: ElementTree.Element, top: float, height: float) -> tuple[float, float]:
    """Return how far the boxes with the names of a sequence reach down from the top and up from the bottom."""
    head, foot = 0.0, 0.0
    for box in root.iter(f"{_SVG}rect"):
        kinds, y = box.get("class", "").split(), _number(box.get("y")) - top
        if "actor-top" in kinds:
            head = max(head, y + _number(box.get("height")) + 2)
        if "actor-bottom" in kinds:
            foot = max(foot, height - y + 2)
    return head, foot


def _thin(grid: ElementTree.Element) -> None:
    """Take away the texts of an axis that would run into the one before; a sign is about 0.62 of its size wide."""
    end = float("-inf")
    for tick in grid.findall(f"{_SVG}g"):
        moved = _MOVED.search(tick.get("transform", ""))
        for text in tick.findall(f"{_SVG}text") if moved else []:
            half = len("".join(text.itertext())) * 16 * 0.31
            middle = float(moved[1]) if moved else 0.0
            if middle - half < end + 12:
                tick.remove(text)
            else:
                end = middle + half


def _view(root: ElementTree.Element) -> tuple[float, float, float, float]:
    """Return the left and top ends, the width and the height of what is seen, in the drawing's units."""
    box = root.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4:
        return float(box[0]), float(box[1]), max(1.0, float(box[2])), max(1.0, float(box[3]))
    sides = [_LENGTH.match(root.get(key, "")) for key in ("width", "height")]
    return (
        0.0,
        0.0,
        max(1.0, float(sides[0][1]) if sides[0] else 1.0),
        max(1.0, float(sides[1][1]) if sides[1] else 1.0),
    )


def pixels(drawing: Drawing, width: int, height: int) -> Image.Image:
    """Return the drawing as an RGBA picture of `width` × `height` pixels, its texts in the fonts of the project.

    Raises InputError naming a character that no font has.
    """
    family = family_name(drawing.font)
    data = resvg_py.svg_to_bytes(
        svg_string=drawing.svg,
        width=width,
        height=height,
        skip_system_fonts=True,
        font_files=_font_files(texts(drawing), drawing.font),
        font_family=family,
        serif_family=family,
        sans_serif_family=family,
        monospace_family=family,
        cursive_family=family,
        fantasy_family=family,
    )
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def family_name(font: str) -> str:
    """Return the name by which a font of a theme is known in its own file."""
    ((_, found),) = typeface(font, 400, 16).runs("H")
    return str(found.getname()[0])


def _font_files(found: Iterable[str], family: str) -> list[str]:
    face = typeface(family, 400, 16)
    paths = dict.fromkeys(str(font.path) for text in ["H", *found] for _, font in face.runs(text))
    return list(paths)
