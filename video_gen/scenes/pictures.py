"""Pictures in pictures: the room that is left for one under the header, and putting it there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from video_gen.scenes.blocks import corner, hair, led, paragraph, shade
from video_gen.scenes.colours import mix
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Frame, Part, Row, Sheet, spaced
from video_gen.scenes.marks import Panel
from video_gen.scenes.model import Box, Colour, State, Style

_NAME = "card:picture"
_LEAST = 0.34
_OVERSAMPLING = 4


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
) -> list[State]:
    """Return the states of a page with a picture (RGB or RGBA, drawn at its own size) between rows of text.

    radius: of its corners, in reference pixels. card: it stands in the middle of a card that fills the room.
    """
    states = flow(style, lambda sheet: _rows(sheet, above, below, picture.size, card=card), header, still=True)
    return [_filled(state, picture, radius * min(style.width, style.height) / 1080) for state in states]


def _rows(
    sheet: Sheet,
    above: Callable[[Sheet], list[Row]],
    below: Callable[[Sheet], list[Row]],
    size: tuple[int, int] | None,
    *,
    card: bool = False,
) -> list[Row]:
    """Return the rows with a panel in the picture's place: as large as it, or as the room where it has no size yet."""

    def paint(tall: float) -> list[Panel]:
        width, height = size or (sheet.width, tall)
        left, top = (sheet.width - width) / 2, (tall - height) / 2
        fill = _ground(sheet) if card else sheet.theme.surface
        around = Panel(
            0, 0, sheet.width, tall, fill, corner(sheet), sheet.theme.edge, hair(sheet), "card", shadow=shade(sheet)
        )
        return [*([around] if card else []), Panel(left, top, width, height, fill, name="picture")]

    under = spaced(below(sheet), sheet.px(26))
    frame = Frame(0, 0, 0, paint, whole=True, least=1.0)
    place = Row(sheet.style.height * _LEAST, (Part(()),), frame=frame, keep=bool(under))
    return led(above(sheet), [place], sheet) + under


def _ground(sheet: Sheet) -> Colour:
    """The surface that diagrams stand on: between the ground and that of cards, so that their own boxes stand out."""
    return mix(sheet.theme.well, sheet.theme.surface, 0.45)


def _filled(state: State, picture: Image.Image, radius: float) -> State:
    box = next((box for box in state.boxes if box.name == _NAME), None)
    if box is None:
        return state
    canvas = state.picture.copy()
    place(canvas, picture, box, radius)
    return replace(state, picture=canvas)


def place(canvas: Image.Image, picture: Image.Image, box: Box, radius: float = 0.0) -> None:
    """Put a picture (RGB or RGBA) with its left top corner on that of the box, its corners rounded."""
    mask = _rounded(picture.size, radius) if radius else None
    if picture.mode == "RGBA":
        canvas.paste(picture, (round(box.left), round(box.top)), picture)
    else:
        canvas.paste(picture, (round(box.left), round(box.top)), mask)


def _rounded(size: tuple[int, int], radius: float) -> Image.Image:
    mask = Image.new("L", size, 255)
    edge = min(round(radius), size[0] // 2, size[1] // 2)
    if edge < 1:
        return mask
    large = Image.new("L", (edge * _OVERSAMPLING,) * 2, 0)
    ImageDraw.Draw(large).ellipse((0, 0, 2 * edge * _OVERSAMPLING, 2 * edge * _OVERSAMPLING), fill=255)
    corner = large.reduce(_OVERSAMPLING)
    turns: Sequence[tuple[int, int, Image.Image]] = [
        (0, 0, corner),
        (size[0] - edge, 0, corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        (0, size[1] - edge, corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        (size[0] - edge, size[1] - edge, corner.transpose(Image.Transpose.ROTATE_180)),
    ]
    for left, top, part in turns:
        mask.paste(part, (left, top))
    return mask
