"""Accent colours: names, `#rrggbb`, mixing, and the contrast that makes text readable."""

import re
from difflib import get_close_matches

from video_gen.errors import ConfigError
from video_gen.scenes.model import Colour

NAMES: dict[str, Colour] = {
    "orange": (255, 107, 53),
    "blue": (59, 130, 246),
    "purple": (139, 92, 246),
    "green": (16, 185, 129),
    "pink": (236, 72, 153),
    "cyan": (34, 211, 238),
}
WHITE: Colour = (255, 255, 255)


def parse(name: str) -> Colour:
    """Return the RGB colour of a known name or of `#rrggbb`.

    Raises ConfigError that lists the known names, the nearest first.
    """
    key = str(name).strip().lower()
    if key in NAMES:
        return NAMES[key]
    if re.fullmatch(r"#[0-9a-f]{6}", key):
        return int(key[1:3], 16), int(key[3:5], 16), int(key[5:7], 16)
    near = get_close_matches(key, NAMES, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(f"accent_color: {name!r} is not a known colour.{hint} Use one of {', '.join(NAMES)}, or #rrggbb.")


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return `first` with `share` (0..1) of `second` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance of sRGB as WCAG 2 defines it, 0..1."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio of two colours, 1..21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, ground: Colour, ratio: float = 5.0) -> Colour:
    """Return `colour`, made as much lighter as text on the dark `ground` needs for `ratio`."""
    for step in range(21):
        lighter = mix(colour, WHITE, step / 20)
        if contrast(lighter, ground) >= ratio:
            return lighter
    return WHITE


def on(fill: Colour) -> Colour:
    """Return near-black or white, whichever is easier to read on `fill`."""
    dark = (8, 11, 22)
    return dark if contrast(dark, fill) >= contrast(WHITE, fill) else WHITE
