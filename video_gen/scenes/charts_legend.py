"""The names of series with their colours, on as many lines as they need."""

from video_gen.scenes import wrap
from video_gen.scenes.charts_axes import palette
from video_gen.scenes.charts_data import Data
from video_gen.scenes.layout import Part, Row, Sheet
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.scripts import clean

_MOST = 0.36


def legend(sheet: Sheet, data: Data, tall: float) -> tuple[list[list[Mark]], float]:
    """Return the marks of each name and the height in pixels of all.

    There are none where there is only one series, and where they would take too much of a chart `tall` pixels high.
    """
    placed, high = _placed(sheet, data)
    return ([[] for _ in data.series], 0.0) if high > tall * _MOST else (placed, high)


def legend_rows(sheet: Sheet, data: Data, tall: float = 0.0) -> list[Row]:
    """Return the names as rows; none where `legend` gives them for a chart `tall` pixels high."""
    placed, high = _placed(sheet, data)
    if high <= tall * _MOST:
        return []
    if not tall and high <= sheet.style.height * _MOST:
        return [Row(high, (Part(tuple(mark for own in placed for mark in own)),))]
    return [row for n, series in enumerate(data.series) for row in _long(sheet, series.name, n, len(data.series))]


def _long(sheet: Sheet, name: str, place: int, count: int) -> list[Row]:
    face, colour = sheet.face("label"), palette(sheet, count)[place]
    leading, dot = face.size * 1.45, face.size * 0.62
    rows = []
    for n, text in enumerate(wrap.words(clean(name), face, sheet.width - 1.6 * dot)):
        marks: list[Mark] = [Words(1.6 * dot, (leading + face.cap) / 2, ((text, sheet.theme.text),), face)]
        if n == 0:
            marks.insert(0, Panel(0, (leading - dot) / 2, dot, dot, colour, dot / 3, name="dot"))
        rows.append(Row(leading, (Part(tuple(marks)),)))
    return rows


def _placed(sheet: Sheet, data: Data) -> tuple[list[list[Mark]], float]:
    if len(data.series) == 1:
        return [[]], 0.0
    width = sheet.width
    face, colours = sheet.face("label"), palette(sheet, len(data.series))
    leading, dot, gap = face.size * 1.45, face.size * 0.62, sheet.px(36)
    marks: list[list[Mark]] = []
    x = y = 0.0
    for series, colour in zip(data.series, colours, strict=True):
        lines = wrap.words(clean(series.name), face, width - 1.6 * dot)
        long = max(map(face.length, lines)) + 1.6 * dot
        if x and x + long > width:
            x, y = 0.0, y + leading
        own: list[Mark] = [Panel(x, y + (leading - dot) / 2, dot, dot, colour, dot / 3, name="dot")]
        for n, text in enumerate(lines):
            baseline = y + n * leading + (leading + face.cap) / 2
            own.append(Words(x + 1.6 * dot, baseline, ((text, sheet.theme.text),), face))
        marks.append(own)
        y += leading * (len(lines) - 1)
        x = 0.0 if len(lines) > 1 else x + long + gap
        y += leading if len(lines) > 1 else 0.0
    return marks, y + (leading if x else 0.0) + sheet.px(10)
