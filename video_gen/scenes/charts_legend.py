"""The names of series with their colours, on as many lines as they need."""

from video_gen.scenes import wrap
from video_gen.scenes.charts_axes import palette
from video_gen.scenes.charts_data import Data
from video_gen.scenes.fonts import clean
from video_gen.scenes.layout import Sheet
from video_gen.scenes.marks import Mark, Panel, Words


def legend(sheet: Sheet, data: Data, width: float) -> tuple[list[list[Mark]], float]:
    """Return the marks of each name and the height in pixels of all; nothing where there is only one series."""
    if len(data.series) == 1:
        return [[]], 0.0
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
