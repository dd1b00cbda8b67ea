"""Pixels: the background of a style and the painting of marks on it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour, Style
from video_gen.scenes.theme import THEME

Backdrop = Literal["plain", "opening", "closing"]
_OVERSAMPLING = 4
# Centre (in widths and heights), reach (in shorter sides) and strength of the soft light in the accent colour.
_GLOWS: dict[str, list[tuple[float, float, float, float]]] = {
    "plain": [(1.0, 0.0, 0.62, 0.55), (0.0, 1.05, 0.45, 0.30)],
    "opening": [(0.92, 0.30, 0.80, 1.0), (0.0, 1.05, 0.50, 0.40)],
    "closing": [(0.5, 1.12, 0.85, 1.15), (0.5, -0.1, 0.40, 0.25)],
}
_RINGS = {"opening": (0.92, 0.30, (0.24, 0.38, 0.55, 0.76)), "closing": (0.5, 1.12, (0.42, 0.58, 0.77, 1.0))}


@lru_cache(maxsize=8)
def background(style: Style, kind: Backdrop = "plain") -> Image.Image:
    """Return the empty picture of a style: to be copied, never drawn on."""
    width, height, short = style.width, style.height, min(style.width, style.height)
    x = np.arange(width, dtype=np.float32)
    y = np.arange(height, dtype=np.float32)[:, None]
    slope = (x / width + y / height) / 2
    light = np.zeros((height, width), np.float32)
    for cx, cy, reach, strength in _GLOWS[kind]:
        # A Gaussian is the product of one of x and one of y, which costs no square root a pixel.
        falls = [np.exp(-(((a - c) / (reach * short)) ** 2) * 2) for a, c in ((x, cx * width), (y, cy * height))]
        light += falls[0] * falls[1] * (strength * THEME.glow)
    if kind in _RINGS:
        light += _rings(x, y, style, kind)
    # Less than one level of noise hides the steps of so dark a gradient.
    noise = np.random.default_rng(1).random((height, width), dtype=np.float32) - 0.5
    planes = []
    for start, end, accent in zip(THEME.ground, THEME.ground_end, style.accent, strict=True):
        base = start + (end - start) * slope
        planes.append(np.clip(base + (accent - base) * light + noise + 0.5, 0, 255).astype(np.uint8))
    return Image.fromarray(np.dstack(planes))


def _rings(x: np.ndarray, y: np.ndarray, style: Style, kind: str) -> np.ndarray:
    short = min(style.width, style.height)
    cx, cy, radii = _RINGS[kind]
    distance = np.hypot(x - cx * style.width, y - cy * style.height)
    light = np.zeros_like(distance)
    for n, radius in enumerate(radii):
        line = np.clip(short / 540 + 0.5 - np.abs(distance - radius * short), 0, 1)
        light += line * (0.17 - 0.035 * n)
        # Each disc is a little lighter than what lies around it.
        light += np.clip(radius * short - distance + 0.5, 0, 1) * 0.012
    return light


def paint(picture: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw the marks, in their order, on an RGB picture."""
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        if isinstance(mark, Panel):
            _panel(picture, mark)
        else:
            _words(draw, mark)


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
    fill, inset = mark.fill, max(1, round(mark.line))
    if mark.edge:
        _paste(picture, mark.edge, left, top, width, height, mark.radius, mark.flat)
        left, top, width, height = left + inset, top + inset, width - 2 * inset, height - 2 * inset
    radius = mark.radius - (inset if mark.edge else 0)
    if width > 0 and height > 0:
        _paste(picture, fill, left, top, width, height, max(0.0, radius), mark.flat)


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
    size = int(np.ceil(radius))
    large = Image.new("L", (size * _OVERSAMPLING, size * _OVERSAMPLING), 0)
    reach = 2 * radius * _OVERSAMPLING
    ImageDraw.Draw(large).ellipse((0, 0, reach, reach), fill=255)
    return large.reduce(_OVERSAMPLING)
