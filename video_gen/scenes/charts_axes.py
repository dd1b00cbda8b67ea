"""Scales of charts: round tick values, and the colours of series."""

from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from math import ceil, floor, log10

from video_gen.scenes.charts_data import Data
from video_gen.scenes.colours import mix, readable
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Colour

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# Degrees on the colour wheel from the accent, so that neighbours differ most.
_HUES = (0, 165, 45, 210, 290, 100, 330, 255)


@dataclass(frozen=True)
class Axis:
    """A linear scale from `ticks[0]` to `ticks[-1]`. decimals: that its ticks need."""

    ticks: tuple[float, ...]
    decimals: int

    def share(self, value: float) -> float:
        """Where a value lies between the ends, 0..1."""
        low, high = self.ticks[0], self.ticks[-1]
        return (value - low) / (high - low)


def axis(data: Data, *, from_zero: bool, most: int = 5) -> Axis:
    """Return a scale with at most `most` + 1 steps that holds all values.

    from_zero: bars always begin at 0; lines do unless that would flatten them.
    """
    low, high = min(data.values), max(data.values)
    spread = high - low
    if from_zero or (low >= 0 and low <= 1.5 * spread):
        low = min(low, 0.0)
    if from_zero or (high <= 0 and -high <= 1.5 * spread):
        high = max(high, 0.0)
    if high == low:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step = _step((high - low) / most, whole=data.decimals == 0)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9)) + (1 if f"{step:e}".startswith("2.5") and step < 10 else 0)
    return Axis(tuple(n * step for n in range(first, last + 1)), decimals)


def _step(least: float, *, whole: bool) -> float:
    """Return the round step that is `least` or the next above it; a whole number where the values are."""
    power = 10.0 ** floor(log10(max(least, 1.0) if whole else least))
    steps = (s * power for s in _STEPS)
    return next(s for s in steps if s >= least * (1 - 1e-9) and (s.is_integer() or not whole))


def emphasised(sheet: Sheet, data: Data, place: int, colour: Colour) -> Colour:
    """Return the full colour for the bar that reaches furthest of a single series, a calmer one for the others."""
    values = data.series[0].values
    furthest = abs(values[place]) == max(map(abs, values))
    return colour if len(data.series) > 1 or len(values) < 3 or furthest else mix(sheet.theme.surface, colour, 0.62)


def palette(sheet: Sheet, count: int) -> Sequence[Colour]:
    """Return colours derived from the accent that stand out from the surface and from one another."""
    red, green, blue = (c / 255 for c in sheet.style.accent)
    hue, light, saturation = rgb_to_hls(red, green, blue)
    found = []
    for n in range(count):
        turned = hue + _HUES[n % len(_HUES)] / 360
        # A grey accent gives no hues of its own; each round through the wheel is lighter than the one before.
        rich = saturation if n == 0 else max(saturation, 0.45)
        level = light if n == 0 else min(0.85, max(0.55, light) + 0.11 * (n // len(_HUES)))
        r, g, b = (round(c * 255) for c in hls_to_rgb(turned % 1, level, rich))
        found.append(readable((r, g, b), sheet.theme.surface, 3.2))
    return found
