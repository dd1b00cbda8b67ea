"""Code with line numbers of which some lines are lit, and the lines that a text such as "3-5,8" names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from video_gen.errors import InputError
from video_gen.scenes import wrap
from video_gen.scenes.blocks import hair, line
from video_gen.scenes.colours import mix
from video_gen.scenes.layout import Part, Row, Sheet
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.washes import washed
from video_gen.scenes.wrap import Spans

_DIMMED = 0.58


@dataclass(frozen=True)
class Listing:
    """Lines of code to be drawn. first: number of the first. count: of all lines of the file, for the gutter's width.

    lit: numbers of the lines set off, the others are dimmed; where it is empty none is.
    starts: numbers of the lines that begin a state.
    """

    lines: Sequence[Spans]
    first: int
    count: int
    lit: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()


def numbers(given: int | str | Iterable[int], count: int) -> frozenset[int]:
    """Return the line numbers that a step names. Raises InputError for one that the code has not."""
    found: set[int] = set()
    if isinstance(given, str):
        for part in given.split(","):
            first, _, last = (each.strip() for each in part.partition("-"))
            low, high = int(first), int(last or first)
            found.update(range(min(low, high), min(max(low, high), count + 1) + 1))
    else:
        found.update([given] if isinstance(given, int) else given)
    outside = sorted(n for n in found if not 1 <= n <= count)
    if outside:
        raise InputError(
            f"code: a step names line {outside[0]}, but the code has {count} lines. Name lines 1 to {count}."
        )
    return frozenset(found)


def rows(sheet: Sheet, listing: Listing) -> list[Row]:
    """Return the lines as rows, their numbers before them."""
    face, leading = sheet.face("code"), sheet.theme.roles["code"].leading
    gutter = face.length("0" * len(str(listing.count))) + face.size * 1.1
    found: list[Row] = []
    for number, spans in enumerate(listing.lines, listing.first):
        lit = number in listing.lit
        shown = spans if lit or not listing.lit else tuple((text, _dim(sheet, colour)) for text, colour in spans)
        for n, piece in enumerate(wrap.code(shown, face, sheet.width - gutter)):
            row = line(face, piece, leading, gutter)
            behind = _strip(sheet, row) if lit else []
            before = _number(sheet, number, gutter, lit) if n == 0 else []
            fill = 0.0 if n else wrap.share(shown, face, sheet.width - gutter)
            row = replace(row, parts=(Part((*behind, *before, *row.parts[0].marks)),), fill=fill)
            found.append(row.stepped() if number in listing.starts and n == 0 else row)
    return found


def _dim(sheet: Sheet, colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return mix(colour, sheet.theme.well, _DIMMED)


def _number(sheet: Sheet, number: int, gutter: float, lit: bool) -> list[Mark]:
    face, theme = sheet.face("code"), sheet.theme
    text = str(number)
    colour = sheet.accent if lit else mix(theme.faint, theme.well, 0.4)
    baseline = (face.size * theme.roles["code"].leading + face.cap) / 2
    return [Words(gutter - face.size * 1.1 - face.length(text), baseline, ((text, colour),), face, said=False)]


def _strip(sheet: Sheet, row: Row) -> list[Mark]:
    """Return the ground of a lit line from edge to edge of the window, with a bar in the accent colour."""
    pad = sheet.at(scale=min(1.0, sheet.scale)).px(sheet.theme.pad)
    edge = hair(sheet)
    fill = washed(sheet.theme.well, sheet.style.accent, 0.24, [*sheet.theme.code.values(), sheet.accent])
    return [
        Panel(edge - pad, 0, sheet.width + 2 * (pad - edge), row.height, fill, name="lit"),
        Panel(edge - pad, 0, sheet.px(6), row.height, sheet.accent, name="lit"),
    ]
