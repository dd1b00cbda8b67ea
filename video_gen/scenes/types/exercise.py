"""An exercise: numbered instructions, with its difficulty and the time it takes above them."""

from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import Chip, card, chips, difficulty, duration, grid, led, titled
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Builder, Row, Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 6


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header with the facts first, then a state an instruction."""
    word, title = words.of(style.language)["exercise"], content.get("title", "")

    def build(sheet: Sheet) -> list[Row]:
        cells = [_cell(text, number) for number, text in enumerate(content["instructions"], 1)]
        facts = chips(sheet, _facts(sheet, content))
        cards = grid(sheet, cells, wide=len(cells) >= _WIDE_FROM)
        return led(facts, cards, sheet)

    return flow(style, build, Header(title, word) if title else Header(word))


def _cell(text: str, number: int) -> Builder:
    return lambda sheet: card(sheet, titled(text), badge=str(number))


def _facts(sheet: Sheet, content: dict[str, Any]) -> list[Chip]:
    facts: list[Chip] = []
    if content.get("difficulty"):
        facts.append(difficulty(sheet, content["difficulty"]))
    if content.get("estimated_time"):
        facts.append(duration(sheet, content["estimated_time"]))
    return facts
