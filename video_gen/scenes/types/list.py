"""A header and items, each on a card of its own; the cards appear one after another."""

from functools import partial
from typing import Any

from video_gen.scenes.blocks import card, led, paragraph, titled
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.grids import grid, standing
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM, _EXPLAINED_WIDE_FROM = 5, 4
_STANDING = (2, 3)
_TALLEST = 0.3  # of the picture's height


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header first, then a state an item."""
    items = [_parts(item) for item in content["items"]]
    return flow(style, partial(_rows, content.get("description", ""), items), Header(content.get("header", "")))


def _parts(item: str | dict[str, str]) -> tuple[str, str]:
    return (item, "") if isinstance(item, str) else (item["title"], item.get("description", ""))


def _rows(description: str, items: list[tuple[str, str]], sheet: Sheet) -> list[Row]:
    lead = paragraph(sheet, description, "lead", sheet.theme.muted, even=sheet.tall)
    return led(lead, _cards(sheet, items), sheet)


def _cards(sheet: Sheet, items: list[tuple[str, str]]) -> list[Row]:
    explained = [bool(text.strip()) for _, text in items]
    side_by_side = all(explained) and len(items) in _STANDING and not sheet.portrait
    if side_by_side and (rows := standing(sheet, items)):
        return rows
    cells = [partial(_cell, item, number, any(explained)) for number, item in enumerate(items, 1)]
    wide = len(items) >= (_EXPLAINED_WIDE_FROM if all(explained) else _WIDE_FROM)
    return grid(sheet, cells, wide=wide, tallest=_TALLEST if all(explained) else 0.2)


def _cell(item: tuple[str, str], number: int, strong: bool, sheet: Sheet) -> list[Row]:
    return card(sheet, titled(*item, strong=strong), badge=str(number), centred=not strong)
