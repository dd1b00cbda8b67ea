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
    """What a scene is laid out for. Lengths are pixels; `px` and `face` turn reference sizes into them."""

    style: Style
    width: float
    scale: float = 1.0
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

    def face(self, role: str) -> Typeface:
        """The typeface of a role; it never falls below the floor of the theme."""
        kind = self.theme.roles[role]
        return typeface(kind.family, kind.weight, max(self.theme.floor, kind.size * self.scale) * self.unit)

    def at(self, *, width: float | None = None, scale: float | None = None) -> "Sheet":
        """The same sheet with another width or scale."""
        return replace(self, width=width or self.width, scale=scale or self.scale)


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
    least: height that it takes at least, as a share of the room.
    """

    x: float
    top: float
    bottom: float
    paint: Callable[[float], Sequence[Mark]] = field(compare=False)
    whole: bool = False
    least: float = 0.0


@dataclass(frozen=True)
class Row:
    """A strip that is never divided: its height, the room above it, and its parts relative to its left top corner."""

    height: float
    parts: tuple[Part, ...]
    gap: float = 0.0
    frame: Frame | None = None
    keep: bool = False

    def moved(self, dx: float) -> "Row":
        return replace(self, parts=tuple(p.moved(dx, 0) for p in self.parts))

    def stepped(self) -> "Row":
        """The same row beginning a new state."""
        return replace(self, parts=(replace(self.parts[0], step=True), *self.parts[1:]))


Page = list[Row]
Builder = Callable[[Sheet], list[Row]]


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


def fit(build: Builder, sheet: Sheet, room: float) -> list[Page]:
    """Return the pages of the rows at the largest scale that needs the fewest of them."""
    best: list[Row] = []
    fewest = 0
    for scale in sheet.theme.scales:
        rows = thinned(build(sheet.at(scale=scale)), sheet.theme.most_states)
        count = len(paginate(rows, room))
        if not fewest or count < fewest:
            best, fewest = rows, count
        if count <= 1:
            break
    return balanced(best, room)


def thinned(rows: list[Row], most: int) -> list[Row]:
    """Return the rows with at most `most` steps: of more, every second, third … one is kept."""
    steps = sum(part.step for row in rows for part in row.parts)
    each, seen, found = -(-steps // most), 0, []
    if each <= 1:
        return rows
    for row in rows:
        parts = []
        for part in row.parts:
            parts.append(replace(part, step=part.step and seen % each == 0))
            seen += part.step
        found.append(replace(row, parts=tuple(parts)))
    return found


def place(page: Page, top: float, room: float) -> list[Part]:
    """Return the parts of a page with their final heights, the frames' marks before their first row's."""
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
            size = max(size, min(frame.least * room, top + room - y))
            chrome = tuple(m.moved(frame.x, y) for m in frame.paint(size))
            inside[0] = replace(inside[0], parts=_with_chrome(inside[0].parts, chrome, y + frame.top))
        parts += _stack(inside, y + (frame.top if frame else 0))
        y += size
    return parts


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


def beside(cells: Sequence[Sequence[Row]], lefts: Sequence[float]) -> Row:
    """Return one row with the cells side by side, all as high as the highest; `lefts` are their left ends."""
    room = max(height(cell) for cell in cells)
    parts: list[Part] = []
    for cell, left in zip(cells, lefts, strict=True):
        stretched = [replace(r, frame=replace(r.frame, least=1.0) if r.frame else None) for r in _same_frames(cell)]
        parts += [part.moved(left, 0) for part in place(stretched, 0, room)]
    return Row(room, tuple(parts))


def _same_frames(rows: Sequence[Row]) -> list[Row]:
    return list(rows)


def columns(builders: Sequence[Builder], shares: Sequence[float], sheet: Sheet, room: float) -> list[Page]:
    """Return pages on which each builder's rows flow in a column of their own, stacked in portrait."""
    gap = sheet.theme.gap * sheet.unit
    free = sheet.width - gap * (len(builders) - 1)
    widths = [free * share / sum(shares) for share in shares]
    lefts = [sum(widths[:n]) + gap * n for n in range(len(widths))]
    columns = [fit(build, sheet.at(width=width), room) for build, width in zip(builders, widths, strict=True)]
    pages: list[Page] = []
    for cells in zip_longest(*columns, fillvalue=()):
        shown = [(cell, left) for cell, left in zip(cells, lefts, strict=True) if cell]
        pages.append([beside([cell for cell, _ in shown], [left for _, left in shown])])
    return pages
