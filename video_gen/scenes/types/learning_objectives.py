"""What a lesson teaches: numbered objectives, with its duration, difficulty and prerequisites above them."""

from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import Chip, card, chips, difficulty, duration, grid, led, titled
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Builder, Row, Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 4


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header with the facts first, then a state an objective."""
    word, title = words.of(style.language)["objectives"], content.get("lesson_title", "")

    def build(sheet: Sheet) -> list[Row]:
        cells = [_cell(text, number) for number, text in enumerate(content["objectives"], 1)]
        facts = chips(sheet, _facts(sheet, content.get("lesson_info", {})))
        cards = grid(sheet, cells, wide=len(cells) >= _WIDE_FROM)
        return led(facts, cards, sheet)

    return flow(style, build, Header(title, word) if title else Header(word))


def _cell(text: str, number: int) -> Builder:
    return lambda sheet: card(sheet, titled(text), badge=str(number))


def _facts(sheet: Sheet, info: dict[str, Any]) -> list[Chip]:
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
