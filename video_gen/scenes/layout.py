"""Rows, the frames around them, and how they are put on pages.

A scene gives a function that builds its rows for a `Sheet` (a width and a scale); rows know their height, so that pages
are a matter of adding heights up.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from video_gen.scenes import words
from video_gen.scenes.colours import readable
from video_gen.scenes.fonts import Typeface, typeface
from video_gen.scenes.marks import Mark, Words
from video_gen.scenes.model import Colour, Style
from video_gen.scenes.scripts import is_right_to_left
from video_gen.scenes.theme import Theme, tinted, within

_NEARLY = 0.7


@dataclass(frozen=True)
class Sheet:
    """What a scene is laid out for. Lengths are pixels; `px` and `face` turn reference sizes into them.

    air: how much larger the room around text is than usual, where there is little text. tight: how much smaller code
    is than its scale, so that its lines need not be broken (above 1: larger, where there is room). panel: the kind of window
    that it is inside of, `code` or `terminal`.
    """

    style: Style
    width: float
    scale: float = 1.0
    air: float = 1.0
    tight: float = 1.0
    panel: str = ""

    @property
    def theme(self) -> Theme:
        """The theme in the accent's tint; inside a window (`panel`) with the colours of that."""
        theme = tinted(self.style.theme, self.style.accent)
        return within(theme, self.panel) if self.panel else theme

    @property
    def words(self) -> Mapping[str, str]:
        """The words that pictures add themselves, in the style's language."""
        return words.of(self.style.language)

    @property
    def unit(self) -> float:
        """Pixels in one reference pixel."""
        return min(self.style.width, self.style.height) / 1080

    @property
    def portrait(self) -> bool:
        """Whether columns are stacked: the picture is not clearly wider than it is high."""
        return self.style.width < self.style.height * 1.2

    @property
    def tall(self) -> bool:
        """Whether the picture is higher than wide, as on a phone: it is looked at small, and has room for large type."""
        return self.style.width * 1.3 < self.style.height

    @property
    def accent(self) -> Colour:
        """The accent as it is readable as text on all that text stands on."""
        return readable(self.style.accent, self.theme.hardest)

    def mark(self, colour: Colour) -> Colour:
        """A colour as it is seen well as a shape on the background and on cards."""
        return readable(colour, self.theme.hardest, 3)

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
        size = max(self.theme.floor, kind.size * scale) * self.unit
        return typeface(self.theme.fonts[kind.family], kind.weight, size)

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
    least: height that it takes at least, as a share of the room. hugs: beside a higher one it keeps its own height.
    natural: its own height, set where the rows are to stay in the middle of a higher one.
    """

    x: float
    top: float
    bottom: float
    paint: Callable[[float], Sequence[Mark]] = field(compare=False)
    whole: bool = False
    least: float = 0.0
    natural: float = 0.0
    hugs: bool = False

    def shift(self, tall: float) -> float:
        """How far the rows lie below their usual place in a frame of this height."""
        return max(0.0, tall - self.natural) / 2 if self.natural else 0.0


@dataclass(frozen=True)
class Row:
    """A strip that is never divided: its height, the room above it, and its parts relative to its left top corner.

    keep: it stays on a page with the next row. lead: it belongs to the header, whatever room is free below.
    fill: of the first row of a line of code, which share of the room the whole line takes; above 1 where it is broken.
    """

    height: float
    parts: tuple[Part, ...]
    gap: float = 0.0
    frame: Frame | None = None
    keep: bool = False
    lead: bool = False
    fill: float = 0.0

    def moved(self, dx: float) -> "Row":
        return replace(self, parts=tuple(p.moved(dx, 0) for p in self.parts))

    def stepped(self) -> "Row":
        """The same row beginning a new state."""
        return replace(self, parts=(replace(self.parts[0], step=True), *self.parts[1:]))


def runs_backwards(rows: Sequence[Row]) -> bool:
    """Whether the first text of the rows is written from right to left."""
    marks = (mark for row in rows for part in row.parts for mark in part.marks)
    first = next((mark for mark in marks if isinstance(mark, Words) and mark.said), None)
    return first is not None and is_right_to_left(first.text)


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


def place(page: Page, top: float, room: float, *, stretch: bool = False) -> tuple[list[Part], float]:
    """Return the parts of a page, each frame's marks before those of its first row, and where they end.

    stretch: the last frame reaches down to the end of the room.
    """
    parts: list[Part] = []
    y = top
    first = True
    # A frame grows only into room that no later row needs.
    spare = max(0.0, room - height(page))
    for _, group in groupby(page, key=lambda row: id(row.frame)):
        rows = list(group)
        frame = rows[0].frame
        y += 0 if first else rows[0].gap
        first = False
        inside = [replace(rows[0], gap=0.0), *rows[1:]]
        size = height(inside)
        if frame:
            # A card that is nearly as high as its neighbour would look like a mistake: it becomes as high.
            hugs = frame.hugs and size < _NEARLY * room
            least = 1.0 if stretch and rows[-1] is page[-1] and not hugs else frame.least
            growth = min(spare, max(0.0, least * room - size))
            spare -= growth
            size += growth
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
