"""What moves when a state comes in: which marks stand, which come in together, how, and when.

Times are in lengths of one element's motion. Boxes are (left, top, right, bottom) in pixels.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from video_gen.render import motion_moves as moves
from video_gen.render.motion_moves import Group, Move
from video_gen.scenes.marks import Mark, Panel, Words
from video_gen.scenes.model import Box, State
from video_gen.scenes.scripts import is_right_to_left

LEAVING = 0.34  # in which what was there goes out
_LEAD = 0.33  # after which something new comes in where something old goes out
_UNDER = 0.55  # after which something comes in on a card that comes in as well


@dataclass(frozen=True)
class Plan:
    """How a state comes in.

    standing: the marks of the state before it and its own that stand, or only change their colour, and that everything
    else goes out from and comes in on; None where it adds to the picture before it. early: the marks of the state up to
    what comes in on its new cards. early_moves, late_moves: before and on these. fades: the pictures cross-fade, nothing moves.
    """

    standing: tuple[Sequence[Mark], Sequence[Mark]] | None = None
    early: Sequence[Mark] = ()
    early_moves: Sequence[Move] = field(default=())
    late_moves: Sequence[Move] = field(default=())
    fades: bool = False

    @property
    def length(self) -> float:
        """Until everything has come in."""
        ends = [move.start + move.length + move.lingers for move in (*self.early_moves, *self.late_moves)]
        return max([1.0, *ends])


def plan(before: State, state: State) -> Plan:
    """Return how a state comes in from the one shown before it, of the same scene or of another."""
    if state.motion == "fade" or (not state.marks and (before.backdrop is None or _alike(before, state))):
        return Plan(fades=True)
    if state.fresh:
        fresh = state.marks[len(state.marks) - len(state.fresh) :]
        return _planned(state, fresh, None, 0.0)
    kept = _standing(before, state)
    names = {id(mark) for mark in kept[1]}
    fresh = [mark for mark in state.marks if id(mark) not in names]
    empty = len(kept[0]) == len(before.marks) and before.picture is before.backdrop
    return _planned(state, fresh, kept, 0.0 if empty else _LEAD)


def _alike(before: State, state: State) -> bool:
    """Whether most of what is drawn is the same, where it is not known how."""
    common = set(before.boxes) & set(state.boxes)
    return 2 * len(common) > min(len(before.boxes), len(state.boxes))


def _standing(before: State, state: State) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of both states that stand where they are: the same in the same place, and what such texts lie on."""
    boxes = [[(mark, mark.box()) for mark in shown.marks] for shown in (before, state)]
    common = {box for _, box in boxes[0]} & {box for _, box in boxes[1]}
    texts = [box for box in common if box.name.startswith(("text:", "sign:"))]

    def stands(mark: Mark, box: Box) -> bool:
        return box in common or (isinstance(mark, Panel) and any(moves.holds(box, text) for text in texts))

    old, new = ([mark for mark, box in shown if stands(mark, box)] for shown in boxes)
    return old, new


def _planned(
    state: State, fresh: Sequence[Mark], standing: tuple[Sequence[Mark], Sequence[Mark]] | None, lead: float
) -> Plan:
    size = state.picture.size
    unit = min(size) / 1080
    if not state.marks:
        return Plan(standing, (), [Move("fade", (0.0, 0.0, float(size[0]), float(size[1])), lead)])
    late = _late(state, fresh)
    early = [mark for mark in fresh if id(mark) not in late]
    groups = moves.grouped(early, unit, apart=state.motion == "hero")
    new_cards = any(group.solid and group.holds(mark.box()) for mark in fresh if id(mark) in late for group in groups)
    typed = any(isinstance(mark, Words) and mark.typed for mark in fresh)
    first = _early(groups, state.motion, lead, new_cards or not late)
    on = lead + _UNDER if new_cards else lead
    second = moves.typing([m for m in fresh if id(m) in late], on) if typed else _grown(fresh, late, on, unit)
    if not new_cards:
        return Plan(standing, (), [*first, *second])
    under = [mark for mark in state.marks if id(mark) not in late]
    return Plan(standing, under, first, second)


def _late(state: State, fresh: Sequence[Mark]) -> set[int]:
    """Return the marks (by identity) that come in by a motion of their own on what is there or has come in."""
    typed = next((n for n, mark in enumerate(fresh) if isinstance(mark, Words) and mark.typed), None)
    if typed is not None:
        # What a command prints comes after it.
        return {id(mark) for mark in fresh[typed:] if isinstance(mark, Words)}
    if state.motion == "grow":
        return {id(mark) for mark in moves.growing(fresh)}
    return set()


def _early(groups: Sequence[Group], motion: str, lead: float, rise: bool) -> list[Move]:
    step, most = (0.34, 1.25) if motion == "hero" else (0.2, 0.9)
    step = min(step, most / max(1, len(groups) - 1))
    found = []
    for number, group in enumerate(groups):
        start = lead + number * step
        if motion == "hero" and group.accent:
            found.append(Move("wipe", group.box, start, toward="left" if _backwards(groups) else "right"))
        elif motion == "grow" and not group.solid and not rise:
            # Values and labels come with what they name.
            found.append(Move("fade", group.box, lead + 0.4))
        else:
            found.append(Move("rise" if group.moves else "fade", group.box, start, margin=group.margin))
    return found


def _backwards(groups: Sequence[Group]) -> bool:
    return any(is_right_to_left(mark.text) for group in groups for mark in group.marks if isinstance(mark, Words))


def _grown(fresh: Sequence[Mark], late: set[int], start: float, unit: float) -> list[Move]:
    own = [mark for mark in fresh if id(mark) in late]
    builders: list[Callable[[Sequence[Mark], float], list[Move]]] = [moves.bars, moves.drawn, moves.swept]
    return [replace(move, margin=2 * unit) for build in builders for move in build(own, start)]
