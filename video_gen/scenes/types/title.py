"""The first picture of a video: a large title, with a subtitle under it."""

from typing import Any

from video_gen.scenes.blocks import accent_bar, paragraph
from video_gen.scenes.flow import Header, flow, hero
from video_gen.scenes.layout import Row, Sheet, runs_backwards, spaced
from video_gen.scenes.model import State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture; a text too long for it stands under the title as a headline, on several."""
    title, subtitle = content["title"], content.get("subtitle", "")

    def build(sheet: Sheet) -> list[Row]:
        narrow = sheet.at(width=sheet.width * (1 if sheet.portrait else 0.8))
        rows = paragraph(narrow, title, "display", even=True)
        backwards = runs_backwards(rows)
        rows = accent_bar(narrow, backwards=backwards) + spaced(rows, sheet.px(44))
        rows += spaced(paragraph(narrow, subtitle, "lead", sheet.theme.muted, even=True), sheet.px(36))
        return [row.moved(sheet.width - narrow.width if backwards else 0) for row in rows]

    found = hero(style, build, "opening")
    return found if len(found) == 1 else flow(style, lambda sheet: paragraph(sheet, subtitle, "lead"), Header(title))
