"""Bars that run across, a row for each label: for long labels, many of them, and narrow pictures."""

from video_gen.scenes import wrap
from video_gen.scenes.blocks import card, hair
from video_gen.scenes.charts_axes import axis, palette
from video_gen.scenes.charts_data import Data, shown
from video_gen.scenes.charts_legend import legend
from video_gen.scenes.colours import mix
from video_gen.scenes.fonts import clean
from video_gen.scenes.layout import Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour

_LABEL_SHARE = 0.36


def bars(sheet: Sheet, data: Data, unit: str) -> list[Row]:
    """Return a card with a row for each label, each a state: the label, its bars, and their values."""
    return card(sheet, lambda inner: _inside(inner, data, unit), split=True)


def _inside(sheet: Sheet, data: Data, unit: str) -> list[Row]:
    names, high = legend(sheet, data, sheet.width)
    rows = [Row(high, (Part(tuple(mark for own in names for mark in own)),))] if high else []
    for place in range(len(data.labels)):
        row = _row(sheet, data, unit, place).stepped()
        rows += spaced([row], sheet.airy(14)) if rows else [row]
    return rows


def _row(sheet: Sheet, data: Data, unit: str, place: int) -> Row:
    face, theme = sheet.face("note"), sheet.theme
    leading = face.size * 1.3
    left = _label_width(sheet, data)
    lines = wrap.words(clean(data.labels[place]), face, left)
    thick = max(leading * 1.06, sheet.airy(44)) if len(data.series) == 1 else leading * 1.06
    tall = max(leading * len(lines), thick * len(data.series))
    marks: list[Mark] = []
    for n, text in enumerate(lines):
        baseline = (tall - leading * len(lines)) / 2 + n * leading + (leading + face.cap) / 2
        marks.append(Words(left - face.length(text), baseline, ((text, theme.muted),), face))
    for k, series in enumerate(data.series):
        top = (tall - thick * len(data.series)) / 2 + k * thick
        marks += _bar(
            sheet, data, unit, series.values[place], _colour(sheet, data, k, place), left + sheet.px(24), top, thick
        )
    return Row(tall, (Part(tuple(marks)),))


def _label_width(sheet: Sheet, data: Data) -> float:
    face = sheet.face("note")
    return min(max(face.length(clean(label)) for label in data.labels), sheet.width * _LABEL_SHARE)


def _colour(sheet: Sheet, data: Data, series: int, place: int) -> Colour:
    colour = palette(sheet, len(data.series))[series]
    values = data.series[0].values
    furthest = abs(values[place]) == max(map(abs, values))
    return colour if len(data.series) > 1 or len(values) < 3 or furthest else mix(sheet.theme.surface, colour, 0.62)


def _bar(
    sheet: Sheet, data: Data, unit: str, value: float, colour: Colour, left: float, top: float, thick: float
) -> list[Mark]:
    face, gap = sheet.face("note"), sheet.px(12)
    texts = {v: shown(v, data.decimals, unit) for v in data.values}
    # Beside the bars stands room for the longest value on either side that has one.
    after = max((face.length(t) for v, t in texts.items() if v >= 0), default=0.0) + gap
    before = max((face.length(t) + gap for v, t in texts.items() if v < 0), default=0.0)
    width = max(sheet.px(20), sheet.width - left - before - after)
    scale = axis(data, from_zero=True)
    low, high = min(0.0, *data.values), max(0.0, *data.values)
    whole = (high - low) or scale.ticks[-1]
    zero = left + before + width * -low / whole
    long = max(width * abs(value) / whole, hair(sheet, 1))
    x = zero if value >= 0 else zero - long
    inset = thick * (0.12 if len(data.series) == 1 else 0.07)
    flat = "l" if value >= 0 else "r"
    bar = Panel(x, top + inset, long, thick - 2 * inset, colour, min(sheet.px(8), long / 2), name="bar", flat=flat)
    text = texts[value]
    at = x + long + gap if value >= 0 else x - gap - face.length(text)
    words = Words(at, top + (thick + face.cap) / 2, ((text, sheet.theme.text),), face)
    foot = Panel(zero - hair(sheet, 1), top, hair(sheet, 1), thick, sheet.theme.faint, name="grid")
    return [foot, bar, words]
