"""One scene's picture over time: its states drawn, timed by the spoken words, and encoded to a clip."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from video_gen import scenes
from video_gen.errors import StageError
from video_gen.render import encode
from video_gen.render.overlay import Layer, over
from video_gen.render.timeline import Span, crowded, spans
from video_gen.scenes.model import State, Style


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
    layers: Sequence[Layer] = (),
) -> list[str]:
    """Write the clip of a scene, exactly `frames` long; return warnings.

    scene, before: {scene_type, visual_content} of the scene and of the one that it comes in from (None for the first).
    words: the scene's words with seconds from its start. transition: seconds of a motion. layers: what lies over all pictures.
    """
    states = scenes.states(scene["scene_type"], scene["visual_content"], style)
    last = scenes.states(before["scene_type"], before["visual_content"], style)[-1] if before and transition else None
    timeline = spans(states, words, frames, fps, transition, enters=last is not None)
    of = encode.VideoFormat(style.width, style.height, fps, preset, crf, stillness)
    notes = [note for note in [crowded(states, frames, fps)] if note]
    try:
        encode.write_clip(path, over(_frames(states, last, timeline), layers), of)
    except StageError as error:
        if stillness == "plain":
            raise
        notes.append(f"{error} It is made again with every frame encoded.")
        encode.write_clip(path, over(_frames(states, last, timeline), layers), replace(of, stillness="plain"))
    return notes


def _frames(
    states: Sequence[State], last: State | None, timeline: Sequence[Span]
) -> Iterator[tuple[list[np.ndarray], int]]:
    below = encode.to_yuv(last.picture) if last else None
    for span in timeline:
        above = encode.to_yuv(states[span.state].picture)
        if below is not None:
            for step in range(1, span.motion + 1):
                yield encode.mix(below, above, encode.ease(step / (span.motion + 1))), 1
        yield above, span.hold if below is not None else span.hold + span.motion
        below = above
