"""Charts on two axes that fill a given room: columns, and lines with dots."""

from collections.abc import Sequence

from video_gen.scenes.blocks import hair
from video_gen.scenes.charts_axes import emphasised, palette
from video_gen.scenes.charts_data import Data
from video_gen.scenes.charts_plot import GROUP, Plot, every_label, label, plotted, value_mark
from video_gen.scenes.charts_shapes import area, line
from video_gen.scenes.layout import Part, Row, Sheet
from video_gen.scenes.marks import Mark, Panel
from video_gen.scenes.model import Colour

_MOST_DOTS = 40


def columns(sheet: Sheet, data: Data, unit: str, tall: float) -> Row:
    """Return columns, `tall` pixels high in all: a state a column, or a state a series where there are several."""
    plot, base, names = plotted(sheet, data, unit, tall, bars=True)
    colours = palette(sheet, len(data.series))
    parts = [Part(base)]
    if len(data.series) == 1:
        for n, value in enumerate(data.series[0].values):
            marks = _column(plot, n, 0, value, emphasised(sheet, data, n, colours[0]))
            parts.append(Part((*label(plot, n, 1), *marks), step=True))
        return Row(tall, tuple(parts))
    labels = tuple(mark for n in range(len(data.labels)) for mark in label(plot, n, 1))
    parts = [Part((*base, *labels))]
    for k, series in enumerate(data.series):
        marks = [mark for n, v in enumerate(series.values) for mark in _column(plot, n, k, v, colours[k])]
        parts.append(Part((*names[k], *marks), step=True))
    return Row(tall, tuple(parts))


def _column(plot: Plot, place: int, series: int, value: float, colour: Colour) -> list[Mark]:
    count = len(plot.data.series)
    broad = min(plot.slot * (0.62 if count == 1 else GROUP / count), plot.sheet.px(150))
    left = plot.x(place) + broad * (series - count / 2)
    top, bottom = sorted((plot.y(value), plot.zero))
    gap = 0.0 if count == 1 else min(plot.sheet.px(3), broad * 0.08)
    radius = min(plot.sheet.px(8), broad / 3)
    tall = max(bottom - top, hair(plot.sheet, 1))
    bar = Panel(left + gap, top, broad - 2 * gap, tall, colour, radius, name="bar", flat="b" if value >= 0 else "t")
    text = plot.value(value)
    long = plot.face.length(text)
    if count > 1 and max(plot.face.length(plot.value(v)) for v in plot.data.values) > broad:
        return [bar]
    return [bar, value_mark(plot, text, left + (broad - long) / 2, top if value >= 0 else bottom, above=value >= 0)]


def lines(sheet: Sheet, data: Data, unit: str, tall: float) -> Row:
    """Return lines with a dot a value: a state a point, or a state a series where there are several."""
    plot, base, names = plotted(sheet, data, unit, tall, bars=False)
    colours = palette(sheet, len(data.series))
    every = every_label(plot)
    if len(data.series) == 1:
        values = data.series[0].values
        told = _told(plot, values)
        parts = [Part(base)]
        for n in range(len(values)):
            marks = [*_segment(plot, values, n, colours[0], fill=True), *label(plot, n, every), *told[n]]
            parts.append(Part(tuple(marks), step=True))
        return Row(tall, tuple(parts))
    labels = tuple(mark for n in range(len(data.labels)) for mark in label(plot, n, every))
    parts = [Part((*base, *labels))]
    for k, series in enumerate(data.series):
        drawn = [m for n in range(len(series.values)) for m in _segment(plot, series.values, n, colours[k])]
        parts.append(Part((*names[k], *sorted(drawn, key=lambda mark: isinstance(mark, Panel))), step=True))
    return Row(tall, tuple(parts))


def _segment(plot: Plot, values: Sequence[float], n: int, colour: Colour, *, fill: bool = False) -> list[Mark]:
    """Return the line from the point before, with the dots at its ends over it."""
    here = plot.x(n), plot.y(values[n])
    marks: list[Mark] = []
    dotted = len(values) <= _MOST_DOTS
    if n:
        before = plot.x(n - 1), plot.y(values[n - 1])
        if fill:
            # Whole pixels at the sides: two areas that meet must not leave a seam.
            corners = [(round(x), y) for x, y in (before, here)]
            foot = [(corners[1][0], plot.zero), (corners[0][0], plot.zero)]
            marks.append(area([*corners, *foot], colour, 0.16))
        marks += [line([before, here], plot.sheet.px(5), colour), *([_dot(plot, *before, colour)] if dotted else [])]
    return [*marks, _dot(plot, *here, colour)] if dotted else marks


def _dot(plot: Plot, x: float, y: float, colour: Colour) -> Panel:
    size = plot.sheet.px(18 if len(plot.data.labels) <= 12 else 12)
    ring = max(1.0, plot.sheet.px(4))
    return Panel(x - size / 2, y - size / 2, size, size, colour, size / 2, plot.sheet.theme.surface, ring, "dot")


def _told(plot: Plot, values: Sequence[float]) -> list[list[Mark]]:
    """Return the value beside each point: all where they fit, else the first, the last, the highest and the lowest."""
    texts = [plot.value(value) for value in values]
    wide = [plot.face.length(text) for text in texts]
    chosen = set(range(len(values)))
    if max(wide) > plot.slot * 0.9:
        chosen = _apart(plot, values, wide)
    found: list[list[Mark]] = []
    for n, text in enumerate(texts):
        above = _peak(values, n)
        x = min(max(plot.x(n) - wide[n] / 2, plot.left), plot.left + plot.width - wide[n])
        y = plot.y(values[n]) + plot.sheet.px(8) * (-1 if above else 1)
        found.append([value_mark(plot, text, x, y, above=above)] if n in chosen else [])
    return found


def _apart(plot: Plot, values: Sequence[float], wide: Sequence[float]) -> set[int]:
    order = [max(range(len(values)), key=lambda n: values[n]), min(range(len(values)), key=lambda n: values[n])]
    chosen: list[int] = []
    for n in [*order, len(values) - 1, 0]:
        if all(abs(plot.x(n) - plot.x(m)) > (wide[n] + wide[m]) / 2 + plot.sheet.px(12) for m in chosen):
            chosen.append(n)
    return set(chosen)


def _peak(values: Sequence[float], n: int) -> bool:
    """Whether the value belongs above its point, where the line leaves room: not in a valley."""
    around = [values[m] for m in (n - 1, n + 1) if 0 <= m < len(values)]
    return not around or values[n] >= sum(around) / len(around)
