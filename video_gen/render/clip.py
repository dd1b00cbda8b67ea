"""One scene's picture over time: its states drawn, timed by the spoken words, and encoded to a clip."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from video_gen import scenes
from video_gen.errors import StageError
from video_gen.render import encode
from video_gen.render.coding import Item, length
from video_gen.render.motion import frames as frames_of_motion
from video_gen.render.motion_plan import LEAVING, plan
from video_gen.render.overlay import Layer, Planes, over
from video_gen.render.timeline import Span, crowded, spans
from video_gen.scenes.model import Motion, State, Style

Counted = tuple[Item, int]


def render(
    path: str | Path,
    scene: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    words: Sequence[Mapping[str, Any]],
    frames: int,
    *,
    style: Style,
    fps: int,
    transition: float,
    preset: str,
    crf: int,
    stillness: str = "hold",
    engine: str = "x264",
    motion: Motion = "full",
    layers: Sequence[Layer] = (),
    counted: Callable[[Iterator[Counted]], Iterator[Counted]] = iter,
) -> list[str]:
    """Write the clip of a scene, exactly `frames` long; return warnings.

    scene, before: {scene_type, visual_content} of the scene and of the one that it comes in from (None for the first).
    words: the scene's words with seconds from its start. transition: seconds that one element takes to come in. motion: "full",
    "fade" for cross-fades alone, "none" for cuts. layers: what lies over all pictures. preset, crf, stillness, engine: see
    `encode.VideoFormat`. counted: sees what is encoded, with its number of frames, pass through it.
    """
    motion = motion if transition > 0 else "none"
    style = replace(style, motion=motion)
    states = scenes.states(scene["scene_type"], scene["visual_content"], style)
    moves = motion != "none"
    left = _left(before, states[0], style, motion) if moves else None
    states = _moved(states, left, motion)
    timeline = spans(states, words, frames, fps, transition if moves else 0, enters=left is not None)
    of = encode.VideoFormat(style.width, style.height, fps, preset, crf, stillness, engine)
    notes = [note for note in [crowded(states, frames, fps)] if note]

    def items() -> Iterator[Item]:
        made = over(_frames(states, left, timeline, fps), layers)
        return (item for item, _ in counted((item, length(item)) for item in made))

    try:
        encode.write_clip(path, items(), of)
    except StageError as error:
        if stillness == "plain" or engine != "x264":
            raise
        notes.append(f"{error} It is made again with every frame encoded.")
        encode.write_clip(path, items(), encode.careful(of))
    return notes


def _left(before: Mapping[str, Any] | None, first: State, style: Style, motion: Motion) -> State | None:
    """Return what a scene comes in from: the scene before it as it is left, or the bare backdrop of a video's first."""
    if before:
        last = scenes.states(before["scene_type"], before["visual_content"], style)[-1]
        if last.after is None:
            return last
        bare = last.after is last.backdrop
        return replace(last, picture=last.after, marks=() if bare else last.marks)
    if first.backdrop is None or motion == "fade":
        return None
    return State(first.backdrop, backdrop=first.backdrop)


def _moved(states: Sequence[State], left: State | None, motion: Motion) -> list[State]:
    """Return the states with the kind and the length of their motion."""
    if motion != "full":
        return [replace(state, motion="fade") if state.motion != "cut" else state for state in states]
    before = [left or states[0], *states[:-1]]
    lengths = [plan(*pair).length for pair in zip(before, states, strict=True)]
    return [replace(state, takes=length) for state, length in zip(states, lengths, strict=True)]


def _frames(states: Sequence[State], left: State | None, timeline: Sequence[Span], fps: int) -> Iterator[Item]:
    before, below = left, encode.to_yuv(left.picture) if left else None
    for span in timeline:
        state = states[span.state]
        above = encode.to_yuv(state.picture)
        if before and below and span.motion and span.hold and not state.film and plan(before, state).fades:
            shares = [encode.ease(step / (span.motion + 1)) for step in range(1, span.motion + 1)]
            yield encode.Fade(below, above, shares, span.hold)
        elif state.film and state.motion == "fade":
            yield from ((planes, 1) for planes in _fading(below, state, span, fps))
        else:
            hold = span.hold
            if before and below:
                yield from ((planes, 1) for planes in frames_of_motion(before, state, below, above, span.motion))
            else:
                hold += span.motion
            if state.film:
                yield from ((encode.to_yuv(picture), 1) for picture in state.film.frames(hold, fps))
            else:
                yield above, hold
        before, below = state, above


def _fading(below: Planes | None, state: State, span: Span, fps: int) -> Iterator[Planes]:
    """Yield a film that runs from the first frame on, while it comes in: one that waited would be late against its sound."""
    assert state.film
    ground = encode.to_yuv(state.backdrop) if below and state.backdrop else None
    for number, picture in enumerate(state.film.frames(span.motion + span.hold, fps), 1):
        planes, passed = encode.to_yuv(picture), number / (span.motion + 1)
        if below and passed < 1:
            planes = _through(below, ground, planes, passed)
        yield planes


def _through(below: Planes, ground: Planes | None, above: Planes, passed: float) -> Planes:
    """Return a frame between two pictures, the backdrop between them so that their texts never show at once."""
    if ground is None:
        return encode.mix(below, above, encode.ease(passed))
    if passed < LEAVING:
        return encode.mix(below, ground, encode.ease(passed / LEAVING))
    return encode.mix(ground, above, encode.ease((passed - LEAVING) / (1 - LEAVING)))
