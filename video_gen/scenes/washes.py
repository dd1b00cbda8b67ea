"""Surfaces in a tint of the accent that set something off without making the text on them hard to read."""

from collections.abc import Iterable

from video_gen.scenes.colours import Colour, contrast, mix

_LEAST = 4.5


def washed(ground: Colour, tint: Colour, share: float, inks: Iterable[Colour]) -> Colour:
    """Return `ground` with at most `share` (0..1) of `tint` in it, as much as keeps each of `inks` at 4.5:1."""
    colours = list(inks)
    for step in range(10, 0, -1):
        fill = mix(ground, tint, share * step / 10)
        if all(contrast(ink, fill) >= _LEAST for ink in colours):
            return fill
    return ground
