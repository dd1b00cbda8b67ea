"""The frames in which a state comes in: cards and texts rise, bars grow, commands are typed, while the backdrop stands."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import pi

import numpy as np
from PIL import Image

from video_gen.render import encode
from video_gen.render.motion_moves import Edges, Move
from video_gen.render.motion_plan import LEAVING, Plan, plan
from video_gen.render.motion_planes import Area, Matte, Passage, Planes, area, cover, cut, size_of
from video_gen.scenes import canvas
from video_gen.scenes.marks import Mark
from video_gen.scenes.model import Colour, State

_RISE = 28  # reference pixels


def frames(before: State, state: State, below: Planes, above: Planes, count: int) -> Iterator[Planes]:
    """Yield the planes of the `count` frames between two pictures, neither of them among these.

    below, above: the planes of the picture that is shown before, and of the state's own.
    """
    found = plan(before, state) if count else Plan(fades=True)
    if found.fades:
        passage = Passage(below, above)
        for step in range(1, count + 1):
            yield passage.at(encode.ease(step / (count + 1)))
        return
    stage = _Stage(before, state, below, above, found)
    for step in range(1, count + 1):
        yield stage.at(found.length * step / (count + 1))


class _Stage:
    """What is put together to a frame: the ground, what goes out from it, and the mattes of what comes in on it."""

    def __init__(self, before: State, state: State, below: Planes, above: Planes, found: Plan):
        size = size_of(above)
        self.unit = min(size) / 1080
        ground = below
        self.ground = self.leaving = Passage(below, below)
        if found.standing is not None:
            backs = [shown.backdrop for shown in (before, state) if shown.backdrop is not None]
            old, ground = _painted(backs[0], found.standing[0]), _painted(backs[-1], found.standing[1])
            self.ground, self.leaving = Passage(old, ground), Passage(old, below)
        middle = above
        if found.early:
            middle = _painted(state.backdrop or before.picture, found.early)
        self.actors = [
            *_actors(ground, middle, found.early_moves, size),
            *(_actors(middle, above, found.late_moves, size) if found.early else []),
        ]

    def at(self, time: float) -> Planes:
        """Return the planes at a time, in lengths of one element's motion."""
        planes = self.ground.at(encode.ease(min(1.0, time)))
        left = min(1.0, time / LEAVING)
        self.leaving.lay(planes, 1 - encode.ease(left))
        for actor in self.actors:
            actor.lay(planes, time, self.unit)
        return planes


def _painted(backdrop: Image.Image, marks: Sequence[Mark]) -> Planes:
    picture = backdrop.copy()
    canvas.paint(picture, marks)
    return encode.to_yuv(picture)


def _actors(ground: Planes, above: Planes, moves: Sequence[Move], size: tuple[int, int]) -> list["_Actor"]:
    """Return the moves with their mattes. Each pixel belongs to one: the smallest in whose box it lies, else the first near it."""
    free = cover(ground, above)
    areas = {id(move): area(*move.box, size) for move in moves}
    order = sorted(moves, key=lambda move: _extent(move.box))
    inner = {id(move): Matte.take(free, above, areas[id(move)]) for move in order}
    outer = {id(move): Matte.take(free, above, area(*_wider(move.box, move.margin), size)) for move in moves}
    whole = (0.0, 0.0, float(size[0]), float(size[1]))
    rest = Matte.take(free, above, area(*whole, size))
    found = [_Actor(move, [m for m in (outer[id(move)], inner[id(move)]) if m], above) for move in moves]
    if rest:
        start = min((move.start for move in moves), default=LEAVING)
        found.insert(0, _Actor(Move("fade", whole, start), [rest], above))
    return found


def _extent(box: Edges) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _wider(box: Edges, by: float) -> Edges:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


