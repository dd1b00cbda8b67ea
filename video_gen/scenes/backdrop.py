"""What lies behind everything: a gradient with the decoration of the theme."""

from functools import lru_cache
from typing import Literal

import numpy as np
from PIL import Image

from video_gen.scenes.colours import Colour, turned
from video_gen.scenes.model import Style
from video_gen.scenes.theme import Theme, tinted

Backdrop = Literal["plain", "opening", "closing"]
Plane = np.ndarray

# Centre (in widths and heights), reach (in shorter sides) and strength of the soft light in the accent colour.
_GLOWS: dict[str, list[tuple[float, float, float, float]]] = {
    "plain": [(1.0, 0.0, 0.62, 0.55), (0.0, 1.05, 0.45, 0.30)],
    "opening": [(0.92, 0.30, 0.80, 1.0), (0.0, 1.05, 0.50, 0.40)],
    "closing": [(0.5, 1.12, 0.85, 1.15), (0.5, -0.1, 0.40, 0.25)],
}
# The same of lights in the neighbouring hues: the turn in radians comes last.
_AURORAS: dict[str, list[tuple[float, float, float, float, float]]] = {
    "plain": [(1.02, -0.05, 0.70, 0.75, 0.0), (-0.05, 1.05, 0.75, 0.65, -0.9), (1.0, 1.1, 0.6, 0.5, 0.8)],
    "opening": [(0.95, 0.12, 0.85, 1.15, 0.0), (0.72, 1.08, 0.80, 0.95, 0.8), (-0.05, 1.0, 0.8, 0.7, -0.9)],
    "closing": [(0.5, 1.15, 0.95, 1.15, 0.0), (0.0, 0.0, 0.7, 0.7, -0.9), (1.0, 0.0, 0.7, 0.7, 0.8)],
}
_RINGS = {"opening": (0.92, 0.30, (0.24, 0.38, 0.55, 0.76)), "closing": (0.5, 1.12, (0.42, 0.58, 0.77, 1.0))}
_STEP = 54.0  # reference pixels from line to line of a grid, from dot to dot


@lru_cache(maxsize=8)
def background(style: Style, kind: Backdrop = "plain") -> Image.Image:
    """Return the empty picture of a style: to be copied, never drawn on."""
    theme = tinted(style.theme, style.accent)
    x = np.arange(style.width, dtype=np.float32)
    y = np.arange(style.height, dtype=np.float32)[:, None]
    slope = (x / style.width + y / style.height) / 2
    planes = [a + (b - a) * slope for a, b in zip(theme.ground, theme.ground_end, strict=True)]
    for colour, light in _lights(theme, style, kind, x, y):
        planes = [plane + (level - plane) * light for plane, level in zip(planes, colour, strict=True)]
    # Less than one level of noise hides the steps of so soft a gradient.
    noise = np.random.default_rng(1).random((style.height, style.width), dtype=np.float32) - 0.5
    return Image.fromarray(np.dstack([np.clip(plane + noise + 0.5, 0, 255).astype(np.uint8) for plane in planes]))


def _lights(theme: Theme, style: Style, kind: Backdrop, x: Plane, y: Plane) -> list[tuple[Colour, Plane]]:
    """Return colours, each with its share in every pixel, in the order in which they are laid on."""
    if theme.backdrop == "plain":
        return []
    if theme.backdrop == "aurora":
        return [
            (turned(style.accent, turn), theme.glow * strength * _glow(style, x, y, cx, cy, reach))
            for cx, cy, reach, strength, turn in _AURORAS[kind]
        ]
    light: Plane = np.zeros((style.height, style.width), np.float32)
    for cx, cy, reach, strength in _GLOWS[kind]:
        light = light + theme.glow * strength * _glow(style, x, y, cx, cy, reach)
    if theme.backdrop == "rings" and kind in _RINGS:
        light = light + _rings(style, x, y, kind) * min(1.0, theme.glow * 5)
    found = [(style.accent, light)]
    if theme.backdrop in ("grid", "dots"):
        fade = 0.25 + 0.75 * _glow(style, x, y, *_GLOWS[kind][0][:2], 1.1)
        found.append((theme.edge, fade * _pattern(style, x, y, dots=theme.backdrop == "dots")))
    return found


def _glow(style: Style, x: Plane, y: Plane, cx: float, cy: float, reach: float) -> Plane:
    # A Gaussian is the product of one of x and one of y, which costs no square root a pixel.
    far = reach * min(style.width, style.height)
    across, down = ((x - cx * style.width) / far, (y - cy * style.height) / far)
    return np.exp(-(across**2) * 2) * np.exp(-(down**2) * 2)


def _rings(style: Style, x: Plane, y: Plane, kind: str) -> Plane:
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


def _pattern(style: Style, x: Plane, y: Plane, *, dots: bool) -> Plane:
    unit = min(style.width, style.height) / 1080
    step = max(8.0, _STEP * unit)
    # Measured from the middle, so that both sides end alike.
    across = np.abs((x - style.width / 2 + step / 2) % step - step / 2)
    down = np.abs((y - style.height / 2 + step / 2) % step - step / 2)
    if dots:
        return np.clip(2.2 * unit + 0.5 - np.hypot(across, down), 0, 1)
    thick = max(1.0, 1.5 * unit) / 2
    return np.maximum(np.clip(thick + 0.5 - across, 0, 1), np.clip(thick + 0.5 - down, 0, 1))
