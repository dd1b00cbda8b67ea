"""The motions of single elements, from the marks that they are drawn with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import Literal

from uniseg.graphemecluster import grapheme_clusters

from video_gen.scenes.charts_shapes import Point, Shape
from video_gen.scenes.marks import Mark, Panel, Picture, Words
from video_gen.scenes.model import Box, Colour
from video_gen.scenes.scripts import is_right_to_left

Edges = tuple[float, float, float, float]
Kind = Literal["rise", "fade", "wipe", "grow", "sweep", "type"]
Side = Literal["left", "right", "up", "down"]

_CLOSE = 30  # reference pixels between texts that come in together
_LARGE = 60  # from which a panel is a card and not a bullet
_SHADOW, _INK = 48, 8
_TYPED_A_SECOND, _TYPED_LEAST, _TYPED_MOST, _USUAL = 38.0, 0.3, 1.5, 0.4  # the last: seconds of one element's motion
_PROMPT, _LINGERS = 0.4, 0.6
_PRINTED, _PRINTED_MOST, _PRINTED_LENGTH = 0.22, 2.0, 0.4
_GROWS: dict[str, Side] = {"b": "up", "t": "down", "l": "right", "r": "left"}


@dataclass(frozen=True)
class Move:
    """How what is drawn in a box comes in.

    margin: how far around its box something of it is drawn, such as a shadow. toward: where the edge of a wipe goes, and where a
    bar grows to. stops: the edge of what is typed after each sign, the first before all; they fall where it runs from right to
    left. cursor: width, top, bottom and colour of the block after it. waits, lingers: how long it stands there before and
    after the typing. turns, centre: of slices, as in `Shape`.
    """

    kind: Kind
    box: Edges
    start: float
    length: float = 1.0
    margin: float = 0.0
    toward: Side = "right"
    stops: tuple[float, ...] = ()
    cursor: tuple[float, float, float, Colour] | None = None
    turns: tuple[float, float] = (0.0, 1.0)
    centre: Point = (0.0, 0.0)
    waits: float = 0.0
    lingers: float = 0.0


@dataclass
class Group:
    """Marks that come in together. solid: they stand on a card."""

    box: Edges
    solid: bool
    unit: float
    marks: list[Mark] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether it rises: page numbers, logos and the like do not."""
        return self.solid or any(isinstance(mark, Words) and mark.said for mark in self.marks)

    @property
    def accent(self) -> bool:
        return all(isinstance(mark, Panel) and mark.name == "accent" for mark in self.marks)

    @property
    def margin(self) -> float:
        return (_SHADOW if self.solid else _INK) * self.unit

    def holds(self, box: Box) -> bool:
        return _inside(self.box, box)

    def near(self, box: Box) -> bool:
        """Whether a box is so close that it belongs to it, or in one row with it."""
        left, top, right, bottom = self.box
        if top <= (box.top + box.bottom) / 2 <= bottom:
            return True
        far = _CLOSE * self.unit
        return max(left - box.right, box.left - right) <= far and max(top - box.bottom, box.top - bottom) <= far

    def add(self, mark: Mark, box: Box) -> None:
        self.marks.append(mark)
        self.box = _around([self.box, edges(box)])


def edges(box: Box) -> Edges:
    """Return a box as bare numbers."""
    return box.left, box.top, box.right, box.bottom


def holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies in another."""
    return _inside(edges(outer), inner)


def _inside(outer: Edges, box: Box) -> bool:
    left, top, right, bottom = outer
    return left - 1 <= box.left and top - 1 <= box.top and box.right <= right + 1 and box.bottom <= bottom + 1


def _around(boxes: Sequence[Edges]) -> Edges:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def grouped(marks: Sequence[Mark], unit: float, *, apart: bool = False) -> list[Group]:
    """Return the marks in groups, in their order: a card with all on it, texts that are close; apart: each text by itself."""
    found: list[Group] = []
    for mark in marks:
        box = mark.box()
        solid = isinstance(mark, Picture) or (isinstance(mark, Panel) and min(mark.width, mark.height) > _LARGE * unit)
        home = next((group for group in reversed(found) if group.solid and group.holds(box)), None)
        if not home and not solid and not apart and found and not found[-1].solid and found[-1].near(box):
            home = found[-1]
        if not home:
            home = Group(edges(box), solid, unit)
            found.append(home)
        home.add(mark, box)
    return found


def growing(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks of a chart that show a value by their size or their course: bars, lines with their dots, slices."""
    shapes = [mark.box() for mark in marks if isinstance(mark, Shape) and mark.turns is None]
    course = [_around([edges(box) for box in shapes])] if shapes else []

    def grows(mark: Mark) -> bool:
        if not isinstance(mark, Panel):
            return isinstance(mark, Shape)
        dot = mark.name == "dot" and any(_meets(box, mark.box()) for box in course)
        return dot or (mark.name == "bar" and mark.flat in _GROWS)

    return [mark for mark in marks if grows(mark)]


