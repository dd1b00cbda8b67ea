"""Rows of a table as cards, for a picture too narrow for its columns: the first cell, then a line for each other column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from video_gen.scenes import wrap
from video_gen.scenes.blocks import card, paragraph
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.grids import grid
from video_gen.scenes.layout import Builder, Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Words
from video_gen.scenes.scripts import clean, is_right_to_left
from video_gen.scenes.washes import washed

# The names of the columns take at most this share of a card's width, and lie so far (reference pixels) from the cells.
_NAMES, _GAP = 0.4, 28.0
_LIT = 0.16
_ABREAST, _MANY = (4, 3, 2), 3  # names side by side, of so many at least


@dataclass(frozen=True)
class Records:
    """Names of columns, and rows of as many texts. lit_rows, lit_columns: places from 0 that are set off."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    lit_rows: frozenset[int] = frozenset()
    lit_columns: frozenset[int] = frozenset()


def stacked(sheet: Sheet, records: Records) -> list[Row]:
    """Return a card for each row, one below the other, each a step; its cue begins with its first cell, as what is told does."""
    return grid(sheet, [_card(records, place) for place in range(len(records.rows))], wide=False)


def room_of(leading: float, line: Sequence[tuple[Typeface, str]], usual: Typeface) -> tuple[float, float]:
    """Return the height of a line above and below its baseline; tall scripts get more.

    leading: height that it usually takes, in pixels, with its text of the face `usual`.
    """
    above = (leading + usual.cap) / 2
    below = leading - above
    for face, text in line:
        if not text.isascii():
            ink = face.ink(text)
            above, below = max(above, ink[0]), max(below, ink[1])
    return above, below


def _card(records: Records, place: int) -> Builder:
    def inside(sheet: Sheet) -> list[Row]:
        rows = [_kept(row) for row in paragraph(sheet, records.columns[0], "label", sheet.accent)]
        rows += paragraph(sheet, records.rows[place][0], "strong")
        filled = [(column, cell) for column, cell in enumerate(records.rows[place]) if column and cell.strip()]
        if across := _abreast(sheet, records):
            for begin in range(0, len(filled), across):
                rows += spaced([_line(sheet, records, filled[begin : begin + across], across)], sheet.airy(14))
            return rows
        for column, cell in filled:
            rows += spaced(_pair(sheet, records, column, cell), sheet.airy(8))
        return rows

    def build(sheet: Sheet) -> list[Row]:
        if place not in records.lit_rows:
            return card(sheet, inside, centred=False)
        theme = sheet.theme
        fill = washed(theme.surface, sheet.style.accent, _LIT, [theme.text, theme.muted, sheet.accent])
        return card(sheet, inside, tint=sheet.accent, fill=fill, centred=False)

    return build


def _kept(row: Row) -> Row:
    """Return a row of the name above a first cell: it stays with the cell, and nobody says it."""
    return replace(row, keep=True, parts=tuple(Part(tuple(map(_unsaid, part.marks))) for part in row.parts))


def _unsaid(mark: Mark) -> Mark:
    return replace(mark, said=False) if isinstance(mark, Words) else mark


def _abreast(sheet: Sheet, records: Records) -> int:
    """Return how many names stand side by side, each above its cell; 0 where they stand one below the other.

    That takes fewer lines in a square picture, where none of the texts is longer than its share of the width.
    """
    small, large, gap = sheet.face("note"), sheet.face("body"), sheet.px(_GAP)
    texts = [(small, name) for name in records.columns[1:]] + [
        (large, cell) for row in records.rows for cell in row[1:]
    ]
    widest = max((face.length(clean(text)) for face, text in texts), default=0.0)
    if sheet.tall or len(records.columns) - 1 < _MANY or any("\n" in clean(text) for _, text in texts):
        return 0
    most = next((n for n in _ABREAST if n * (widest + gap) - gap <= sheet.width), 0)
    names = len(records.columns) - 1
    return most and ceil(names / ceil(names / most))


def _line(sheet: Sheet, records: Records, cells: Sequence[tuple[int, str]], across: int) -> Row:
    """Return names side by side, each with its cell under it. cells: places of columns and their texts."""
    small, large, gap = sheet.face("note"), sheet.face("body"), sheet.px(_GAP)
    each = (sheet.width + gap) / across
    above, below = room_of(small.size * 1.2, [(small, records.columns[column]) for column, _ in cells], small)
    over, under = room_of(large.size * 1.3, [(large, cell) for _, cell in cells], large)
    backwards = _backwards(records.columns[0], records.rows[0][0])
    marks = []
    for n, (column, cell) in enumerate(cells):
        name_colour = sheet.accent if column in records.lit_columns else sheet.theme.muted
        for text, face, y, colour in (
            (clean(records.columns[column]), small, above, name_colour),
            (clean(cell), large, above + below + over, sheet.theme.text),
        ):
            if text.strip():
                x = sheet.width - n * each - face.length(text) if backwards else n * each
                marks.append(Words(x, y, ((text, colour),), face))
    return Row(above + below + over + under, (Part(tuple(marks)),))


def _pair(sheet: Sheet, records: Records, column: int, cell: str) -> list[Row]:
    """Return the name of a column and beside it a cell, as a row for each line of text."""
    small, large = sheet.face("note"), sheet.face("body")
    wide = _width_of_names(sheet, records, small)
    gap = sheet.px(_GAP) if wide else 0.0
    names = wrap.words(clean(records.columns[column]), small, wide) if wide else []
    cells = wrap.words(clean(cell), large, sheet.width - wide - gap)
    lit = column in records.lit_columns
    rows = []
    for n in range(max(len(names), len(cells))):
        name, text = (lines[n] if n < len(lines) else "" for lines in (names, cells))
        above, below = room_of(large.size * 1.3, [(small, name), (large, text)], large)
        marks = []
        for part, face, left, colour in (
            (name, small, 0.0, sheet.accent if lit else sheet.theme.muted),
            (text, large, wide + gap, sheet.theme.text),
        ):
            if part.strip():
                x = sheet.width - left - face.length(part) if _backwards(records.columns[column], cell) else left
                marks.append(Words(x, above, ((part, colour),), face))
        rows.append(Row(above + below, (Part(tuple(marks)),), keep=n < max(len(names), len(cells)) - 1))
    return rows


def _backwards(name: str, cell: str) -> bool:
    return is_right_to_left(clean(name if name.strip() else cell))


def _width_of_names(sheet: Sheet, records: Records, face: Typeface) -> float:
    widest = max((face.length(clean(name)) for name in records.columns[1:]), default=0.0)
    return min(widest + 1, sheet.width * _NAMES) if widest else 0.0
