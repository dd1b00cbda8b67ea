"""A ring of shares with their names, values and parts of the whole beside it."""

from video_gen.errors import InputError
from video_gen.scenes import wrap
from video_gen.scenes.charts_axes import palette
from video_gen.scenes.charts_data import Data
from video_gen.scenes.charts_shapes import slice_of_ring
from video_gen.scenes.colours import readable
from video_gen.scenes.layout import Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.numbers import written
from video_gen.scenes.scripts import clean

_HOLE = 0.58
_TWO_COLUMNS_FROM = 9
_LEAST_RING = 300.0
# How much larger than usual the names of few shares are, at best.
_LARGER = (1.6, 1.45, 1.3, 1.15)
# In turns, between one slice and the next.
_GAP = 0.0025


def check(data: Data) -> None:
    """Raise InputError unless the data are shares of a whole: one series, nothing negative, not all zero."""
    if len(data.series) > 1:
        raise InputError(f"chart: a pie shows one series, here are {len(data.series)}. Use kind: bar, or one series.")
    if min(data.values) < 0 or sum(data.values) <= 0:
        raise InputError("chart: the shares of a pie cannot be negative, nor all of them zero. Use kind: bar instead.")


def colours(sheet: Sheet, count: int) -> list[Colour]:
    return [readable(colour, sheet.theme.surface, 3.2) for colour in palette(sheet, count)]


def pie(sheet: Sheet, data: Data, unit: str, tall: float) -> list[Row]:
    """Return the ring beside its entries, a state a share, `tall` pixels high; entries that need more follow in rows."""
    values, tints = data.series[0].values, colours(sheet, len(data.labels))
    entries, high, ring = _beside(sheet, data, unit, tall)
    apart = entries is None or ring < sheet.px(_LEAST_RING)
    size = min(tall, sheet.width * (0.9 if sheet.portrait or apart else 0.42)) if not sheet.portrait or apart else ring
    centre = (
        (sheet.width / 2 if sheet.portrait or apart else size / 2),
        (tall if not sheet.portrait or apart else size) / 2,
    )
    marks, at = [], 0.0
    for value, tint in zip(values, tints, strict=True):
        share = value / sum(values)
        end = max(at + share / 2, at + share - (_GAP if share < 1 else 0))
        marks.append(slice_of_ring(centre, size / 2 - 1, size / 2 * _HOLE, at, end, tint) if share else None)
        at += share
    slices = [(mark,) if mark else () for mark in marks]
    if apart:
        whole = Row(tall, (Part(tuple(m for own in slices for m in own)),))
        below = [
            row for own in _listed(sheet, data, unit, sheet.width) for row in spaced([own.stepped()], sheet.px(12))
        ]
        return [whole, *below]
    assert entries is not None
    left, top = (0.0, size + sheet.px(36)) if sheet.portrait else (size + sheet.px(70), max(0.0, (tall - high) / 2))
    parts = []
    for own, entry in zip(slices, entries, strict=True):
        parts.append(Part((*own, *(m.moved(left, top) for m in entry)), step=True))
    return [Row(tall, tuple(parts))]


def _beside(sheet: Sheet, data: Data, unit: str, tall: float) -> tuple[list[list[Mark]] | None, float, float]:
    """Return the entries as `_entries` does, and the width that is left for the ring: in two columns where one is too long."""
    first = 2 if len(data.labels) >= _TWO_COLUMNS_FROM and not sheet.portrait else 1
    for count in range(first, 3):
        entries, high = _entries(sheet, data, unit, tall, count)
        ring = tall if not sheet.portrait else min(tall - high - sheet.px(36), sheet.width * 0.8)
        if entries is not None and ring >= sheet.px(_LEAST_RING):
            break
    return entries, high, ring


def _entries(sheet: Sheet, data: Data, unit: str, tall: float, count: int) -> tuple[list[list[Mark]] | None, float]:
    """Return the marks of each entry in so many columns and the height of all; None where they do not fit beside the ring."""
    ring = 0.0 if sheet.portrait else min(tall, sheet.width * 0.42) + sheet.px(70)
    gap = sheet.px(40)
    width = (sheet.width - ring - gap * (count - 1)) / count
    rows = _largest(sheet, data, unit, width, tall) if count == 1 and ring else _listed(sheet, data, unit, width)
    size = -(-len(rows) // count)
    found: list[list[Mark]] = []
    high = 0.0
    for column in range(count):
        y = 0.0
        for row in rows[column * size : (column + 1) * size]:
            found.append([m.moved(column * (width + gap), y) for m in row.parts[0].marks])
            y += row.height + sheet.px(12)
        high = max(high, y - sheet.px(12))
    return (found if high <= tall else None), high


def _largest(sheet: Sheet, data: Data, unit: str, width: float, tall: float) -> list[Row]:
    """Return the rows of few shares in large type, as long as no name is broken and they leave air above and below."""
    for larger in _LARGER:
        sized = sheet.at(scale=sheet.scale * larger)
        rows = _listed(sized, data, unit, width)
        whole = max(row.height for row in rows) < sized.face("note").size * 2
        if whole and sum(row.height + sheet.px(12) for row in rows) <= 0.7 * tall:
            return rows
    return _listed(sheet, data, unit, width)


def _listed(sheet: Sheet, data: Data, unit: str, width: float) -> list[Row]:
    """Return a row for each share: its colour, its name, its part of the whole, its value."""
    face, theme, language = sheet.face("note"), sheet.theme, sheet.style.language
    values, tints = data.series[0].values, colours(sheet, len(data.labels))
    leading, dot = face.size * 1.4, face.size * 0.62
    parts = [100 * value / sum(values) for value in values]
    decimals = 0 if all(abs(part - round(part)) < 0.05 for part in parts) else 1
    rows = []
    for label, value, tint in zip(data.labels, values, tints, strict=True):
        part = written(100 * value / sum(values), decimals, "%", language)
        text = written(value, data.decimals, unit, language, among=values)
        right = part if unit == "%" else f"{part}  ·  {text}"
        long = face.length(right)
        room = width - 1.7 * dot - long - sheet.px(24)
        under = room < width * 0.3
        lines = wrap.words(clean(label), face, width - 1.7 * dot if under else room)
        marks: list[Mark] = [Panel(0, (leading - dot) / 2, dot, dot, tint, dot / 3, name="dot")]
        for n, line in enumerate(lines):
            marks.append(Words(1.7 * dot, n * leading + (leading + face.cap) / 2, ((line, theme.text),), face))
        last = len(lines) if under else 0
        at = 1.7 * dot if under else width - long
        marks.append(Words(at, last * leading + (leading + face.cap) / 2, ((right, theme.muted),), face))
        rows.append(Row(leading * (len(lines) + (1 if under else 0)), (Part(tuple(marks)),)))
    return rows
