"""The flow engine: rows are measured at falling scales, put on pages, and revealed state by state.

A scene gives a function that builds its rows for a `Sheet` (a width and a scale). The engine takes the largest scale
at which all rows fit one picture; where none does, the largest that needs no more pictures than the smallest scale.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from video_gen.scenes.colours import readable
from video_gen.scenes.fonts import Typeface, typeface
from video_gen.scenes.marks import Mark
from video_gen.scenes.model import Colour, Style
from video_gen.scenes.theme import THEME, Theme


@dataclass(frozen=True)
class Sheet:
    """What a scene is laid out for. Lengths are pixels; `px` and `face` turn reference sizes into them.

    air: how much larger the room around text is than usual, where there is little text. tight: how much smaller code
    is than its scale, so that its lines need not be broken.
    """

    style: Style
    width: float
    scale: float = 1.0
    air: float = 1.0
    tight: float = 1.0
    theme: Theme = THEME

    @property
    def unit(self) -> float:
        """Pixels in one reference pixel."""
        return min(self.style.width, self.style.height) / 1080

    @property
    def portrait(self) -> bool:
        """Whether columns are stacked: the picture is not clearly wider than it is high."""
        return self.style.width < self.style.height * 1.2

    @property
    def accent(self) -> Colour:
        """The accent as it is readable on the lightest surface that text stands on."""
        return readable(self.style.accent, self.theme.bar)

    def px(self, length: float) -> float:
        """A distance that shrinks with the scale."""
        return length * self.unit * self.scale

    def airy(self, length: float) -> float:
        """A distance that also grows with the air."""
        return self.px(length) * self.air

    def face(self, role: str) -> Typeface:
        """The typeface of a role; it never falls below the floor of the theme."""
        kind = self.theme.roles[role]
        scale = self.scale * (self.tight if role == "code" else 1)
        return typeface(kind.family, kind.weight, max(self.theme.floor, kind.size * scale) * self.unit)

    def at(self, *, width: float | None = None, scale: float | None = None, air: float | None = None) -> "Sheet":
        """The same sheet with another width, scale or air."""
        return replace(self, width=width or self.width, scale=scale or self.scale, air=air or self.air)


@dataclass(frozen=True)
class Part:
    """Marks that appear together; `step` says that they begin a new state."""

    marks: tuple[Mark, ...]
    step: bool = False

    def moved(self, dx: float, dy: float) -> "Part":
        return Part(tuple(m.moved(dx, dy) for m in self.marks), self.step)


@dataclass(frozen=True)
class Frame:
    """A container around rows. `paint` gives its marks for a height, relative to its left top corner.

    top, bottom: room kept above and below the rows. whole: it is not split over pages where one page can hold it.
    least: height that it takes at least, as a share of the room. grows: beside higher ones it becomes as high as they.
    natural: its own height, set where the rows are to stay in the middle of a higher one.
    """

    x: float
    top: float
    bottom: float
    paint: Callable[[float], Sequence[Mark]] = field(compare=False)
    whole: bool = False
    least: float = 0.0
    grows: bool = True
    natural: float = 0.0

    def shift(self, tall: float) -> float:
        """How far the rows lie below their usual place in a frame of this height."""
        return max(0.0, tall - self.natural) / 2 if self.natural else 0.0


@dataclass(frozen=True)
class Row:
    """A strip that is never divided: its height, the room above it, and its parts relative to its left top corner.

    keep: it stays on a page with the next row. lead: it belongs to the header, whatever room is free below.
    broken: it continues a line of code that did not fit.
    """

    height: float
    parts: tuple[Part, ...]
    gap: float = 0.0
    frame: Frame | None = None
    keep: bool = False
    lead: bool = False
    broken: bool = False

    def moved(self, dx: float) -> "Row":
        return replace(self, parts=tuple(p.moved(dx, 0) for p in self.parts))

    def stepped(self) -> "Row":
        """The same row beginning a new state."""
        return replace(self, parts=(replace(self.parts[0], step=True), *self.parts[1:]))


Page = list[Row]
Builder = Callable[[Sheet], list[Row]]


def spaced(rows: list[Row], gap: float) -> list[Row]:
    """Return the rows with `gap` pixels above the first of them."""
    return [replace(rows[0], gap=gap), *rows[1:]] if rows else rows


def stepped(rows: list[Row]) -> list[Row]:
    """Return the rows with the first of them beginning a new state."""
    return [rows[0].stepped(), *rows[1:]] if rows else rows


def height(rows: Iterable[Row]) -> float:
    """Height in pixels of rows that stand on one page."""
    total, frame = 0.0, None
    for n, row in enumerate(rows):
        total += _extra(row, frame, first=n == 0) + row.height
        frame = row.frame
    return total + (frame.bottom if frame else 0)


def _extra(row: Row, frame: Frame | None, first: bool) -> float:
    """Room between a row and the one above it, which stands in `frame`."""
    if row.frame is frame and frame is not None:
        return row.gap
    leave = frame.bottom if frame else 0.0
    return leave + (0.0 if first else row.gap) + (row.frame.top if row.frame else 0.0)


def paginate(rows: Sequence[Row], room: float) -> list[Page]:
    """Put rows on pages of `room` pixels; frames and headings are kept whole where a page can hold them."""
    pages: list[Page] = [[]]
    for chunk in _chunks(rows):
        if height([*pages[-1], *chunk]) <= room:
            pages[-1] += chunk
        elif height(chunk) <= room:
            pages.append(chunk)
        else:
            _pour(pages, chunk, room)
    return [page for page in pages if page]


def _pour(pages: list[Page], rows: list[Row], room: float) -> None:
    for n, row in enumerate(rows):
        ahead = rows[n : n + 2] if row.keep else [row]
        if pages[-1] and height([*pages[-1], *ahead]) > room:
            pages.append([])
        pages[-1].append(row)


def _chunks(rows: Sequence[Row]) -> list[list[Row]]:
    chunks: list[list[Row]] = []
    for row in rows:
        last = chunks[-1][-1] if chunks else None
        joined = last and (last.keep or (row.frame is not None and row.frame.whole and row.frame is last.frame))
        if joined:
            chunks[-1].append(row)
        else:
            chunks.append([row])
    return chunks


def balanced(rows: Sequence[Row], room: float) -> list[Page]:
    """Put rows on as few pages as `paginate`, filled as evenly as can be."""
    pages = paginate(rows, room)
    low, high = room / 4, room
    while len(pages) > 1 and high - low > room / 64:
        middle = (low + high) / 2
        tried = paginate(rows, middle)
        if len(tried) == len(pages) and all(height(p) <= room for p in tried):
            pages, high = tried, middle
        else:
            low = middle
    return pages


def fit(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> list[list[Page]]:
    """Return each builder's pages at the largest scale, one for all of them, that needs the fewest pages."""
    theme = sheets[0].theme
    best: list[list[Row]] = []
    chosen: Sequence[Sheet] = sheets
    fewest = 0
    for scale in theme.scales:
        scaled, flows = _unbroken(builders, [sheet.at(scale=scale) for sheet in sheets])
        count = max(len(paginate(rows, room)) for rows in flows)
        if not fewest or count < fewest:
            best, fewest, chosen = flows, count, scaled
        if count <= 1:
            break
    if fewest == 1 and chosen[0].scale == theme.scales[0]:
        best = _aired(builders, chosen, room) or best
    return [balanced(rows, room) for rows in best]


