"""A problem to be solved: its number, title and text, with its difficulty by word and colour."""

from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import card, chips, difficulty, led, paragraph
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.model import State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture, or as many as a long text needs."""
    word = f"{words.of(style.language)['problem']} {content.get('problem_number', '')}".strip()
    title = content.get("title", "")

    def build(sheet: Sheet) -> list[Row]:
        level = content.get("difficulty")
        rows = chips(sheet, [difficulty(sheet, level)]) if level else []
        tint = difficulty(sheet, level).colour if level else None
        text = card(sheet, lambda inner: paragraph(inner, content["problem_text"], "body"), tint=tint, split=True)
        return led(rows, text, sheet)

    return flow(style, build, Header(title, word) if title else Header(word))
