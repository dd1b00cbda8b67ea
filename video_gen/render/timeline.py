"""When each still state of a scene is shown, and where the short motions between them lie."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from video_gen.scenes.model import State

MIN_SHOWN = 0.5  # seconds of each state
COMPLETE_SHOWN = 1.0  # seconds of the last one


@dataclass(frozen=True)
class Span:
    """A state's share of a scene: `motion` frames in which it comes in, then `hold` frames in which it stands still."""

    state: int
    motion: int
    hold: int


def spans(
    states: Sequence[State], words: Sequence[Mapping[str, Any]], frames: int, fps: int, transition: float, enters: bool
) -> list[Span]:
    """Return one span a state; their motions and holds add up to `frames`.

    words: the scene's spoken words with seconds from its start. transition: seconds that one element takes to come
    in, which the state takes `takes` times, but never more than half of its share. enters: whether the first state comes in
    from the scene before it. A state appears when the narration reaches its cue; states that no word names
    are spread by weight over the time between their neighbours. Each is shown for MIN_SHOWN and
    the last for COMPLETE_SHOWN seconds at least, or for equal parts of a scene too short for that.
    """
    begins = _legible(_spread(_named(states, words, fps), _weights(states), frames), frames, fps)
    ends = [*begins[1:], frames]
    result = []
    for index, (state, begin, end) in enumerate(zip(states, begins, ends, strict=True)):
        moves = state.motion != "cut" and (index > 0 or enters)
        motion = min(round(transition * fps * state.takes), (end - begin) // 2) if moves else 0
        result.append(Span(index, motion, end - begin - motion))
    return result


def crowded(states: Sequence[State], frames: int, fps: int) -> str:
    """Return a warning if the scene is too short for its states to be read, else ""."""
    needed = COMPLETE_SHOWN + MIN_SHOWN * (len(states) - 1)
    if len(states) == 1 or frames / fps >= needed - 1e-6:
        return ""
    return (
        f"shows {len(states)} pictures in {frames / fps:.1f} s, too short to read them. "
        f"Say more, show less, or set min_duration to {needed:.0f} or more."
    )


def _legible(begins: list[int], frames: int, fps: int) -> list[int]:
    """Move states so that each is shown for a while and the complete picture, the last, for longer."""
    tail = min(round(COMPLETE_SHOWN * fps), frames // 3)
    gap = min(round(MIN_SHOWN * fps), (frames - tail) // max(1, len(begins) - 1))
    result = begins[:1]
    for left, begin in zip(range(len(begins) - 2, -1, -1), begins[1:], strict=True):
        result.append(max(min(begin, frames - tail - left * gap), result[-1] + gap))
    return result


def _weights(states: Sequence[State]) -> list[float]:
    """Return the states' weights, without extremes: a long text must not take the time of all the others."""
    mean = sum(state.weight for state in states) / len(states) or 1.0
    return [min(max(state.weight, mean / 2), mean * 2) for state in states]


def _named(states: Sequence[State], words: Sequence[Mapping[str, Any]], fps: int) -> list[int | None]:
    """Return the frame at which the narration reaches each state's cue, in growing order; None where it never does."""
    spoken = [_plain(word["text"]) for word in words]
    found: list[int | None] = [0]
    position = 0
    for state in states[1:]:
        places = [_find([_plain(word) for word in text.split()], spoken, position) for text in (state.cue, state.other)]
        at = min((place for place in places if place is not None), default=None)
        found.append(None if at is None else round(words[at]["start"] * fps))
        position = position if at is None else at + 1
    return found


def _find(cue: list[str], spoken: list[str], position: int) -> int | None:
    """Return where the first words of a cue are spoken at or after `position`: the place with the most of its first three."""
    cue = [word for word in cue if word][:3]
    best, most = None, 0
    for at in range(position, len(spoken)):
        if not cue or spoken[at] != cue[0]:
            continue
        same = sum(1 for word, heard in zip(cue, spoken[at:], strict=False) if word == heard)
        if same > most:
            best, most = at, same
    return best if most == len(cue) or most >= 2 or (best is not None and len(cue[0]) > 3) else None


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


def _spread(named: list[int | None], weights: list[float], frames: int) -> list[int]:
    """Fill in the frames that are None, between their known neighbours, by the weights of the states before them."""
    known = [(index, frame) for index, frame in enumerate(named) if frame is not None] + [(len(named), frames)]
    result = []
    for (first, begin), (after, end) in pairwise(known):
        share = weights[first:after]
        passed, total = 0.0, sum(share) or 1.0
        for weight in share:
            result.append(begin + round((end - begin) * passed / total))
            passed += weight
    return result