def _unbroken(builders: Sequence[Builder], sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[list[Row]]]:
    """Return the sheets and the rows with code so small that none of its lines is broken, if that can be had."""
    theme = sheets[0].theme
    tried = []
    for tight in theme.tights:
        tightened = [replace(sheet, tight=tight) for sheet in sheets]
        flows = [build(sheet) for build, sheet in zip(builders, tightened, strict=True)]
        tried.append((tightened, flows))
        broken = sum(row.broken for rows in flows for row in rows)
        if not broken:
            return tried[-1]
        if broken > theme.most_broken:
            break
    return tried[min(1, len(tried) - 1)]


def _aired(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> list[list[Row]]:
    """Return the rows with the most air that leaves a part of the room free; empty where none does."""
    theme = sheets[0].theme
    for air in theme.airs:
        flows = [build(sheet.at(air=air)) for build, sheet in zip(builders, sheets, strict=True)]
        if max(height(rows) for rows in flows) <= room * theme.filled:
            return flows
    return []


def settled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without any step."""
    return [replace(row, parts=tuple(replace(part, step=False) for part in row.parts)) for row in rows]


def thinned(rows: Sequence[Row], most: int) -> list[Row]:
    """Return the rows with at most `most` steps: of more, every second, third … one is kept."""
    steps = sum(part.step for row in rows for part in row.parts)
    each, seen, found = -(-steps // most), 0, []
    if each <= 1:
        return list(rows)
    for row in rows:
        parts = []
        for part in row.parts:
            parts.append(replace(part, step=part.step and seen % each == 0))
            seen += part.step
        found.append(replace(row, parts=tuple(parts)))
    return found


def place(page: Page, top: float, room: float, *, stretch: bool = False) -> tuple[list[Part], float]:
    """Return the parts of a page, each frame's marks before those of its first row, and where they end.

    stretch: the last frame reaches down to the end of the room.
    """
    parts: list[Part] = []
    y = top
    first = True
    for _, group in groupby(page, key=lambda row: id(row.frame)):
        rows = list(group)
        frame = rows[0].frame
        y += 0 if first else rows[0].gap
        first = False
        inside = [replace(rows[0], gap=0.0), *rows[1:]]
        size = height(inside)
        if frame:
            least = 1.0 if stretch and frame.grows and rows[-1] is page[-1] else frame.least
            size = max(size, min(least * room, top + room - y))
            chrome = tuple(m.moved(frame.x, y) for m in frame.paint(size))
            start = y + frame.top + frame.shift(size)
            inside[0] = replace(inside[0], parts=_with_chrome(inside[0].parts, chrome, start))
        parts += _stack(inside, start if frame else y)
        y += size
    return parts, y


def _with_chrome(parts: tuple[Part, ...], chrome: tuple[Mark, ...], top: float) -> tuple[Part, ...]:
    back = tuple(m.moved(0, -top) for m in chrome)
    return (Part(back + parts[0].marks, parts[0].step), *parts[1:])


def _stack(rows: list[Row], top: float) -> list[Part]:
    parts: list[Part] = []
    for row in rows:
        top += row.gap
        parts += [part.moved(0, top) for part in row.parts]
        top += row.height
    return parts


def beside(cells: Sequence[Sequence[Row]], lefts: Sequence[float], least: float = 0.0) -> Row:
    """Return one row with the cells side by side, all as high as the highest; `lefts` are their left ends."""
    room = max(least, *(height(cell) for cell in cells))
    parts: list[Part] = []
    for cell, left in zip(cells, lefts, strict=True):
        parts += [part.moved(left, 0) for part in place(list(cell), 0, room, stretch=True)[0]]
    return Row(room, tuple(parts))


def columns(builders: Sequence[Builder], shares: Sequence[float], sheet: Sheet, room: float) -> list[Page]:
    """Return pages on which each builder's rows flow in a column of their own; `shares` are the columns' widths."""
    gap = sheet.theme.gap * sheet.unit
    free = sheet.width - gap * (len(builders) - 1)
    widths = [free * share / sum(shares) for share in shares]
    lefts = [sum(widths[:n]) + gap * n for n in range(len(widths))]
    flows = fit(builders, [sheet.at(width=width) for width in widths], room)
    pages: list[Page] = []
    for cells in zip_longest(*flows, fillvalue=[]):
        shown = [(cell, left) for cell, left in zip(cells, lefts, strict=True) if cell]
        least = max((row.frame.least for cell, _ in shown for row in cell if row.frame), default=0.0) * room
        pages.append([beside([cell for cell, _ in shown], [left for _, left in shown], least)])
    return pages
