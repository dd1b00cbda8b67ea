"""From rows to states: the header, the pages under it, and what appears one after another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from video_gen.scenes import canvas, fitting, furniture, layout
from video_gen.scenes.blocks import paragraph
from video_gen.scenes.fonts import typeface
from video_gen.scenes.furniture import Strip
from video_gen.scenes.layout import Builder, Page, Part, Row, Sheet
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Box, State, Style
from video_gen.scenes.scripts import clean, is_right_to_left

# A headline takes the first share of the picture's height in which a size not below the given one fits.
_HEADLINE_SHARES = ((0.16, 40.0), (0.28, 28.0), (0.42, 24.0))
_HEADLINE_STEPS = (1.0, 0.875, 0.75, 0.625, 0.53, 0.44, 0.375)
_TALL_SCALE = 1.2
# The largest scales of little text, so that a headline stays larger than what is below it.
_LARGEST, _LARGEST_HERO, _LARGEST_TALL = 1.4, 1.55, 1.75


@dataclass(frozen=True)
class Header:
    """What stands on every page of a scene: a small word in the accent colour and the headline."""

    title: str = ""
    eyebrow: str = ""


def flow(style: Style, build: Builder, header: Header, *, still: bool = False, motion: str = "rise") -> list[State]:
    """Return the states of rows that flow below a header; `still` gives one state a page, nothing appears.

    motion: how they come in, see `State`.
    """
    sheet = _sheet(style)
    head, top, overflow = _header(sheet, header)
    room = furniture.bottom_of(sheet) - top

    def whole(at: Sheet) -> list[Row]:
        rows = [*overflow(at), *build(at)]
        return fitting.settled(rows) if still else rows

    (pages,) = fitting.fit([whole], [sheet], room, _most(sheet, _LARGEST)).pages
    return _reveal(sheet, pages, header, head, top, room, "plain", motion=motion)


def column_flow(
    style: Style, builders: Sequence[Builder], shares: Sequence[float], header: Header, *, turns: bool = False
) -> list[State]:
    """Return the states of columns below a header; in portrait they stand one below the other.

    turns: also elsewhere, where code can be clearly larger so, or has fewer broken lines.
    """
    sheet = _sheet(style)
    head, top, overflow = _header(sheet, header)
    room = furniture.bottom_of(sheet) - top
    if sheet.portrait or overflow(sheet) or not builders:
        return flow(style, partial(_stacked, builders), header)
    fitted, pages = fitting.columns(builders, shares, sheet, room)
    if turns and fitting.better(fitting.fit([partial(_stacked, builders)], [sheet], room), fitted):
        return flow(style, partial(_stacked, builders), header)
    return _reveal(sheet, pages, header, head, top, room, "plain")


def hero(style: Style, build: Builder, backdrop: canvas.Backdrop) -> list[State]:
    """Return the states of rows that stand alone in the middle of the picture."""
    sheet = _sheet(style)
    # The strip above stays free for the page number, and as much below, so that the middle is the middle.
    strip = _strip(sheet)
    top = strip.top + strip.height + sheet.px(sheet.theme.gap)
    room = min(furniture.bottom_of(sheet), style.height - top) - top
    (pages,) = fitting.fit([build], [sheet], room, _most(sheet, _LARGEST_HERO)).pages
    return _reveal(sheet, pages, Header(), (), top, room, backdrop, share=0.5, motion="hero")


def _most(sheet: Sheet, flat: float) -> float:
    return _LARGEST_TALL if sheet.tall else flat


def _stacked(builders: Sequence[Builder], sheet: Sheet) -> list[Row]:
    rows: list[Row] = []
    for build in builders:
        column = build(sheet)
        rows += layout.spaced(column, sheet.px(sheet.theme.gap)) if rows else column
    return rows


def _sheet(style: Style) -> Sheet:
    sheet = Sheet(style, style.width * (1 - 2 * style.theme.margin_x))
    return replace(sheet, scale=_TALL_SCALE) if sheet.tall else sheet


def _strip(sheet: Sheet) -> Strip:
    return furniture.top_strip(sheet, _eyebrow_height(sheet))


def _eyebrow_height(sheet: Sheet) -> float:
    return sheet.px(sheet.theme.roles["label"].size * 1.3)


def _header(sheet: Sheet, header: Header) -> tuple[tuple[Mark, ...], float, Builder]:
    """Return the header's marks, where the rows below it begin, and the headline as rows if it is too long for it."""
    strip = _strip(sheet)
    marks = _eyebrow(sheet, strip, header)
    bottom = strip.top + strip.height
    rows = _headline(sheet, header.title)
    if rows is None:
        return marks, bottom + 28 * sheet.unit, partial(_overflow, header.title)
    if rows:
        bottom += 14 * sheet.unit
        parts, bottom = layout.place(rows, bottom, sheet.style.height)
        left = (sheet.style.width - sheet.width) / 2
        marks += tuple(mark for part in parts for mark in part.moved(left, 0).marks)
    return marks, bottom + 36 * sheet.unit, lambda at: []


