"""Bars that run across, a row for each label: for long labels, many of them, and narrow pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from video_gen.scenes import wrap
from video_gen.scenes.blocks import card, hair
from video_gen.scenes.charts_axes import emphasised, palette
from video_gen.scenes.charts_data import Data
from video_gen.scenes.charts_legend import legend_rows
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.layout import Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.numbers import written
from video_gen.scenes.scripts import clean

_LABEL_SHARE = 0.36
_VALUE_SHARE = 0.34


def bars(sheet: Sheet, data: Data, unit: str) -> list[Row]:
    """Return a card with a row for each label, each a state: the label, its bars, and their values."""
    return card(sheet, lambda inner: _Across(inner, data, unit).rows(), split=True)


@dataclass(frozen=True)
class _Across:
    """The bars for one sheet; what all rows need is measured once."""

    sheet: Sheet
    data: Data
    unit: str

    @cached_property
    def face(self) -> Typeface:
        return self.sheet.face("note")

    @cached_property
    def leading(self) -> float:
        return self.face.size * 1.3

    @cached_property
    def thick(self) -> float:
        """Height that a bar has with its room."""
        return max(self.leading * 1.06, self.sheet.airy(44)) if len(self.data.series) == 1 else self.leading * 1.06

    @cached_property
    def colours(self) -> list[Colour]:
        return list(palette(self.sheet, len(self.data.series)))

    @cached_property
    def labels(self) -> float:
        """Width of the column of labels."""
        longest = max(self.face.length(clean(label)) for label in self.data.labels)
        return min(longest, self.sheet.width * _LABEL_SHARE)

    @cached_property
    def texts(self) -> dict[float, str]:
        """The values as they are written; without a unit that would leave the bars no room."""
        values, language = self.data.values, self.sheet.style.language
        found = {v: written(v, self.data.decimals, self.unit, language, among=values) for v in values}
        if max(map(self.face.length, found.values())) > self.sheet.width * _VALUE_SHARE / 2:
            return {v: written(v, self.data.decimals, "", language, among=values) for v in values}
        return found

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Where zero is, in pixels, and the pixels of one."""
        gap, low, high = self.sheet.px(12), min(0.0, *self.data.values), max(0.0, *self.data.values)
        after = max((self.face.length(t) + gap for v, t in self.texts.items() if v >= 0), default=0.0)
        before = max((self.face.length(t) + gap for v, t in self.texts.items() if v < 0), default=0.0)
        left = self.labels + self.sheet.px(24)
        each = max(self.sheet.px(20), self.sheet.width - left - before - after) / ((high - low) or 1.0)
        return left + before - low * each, each

    def rows(self) -> list[Row]:
        found = legend_rows(self.sheet, self.data)
        long_unit = self.unit and not any(self.unit in text for text in self.texts.values())
        if long_unit:
            found += self._unit()
        for place in range(len(self.data.labels)):
            rows = self._row(place)
            found += spaced(rows, self.sheet.airy(14)) if found else rows
        return found

    def _unit(self) -> list[Row]:
        baseline = (self.leading + self.face.cap) / 2
        words = Words(0, baseline, ((clean(self.unit), self.sheet.theme.muted),), self.face)
        return [Row(self.leading, (Part((words,)),))]

    def _row(self, place: int) -> list[Row]:
        """Return the rows of a label: one for a single bar, else one a bar, so that many can go on on the next page."""
        lines = wrap.words(clean(self.data.labels[place]), self.face, self.labels)
        if len(self.data.series) == 1:
            tall = max(self.leading * len(lines), self.thick)
            colour = emphasised(self.sheet, self.data, place, self.colours[0])
            bar = self._bar(self.data.series[0].values[place], colour, (tall - self.thick) / 2)
            return [Row(tall, (Part((*self._label(lines, (tall - self.leading * len(lines)) / 2), *bar)),)).stepped()]
        rows = []
        count = max(len(lines), len(self.data.series))
        for k in range(count):
            marks = self._label(lines[k : k + 1], (self.thick - self.leading) / 2)
            if k < len(self.data.series):
                marks += self._bar(self.data.series[k].values[place], self.colours[k], 0.0)
            rows.append(Row(self.thick, (Part(tuple(marks)),), keep=k < count - 1))
        return [rows[0].stepped(), *rows[1:]]

    def _label(self, lines: Sequence[str], top: float) -> list[Mark]:
        marks: list[Mark] = []
        for n, text in enumerate(lines):
            baseline = top + n * self.leading + (self.leading + self.face.cap) / 2
            x = self.labels - self.face.length(text)
            marks.append(Words(x, baseline, ((text, self.sheet.theme.muted),), self.face))
        return marks

    def _bar(self, value: float, colour: Colour, top: float) -> list[Mark]:
        zero, each = self.scale
        gap, thin = self.sheet.px(12), hair(self.sheet, 1)
        long = max(abs(value) * each, thin)
        x = zero if value >= 0 else zero - long
        inset = self.thick * (0.12 if len(self.data.series) == 1 else 0.07)
        flat, radius = "l" if value >= 0 else "r", min(self.sheet.px(8), long / 2)
        bar = Panel(x, top + inset, long, self.thick - 2 * inset, colour, radius, name="bar", flat=flat)
        text = self.texts[value]
        at = x + long + gap if value >= 0 else x - gap - self.face.length(text)
        words = Words(at, top + (self.thick + self.face.cap) / 2, ((text, self.sheet.theme.text),), self.face)
        foot = Panel(zero - thin, top, thin, self.thick, self.sheet.theme.faint, name="grid")
        return [foot, bar, words]
