"""The storyboard of a video before anything is spoken: every picture with its estimated time and the words said with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import ceil, sqrt
from typing import Any

from PIL import Image

from video_gen import scenes as drawing
from video_gen.render import timing
from video_gen.render.timeline import crowded, spans
from video_gen.scenes.model import Style
from video_gen.script.narration import estimated_duration
from video_gen.speech import spell
from video_gen.speech.timing import spread, weight

# Pictures are kept as small JPEGs: a video may have over a thousand of them.
_AREA, _AREA_OF_MANY, _MANY, _QUALITY = 640 * 360, 400 * 225, 40, 86


@dataclass(frozen=True)
class Shot:
    """One still picture. start: seconds from the start of the video. words: what is said while it is shown."""

    jpeg: bytes
    start: float
    words: str


@dataclass(frozen=True)
class Board:
    """One scene. start, end: seconds from the start of the video. warnings: what a person should look at."""

    scene_id: str
    scene_type: str
    start: float
    end: float
    narration: str
    warnings: Sequence[str]
    shots: Sequence[Shot]


def storyboard(
    scenes: Sequence[Mapping[str, Any]], *, language: str, style: Style, fps: int, padding: float
) -> list[Board]:
    """Return the boards of a script's scenes; times as they would be at 135 words a minute.

    scenes: {scene_id, scene_type, visual_content, narration, min_duration, max_duration}. padding: seconds of silence
    after a narration. Raises InputError if a scene cannot be drawn.
    """
    boards: list[Board] = []
    size = _size(style, _AREA_OF_MANY if len(scenes) > _MANY else _AREA)
    start = 0
    for scene in scenes:
        spoken = estimated_duration(scene["narration"])
        frames = timing.scene_frames(spoken, scene["min_duration"], padding=padding, fps=fps)
        words = _words(scene["narration"], language, spoken)
        states = drawing.states(scene["scene_type"], scene["visual_content"], style)
        timeline = spans(states, words, frames, fps, transition=0, enters=bool(boards))
        lengths = [span.motion + span.hold for span in timeline]
        begins = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
        said = [_said(words, begin / fps, end / fps) for begin, end in pairwise([*begins[:-1], frames + fps])]
        shots = [
            Shot(_jpeg(state.picture, size), (start + begin) / fps, text)
            for state, begin, text in zip(states, begins, said, strict=False)
        ]
        warnings = _warnings(scene, spoken, crowded(states, frames, fps), bool(words))
        named = (scene["scene_id"], scene["scene_type"])
        boards.append(Board(*named, start / fps, (start + frames) / fps, scene["narration"], warnings, shots))
        start += frames
    return boards


def _size(style: Style, area: int) -> tuple[int, int]:
    width = min(style.width, round(sqrt(area * style.width / style.height)))
    return width, max(1, round(width * style.height / style.width))


def _jpeg(picture: Image.Image, size: tuple[int, int]) -> bytes:
    data = BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2).save(data, "JPEG", quality=_QUALITY)
    return data.getvalue()


def _words(narration: str, language: str, length: float) -> list[dict[str, Any]]:
    """Return the words of a narration with times, spread over `length` seconds by their letters."""
    pieces = spell.pieces(narration, language)
    if not any(piece.spoken for piece in pieces):
        return []
    pieces = spell.speakable(pieces)
    times = spread(0.0, length, [weight(piece) for piece in pieces])
    return [{"text": piece.text, "start": start, "end": end} for piece, (start, end) in zip(pieces, times, strict=True)]


def _said(words: Sequence[Mapping[str, Any]], begin: float, end: float) -> str:
    # A cue's frame is rounded: a word counts from half a frame before it.
    return " ".join(word["text"] for word in words if begin - 0.02 <= word["start"] < end - 0.02)


def _warnings(scene: Mapping[str, Any], spoken: float, crowd: str, speaks: bool) -> list[str]:
    found = []
    if not speaks and scene["narration"]:
        found.append("Its narration has no words.")
    if spoken > scene["max_duration"]:
        found.append(
            f"Its narration takes about {ceil(spoken)} s, longer than its max_duration of {scene['max_duration']:g} s. "
            "It is spoken in full; shorten it or raise max_duration."
        )
    if crowd:
        found.append(f"It {crowd}")
    return found
