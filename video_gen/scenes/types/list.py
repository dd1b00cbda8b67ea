"""A header and items, each on a card of its own; the cards appear one after another."""

from typing import Any

from video_gen.scenes.blocks import card, grid, led, paragraph, titled
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Builder, Row, Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 5


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header first, then a state an item."""
    items = content["items"]

    def build(sheet: Sheet) -> list[Row]:
        strong = any(isinstance(item, dict) and item.get("description") for item in items)
        cells = [_cell(item, number, strong) for number, item in enumerate(items, 1)]
        rows = paragraph(sheet, content.get("description", ""), "lead", sheet.theme.muted, even=sheet.tall)
        cards = grid(sheet, cells, wide=len(cells) >= _WIDE_FROM)
        return led(rows, cards, sheet)

    return flow(style, build, Header(content.get("header", "")))


def _cell(item: str | dict[str, str], number: int, strong: bool) -> Builder:
    title, description = (item, "") if isinstance(item, str) else (item["title"], item.get("description", ""))
    return lambda sheet: card(sheet, titled(title, description, strong=strong), badge=str(number))
