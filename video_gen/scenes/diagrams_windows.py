"""Windows on a diagram that is larger than its room: where they are cut, and a sign of where one is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from video_gen.scenes.blocks import hair
from video_gen.scenes.layout import Sheet
from video_gen.scenes.marks import Panel
from video_gen.scenes.model import Box

Span = tuple[int, int]
# Shares of the room: a window ends in the last part of it, and the next repeats some of what it showed.
_ENDS_AFTER = 0.62
_REPEATED = (0.34, 0.08)
_FADE = 26
_RAIL = 220.0


@dataclass(frozen=True)
class Window:
    """What is seen of a diagram. across, down: the ends in its pixels. picture: RGBA, at most as large as the room."""

    across: Span
    down: Span
    picture: Image.Image


def spans(ink: NDArray[np.int64], room: int, margin: int = 0) -> list[Span]:
    """Return stretches of at most `room` pixels that cover all of a side, in order, each repeating some of the one before.

    ink: how much is drawn at each pixel of the side; cuts are made where that is least. margin: room that is kept free at both
    ends where there is more than one.
    """
    found: list[Span] = []
    if len(ink) > room:
        room = max(8, room - 2 * margin)
    start = 0
    while len(ink) - start > room:
        end = _quietest(ink, start + round(room * _ENDS_AFTER), start + room)
        found.append((start, end))
        again = _quietest(ink, end - round(room * _REPEATED[0]), end - round(room * _REPEATED[1]))
        # Rather nothing repeated than a box that is cut in two.
        start = again if ink[again] <= 2 * ink[end] + 2 else end
    return [*found, (start, len(ink))]


def _quietest(ink: NDArray[np.int64], first: int, last: int) -> int:
    """Return the place with the least ink from `first` to `last`: the middle of the last stretch of such."""
    part = ink[first : last + 1]
    places = np.flatnonzero(part == part.min())
    breaks = np.flatnonzero(np.diff(places) > 1)
    stretch = places[breaks[-1] + 1 if len(breaks) else 0 :]
    return int(first + stretch[len(stretch) // 2])


def windows(whole: Image.Image, room: tuple[int, int], head: int, fade: int) -> list[Window]:
    """Return the windows on an RGBA picture, left to right and then down; those with nothing in them are left out.

    room: width and height of each. head: height of what stands at the top of all of them, such as the names above a
    sequence. fade: how far from a cut it fades out. All in pixels.
    """
    ink = np.asarray(whole.getchannel("A")) > 8
    body = ink[head:]
    found = []
    # What fades out lies outside of the cuts, so that nothing beside one is dimmed.
    for top, bottom in spans(body.sum(axis=1), room[1] - head, fade):
        for left, right in spans(ink.sum(axis=0), room[0], fade):
            if body[top:bottom, left:right].any():
                x = max(0, left - fade), min(whole.width, right + fade)
                y = max(head, head + top - fade), min(whole.height, head + bottom + fade)
                sides = (left > 0, top > 0, right < whole.width, head + bottom < whole.height)
                cut = _faded(whole.crop((x[0], y[0], x[1], y[1])), sides, fade)
                picture = _headed(whole.crop((x[0], 0, x[1], head)), cut)
                found.append(Window((left, right), (head + top, head + bottom), picture))
    return found


def _headed(head: Image.Image, body: Image.Image) -> Image.Image:
    both = Image.new("RGBA", (body.width, head.height + body.height))
    both.paste(head, (0, 0))
    both.paste(body, (0, head.height))
    return both


def _faded(picture: Image.Image, sides: tuple[bool, bool, bool, bool], fade: int) -> Image.Image:
    """Return the picture fading out at those of its sides (left, top, right, bottom) where it goes on."""
    left, top, right, bottom = sides
    across = _ramp(picture.width, left, right, fade)
    down = _ramp(picture.height, top, bottom, fade)
    values = np.array(picture)
    values[:, :, 3] = values[:, :, 3] * np.minimum(across[None, :], down[:, None])
    return Image.fromarray(values)


def _ramp(length: int, first: bool, last: bool, fade: int) -> NDArray[np.float64]:
    steps = np.arange(length) + 1.0
    begins = steps / fade if first else np.ones(length)
    ends = steps[::-1] / fade if last else np.ones(length)
    return np.minimum(1.0, np.minimum(begins, ends))


def rails(sheet: Sheet, box: Box, window: Window, whole: tuple[int, int]) -> Iterator[Panel]:
    """Yield a rail below the room of the diagrams (`box`), and one beside it, with the piece that is seen lit up."""
    thick, pad = sheet.px(8), sheet.px(sheet.theme.pad) / 2
    long = min(sheet.px(_RAIL), (box.right - box.left) / 2, (box.bottom - box.top) / 2)
    if window.across != (0, whole[0]):
        x, y = (box.left + box.right - long) / 2, box.bottom + pad - thick / 2
        first, last = (long * place / whole[0] for place in window.across)
        yield from (_rail(sheet, x, y, long, thick), _here(sheet, x + first, y, last - first, thick))
    if window.down[1] - window.down[0] < whole[1]:
        x, y = box.right + pad - thick / 2, (box.top + box.bottom - long) / 2
        first, last = (long * place / whole[1] for place in window.down)
        yield from (_rail(sheet, x, y, thick, long), _here(sheet, x, y + first, thick, last - first))


def _rail(sheet: Sheet, x: float, y: float, width: float, height: float) -> Panel:
    radius = min(width, height) / 2
    return Panel(x, y, width, height, sheet.theme.bar, radius, sheet.theme.edge, hair(sheet, 1), "rail")


def _here(sheet: Sheet, x: float, y: float, width: float, height: float) -> Panel:
    return Panel(x, y, width, height, sheet.mark(sheet.style.accent), min(width, height) / 2, name="here")


def fade_of(sheet: Sheet) -> int:
    """Return how far from a cut a diagram fades out, in pixels."""
    return max(1, round(sheet.px(_FADE)))
