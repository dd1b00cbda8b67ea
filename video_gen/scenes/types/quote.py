"""A quotation with a large mark before it and who said it after it."""

from dataclasses import replace
from typing import Any

from video_gen.scenes.blocks import line, paragraph
from video_gen.scenes.flow import hero
from video_gen.scenes.fonts import typeface
from video_gen.scenes.layout import Part, Row, Sheet, runs_backwards, spaced
from video_gen.scenes.marks import Panel
from video_gen.scenes.model import State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture, or as many as a long quotation needs."""

    def build(sheet: Sheet) -> list[Row]:
        narrow = sheet.at(width=sheet.width * (1 if sheet.portrait else 0.86))
        rows = paragraph(narrow, content["quote_text"], "quote", even=True)
        backwards = runs_backwards(rows)
        rows = [_mark(narrow, backwards), *rows]
        rows += spaced(_attribution(narrow, content.get("attribution", "")), sheet.px(48))
        return [row.moved(sheet.width - narrow.width if backwards else 0) for row in rows]

    return hero(style, build, "opening")


def _mark(sheet: Sheet, backwards: bool) -> Row:
    face = typeface(sheet.theme.fonts["heading"], 800, 260 * sheet.unit * sheet.scale)
    row = line(face, (("“", sheet.accent),), 1.0, said=False)
    # The sign fills only the upper part of its line: the text begins close under it.
    above, _ = face.ink("“")
    words = row.parts[0].marks[0]
    x = sheet.width - face.length("“") if backwards else -face.size * 0.02
    part = Part((replace(words, x=x, y=above),))
    return Row(face.size * 0.46, (part,), keep=True)


def _attribution(sheet: Sheet, name: str) -> list[Row]:
    dash, thick = sheet.px(56), max(1.0, sheet.px(5))
    rows = paragraph(sheet.at(width=sheet.width - dash * 1.4), name, "lead", sheet.theme.muted)
    if not rows:
        return []
    backwards = runs_backwards(rows)
    x = sheet.width - dash if backwards else 0.0
    bar = Panel(x, (rows[0].height - thick) / 2, dash, thick, sheet.accent, thick / 2, name="accent")
    moved = rows if backwards else [row.moved(dash * 1.4) for row in rows]
    return [replace(moved[0], parts=(Part((bar, *moved[0].parts[0].marks)),)), *moved[1:]]