def _meets(outer: Edges, box: Box) -> bool:
    left, top, right, bottom = outer
    return left <= box.right and box.left <= right and top <= box.bottom and box.top <= bottom


def bars(marks: Sequence[Mark], start: float) -> list[Move]:
    """Return the bars, growing from the foot one a little after the other."""
    found = [mark for mark in marks if isinstance(mark, Panel) and mark.name == "bar"]
    step = min(0.14, 0.7 / max(1, len(found) - 1))
    return [Move("grow", edges(bar.box()), start + n * step, toward=_GROWS[bar.flat]) for n, bar in enumerate(found)]


def drawn(marks: Sequence[Mark], start: float) -> list[Move]:
    """Return the lines, with the areas under them, drawn from left to right."""
    lines = [edges(mark.box()) for mark in marks if isinstance(mark, Shape) and mark.turns is None]
    dots = [edges(mark.box()) for mark in marks if isinstance(mark, Panel) and mark.name == "dot"]
    return [Move("wipe", _around([*lines, *dots]), start, 1.5 if len(lines) > 3 else 1.0)] if lines else []


def swept(marks: Sequence[Mark], start: float) -> list[Move]:
    """Return the slices of a ring, swept around its centre."""
    found = [mark for mark in marks if isinstance(mark, Shape) and mark.turns is not None]
    if not found:
        return []
    turns = [turn for mark in found if mark.turns for turn in mark.turns]
    centre = found[0].x + found[0].centre[0], found[0].y + found[0].centre[1]
    box = _around([edges(mark.box()) for mark in found])
    return [Move("sweep", box, start, 1.0 + max(turns) - min(turns), turns=(min(turns), max(turns)), centre=centre)]


def typing(marks: Sequence[Mark], start: float) -> list[Move]:
    """Return commands being typed, and then what they print, line by line."""
    found: list[Move] = []
    words = [mark for mark in marks if isinstance(mark, Words)]
    step = min(_PRINTED, _PRINTED_MOST / len(words))
    last = max(n for n, mark in enumerate(words) if mark.typed)
    for number, mark in enumerate(words):
        if not mark.typed:
            found.append(Move("fade", edges(mark.box()), start, _PRINTED_LENGTH))
            start += step
            continue
        signs = sum(len(line.text) for line in _command(words, number))
        seconds = min(max(signs / _TYPED_A_SECOND, _TYPED_LEAST), _TYPED_MOST) * len(mark.text) / signs
        move = _typed(mark, start, seconds / _USUAL, _LINGERS if number == last else 0.0)
        found.append(move)
        start += move.length + move.lingers
    return found


def _command(words: Sequence[Words], number: int) -> list[Words]:
    """Return all lines of the command that goes on in a line: from that with the prompt to the next."""
    begin = max((n for n in range(number + 1) if _prompt(words[n])), default=number)
    rest = takewhile(lambda line: line.typed and not _prompt(line), words[begin + 1 :])
    return [words[begin], *rest]


def _prompt(mark: Words) -> str:
    """Return what stands before a command, with the blanks after it; "" in a line that goes on with one."""
    if len(mark.spans) < 2 or mark.spans[0][0].strip() != "$":
        return ""
    sign = mark.spans[0][0]
    typed = mark.text[len(sign) :]
    # Before a text from right to left the blank stands at its other end.
    return sign if is_right_to_left(typed) else mark.text[: len(mark.text) - len(typed.lstrip())]


def _typed(mark: Words, start: float, length: float, lingers: float) -> Move:
    prompt = _prompt(mark)
    text = mark.text[len(prompt) :]
    begin = mark.x + mark.face.length(prompt)
    end = mark.x + sum(mark.face.length(part) for part, _ in mark.spans)
    ends = list(accumulate(map(len, grapheme_clusters(text)), initial=0))
    lengths = [mark.face.length(text[:at]) for at in ends]
    stops = [end - long for long in lengths] if is_right_to_left(text) else [begin + long for long in lengths]
    waits = _PROMPT if prompt else 0.0
    cap, box = mark.face.cap, mark.box()
    top, bottom = mark.y - 1.3 * cap, mark.y + 0.4 * cap
    whole = box.left, min(box.top, top), box.right, max(box.bottom, bottom)
    block = mark.face.length("0"), top, bottom, mark.spans[-1][1]
    return Move("type", whole, start, waits + length, stops=tuple(stops), cursor=block, waits=waits, lingers=lingers)
