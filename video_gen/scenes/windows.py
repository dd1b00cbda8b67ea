"""Windows with code in them: terminals and editor panels. All return rows."""

from collections.abc import Sequence
from dataclasses import replace

from video_gen.scenes import wrap
from video_gen.scenes.blocks import corner, hair, line, paragraph, shade
from video_gen.scenes.colours import mix
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.layout import Builder, Frame, Part, Row, Sheet, height
from video_gen.scenes.legible import STRIP
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.wrap import Spans

_LONG = 1.1  # times the width of a terminal, in the usual size of code


def window(
    sheet: Sheet,
    build: Builder,
    *,
    label: str = "",
    tint: Colour | None = None,
    least: float = 0.0,
    early: bool = False,
    panel: str = "code",
) -> list[Row]:
    """Return the rows of `build` in a window whose bar has three dots, or one in `tint`, and a label.

    least: the height that it takes at least, as a share of the room. early: it stands there before its first row.
    panel: the theme's colours inside, of `code` or of a `terminal`; `build` gets a sheet that has them.
    """
    sheet = replace(sheet, panel=panel)
    small = sheet.at(scale=min(1.0, sheet.scale))
    # Code needs the width more than the air that large text has around it.
    pad = small.px(sheet.theme.pad)
    dots = _dots(small, [tint] if tint else [sheet.theme.danger, sheet.theme.warning, sheet.theme.success])
    indent = pad + dots[-1].x + dots[-1].width + small.px(14)
    title = paragraph(small.at(width=sheet.width - indent - pad), label, "label", sheet.theme.muted)
    inner = build(sheet.at(width=sheet.width - 2 * pad))
    if len(title) > 2:
        # A long label would fill the bar of every page: it stands above the code instead.
        above = paragraph(sheet.at(width=sheet.width - 2 * pad), label, "label", sheet.theme.muted)
        inner = [*above[:-1], replace(above[-1], keep=True), *inner]
        title = []
    bar = max(height(title), small.face("label").size * 1.3) + small.px(22)
    in_bar = [m.moved(pad, (bar - m.height) / 2) for m in dots] + _title(title, indent, (bar - height(title)) / 2)

    def paint(tall: float) -> list[Mark]:
        return [*_body(sheet, tall, bar), *in_bar]

    # Little code has air above and below it as the text of cards has.
    air = pad * 0.75 * sheet.air
    frame = Frame(0, bar + air, air, paint, least=least * (0.5 if sheet.portrait else 1))
    rows = [replace(row.moved(pad), frame=frame) for row in inner]
    return [Row(0, (Part(()),), frame=frame, keep=True), *rows] if early else rows


def _dots(sheet: Sheet, colours: Sequence[Colour]) -> list[Panel]:
    size = sheet.px(16)
    return [Panel(n * size * 1.7, 0, size, size, colour, size / 2, name="dot") for n, colour in enumerate(colours)]


def _title(rows: Sequence[Row], left: float, top: float) -> list[Mark]:
    marks: list[Mark] = []
    for row in rows:
        marks += row.parts[0].moved(left, top).marks
        top += row.height
    return marks


def _body(sheet: Sheet, tall: float, bar: float) -> list[Mark]:
    theme, edge, radius = sheet.theme, hair(sheet), corner(sheet)
    return [
        Panel(0, 0, sheet.width, tall, theme.well, radius, theme.edge, edge, "window", shadow=shade(sheet)),
        Panel(edge, edge, sheet.width - 2 * edge, bar - edge, theme.bar, radius - edge, name="bar", flat="b"),
    ]


def code(
    sheet: Sheet,
    lines: Sequence[Spans],
    *,
    starts: frozenset[int] = frozenset(),
    marked: frozenset[int] = frozenset(),
    sign: str = "",
    tint: Colour | None = None,
) -> list[Row]:
    """Return lines of code as rows.

    starts: numbers of the lines that begin a state. marked: numbers of those on a strip in `tint`, `sign` before them.
    """
    face, leading = sheet.face("code"), sheet.theme.roles["code"].leading
    gutter = face.length("0") * 2 if sign else 0.0
    rows: list[Row] = []
    for number, spans in enumerate(lines):
        share = wrap.share(spans, face, sheet.width - gutter)
        # A remark among commands is prose: it may go on on the next line, however large the type. So may a long command.
        goes_on = sheet.panel == "terminal" and (_is_remark(spans) or share / (sheet.tight * sheet.scale) > _LONG)
        share = min(share, 1.0) if goes_on else share
        for n, piece in enumerate(wrap.code(spans, face, sheet.width - gutter)):
            row = replace(line(face, piece, leading, gutter), fill=0.0 if n else share)
            if number in marked and tint:
                strip = _strip(sheet, face, row, tint, sign if n == 0 else "")
                row = replace(row, parts=(Part(strip + row.parts[0].marks),))
            rows.append(row.stepped() if number in starts and n == 0 else row)
    return rows


def _is_remark(spans: Spans) -> bool:
    return bool(spans) and spans[0][0].lstrip().startswith("#")


def _strip(sheet: Sheet, face: Typeface, row: Row, tint: Colour, sign: str) -> tuple[Mark, ...]:
    pad, bar = sheet.at(scale=min(1.0, sheet.scale)).px(sheet.theme.pad), sheet.px(6)
    edge = hair(sheet)
    fill = mix(sheet.theme.well, tint, STRIP)
    marks: tuple[Mark, ...] = (
        Panel(edge - pad, 0, sheet.width + 2 * (pad - edge), row.height, fill, name="strip"),
        Panel(edge - pad, 0, bar, row.height, tint, name="strip"),
    )
    if sign:
        baseline = (face.size * sheet.theme.roles["code"].leading + face.cap) / 2
        marks += (Words(0, baseline, ((sign, tint),), face, said=False),)
    return marks
