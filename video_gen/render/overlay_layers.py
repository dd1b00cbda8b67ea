"""Which layers lie over the clip of a scene."""

from collections.abc import Mapping, Sequence
from typing import Any

from video_gen.render.overlay import Layer
from video_gen.render.overlay_captions import MODES, Captions
from video_gen.render.overlay_progress import ProgressBar
from video_gen.scenes.model import Style

# Seconds between two changes of the bar. Over captions it also moves with each word, since the picture is coded anew then.
_STEP, _STEP_BESIDE_WORDS = 0.5, 1.0


def layers(
    words: Sequence[Mapping[str, Any]],
    frames: int,
    *,
    style: Style,
    fps: int,
    captions: str = "none",
    language: str = "",
    scene: int = 0,
    scenes: int = 0,
) -> list[Layer]:
    """Return the layers of a scene's clip, the lowest first.

    words: the scene's words with seconds from its start. frames: its length. captions: `none`, `line` or `two_lines`.
    scene, scenes: its number from 0 and how many there are, for the progress bar; 0 scenes: no bar.
    """
    found: list[Layer] = []
    if captions in MODES:
        found.append(Captions(words, frames, style=style, fps=fps, mode=captions, language=language))
    if scenes:
        step = _STEP_BESIDE_WORDS if found else _STEP
        found.append(ProgressBar(style, scene, scenes, frames, step=max(1, round(step * fps))))
    return found
