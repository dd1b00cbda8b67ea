"""A picture file under a header, with a caption; covering the whole picture where it stands alone."""

from functools import partial
from typing import Any

from PIL import Image, ImageOps

from video_gen.scenes import canvas
from video_gen.scenes.blocks import paragraph
from video_gen.scenes.flow import Header
from video_gen.scenes.layout import Row, Sheet, height, place
from video_gen.scenes.model import Colour, State, Style
from video_gen.scenes.pictures import captioned, room, shown
from video_gen.scenes.pictures_files import load

# A picture is not enlarged more than this: beyond it one sees its dots.
_MOST_ENLARGED = 3.0
_RADIUS = 14.0
_SHADE = 0.86


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture; more only where the header needs them.

    Raises InputError for a file that is missing, damaged, of another kind or absurdly large.
    """
    picture = load(content["image"], style.theme.ground)
    header, caption = content.get("header", ""), content.get("caption", "")
    covers = content.get("fit", "contain") == "cover"
    if covers and not header.strip():
        return [_bleeding(picture, caption, style)]
    below = partial(captioned, text=caption)
    width, tall = room(style, Header(header), below=below)
    size = int(width), int(tall)
    fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS) if covers else _contained(picture, size, style)
    return shown(style, Header(header), fitted, below=below, radius=_RADIUS)


def _contained(picture: Image.Image, size: tuple[int, int], style: Style) -> Image.Image:
    most = _MOST_ENLARGED * min(style.width, style.height) / 1080
    scale = min(size[0] / picture.width, size[1] / picture.height, most)
    wanted = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
    return picture.resize(wanted, Image.Resampling.LANCZOS)


def _bleeding(picture: Image.Image, caption: str, style: Style) -> State:
    """Return the picture over the whole area, its caption on a shade at the foot."""
    full = ImageOps.fit(picture, (style.width, style.height), Image.Resampling.LANCZOS)
    sheet = Sheet(style, style.width * (1 - 2 * style.theme.margin_x))
    rows = _caption(sheet, caption)
    if not rows:
        return State(full)
    left = style.width * style.theme.margin_x
    top = style.height * (1 - max(style.theme.margin_y, style.bottom)) - height(rows)
    marks = [mark.moved(left, 0) for part in place(rows, top, style.height)[0] for mark in part.marks]
    _shaded(full, top - sheet.px(80), style.theme.ground)
    canvas.paint(full, marks)
    return State(full, caption.strip(), float(len(caption)), boxes=tuple(mark.box() for mark in marks))


def _caption(sheet: Sheet, caption: str) -> list[Row]:
    """Return the caption in the largest size at which it takes a third of the height at most."""
    rows: list[Row] = []
    for scale in sheet.theme.scales:
        rows = paragraph(sheet.at(scale=scale), caption, "strong")
        if height(rows) <= sheet.style.height / 3:
            break
    return rows


def _shaded(picture: Image.Image, top: float, ground: Colour) -> None:
    """Lay the ground over the picture in place from `top` down, softly, so that text is readable on it."""
    fall = max(1, picture.height - round(top))
    mask = Image.linear_gradient("L").point(lambda v: min(255, v * 2.6) * _SHADE).resize((picture.width, fall))
    picture.paste(ground, (0, picture.height - fall), mask)
