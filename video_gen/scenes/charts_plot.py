"""Where charts on two axes stand: the room between the axes, their grid, and the labels under them."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_gen.scenes import wrap
from video_gen.scenes.blocks import hair
from video_gen.scenes.charts_axes import Axis, axis
from video_gen.scenes.charts_data import Data
from video_gen.scenes.charts_legend import legend
from video_gen.scenes.colours import contrast, mix
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.layout import Sheet
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.numbers import written
from video_gen.scenes.scripts import clean

GROUP = 0.78  # of its slot that a group of columns takes
_MOST_LINES = 2
_LONGEST_UNIT = 3


@dataclass(frozen=True)
class Plot:
    """Where an upright chart stands: the area between its axes, in pixels from the left top corner of its row."""

    sheet: Sheet
    data: Data
    unit: str
    axis: Axis
    left: float
    top: float
    width: float
    height: float
    bars: bool
    below: float = 0.0
    """Room between the axes and the labels, for the values of what reaches down to the foot."""

    @property
    def face(self) -> Typeface:
        return self.sheet.face("label")

    @property
    def leading(self) -> float:
        """From line to line of a label: more where signs are stacked, as in Thai."""
        usual = self.face.size * self.sheet.theme.roles["label"].leading
        return max(usual, *(sum(self.face.ink(clean(label))) for label in self.data.labels))

    @property
    def slot(self) -> float:
        """Width that a label has."""
        return self.width / len(self.data.labels)

    def x(self, place: float) -> float:
        """The middle of the label at a place, 0 for the first."""
        return self.left + self.slot * (place + 0.5)

    def y(self, value: float) -> float:
        return self.top + self.height * (1 - self.axis.share(value))

    @property
    def zero(self) -> float:
        """Height of the line that bars and areas stand on."""
        low, high = self.axis.ticks[0], self.axis.ticks[-1]
        return self.y(min(max(0.0, low), high))

    def label_width(self, every: int) -> float:
        """Width that a label has where every so-many-th is written; those at the ends are moved inwards."""
        if self.bars:
            return self.slot * 0.92
        return min(self.slot * every * 0.9, self.slot * (every + 0.5) * 0.62, self.width)

    def value(self, value: float) -> str:
        unit = self.unit if len(self.unit) <= _LONGEST_UNIT else ""
        return _value_text(self.sheet, self.data, value, unit)


def fits(sheet: Sheet, data: Data, unit: str) -> bool:
    """Whether columns can stand side by side: their labels need no broken word, their values no smaller type."""
    face = sheet.face("label")
    short = unit if len(unit) <= _LONGEST_UNIT else ""
    values = [_value_text(sheet, data, value, short) for value in data.values]
    slot = (sheet.width - 1.3 * max(map(face.length, values))) / len(data.labels)
    alone = len(data.series) == 1
    if alone and max(map(face.length, values)) > slot * 0.98:
        return False
    least = max(map(face.length, values)) if sheet.portrait else sheet.px(16)
    if not alone and slot * GROUP / len(data.series) < least:
        return False
    return all(_whole(label, face, slot * 0.92) for label in data.labels)


def _value_text(sheet: Sheet, data: Data, value: float, unit: str) -> str:
    return written(value, data.decimals, unit, sheet.style.language, among=data.values)


def _whole(label: str, face: Typeface, width: float) -> bool:
    words = clean(label).split()
    return all(face.length(word) <= width for word in words) and len(wrap.words(label, face, width)) <= _MOST_LINES


def value_mark(plot: Plot, text: str, x: float, y: float, *, above: bool) -> Words:
    room = plot.sheet.px(10)
    baseline = y - room if above else y + room + plot.face.cap
    return Words(x, baseline, ((text, plot.sheet.theme.text),), plot.face)


def every_label(plot: Plot) -> int:
    """Return which labels are written: each (1), every second, third …, so that none is broken."""
    count = len(plot.data.labels)
    return next(
        (k for k in range(1, count) if all(_whole(t, plot.face, plot.label_width(k)) for t in plot.data.labels)), count
    )


def label(plot: Plot, place: int, every: int) -> list[Mark]:
    if place % every:
        return []
    width = plot.label_width(every)
    marks: list[Mark] = []
    y = plot.top + plot.height + plot.below + plot.sheet.px(16) + plot.face.cap
    for text in wrap.words(clean(plot.data.labels[place]), plot.face, width):
        long = plot.face.length(text)
        x = min(max(plot.x(place) - long / 2, plot.left), plot.left + plot.width - long)
        marks.append(Words(x, y, ((text, plot.sheet.theme.muted),), plot.face))
        y += plot.leading
    return marks


def plotted(
    sheet: Sheet, data: Data, unit: str, tall: float, *, bars: bool
) -> tuple[Plot, tuple[Mark, ...], list[list[Mark]]]:
    """Return where the chart stands, the marks of its grid, and those of each name of its legend."""
    face = sheet.face("label")
    scale = axis(data, from_zero=bars, most=5 if tall > sheet.px(380) else 3)
    # Several lines have no values beside their points that would show the unit.
    marked = unit if len(unit) <= _LONGEST_UNIT and len(data.series) > 1 and not bars else ""
    language = sheet.style.language
    ticks = [written(t, scale.decimals, marked, language, among=scale.ticks) for t in scale.ticks]
    names, high = legend(sheet, data, tall)
    top = high + face.size * 1.7 if unit and len(unit) > _LONGEST_UNIT else high + face.size * 1.2
    left = max(map(face.length, ticks)) + sheet.px(18)
    draft = Plot(sheet, data, unit, scale, left, top, sheet.width - left, tall, bars)
    count = _label_lines(draft)
    foot = sheet.px(16) + face.cap + (count - 1) * draft.leading + face.size * 0.3
    # Values under the lowest points need a line of their own above the labels.
    low = scale.share(min(data.values)) * (tall - top - foot) < face.size * 1.6
    below = face.size * 1.3 if low and (min(data.values) < 0 or (not bars and len(data.series) == 1)) else 0.0
    high_plot = max(sheet.px(80), tall - top - foot - below)
    plot = Plot(sheet, data, unit, scale, left, top, sheet.width - left, high_plot, bars, below)
    return plot, tuple(_grid(plot, ticks, high)), names


def _label_lines(plot: Plot) -> int:
    every = 1 if plot.bars else every_label(plot)
    width = plot.label_width(every)
    return max(len(wrap.words(clean(t), plot.face, width)) for t in plot.data.labels[:: max(1, every)])


def _grid(plot: Plot, ticks: Sequence[str], top: float) -> list[Mark]:
    theme, thin = plot.sheet.theme, hair(plot.sheet, 1)
    marks: list[Mark] = []
    for value, text in zip(plot.axis.ticks, ticks, strict=True):
        y = plot.y(value)
        colour = theme.faint if value == 0 else _quiet(plot.sheet)
        marks.append(Panel(plot.left, y - thin / 2, plot.width, thin, colour, name="grid"))
        x = plot.left - plot.sheet.px(18) - plot.face.length(text)
        marks.append(Words(x, y + plot.face.cap / 2, ((text, theme.faint),), plot.face, said=False))
    if len(plot.unit) > _LONGEST_UNIT:
        marks.append(Words(0, top + plot.face.cap, ((clean(plot.unit), theme.muted),), plot.face))
    return marks


def _quiet(sheet: Sheet) -> Colour:
    """The colour of grid lines: that of borders, but never so strong that it competes with what is shown."""
    surface, edge = sheet.theme.surface, sheet.theme.edge
    shades = (mix(surface, edge, step / 10) for step in range(10, 1, -1))
    return next((shade for shade in shades if contrast(shade, surface) <= 1.6), surface)
