"""Tables: how wide their columns are, and their rows as lines that may go on on a further page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from video_gen.scenes import wrap
from video_gen.scenes.blocks import corner, hair, shade
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.layout import Frame, Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.records import Records, room_of, stacked
from video_gen.scenes.scripts import clean, is_right_to_left
from video_gen.scenes.washes import washed

_NUMBER = re.compile(
    r"[<>~≈±]?\s?[-+−–]?\s?[$€£¥]?\s?\d[\d.,  '’]*\s?(%|‰|°?[A-Za-zµ€$£¥/]{1,4})?|[-–—]|n/?a", re.IGNORECASE
)
# A cell of more characters than this is prose that may be wrapped before the type gets smaller.
_SHORT = 26
_MOST_WRAPPED = 460.0
_SHRINKS = (1.0, 0.9, 0.8, 0.71, 0.63)
# The least scales of a table and of the cards in its place, in a picture like a phone's and in other upright ones: its text is then
# 42 pixels of a picture 1080 wide, theirs 40; 34 in the others.
_LEAST_TALL, _LEAST_UPRIGHT = (1.1, 1.05), (0.9, 0.9)


@dataclass(frozen=True)
class Table:
    """Texts, all rows as long as the head. lit_rows, lit_columns: places from 0 that are set off."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lit_rows: frozenset[int] = frozenset()
    lit_columns: frozenset[int] = frozenset()

    def cells(self, column: int) -> list[str]:
        return [row[column] for row in self.rows]

    def is_numeric(self, column: int) -> bool:
        """Whether all filled cells of a column are numbers, so that they stand to the right; the first names its row."""
        filled = [cell for cell in self.cells(column) if cell.strip()] if column else []
        return bool(filled) and all(_NUMBER.fullmatch(cell.strip()) for cell in filled)


def build(sheet: Sheet, table: Table) -> list[Row]:
    """Return the table in a card with its head on every page, each row a state; a card a row where it is too wide.

    It is too wide where its columns do not fit at the least scale, which is larger in upright pictures: those are looked at small.
    """
    least, cards = _LEAST_TALL if sheet.tall else _LEAST_UPRIGHT if sheet.portrait else (0.0, 0.0)
    for shrink in _SHRINKS:
        small = sheet.at(scale=sheet.scale * shrink)
        widths = _widths(small, table) if small.scale >= least else None
        if widths is not None:
            return _framed(small, table, widths)
    records = Records(table.columns, table.rows, table.lit_rows, table.lit_columns)
    return stacked(sheet.at(scale=max(sheet.scale, cards)), records)


def _pad(sheet: Sheet) -> float:
    return sheet.px(26)


def _widths(sheet: Sheet, table: Table) -> list[float] | None:
    """Return the widths of the columns without their pads, or None where a word or a short cell would be broken."""
    free = sheet.width - 2 * _pad(sheet) * len(table.columns)
    least, wanted = [], []
    for n, name in enumerate(table.columns):
        cells = [(name, sheet.face("label")), *((cell, _face(sheet, n)) for cell in table.cells(n))]
        least.append(max(_least(clean(text), face, sheet) for text, face in cells))
        wanted.append(max(max(map(face.length, clean(text).split("\n"))) for text, face in cells))
    if sum(least) > free:
        return None
    return _shared(least, wanted, free)


def _least(text: str, face: Typeface, sheet: Sheet) -> float:
    """Return the width below which a cell is not to fall: its text if that is short, else its longest word and some more."""
    longest = max(map(face.length, text.split()), default=0.0)
    if len(text) <= _SHORT and sheet.scale > 0.64:
        return max(map(face.length, text.split("\n")))
    return max(longest, min(face.length(text), sheet.px(_MOST_WRAPPED) / 2))


def _shared(least: Sequence[float], wanted: Sequence[float], free: float) -> list[float]:
    """Return widths between least and wanted that use the free room; what is left is spread evenly."""
    more = [max(0.0, w - low) for low, w in zip(least, wanted, strict=True)]
    room = free - sum(least)
    share = min(1.0, room / sum(more)) if sum(more) else 0.0
    widths = [low + share * m for low, m in zip(least, more, strict=True)]
    left = max(0.0, free - sum(widths)) / len(widths)
    return [width + left for width in widths]


def _face(sheet: Sheet, column: int) -> Typeface:
    return sheet.face("strong" if column == 0 else "body")


