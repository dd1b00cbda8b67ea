"""Code in a window, in stretches; then step by step, the lines of each lit while the others are dimmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from video_gen.scenes import listings
from video_gen.scenes.blocks import card, led, paragraph, remark_role
from video_gen.scenes.flow import Header, column_flow, flow
from video_gen.scenes.highlight import highlight
from video_gen.scenes.layout import Builder, Part, Row, Sheet, height, spaced
from video_gen.scenes.listings import Listing
from video_gen.scenes.model import State, Style
from video_gen.scenes.windows import window
from video_gen.scenes.wrap import Spans

_LONGEST_LEAD = 180
_WIDEST_BESIDE = 66
_SHARES = (1.9, 1.0)


@dataclass(frozen=True)
class _Step:
    lines: frozenset[int]
    note: str


@dataclass(frozen=True)
class _Scene:
    """What all pictures of the scene have in common."""

    style: Style
    header: Header
    label: str
    lines: Sequence[Spans]
    notes: Sequence[str]
    measured: dict[Sheet, list[tuple[float, float]]] = field(default_factory=dict)

    def measures(self, sheet: Sheet) -> list[tuple[float, float]]:
        """Return for each line its height in pixels and which share of the room it takes in one row."""
        if sheet not in self.measured:
            each = (listings.rows(sheet, Listing([line], 1, len(self.lines))) for line in self.lines)
            self.measured[sheet] = [(height(rows), rows[0].fill) for rows in each]
        return self.measured[sheet]

    @property
    def beside(self) -> bool:
        """Whether a note stands beside the code: not where the code needs all the width."""
        longest = max(sum(len(text) for text, _ in line) for line in self.lines)
        return longest <= _WIDEST_BESIDE and self.style.width >= self.style.height * 1.2


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The code, a state for each stretch between blank lines where it has no steps; then a state a step, its note the cue.

    Raises InputError for a step that names lines which the code has not.
    """
    given = content["code"]
    text = given if isinstance(given, str) else "\n".join(given)
    # Line numbers count from the first line that is drawn.
    lines = highlight(text, content.get("language", ""), style.theme)
    steps = [
        _Step(listings.numbers(step["lines"], len(lines)), step.get("note", "").strip())
        for step in content.get("steps", [])
    ]
    label = content.get("filename") or content.get("language", "")
    scene = _Scene(style, Header(content.get("header", "")), label, lines, [step.note for step in steps])
    description = content.get("description", "").strip()
    if not steps:
        return _whole(scene, description)
    size = _size(scene, description)
    stretches = [_stretches(step.lines, size, len(lines)) for step in steps]
    others = sorted({first for own in stretches for first in own})
    found = _overview(scene, description, size)
    for step, own in zip(steps, stretches, strict=True):
        found += _lit(scene, step, own, size, others)
    return found


def _whole(scene: _Scene, description: str) -> list[State]:
    """Return the code in stretches, the description above it, or beside it if it is long."""
    blank = [not "".join(text for text, _ in line).strip() for line in scene.lines]
    starts = frozenset(n + 1 for n in range(1, len(scene.lines)) if blank[n - 1] and not blank[n])
    panel = partial(_window, scene, Listing(scene.lines, 1, len(scene.lines), starts=starts))
    if len(description) <= _LONGEST_LEAD:
        return flow(scene.style, lambda sheet: led(_lead(sheet, description), panel(sheet), sheet), scene.header)
    side = partial(_note, description, [description])
    return column_flow(scene.style, [panel, side], _SHARES, scene.header)


def _lead(sheet: Sheet, text: str) -> list[Row]:
    return paragraph(sheet, text, "lead", sheet.theme.muted)


def _window(scene: _Scene, listing: Listing, sheet: Sheet, others: Sequence[int] = ()) -> list[Row]:
    """Return the listing in a window; others: the first lines of those that it is to be as high and as small as."""

    def inside(inner: Sheet) -> list[Row]:
        rows = listings.rows(inner, listing)
        if not scene.notes:
            return rows
        measures = scene.measures(inner)
        stretches = [measures[first - 1 : first - 1 + len(listing.lines)] for first in others]
        most = max((sum(tall for tall, _ in lines) for lines in stretches), default=0.0)
        rows[-1] = replace(rows[-1], height=rows[-1].height + max(0.0, most - height(rows)))
        # The size of the type is chosen by all lines, so that it is the same in every picture.
        return [replace(row, fill=0.0) for row in rows] + [Row(0, (Part(()),), fill=fill) for _, fill in measures]

    return window(sheet, inside, label=scene.label)


