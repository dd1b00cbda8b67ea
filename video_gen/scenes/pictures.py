"""Pictures in pictures: the room that is left for one under the header, and putting it there."""

from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from video_gen.scenes import canvas
from video_gen.scenes.blocks import corner, hair, led, paragraph, shade
from video_gen.scenes.colours import mix
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.inset import Inset, veil
from video_gen.scenes.layout import Frame, Part, Row, Sheet, height, spaced
from video_gen.scenes.layout import place as place_rows
from video_gen.scenes.marks import Mark, Panel
from video_gen.scenes.model import Box, Colour, State, Style

_NAME = "card:picture"
_LEAST = 0.34
# A picture is not enlarged more than this: beyond it one sees its dots.
MOST_ENLARGED = 3.0
_SHADE = 0.86
CORNERS = 14.0  # reference pixels


Moving = Callable[[State, Inset], State]


def still(state: State, inset: Inset) -> State:
    """A picture that does not move."""
    return state


def no_rows(sheet: Sheet) -> list[Row]:
    """A builder of nothing."""
    return []


def described(sheet: Sheet, text: str) -> list[Row]:
    """Return the description of a scene as it stands above a picture."""
    return paragraph(sheet, text, "lead", sheet.theme.muted)


def captioned(sheet: Sheet, text: str) -> list[Row]:
    """Return what stands under a picture, in its middle."""
    return paragraph(sheet, text, "note", sheet.theme.muted, centre=True)


def room(
    style: Style,
    header: Header,
    above: Callable[[Sheet], list[Row]] = no_rows,
    below: Callable[[Sheet], list[Row]] = no_rows,
) -> tuple[float, float]:
    """Return the width and height in pixels that are left on a page beside the rows above and below."""
    found = flow(style, lambda sheet: _rows(sheet, above, below, None), header, still=True)
    box = next(box for state in found for box in state.boxes if box.name == _NAME)
    return box.right - box.left, box.bottom - box.top


def shown(
    style: Style,
    header: Header,
    picture: Image.Image,
    above: Callable[[Sheet], list[Row]] = no_rows,
    below: Callable[[Sheet], list[Row]] = no_rows,
    *,
    radius: float = 0.0,
    card: bool = False,
    moving: Moving = still,
) -> list[State]:
    """Return the states of a page with a picture (RGB or RGBA, drawn at its own size) between rows of text.

    radius: of its corners, in reference pixels. card: it stands in the middle of a card that fills the room. moving: what gives
    the state with the picture its film.
    """
    states = flow(style, lambda sheet: _rows(sheet, above, below, picture.size, radius, card=card), header, still=True)
    return [_filled(state, picture, radius * min(style.width, style.height) / 1080, moving) for state in states]


def _rows(
    sheet: Sheet,
    above: Callable[[Sheet], list[Row]],
    below: Callable[[Sheet], list[Row]],
    size: tuple[int, int] | None,
    radius: float = 0.0,
    *,
    card: bool = False,
) -> list[Row]:
    """Return the rows with a panel in the picture's place: as large as it, or as the room where it has no size yet."""

    def paint(tall: float) -> list[Panel]:
        width, height = size or (sheet.width, tall)
        left, top = (sheet.width - width) / 2, (tall - height) / 2
        fill = ground(sheet) if card else sheet.theme.surface
        around = Panel(
            0, 0, sheet.width, tall, fill, corner(sheet), sheet.theme.edge, hair(sheet), "card", shadow=shade(sheet)
        )
        hole = Panel(left, top, width, height, fill, radius * sheet.unit, name="picture")
        behind = [around] if card else [_framed(sheet, hole)] if radius else []
        return [*behind, hole]

    under = spaced(below(sheet), sheet.px(26))
    frame = Frame(0, 0, 0, paint, whole=True, least=1.0)
    free = sheet.style.height * (1 - sheet.style.bottom)
    place = Row(free * _LEAST, (Part(()),), frame=frame, keep=bool(under))
    return led(above(sheet), [place], sheet) + under


def _framed(sheet: Sheet, hole: Panel) -> Panel:
    """The thin edge and the shadow of a picture that stands by itself."""
    line = hair(sheet)
    left, top, radius = hole.x - line, hole.y - line, hole.radius + line
    size = hole.width + 2 * line, hole.height + 2 * line
    return Panel(left, top, *size, sheet.theme.edge, radius, name="frame", shadow=shade(sheet))


def ground(sheet: Sheet) -> Colour:
    """The surface that diagrams stand on: between the ground and that of cards, so that their own boxes stand out."""
    return mix(sheet.theme.well, sheet.theme.surface, 0.45)


def _filled(state: State, picture: Image.Image, radius: float, moving: Moving) -> State:
    box = next((box for box in state.boxes if box.name == _NAME), None)
    if box is None:
        return state
    inset = Inset(state.picture, round(box.left), round(box.top), radius)
    return moving(replace(state, picture=inset.filled(picture)), inset)


def place(canvas: Image.Image, picture: Image.Image, box: Box, radius: float = 0.0) -> None:
    """Put a picture (RGB or RGBA) in place on a page, its left top corner on that of the box, its corners rounded."""
    Inset(canvas, round(box.left), round(box.top), radius).put(canvas, picture)


def contained(size: tuple[int, int], room: tuple[float, float], style: Style) -> tuple[int, int]:
    """Return the size at which a picture fits a room; a small one is not enlarged so much that one sees its dots."""
    most = MOST_ENLARGED * min(style.width, style.height) / 1080
    scale = min(int(room[0]) / size[0], int(room[1]) / size[1], most)
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def bleeding(style: Style, caption: str) -> tuple[Inset, list[Mark]]:
    """Return the whole picture as the place of one, the caption on a shade at its foot, and what the caption is drawn with."""
    size = style.width, style.height
    page = Image.new("RGB", size, style.theme.ground)
    sheet = Sheet(style, style.width * (1 - 2 * style.theme.margin_x))
    rows = _caption(sheet, caption)
    if not rows:
        return Inset(page), []
    left = style.width * style.theme.margin_x
    top = style.height * (1 - max(style.theme.margin_y, style.bottom)) - height(rows)
    marks = [mark.moved(left, 0) for part in place_rows(rows, top, style.height)[0] for mark in part.marks]
    begin = max(0, round(top - sheet.px(80)))

    def draw(picture: Image.Image) -> None:
        _shade(picture, begin, style.theme.ground)
        canvas.paint(picture, marks)

    return Inset(page, veil=veil(size, begin, draw)), marks


def _caption(sheet: Sheet, caption: str) -> list[Row]:
    """Return the caption in the largest size at which it takes a third of the height at most."""
    rows: list[Row] = []
    for scale in sheet.theme.scales:
        rows = paragraph(sheet.at(scale=scale), caption, "strong")
        if height(rows) <= sheet.style.height / 3:
            break
    return rows


def _shade(picture: Image.Image, top: int, ground: Colour) -> None:
    """Lay the ground over the picture in place from `top` down, softly, so that text is readable on it."""
    fall = max(1, picture.height - top)
    mask = Image.linear_gradient("L").point(lambda v: min(255, v * 2.6) * _SHADE).resize((picture.width, fall))
    picture.paste(ground, (0, picture.height - fall), mask)
