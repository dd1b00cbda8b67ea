"""A style from plain values, as rules pass them."""

from collections.abc import Mapping
from typing import Any

from video_gen.scenes import colours, theme
from video_gen.scenes.model import Style


def style(settings: Mapping[str, Any], bottom: float = 0.0) -> Style:
    """Return the style of {width, height, accent_color, language, theme}; theme: what `theme.read` gave. bottom: see `Style`."""
    return Style(
        settings["width"],
        settings["height"],
        colours.parse(settings["accent_color"]),
        bottom,
        theme.from_dict(settings["theme"]),
        settings["language"],
    )
