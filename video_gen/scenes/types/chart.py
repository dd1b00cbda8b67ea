"""Numbers as bars, lines or shares of a whole; they come in one after another, or series by series."""

from dataclasses import replace
from functools import partial
from typing import Any

from video_gen.scenes.blocks import card, led, paragraph
from video_gen.scenes.charts_across import bars
from video_gen.scenes.charts_data import Data, read
from video_gen.scenes.charts_legend import legend_rows
from video_gen.scenes.charts_pie import check, pie
from video_gen.scenes.charts_plot import fits
from video_gen.scenes.charts_upright import columns, lines
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Part, Row, Sheet, spaced
from video_gen.scenes.marks import Mark, Words
from video_gen.scenes.model import State, Style
from video_gen.scenes.pictures import described, room

_TALLEST = 1.25
_TALL_SCALE = 1.3


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The empty axes first, then a state a bar, a point, a share, or a series.

    Raises InputError for data that cannot be drawn, naming the file and line of those from a CSV file.
    """
    data, unit, kind = read(content), content.get("unit", "").strip(), content["kind"]
    header = Header(content.get("header", ""))
    above = partial(described, text=content.get("description", ""))
    below = partial(_source, text=content.get("source", ""))
    if kind == "pie":
        check(data)
    sheet = Sheet(style, style.width * 0.8)
    if kind == "bar" and not fits(sheet, data, unit):
        return flow(style, lambda at: _page(at, bars(at, data, unit), above, below), header, motion="grow")
    width, tall = room(style, header, above, below)
    tall = min(tall, width * _TALLEST) - 2 * sheet.theme.pad * 0.8 * sheet.unit * _first_scale(sheet) - 2
    chart = partial(_chart, kind=kind, data=data, unit=unit, tall=tall)
    framed = partial(card, build=chart, split=True)
    return flow(style, lambda at: _page(at, framed(at.at(air=1.0)), above, below), header, motion="grow")


def _chart(sheet: Sheet, kind: str, data: Data, unit: str, tall: float) -> list[Row]:
    # The room is known: the type keeps its size where a chart has to be small, and is larger on a phone if all fits so.
    if sheet.tall:
        large = _drawn(sheet.at(scale=_TALL_SCALE), kind, data, unit, tall)
        if len(large) == 1:
            return large
    return _drawn(sheet.at(scale=1.0), kind, data, unit, tall)


def _drawn(sheet: Sheet, kind: str, data: Data, unit: str, tall: float) -> list[Row]:
    if kind == "pie":
        return pie(sheet, data, unit, tall)
    chart = (columns if kind == "bar" else lines)(sheet, data, unit, tall)
    return [chart, *spaced(legend_rows(sheet, data, tall), sheet.px(24))]


def _first_scale(sheet: Sheet) -> float:
    """The scale that a page with room to spare gets."""
    return sheet.theme.upright_scales[0] if sheet.tall else sheet.theme.scales[0]


def _page(sheet: Sheet, chart: list[Row], above: Any, below: Any) -> list[Row]:
    return led(above(sheet), chart, sheet) + spaced(below(sheet), sheet.px(22))


def _source(sheet: Sheet, text: str) -> list[Row]:
    """Return where the numbers come from, which nobody says."""
    rows = paragraph(sheet, text, "label", sheet.theme.faint)
    return [replace(row, parts=tuple(Part(_unsaid(part.marks)) for part in row.parts)) for row in rows]


def _unsaid(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(replace(mark, said=False) if isinstance(mark, Words) else mark for mark in marks)