def _framed(sheet: Sheet, table: Table, widths: Sequence[float]) -> list[Row]:
    pad, gap = _pad(sheet), sheet.airy(15)
    lefts = [sum(widths[:n]) + pad * (2 * n + 1) for n in range(len(widths))]
    if is_right_to_left(clean(table.columns[0].strip() or next(iter(table.cells(0)), ""))):
        lefts = [sheet.width - left - width for left, width in zip(lefts, widths, strict=True)]
    head, high = _head(sheet, table, lefts, widths)

    def paint(tall: float) -> list[Mark]:
        theme, thin, radius = sheet.theme, hair(sheet), corner(sheet)
        marks: list[Mark] = [
            Panel(0, 0, sheet.width, tall, theme.surface, radius, theme.edge, thin, "card", shadow=shade(sheet)),
            Panel(thin, thin, sheet.width - 2 * thin, high - thin, theme.bar, radius - thin, name="head", flat="b"),
        ]
        for n in sorted(table.lit_columns):
            fill = washed(theme.surface, sheet.style.accent, 0.16, [theme.text, theme.muted])
            marks.append(
                Panel(lefts[n] - pad * 0.6, high, widths[n] + pad * 1.2, tall - high - thin, fill, name="column")
            )
        return [*marks, *head]

    frame = Frame(0, high + gap, gap + sheet.px(4), paint)
    rows = [Row(0, (Part(()),), frame=frame, keep=True)]
    for place, cells in enumerate(table.rows):
        lines = _lines(sheet, table, place, cells, lefts, widths, gap)
        rows += [replace(row, frame=frame) for row in (spaced(lines, 2 * gap) if place else lines)]
    return rows


def _head(sheet: Sheet, table: Table, lefts: Sequence[float], widths: Sequence[float]) -> tuple[list[Mark], float]:
    """Return the names of the columns and the height of their bar."""
    face = sheet.face("label")
    leading, top = face.size * 1.3, sheet.px(18)
    texts = [wrap.words(clean(name), face, width) for name, width in zip(table.columns, widths, strict=True)]
    high = max(map(len, texts)) * leading + 2 * top
    marks: list[Mark] = []
    for n, lines in enumerate(texts):
        colour = sheet.accent if n in table.lit_columns else sheet.theme.muted
        y = (high - leading * len(lines)) / 2 + (leading + face.cap) / 2
        for text in lines:
            x = _at(text, face, lefts[n], widths[n], right=table.is_numeric(n))
            marks.append(Words(x, y, ((text, colour),), face))
            y += leading
    return marks, high


def _at(text: str, face: Typeface, left: float, width: float, *, right: bool) -> float:
    return left + width - face.length(text) if right or is_right_to_left(text) else left


def _lines(
    sheet: Sheet,
    table: Table,
    place: int,
    cells: Sequence[str],
    lefts: Sequence[float],
    widths: Sequence[float],
    gap: float,
) -> list[Row]:
    """Return a row of the table as one row a line of text, so that a very long one can be divided over pages."""
    texts = [wrap.words(clean(c), _face(sheet, n), widths[n]) or [""] for n, c in enumerate(cells)]
    count = max(map(len, texts))
    rows = []
    for n in range(count):
        line = [(column, lines[n]) for column, lines in enumerate(texts) if n < len(lines) and lines[n].strip()]
        usual = sheet.face("body")
        above, below = room_of(usual.size * 1.3, [(_face(sheet, c), text) for c, text in line], usual)
        marks: list[Mark] = _behind(sheet, table, place, n, count, above + below, gap)
        for column, text in line:
            face = _face(sheet, column)
            x = _at(text, face, lefts[column], widths[column], right=table.is_numeric(column))
            marks.append(Words(x, above, ((text, _colour(sheet, table, place, column)),), face))
        rows.append(Row(above + below, (Part(tuple(marks)),), keep=n < count - 1))
    return [rows[0].stepped(), *rows[1:]]


def _colour(sheet: Sheet, table: Table, place: int, column: int) -> Colour:
    if column == 0 or place in table.lit_rows or column in table.lit_columns:
        return sheet.theme.text
    return sheet.theme.muted


def _behind(sheet: Sheet, table: Table, place: int, line: int, count: int, tall: float, gap: float) -> list[Mark]:
    """Return the strip of a lit row, or the thin line above a row."""
    first, last = line == 0, line == count - 1
    if place in table.lit_rows:
        up, down = gap * 0.8 if first else 0.0, gap * 0.8 if last else 0.0
        edge = sheet.px(10)
        fill = washed(sheet.theme.surface, sheet.style.accent, 0.32, [sheet.theme.text])
        flat = ("" if first else "t") + ("" if last else "b")
        top, high = -up, tall + up + down
        return [Panel(edge, top, sheet.width - 2 * edge, high, fill, sheet.px(10), name="strip", flat=flat)]
    if first and place and place - 1 not in table.lit_rows:
        pad = _pad(sheet)
        thin = hair(sheet, 1)
        return [Panel(pad, -gap - thin / 2, sheet.width - 2 * pad, thin, sheet.theme.edge, name="rule")]
    return []
