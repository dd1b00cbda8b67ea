"""Colours: names of accents, `#rrggbb`, mixing, hues, and the contrast that makes text readable."""

import re
from difflib import get_close_matches
from math import atan2, cos, hypot, sin

from video_gen.errors import ConfigError

Colour = tuple[int, int, int]

NAMES: dict[str, Colour] = {
    "orange": (255, 107, 53),
    "blue": (59, 130, 246),
    "purple": (139, 92, 246),
    "green": (16, 185, 129),
    "pink": (236, 72, 153),
    "cyan": (34, 211, 238),
}
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_NEAR_BLACK: Colour = (8, 11, 22)


def parse(name: str) -> Colour:
    """Return the RGB colour of a known name or of `#rrggbb`.

    Raises ConfigError that lists the known names, the nearest first.
    """
    key = str(name).strip().lower()
    if key in NAMES:
        return NAMES[key]
    if re.fullmatch(r"#[0-9a-f]{6}", key):
        return from_hex(key)
    near = get_close_matches(key, NAMES, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(f"accent_color: {name!r} is not a known colour.{hint} Use one of {', '.join(NAMES)}, or #rrggbb.")


def from_hex(text: str) -> Colour:
    """Return the RGB colour of `#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def to_hex(colour: Colour) -> str:
    """Return a colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return `first` with `share` (0..1) of `second` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance of sRGB as WCAG 2 defines it, 0..1."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio of two colours, 1..21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, ground: Colour, ratio: float = 5.0) -> Colour:
    """Return `colour`, made as much lighter, or on a light `ground` darker, as text on it needs for `ratio`."""
    end = WHITE if contrast(WHITE, ground) >= contrast(BLACK, ground) else BLACK
    for step in range(21):
        moved = mix(colour, end, step / 20)
        if contrast(moved, ground) >= ratio:
            return moved
    return end


def on(fill: Colour) -> Colour:
    """Return near-black or white, whichever is easier to read on `fill`."""
    return _NEAR_BLACK if contrast(_NEAR_BLACK, fill) >= contrast(WHITE, fill) else WHITE


def hue(colour: Colour) -> float:
    """Angle of a colour in Oklab, in radians: equal steps look equally far apart."""
    _, a, b = _oklab(colour)
    return atan2(b, a)


def strength(colour: Colour) -> float:
    """How far a colour is from grey, 0 to about 0.3 (the chroma of Oklab)."""
    _, a, b = _oklab(colour)
    return hypot(a, b)


def turned(colour: Colour, angle: float) -> Colour:
    """Return `colour` with its hue turned by `angle` radians, as light as it was, and duller where sRGB has no such one."""
    light, a, b = _oklab(colour)
    chroma, at = hypot(a, b), atan2(b, a) + angle
    for step in range(20, -1, -1):
        part = chroma * step / 20
        levels = _srgb(light, part * cos(at), part * sin(at))
        if all(-0.5 <= level <= 255.5 for level in levels):
            break
    red, green, blue = (min(255, max(0, round(level))) for level in levels)
    return red, green, blue


def _linear(level: float) -> float:
    return level / 255 / 12.92 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4


def _level(linear: float) -> float:
    # Outside of sRGB the curve goes on mirrored, so that it can be seen how far.
    size = abs(linear)
    value = size * 12.92 if size <= 0.0031308 else 1.055 * size ** (1 / 2.4) - 0.055
    return 255 * (value if linear >= 0 else -value)


def _oklab(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = map(_linear, colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _srgb(light: float, a: float, b: float) -> tuple[float, float, float]:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _level(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _level(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _level(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