class _Actor:
    """A move with the parts of the picture that it moves."""

    def __init__(self, move: Move, mattes: Sequence[Matte], above: Planes):
        self.move, self.mattes, self.size = move, mattes, size_of(above)
        self.turns = [_turns(matte, move) for matte in mattes] if move.kind == "sweep" else []

    def lay(self, planes: Planes, time: float, unit: float) -> None:
        """Lay it over the planes as it is at a time."""
        move = self.move
        share = (time - move.start) / move.length
        if move.kind == "type":
            self._type(planes, time)
        elif share <= 0:
            return
        elif share >= 1:
            self._each(planes, 1.0)
        elif move.kind == "rise":
            self._each(planes, _soft(share), by=(0, _even(_RISE * unit * (1 - _out(share)))))
        elif move.kind == "wipe":
            self._each(planes, 1.0, part=self._wiped(encode.ease(share)))
        elif move.kind == "grow":
            self._grow(planes, _out(share))
        elif move.kind == "sweep":
            for matte, turns in zip(self.mattes, self.turns, strict=True):
                matte.lay(planes, within=turns <= encode.ease(share))
        else:
            self._each(planes, encode.ease(share))

    def _each(self, planes: Planes, share: float, part: Area | None = None, by: tuple[int, int] = (0, 0)) -> None:
        for matte in self.mattes:
            matte.lay(planes, share, part=part, by=by)

    def _wiped(self, share: float) -> Area:
        left, top, right, bottom = _wider(self.move.box, self.move.margin)
        long = (right - left) * share
        box = (left, top, left + long, bottom) if self.move.toward == "right" else (right - long, top, right, bottom)
        return area(*box, self.size)

    def _grow(self, planes: Planes, share: float) -> None:
        """Show the bar from its foot, its end first, as if it came out of there."""
        left, top, right, bottom = area(*self.move.box, self.size)
        upright = self.move.toward in ("up", "down")
        hidden = _even((bottom - top if upright else right - left) * (1 - share))
        seen, by = {
            "up": ((left, top, right, bottom - hidden), (0, hidden)),
            "down": ((left, top + hidden, right, bottom), (0, -hidden)),
            "right": ((left + hidden, top, right, bottom), (-hidden, 0)),
            "left": ((left, top, right - hidden, bottom), (hidden, 0)),
        }[self.move.toward]
        self._each(planes, 1.0, part=seen, by=by)

    def _type(self, planes: Planes, time: float) -> None:
        """Show the prompt, what has been typed up to now, and the cursor after it."""
        move = self.move
        passed = time - move.start
        if passed < 0:
            return
        typed = max(0.0, passed - move.waits) / (move.length - move.waits)
        edge = move.stops[min(int(typed * (len(move.stops) - 1)), len(move.stops) - 1)]
        left, top, right, bottom = move.box
        begin, ahead = min(move.stops), move.stops[-1] >= move.stops[0]
        self._each(planes, 1.0, part=area(left, top, begin, bottom, self.size))
        span = (begin, top, edge, bottom) if ahead else (edge, top, right, bottom)
        self._each(planes, 1.0, part=area(*span, self.size))
        if move.cursor and passed < move.length + move.lingers:
            width, top, bottom, colour = move.cursor
            block = (edge, top, edge + width, bottom) if ahead else (edge - width, top, edge, bottom)
            _fill(planes, area(*block, self.size), colour)


def _fill(planes: Planes, part: Area, colour: Colour) -> None:
    for number, (plane, level) in enumerate(zip(planes, _levels(colour), strict=True)):
        cut(plane, part, number)[:] = level


@cache
def _levels(colour: Colour) -> tuple[int, ...]:
    return tuple(int(plane[0, 0]) for plane in encode.to_yuv(Image.new("RGB", (2, 2), colour)))


def _turns(matte: Matte, move: Move) -> np.ndarray:
    """Return for each pixel at which share (0..1) of its sweep it is reached."""
    left, top, right, bottom = matte.part
    x = np.arange(left, right, dtype=np.float32) + 0.5 - move.centre[0]
    y = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5 - move.centre[1]
    first, last = move.turns
    turn = (np.arctan2(x, -y) / (2 * pi) - first) % 1.0
    return np.where(turn > (1 + last - first) / 2, 0.0, turn / (last - first)).astype(np.float32)


def _even(length: float) -> int:
    return round(length / 2) * 2


def _out(share: float) -> float:
    """Fast at first, slow at the end."""
    return 1 - (1 - share) ** 3


def _soft(share: float) -> float:
    return 1 - (1 - share) ** 2
