"""Cards in a column, in pairs or side by side, and the scenes of numbered texts with facts above them."""

from collections.abc import Callable, Sequence
from functools import partial

from video_gen.scenes.blocks import Chip, badge_marks, badge_size, card, chips, led, paragraph, titled
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Builder, Part, Row, Sheet, beside, height, runs_backwards, spaced, stepped
from video_gen.scenes.model import State, Style

_GAP = 0.8  # of the theme's gap
_TALLEST = 0.5  # of the picture's height


def grid(sheet: Sheet, cells: Sequence[Builder], *, wide: bool, tallest: float = 0.2) -> list[Row]:
    """Return cards one below the other, each a step; in two columns where `wide` and none is too high for that.

    tallest: height of a card in two columns at most, as a share of the picture's. A last one without a neighbour takes all
    the width.
    """
    gap = sheet.airy(sheet.theme.gap * _GAP)
    if wide and not sheet.portrait:
        half = (sheet.width - sheet.px(sheet.theme.gap * _GAP)) / 2
        pairs = [cells[n : n + 2] for n in range(0, len(cells), 2)]
        built = [[stepped(cell(sheet.at(width=half if pair[1:] else None))) for cell in pair] for pair in pairs]
        if all(height(rows) <= sheet.style.height * tallest for pair in built for rows in pair):
            return [row for pair in built for row in spaced(_abreast(sheet, pair), gap)]
    return [row for cell in cells for row in spaced(stepped(cell(sheet)), gap)]


def standing(sheet: Sheet, texts: Sequence[tuple[str, str]]) -> list[Row]:
    """Return a card for each title and description, side by side, its number at its top; none where one gets too high."""
    gap = sheet.px(sheet.theme.gap * _GAP)
    narrow = sheet.at(width=(sheet.width - gap * (len(texts) - 1)) / len(texts))
    inside = [partial(_standing, str(number), *pair) for number, pair in enumerate(texts, 1)]
    cells = [stepped(card(narrow, build, centred=False)) for build in inside]
    return [] if any(height(cell) > sheet.style.height * _TALLEST for cell in cells) else _abreast(sheet, cells)


def _standing(number: str, title: str, description: str, sheet: Sheet) -> list[Row]:
    rows = titled(title, description, strong=True)(sheet)
    wide, high = badge_size(sheet, number)
    left = sheet.width - wide if runs_backwards(rows) else 0.0
    badge = Part(tuple(badge_marks(sheet, number, sheet.style.accent, left, high / 2)))
    return [Row(high, (badge,)), *spaced(rows, sheet.airy(sheet.theme.gap * 0.7))]


def _abreast(sheet: Sheet, cells: Sequence[list[Row]]) -> list[Row]:
    """Return cards of the same width side by side, from the right where they are written so."""
    if len(cells) == 1:
        return cells[0]
    each = (sheet.width + sheet.px(sheet.theme.gap * _GAP)) / len(cells)
    lefts = [each * n for n in range(len(cells))]
    return [beside(cells, lefts[::-1] if runs_backwards(cells[0]) else lefts)]


def numbered(
    style: Style, header: Header, texts: Sequence[str], facts: Callable[[Sheet], Sequence[Chip]], *, wide_from: int
) -> list[State]:
    """Return the states of a scene of numbered texts: the header with the facts, then a state a text.

    wide_from: number of texts from which on they stand in two columns.
    """

    def build(sheet: Sheet) -> list[Row]:
        cells = [partial(_numbered, text, str(number)) for number, text in enumerate(texts, 1)]
        return led(chips(sheet, facts(sheet)), grid(sheet, cells, wide=len(cells) >= wide_from), sheet)

    return flow(style, build, header)


def _numbered(text: str, number: str, sheet: Sheet) -> list[Row]:
    return card(sheet, partial(paragraph, text=text, role="body"), badge=number)
