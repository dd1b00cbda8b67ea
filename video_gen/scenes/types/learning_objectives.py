"""What a lesson teaches: numbered objectives, with its duration, difficulty and prerequisites above them."""

from functools import partial
from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import Chip, difficulty, duration
from video_gen.scenes.flow import Header
from video_gen.scenes.grids import numbered
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 4


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header with the facts first, then a state an objective."""
    word, title = words.of(style.language)["objectives"], content.get("lesson_title", "")
    header = Header(title, word) if title else Header(word)
    facts = partial(_facts, content.get("lesson_info", {}))
    return numbered(style, header, content["objectives"], facts, wide_from=_WIDE_FROM)


def _facts(info: dict[str, Any], sheet: Sheet) -> list[Chip]:
    facts: list[Chip] = []
    if info.get("duration"):
        facts.append(duration(sheet, info["duration"]))
    if info.get("difficulty"):
        facts.append(difficulty(sheet, info["difficulty"]))
    needed = info.get("prerequisites", [])
    needed = [needed] if isinstance(needed, str) else needed
    if any(needed):
        facts.append(Chip(f"{sheet.words['prerequisites']}:", bare=True))
    return facts + [Chip(text) for text in needed if text]
