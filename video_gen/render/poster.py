"""The poster: the still picture that stands for a video, made to be read when it is as small as a thumbnail."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from video_gen import scenes
from video_gen.files import atomic
from video_gen.scenes import canvas, furniture, layout
from video_gen.scenes.blocks import paragraph
from video_gen.scenes.colours import WHITE, Colour, contrast, on, readable
from video_gen.scenes.fonts import typeface
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.marks import Mark, Panel
from video_gen.scenes.model import Style
from video_gen.scenes.scripts import clean

QUALITY = 90

# What a scene is called, by the fields of all types; and what stands under it.
_TITLES = ("title", "header", "lesson_title", "main_text", "question", "quote_text")
_SUBTITLES = ("subtitle", "description", "sub_text", "attribution")
# Sizes in reference pixels, from the largest to the least that is tried.
_TITLE_SIZES = tuple(round(290 * 0.93**n) for n in range(36))
_SUBTITLE_SIZES = (76, 68, 60, 54, 48)
_MOST_LINES, _MOST_LINES_UPRIGHT = 3, 6
# Shares of the height: the band in the accent colour with the subtitle and without, and the title in what is left.
_BAND, _BARE_BAND, _FILLED = 0.24, 0.07, 0.8

_STRONG = 3.0  # contrast of an accent to white


def picture(scene_type: str, visual_content: dict[str, Any], style: Style) -> Image.Image:
    """Return the poster by a scene, by rule the first of the video; the scene's last state where it has no title.

    Raises InputError if it cannot be drawn.
    """
    title = _first(visual_content, _TITLES)
    if not title:
        return scenes.states(scene_type, visual_content, style)[-1].picture
    sheet = _sheet(style)
    found = canvas.background(sheet.style, "opening").copy()
    canvas.paint(found, _marks(sheet, title, _first(visual_content, _SUBTITLES)))
    return found


def write(path: str | Path, picture: Image.Image) -> None:
    """Write a picture as a progressive JPEG."""
    with atomic(path) as part:
        picture.convert("RGB").save(part, "JPEG", quality=QUALITY, progressive=True, optimize=True)


def _first(content: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if isinstance(text := content.get(key), str) and text.strip()), "")


def _sheet(style: Style) -> Sheet:
    # The band takes the bottom: a logo goes to the top.
    logo = replace(style.theme.logo, corner=style.theme.logo.corner.replace("bottom", "top"))
    style = replace(style, theme=replace(style.theme, logo=logo), bottom=0.0)
    return Sheet(style, style.width * (1 - 2 * style.theme.margin_x))


def _marks(sheet: Sheet, title: str, subtitle: str) -> list[Mark]:
    style, theme = sheet.style, sheet.theme
    # White on a strong colour looks calmer than black; a light one stays as bright as it is.
    fill = readable(style.accent, WHITE, 4.6) if contrast(style.accent, WHITE) >= _STRONG else style.accent
    under = _fitted(sheet, subtitle, "lead", _SUBTITLE_SIZES, 2, style.height * _BAND * 0.7, on(fill))
    band = style.height * (_BAND if under else _BARE_BAND)
    strip = furniture.top_strip(sheet, 0)
    top = strip.top + strip.height
    room = style.height - band - top
    lines = _MOST_LINES_UPRIGHT if sheet.portrait else _MOST_LINES
    rows = _fitted(sheet, title, "display", _TITLE_SIZES, lines, room * _FILLED, theme.text)
    # As much room above as below, seen from the edge of the picture.
    above = max(top, (style.height - band - layout.height(rows)) / 2)
    ground = Panel(0, style.height - band, style.width, band, fill, name="band")
    low = style.height - band + (band - layout.height(under)) / 2
    return [*strip.marks, ground, *_placed(sheet, rows, above), *_placed(sheet, under, low)]


def _fitted(
    sheet: Sheet, text: str, role: str, sizes: tuple[int, ...], lines: int, room: float, colour: Colour
) -> list[Row]:
    """Return the text at the largest of the sizes at which it is whole in so many lines and so much room; else nothing."""
    kind = sheet.theme.roles[role]
    for size in sizes if text else ():
        face = typeface(sheet.theme.fonts[kind.family], max(kind.weight, 600), size * sheet.unit)
        rows = paragraph(sheet, text, role, colour, face=face, even=True)
        parted = any(face.length(word) > sheet.width for word in clean(text).split())
        last = size == sizes[-1]
        if (len(rows) <= lines or last) and layout.height(rows) <= room and (last or not parted):
            return rows
    return []


def _placed(sheet: Sheet, rows: list[Row], top: float) -> list[Mark]:
    left = (sheet.style.width - sheet.width) / 2
    parts, _ = layout.place(rows, top, sheet.style.height)
    return [mark for part in parts for mark in part.moved(left, 0).marks]
