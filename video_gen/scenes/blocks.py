"""The pieces that scenes are built of: paragraphs, cards, grids, chips. All return rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from video_gen.scenes import wrap
from video_gen.scenes.colours import WHITE, mix, on, readable
from video_gen.scenes.fonts import Typeface
from video_gen.scenes.layout import Builder, Frame, Part, Row, Sheet, height, runs_backwards, spaced
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Colour
from video_gen.scenes.scripts import clean, is_right_to_left
from video_gen.scenes.theme import Shadow
from video_gen.scenes.wrap import Spans

_DIFFICULTIES = (("easy", "beginner"), ("medium", "intermediate"), ("hard", "advanced", "expert"))


def line(face: Typeface, spans: Spans, leading: float, x: float = 0, *, said: bool = True) -> Row:
    """Return one line of text as a row; it is higher than the leading only where tall scripts need it."""
    text = "".join(part for part, _ in spans)
    tall = face.size * leading
    above = (tall + face.cap) / 2
    below = tall - above
    if not text.isascii():
        ink_above, ink_below = face.ink(text)
        above, below = max(above, ink_above), max(below, ink_below)
    marks: tuple[Mark, ...] = (Words(x, above, spans, face, said),) if text.strip() else ()
    return Row(above + below, (Part(marks),))


def paragraph(
    sheet: Sheet,
    text: str,
    role: str,
    colour: Colour | None = None,
    *,
    face: Typeface | None = None,
    even: bool = False,
    centre: bool = False,
) -> list[Row]:
    """Return `text` wrapped at the sheet's width; a blank line in it becomes half a line of room.

    even: lines of much the same length, for headlines. face: instead of the role's own.
    """
    face, leading = face or sheet.face(role), sheet.theme.roles[role].leading
    rows: list[Row] = []
    blank = False
    for part in (wrap.evenly if even else wrap.words)(clean(text), face, sheet.width):
        if not part:
            blank = True
            continue
        free = sheet.width - face.length(part)
        x = free / 2 if centre else free if is_right_to_left(part) else 0
        row = line(face, ((part, colour or sheet.theme.text),), leading, x)
        rows.append(replace(row, gap=face.size * 0.6) if blank and rows else row)
        blank = False
    return rows


def accent_bar(sheet: Sheet, *, centre: bool = False, backwards: bool = False) -> list[Row]:
    """Return the short thick line in the accent colour that stands at large titles; on the right where `backwards`."""
    long, thick = sheet.px(96), sheet.px(12)
    fill = sheet.mark(sheet.style.accent)
    x = (sheet.width - long) / 2 if centre else sheet.width - long if backwards else 0.0
    return [Row(thick, (Part((Panel(x, 0, long, thick, fill, thick / 2, name="accent"),)),), keep=True)]


def card(
    sheet: Sheet,
    build: Builder,
    *,
    badge: str = "",
    tint: Colour | None = None,
    fill: Colour | None = None,
    badge_tint: Colour | None = None,
    name: str = "card",
    split: bool = False,
    hugs: bool = False,
    centred: bool = True,
) -> list[Row]:
    """Return the rows of `build` on a rounded surface, with a badge of a few characters at the beginning of its text.

    tint: colour of the edge and the badge. split: the card may go on on the next page and
    keeps its text at its top, as it does where it is not `centred`. hugs: beside a higher column it stays as high as its text.
    """
    theme = sheet.theme
    pad, (disc, _) = sheet.px(theme.pad), badge_size(sheet, badge)
    indent = disc + sheet.px(theme.gap) if badge else 0.0
    top = sheet.airy(theme.pad * 0.8)
    inner = build(sheet.at(width=sheet.width - 2 * pad - indent))
    if not inner:
        return []
    natural = 2 * top + height(inner) if centred and not split else 0.0
    ground = fill or theme.surface
    edge = mix(ground, sheet.mark(tint), 0.75) if tint else theme.edge
    backwards = runs_backwards(inner)
    disc_left = sheet.width - pad - disc if backwards else pad

    def paint(tall: float) -> list[Mark]:
        thick = hair(sheet, least=1) if tint else hair(sheet)
        panel = Panel(0, 0, sheet.width, tall, ground, corner(sheet), edge, thick, name, shadow=shade(sheet))
        colour = badge_tint or tint or sheet.style.accent
        middle = top + frame.shift(tall) + inner[0].height / 2
        return [panel, *(badge_marks(sheet, badge, colour, disc_left, middle) if badge else ())]

    frame = Frame(0, top, top, paint, whole=not split, natural=natural, hugs=hugs)
    return [replace(row.moved(pad if backwards else pad + indent), frame=frame) for row in inner]


def remark_role(sheet: Sheet) -> str:
    """Return the role of a text that goes with code: smaller in a narrow column beside it."""
    return "body" if sheet.width > sheet.style.width * 0.6 else "note"


def corner(sheet: Sheet) -> float:
    """Return the radius of the corners of cards and windows."""
    return sheet.px(sheet.theme.radius)


def shade(sheet: Sheet) -> Shadow | None:
    """Return the shadow of cards and windows in pixels, as it shrinks with the scale; None where the theme has none."""
    shadow = sheet.theme.shadow
    if not shadow.opacity:
        return None
    size = sheet.unit * min(1.0, sheet.scale)
    return Shadow(shadow.drop * size, shadow.blur * size, shadow.opacity)


def hair(sheet: Sheet, least: float = 0.0) -> float:
    """Return the width of a thin line; `least` reference pixels also where the theme has no lines."""
    line = max(sheet.theme.line, least)
    return max(1.0, line * sheet.unit) if line else 0.0


def badge_size(sheet: Sheet, badge: str) -> tuple[float, float]:
    """Return the width and the height of a badge in pixels."""
    face = sheet.face("label")
    high = face.size * 1.85
    return max(high, face.length(badge) + face.size * 0.9), high


def badge_marks(sheet: Sheet, badge: str, tint: Colour, left: float, middle: float) -> list[Mark]:
    """Return a badge that begins at `left`, its middle at the height `middle`."""
    face, (disc, high) = sheet.face("label"), badge_size(sheet, badge)
    # On light grounds a badge is dark enough for white text: black on it would look heavy there.
    strong = sheet.mark(tint) if sheet.theme.dark else readable(tint, WHITE, 4.6)
    fill = tint if tint == sheet.theme.edge else strong
    return [
        Panel(left, middle - high / 2, disc, high, fill, high / 2, name="badge"),
        Words(left + (disc - face.length(badge)) / 2, middle + face.cap / 2, ((badge, on(fill)),), face, said=False),
    ]


def titled(title: str, description: str = "", *, strong: bool = False) -> Builder:
    """Return a builder of a line with an explanation under it."""

    def build(sheet: Sheet) -> list[Row]:
        rows = paragraph(sheet, title, "strong" if strong else "body")
        return rows + spaced(paragraph(sheet, description, "note", sheet.theme.muted), sheet.px(6))

    return build


@dataclass(frozen=True)
class Chip:
    """A short fact: on a pill, with a dot where it has a colour; `bare` without the pill, as a label of the next."""

    text: str
    colour: Colour | None = None
    bare: bool = False


def chips(sheet: Sheet, items: Sequence[Chip]) -> list[Row]:
    """Return the chips side by side, on as many lines as they need; from the right if the first is written so."""
    backwards = bool(items) and is_right_to_left(clean(items[0].text))
    face, gap = sheet.face("label"), sheet.px(14)
    tall = face.size * 1.9
    rows: list[Row] = []
    marks: list[Mark] = []
    x = 0.0
    for n, item in enumerate(items):
        width, drawn = _chip(sheet, face, tall, item)
        # A label does not stay behind on the line above what it names.
        after = gap + _chip(sheet, face, tall, items[n + 1])[0] if item.bare and items[n + 1 :] else 0.0
        if marks and x + width + after > sheet.width:
            rows += _pills(marks, tall, gap)
            marks, x = [], 0.0
        if width > sheet.width or "\n" in item.text:
            rows += spaced(_long_chip(sheet, item.text), gap)
            continue
        left = sheet.width - x - width if backwards else x
        marks += [mark.moved(left, 0) for mark in drawn]
        x += width + gap
    return spaced(rows + _pills(marks, tall, gap), 0)


def _chip(sheet: Sheet, face: Typeface, tall: float, item: Chip) -> tuple[float, list[Mark]]:
    theme, text = sheet.theme, clean(item.text)
    side = 0.0 if item.bare else face.size * 0.85
    dot = face.size * 0.95 if item.colour else 0.0
    width = face.length(text) + dot + 2 * side
    marks: list[Mark] = []
    if not item.bare:
        marks.append(Panel(0, 0, width, tall, theme.surface, tall / 2, theme.edge, hair(sheet, 1), "chip"))
    if item.colour:
        size = face.size * 0.5
        marks.append(Panel(side, (tall - size) / 2, size, size, item.colour, size / 2, name="dot"))
    marks.append(Words(side + dot, (tall + face.cap) / 2, ((text, item.colour or theme.muted),), face))
    return width, marks


def _pills(marks: list[Mark], tall: float, gap: float) -> list[Row]:
    return [Row(tall, (Part(tuple(marks)),), gap)] if marks else []


def _long_chip(sheet: Sheet, text: str) -> list[Row]:
    return card(sheet, lambda inner: paragraph(inner, text, "label", inner.theme.muted), name="chip")


def difficulty(sheet: Sheet, word: str) -> Chip:
    """Return the chip of a difficulty: the word, and a colour where it is a usual one; easy, medium and hard are translated."""
    key = word.strip().lower()
    theme = sheet.theme
    for colour, usual in zip((theme.success, theme.warning, theme.danger), _DIFFICULTIES, strict=True):
        if key in usual:
            return Chip(sheet.words[key] if key == usual[0] else word, colour)
    return Chip(word)


def duration(sheet: Sheet, value: str | float) -> Chip:
    """Return the chip of a length of time; a bare number counts minutes."""
    text = value if isinstance(value, str) else f"{value:g} {sheet.words['minutes']}"
    return Chip(text, sheet.accent)


def led(lead: list[Row], rows: list[Row], sheet: Sheet) -> list[Row]:
    """Return rows below others that belong to the header."""
    return [replace(row, lead=True) for row in lead] + (spaced(rows, sheet.px(36)) if lead else rows)