def _note(text: str, all_texts: Sequence[str], sheet: Sheet) -> list[Row]:
    """Return a text on a card with room for the longest of all texts, so that nothing moves from step to step."""

    def inside(inner: Sheet) -> list[Row]:
        role = remark_role(sheet)
        most = max(height(paragraph(inner, each, role)) for each in all_texts)
        rows = paragraph(inner, text, role) or [Row(0, (Part(()),))]
        return [*rows[:-1], replace(rows[-1], height=rows[-1].height + max(0.0, most - height(rows)))]

    return card(sheet, inside, tint=sheet.style.accent, split=True, hugs=True) if text else []


def _pictured(scene: _Scene, listing: Listing, text: str, others: Sequence[int] = ()) -> list[State]:
    """Return the states of a listing with a text beside it, or under it where the code needs the width."""
    panel = partial(_window, scene, listing, others=others)
    if not text and not any(scene.notes):
        return flow(scene.style, panel, scene.header, still=True)
    side = partial(_note, text, [*scene.notes, text])
    if scene.beside:
        return column_flow(scene.style, [panel, side], _SHARES, scene.header)
    return flow(scene.style, partial(_stacked, panel, side), scene.header, still=True)


def _stacked(panel: Builder, under: Builder, sheet: Sheet) -> list[Row]:
    return [*panel(sheet), *spaced(under(sheet), sheet.px(sheet.theme.gap))]


def _size(scene: _Scene, description: str) -> int:
    """Return how many lines of code a picture holds beside the longest text."""
    longest = max([*scene.notes, description], key=len)
    for pages in range(1, len(scene.lines) + 1):
        size = -(-len(scene.lines) // pages)
        if all(len(_pictured(scene, listing, longest)) == 1 for listing in _chunks(scene, size)):
            return size
    return 1


def _chunks(scene: _Scene, size: int) -> Iterator[Listing]:
    count = len(scene.lines)
    for start in range(0, count, size):
        yield Listing(scene.lines[start : start + size], start + 1, count)


def _overview(scene: _Scene, description: str, size: int) -> list[State]:
    """Return the pictures of all the code, no line lit; none where the first step shows it all and nothing is said before."""
    if not description and size >= len(scene.lines):
        return []
    if not description:
        whole = Listing(scene.lines, 1, len(scene.lines))
        found = flow(scene.style, partial(_window, scene, whole), scene.header, still=True)
    else:
        found = [state for listing in _chunks(scene, size) for state in _pictured(scene, listing, description)]
    return [state if n == 0 else replace(state, cue="") for n, state in enumerate(found)]


def _stretches(lines: frozenset[int], size: int, count: int) -> list[int]:
    """Return the first line of each stretch of `size` lines that shows the lines of a step, in its middle if it can be."""
    left, found = sorted(lines), []
    while left:
        here = [n for n in left if n < left[0] + size]
        left = left[len(here) :]
        found.append(max(1, min((here[0] + here[-1] + 1 - size) // 2, count - size + 1, here[0])))
    return found


def _lit(scene: _Scene, step: _Step, firsts: Sequence[int], size: int, others: Sequence[int]) -> list[State]:
    """Return the pictures of a step: the stretches of code around its lines, on several where they lie far apart."""
    found: list[State] = []
    for first in firsts:
        listing = Listing(scene.lines[first - 1 : first - 1 + size], first, len(scene.lines), step.lines)
        states = _pictured(scene, listing, step.note, others)
        found += [state for state in states if any(box.name == "card:lit" for box in state.boxes)]
    words = max(1.0, float(len(step.note)))
    return [replace(s, cue="" if n else step.note, weight=words / len(found)) for n, s in enumerate(found)]