def _overflow(title: str, sheet: Sheet) -> list[Row]:
    return paragraph(sheet, title, "strong")


def _backwards(header: Header) -> bool:
    return is_right_to_left(header.title or header.eyebrow)


def _eyebrow(sheet: Sheet, strip: Strip, header: Header) -> tuple[Mark, ...]:
    """Return the accent bar and the word beside it where the headline begins; nothing where there is neither."""
    thick, long, gap = sheet.px(8), sheet.px(48), sheet.px(18)
    middle, backwards = strip.top + strip.height / 2, _backwards(header)
    x = strip.right - long if backwards else strip.left
    bar = Panel(x, middle - thick / 2, long, thick, sheet.mark(sheet.style.accent), thick / 2, name="accent")
    if not header.eyebrow:
        return (bar,) if header.title.strip() else ()
    face, word = sheet.face("label"), clean(header.eyebrow)
    x = x - gap - face.length(word) if backwards else x + long + gap
    return bar, Words(x, middle + face.cap / 2, ((word, sheet.accent),), face)


def _headline(sheet: Sheet, title: str) -> list[Row] | None:
    """Return the rows of the headline at the size that suits its length; None where it fits no header."""
    role = sheet.theme.roles["headline"]
    largest = role.size * sheet.scale
    for share, floor in _HEADLINE_SHARES:
        for size in (s for step in _HEADLINE_STEPS if (s := largest * step) >= floor):
            face = typeface(sheet.theme.fonts[role.family], role.weight, size * sheet.unit)
            rows = paragraph(sheet, title, "headline", face=face, even=True)
            if layout.height(rows) <= share * sheet.style.height:
                return rows
    return None


def _reveal(
    sheet: Sheet,
    pages: Sequence[Page],
    header: Header,
    head: tuple[Mark, ...],
    top: float,
    room: float,
    backdrop: canvas.Backdrop,
    share: float = 0.4,
    motion: str = "rise",
) -> list[State]:
    """Paint the pages, each state on a copy of the one before; `share` of the free room lies above the rows."""
    states: list[State] = []
    left = (sheet.style.width - sheet.width) / 2
    strip, backwards = _strip(sheet), _backwards(header)
    always = strip.marks + furniture.bottom_strip(sheet).marks
    for number, page in enumerate(pages or [[]], 1):
        _, end = layout.place(page, 0, room)
        free = max(0.0, room - end) if len(pages) == 1 else 0.0
        parts = [part.moved(left, top) for part in layout.place(_lowered(page, free * share), 0, room)[0]]
        base = head + furniture.page_number(sheet, strip, number, len(pages), backwards=backwards) + always
        picture = ground = canvas.background(sheet.style, backdrop)
        drawn: tuple[Mark, ...] = ()
        boxes: tuple[Box, ...] = ()
        for marks in _groups(base, parts, first=number == 1):
            picture = picture.copy()
            canvas.paint(picture, marks)
            # The headline stands there already on the further pages: nobody says it again.
            cue = _said(marks[len(base) :] if number > 1 and not boxes else marks)
            added = tuple(mark.box() for mark in marks)
            fresh = added if boxes else ()
            drawn, boxes = drawn + marks, boxes + added
            weight = float(max(1, len(cue)))
            states.append(State(picture, cue, weight, motion, boxes, fresh, backdrop=ground, marks=drawn))
    return states


def _lowered(page: Page, distance: float) -> Page:
    """Return the page with the rows after those that belong to the header `distance` lower."""
    lead = [row for row in page if row.lead]
    rest = page[len(lead) :]
    # A gap at the top of a page counts for nothing: an empty row takes the distance there.
    return [*lead, *layout.spaced(rest, rest[0].gap + distance)] if lead and rest else [Row(distance, ()), *page]


def _groups(base: tuple[Mark, ...], parts: Sequence[Part], *, first: bool) -> list[tuple[Mark, ...]]:
    """Return the marks of each state. A page's first picture is never empty but for what was seen before."""
    groups = [base]
    for part in parts:
        bare = len(groups) == 1 and (not first or not _said(groups[0]))
        if part.step and not bare:
            groups.append(part.marks)
        else:
            groups[-1] += part.marks
    return groups


def _said(marks: Sequence[Mark]) -> str:
    return " ".join(mark.text.strip() for mark in marks if isinstance(mark, Words) and mark.said)
