"""Where a course stands: what is done, what to ask oneself, what comes next, in three columns."""

from dataclasses import replace
from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import card, paragraph
from video_gen.scenes.flow import Header, column_flow
from video_gen.scenes.layout import Builder, Part, Row, Sheet, runs_backwards, spaced, stepped
from video_gen.scenes.marks import Panel
from video_gen.scenes.model import Colour, State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header, then a state a column; a column without entries is left out."""
    kinds = [("completed", "completed_topics"), ("review", "review_questions"), ("next", "next_topics")]
    shown = [(word, content[key]) for word, key in kinds if content.get(key)]
    title = f"{words.of(style.language)['checkpoint']} {content.get('checkpoint_number', '')}".strip()
    return column_flow(style, [_column(*entry) for entry in shown], [1] * len(shown), Header(title))


def _column(word: str, entries: list[str]) -> Builder:
    def build(sheet: Sheet) -> list[Row]:
        colour = {"completed": sheet.theme.success, "review": sheet.theme.warning, "next": sheet.accent}[word]

        def inside(inner: Sheet) -> list[Row]:
            rows = [replace(row, keep=True) for row in paragraph(inner, inner.words[word], "strong", colour)]
            for entry in entries:
                rows += spaced(_entry(inner, entry, colour), inner.airy(20))
            return rows

        return stepped(card(sheet, inside, tint=colour, split=True))

    return build


def _entry(sheet: Sheet, text: str, colour: Colour) -> list[Row]:
    size, indent = sheet.px(12), sheet.px(34)
    rows = paragraph(sheet.at(width=sheet.width - indent), text, "note")
    if not rows:
        return []
    backwards = runs_backwards(rows)
    x = sheet.width - sheet.px(2) - size if backwards else sheet.px(2)
    rows = rows if backwards else [row.moved(indent) for row in rows]
    dot = Panel(x, (rows[0].height - size) / 2, size, size, colour, size / 2, name="dot")
    return [replace(rows[0], parts=(Part((dot, *rows[0].parts[0].marks)),)), *rows[1:]]
