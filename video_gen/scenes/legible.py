"""Whether a theme can be read: the contrast of every colour of text on everything that it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass

from video_gen.scenes import colours
from video_gen.scenes.colours import Colour
from video_gen.scenes.theme import PANEL_SHADES, SHADES, TOKENS, Theme, within

LEAST = 4.5
"""The contrast that WCAG 2 asks of text."""
STRIP = 0.13
"""Share of the colour that marks a changed line of code in the strip behind it."""
_INKS = ("text", "muted", "faint", "success", "warning", "danger")


@dataclass(frozen=True)
class Problem:
    """A colour of a theme that is hard to read: its place in the file, and what would do."""

    path: tuple[str, ...]
    text: str


def problems(theme: Theme) -> list[Problem]:
    """Return the colours of a theme whose contrast is below 4.5:1 somewhere."""
    found = [p for name in _INKS for p in _judged(("colors", SHADES[name]), getattr(theme, name), theme.grounds)]
    for panel in ("code", "terminal"):
        inside = within(theme, panel)
        for name in _INKS:
            found += _judged((panel, PANEL_SHADES[name]), getattr(inside, name), (inside.well, inside.bar))
    inside = within(theme, "code")
    strips = [colours.mix(inside.well, tint, STRIP) for tint in (inside.danger, inside.success)]
    for token, name in {"Token": "text", **TOKENS}.items():
        found += _judged(("code", name), theme.code[token], (inside.well, *strips))
    return found


def _judged(path: tuple[str, ...], ink: Colour, grounds: Iterable[Colour]) -> list[Problem]:
    worst = min(grounds, key=lambda ground: colours.contrast(ink, ground))
    ratio = colours.contrast(ink, worst)
    if ratio >= LEAST:
        return []
    better = colours.to_hex(colours.readable(ink, worst, LEAST + 0.05))
    text = (
        f"{colours.to_hex(ink)} has a contrast of only {ratio:.1f}:1 on {colours.to_hex(worst)}; "
        f"text needs {LEAST:g}:1. {better} would do."
    )
    return [Problem(path, text)]
