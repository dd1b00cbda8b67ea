"""What stands at the edges of every picture of a theme: the logo, the footer and the page number."""

from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image

from video_gen.scenes.blocks import paragraph
from video_gen.scenes.layout import Row, Sheet, height
from video_gen.scenes.marks import Mark, Picture, Words

_WIDEST_LOGO = 0.25  # of the picture's width
_GAP = 24.0  # reference pixels


@dataclass(frozen=True)
class Strip:
    """A line along the top or the bottom: its top and height, the free stretch of it, and what it holds already."""

    top: float
    height: float
    left: float
    right: float
    marks: tuple[Mark, ...] = ()


def top_strip(sheet: Sheet, least: float) -> Strip:
    """Return the strip above the content, at least `least` pixels high, with the logo if that is its place."""
    top, left = sheet.style.height * sheet.theme.margin_y, _left(sheet)
    strip = Strip(top, least, left, left + sheet.width)
    return _with_logo(sheet, strip) if sheet.theme.logo.corner.startswith("top") else strip


def bottom_strip(sheet: Sheet) -> Strip:
    """Return the strip under the content with the footer and the logo if that is its place; 0 high without both.

    It stands above the room of the captions.
    """
    theme, style, left = sheet.theme, sheet.style, _left(sheet)
    end = style.height * (1 - max(theme.safe, style.bottom))
    strip = Strip(0, 0, left, left + sheet.width)
    if theme.logo.corner.startswith("bottom"):
        strip = _with_logo(sheet, strip)
    rows = paragraph(sheet.at(width=strip.right - strip.left), theme.footer, "label", theme.faint)
    tall = max(strip.height, height(rows))
    strip = replace(strip, marks=tuple(mark.moved(0, (tall - strip.height) / 2) for mark in strip.marks))
    marks = strip.marks + _text(rows, strip, (tall - height(rows)) / 2, right=theme.logo.corner == "bottom-left")
    return replace(strip, top=end - tall, height=tall, marks=tuple(mark.moved(0, end - tall) for mark in marks))


def bottom_of(sheet: Sheet) -> float:
    """Return where the content ends, in pixels from the top."""
    strip = bottom_strip(sheet)
    usual = sheet.style.height * (1 - max(sheet.theme.margin_y, sheet.style.bottom))
    return min(usual, strip.top - _GAP * sheet.unit) if strip.height else usual


def page_number(sheet: Sheet, strip: Strip, number: int, count: int, *, backwards: bool) -> tuple[Mark, ...]:
    """Return the number of a page in the strip; nothing where there is only one, or the theme wants none."""
    if count == 1 or not sheet.theme.page_number:
        return ()
    face, text = sheet.face("label"), f"{number} / {count}"
    x = strip.left if backwards else strip.right - face.length(text)
    return (Words(x, strip.top + (strip.height + face.cap) / 2, ((text, sheet.theme.faint),), face, said=False),)


def _left(sheet: Sheet) -> float:
    return (sheet.style.width - sheet.width) / 2


def _text(rows: list[Row], strip: Strip, top: float, *, right: bool) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for row in rows:
        for mark in row.parts[0].marks:
            box = mark.box()
            across = strip.right - box.right if right else strip.left
            found.append(replace(mark, said=False).moved(across, top) if isinstance(mark, Words) else mark)
        top += row.height
    return tuple(found)


def _with_logo(sheet: Sheet, strip: Strip) -> Strip:
    logo = sheet.theme.logo
    if not logo.path:
        return strip
    width, tall = _size(logo.path)
    scale = min(logo.height * sheet.unit / tall, sheet.style.width * _WIDEST_LOGO / width)
    across, down = width * scale, tall * scale
    room = max(strip.height, down)
    on_left = logo.corner.endswith("left")
    x = strip.left if on_left else strip.right - across
    mark = Picture(x, strip.top + (room - down) / 2, across, down, logo.path, "logo")
    taken = across + _GAP * sheet.unit
    left, right = (strip.left + taken, strip.right) if on_left else (strip.left, strip.right - taken)
    return Strip(strip.top, room, left, right, (mark,))


@lru_cache(maxsize=8)
def _size(path: str) -> tuple[int, int]:
    with Image.open(path) as opened:
        return opened.size
