"""An exercise: numbered instructions, with its difficulty and the time it takes above them."""

from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import Chip, difficulty, duration
from video_gen.scenes.flow import Header
from video_gen.scenes.grids import numbered
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 6


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header with the facts first, then a state an instruction."""
    word, title = words.of(style.language)["exercise"], content.get("title", "")

    def facts(sheet: Sheet) -> list[Chip]:
        level, time = content.get("difficulty"), content.get("estimated_time")
        return ([difficulty(sheet, level)] if level else []) + ([duration(sheet, time)] if time else [])

    header = Header(title, word) if title else Header(word)
    return numbered(style, header, content["instructions"], facts, wide_from=_WIDE_FROM)
