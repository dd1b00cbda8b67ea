"""Pixels: the painting of marks on a picture."""

from collections.abc import Iterable
from functools import lru_cache
from math import ceil

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from video_gen.scenes.backdrop import Backdrop, background
from video_gen.scenes.marks import Mark, Panel, Picture, Words
from video_gen.scenes.model import Colour

__all__ = ["Backdrop", "background", "paint"]

_OVERSAMPLING = 4


def paint(picture: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw the marks, in their order, on an RGB picture."""
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        if isinstance(mark, Panel):
            _panel(picture, mark)
        elif isinstance(mark, Picture):
            _picture(picture, mark)
        else:
            _words(draw, mark)


def _picture(picture: Image.Image, mark: Picture) -> None:
    scaled = _scaled(mark.path, max(1, round(mark.width)), max(1, round(mark.height)))
    picture.paste(scaled, (round(mark.x), round(mark.y)), scaled)


@lru_cache(maxsize=8)
def _scaled(path: str, width: int, height: int) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)


def _words(draw: ImageDraw.ImageDraw, mark: Words) -> None:
    x = mark.x
    for text, colour in mark.spans:
        mark.face.draw(draw, x, mark.y, text, colour)
        x += mark.face.length(text)


def _panel(picture: Image.Image, mark: Panel) -> None:
    left, top = round(mark.x), round(mark.y)
    width, height = round(mark.x + mark.width) - left, round(mark.y + mark.height) - top
    if width < 1 or height < 1:
        return
    if mark.shadow:
        _shadow(picture, mark, left, top, width, height)
    fill, inset = mark.fill, max(1, round(mark.line))
    if mark.edge and mark.line:
        _paste(picture, mark.edge, left, top, width, height, mark.radius, mark.flat)
        left, top, width, height = left + inset, top + inset, width - 2 * inset, height - 2 * inset
    radius = mark.radius - (inset if mark.edge and mark.line else 0)
    if width > 0 and height > 0:
        _paste(picture, fill, left, top, width, height, max(0.0, radius), mark.flat)


def _shadow(picture: Image.Image, mark: Panel, left: int, top: int, width: int, height: int) -> None:
    if mark.shadow and mark.shadow.opacity:
        reach = ceil(mark.shadow.blur)
        mask = _soft(width, height, round(mark.radius), reach, mark.shadow.opacity)
        picture.paste((0, 0, 0), (left - reach, top - reach + round(mark.shadow.drop)), mask)


@lru_cache(maxsize=64)
def _soft(width: int, height: int, radius: int, reach: int, opacity: float) -> Image.Image:
    """Coverage of a rounded rectangle's shadow, `reach` pixels larger on each side.

    It is blurred at a quarter of its size: nobody sees the difference in what is soft, and it takes a sixteenth of the time.
    """
    small = Image.new("L", (ceil((width + 2 * reach) / 4), ceil((height + 2 * reach) / 4)), 0)
    box = (reach / 4, reach / 4, (reach + width) / 4, (reach + height) / 4)
    ImageDraw.Draw(small).rounded_rectangle(box, radius / 4, fill=round(255 * opacity))
    # Three standard deviations: what reaches further could not be seen.
    blurred = small.filter(ImageFilter.GaussianBlur(reach / 12))
    return blurred.resize((width + 2 * reach, height + 2 * reach), Image.Resampling.BILINEAR)


def _paste(
    picture: Image.Image, fill: Colour, left: int, top: int, width: int, height: int, radius: float, flat: str
) -> None:
    box = (left, top, left + width, top + height)
    if radius < 0.5:
        picture.paste(fill, box)
    else:
        picture.paste(fill, box, _mask(width, height, round(min(radius, width / 2, height / 2) * 2) / 2, flat))


@lru_cache(maxsize=256)
def _mask(width: int, height: int, radius: float, flat: str) -> Image.Image:
    """Coverage of a rounded rectangle: only its corners are drawn larger and reduced."""
    mask = Image.new("L", (width, height), 255)
    corner = _corner(radius)
    size = corner.width
    for side_x, side_y, turned in (
        ("l", "t", corner),
        ("r", "t", corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        ("l", "b", corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        ("r", "b", corner.transpose(Image.Transpose.ROTATE_180)),
    ):
        if side_x in flat or side_y in flat:
            continue
        at = (0 if side_x == "l" else width - size, 0 if side_y == "t" else height - size)
        area = (*at, at[0] + size, at[1] + size)
        mask.paste(ImageChops.multiply(mask.crop(area), turned), area)
    return mask


@lru_cache(maxsize=64)
def _corner(radius: float) -> Image.Image:
    """Coverage of the top left corner of a rounded rectangle, as large as the radius needs."""
    size = ceil(radius)
    large = Image.new("L", (size * _OVERSAMPLING, size * _OVERSAMPLING), 0)
    reach = 2 * radius * _OVERSAMPLING
    ImageDraw.Draw(large).ellipse((0, 0, reach, reach), fill=255)
    return large.reduce(_OVERSAMPLING)
