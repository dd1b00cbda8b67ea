"""The poster: the still picture that stands for a video."""

from pathlib import Path
from typing import Any

from PIL import Image

from video_gen import scenes
from video_gen.files import atomic
from video_gen.scenes.model import Style

QUALITY = 90


def picture(scene_type: str, visual_content: dict[str, Any], style: Style) -> Image.Image:
    """Return the last state of a scene, by rule the first of the video. Raises InputError if it cannot be drawn."""
    return scenes.states(scene_type, visual_content, style)[-1].picture


def write(path: str | Path, picture: Image.Image) -> None:
    """Write a picture as a progressive JPEG."""
    with atomic(path) as part:
        picture.convert("RGB").save(part, "JPEG", quality=QUALITY, progressive=True, optimize=True)
