"""The first picture of a video: a large title, with a subtitle under it."""

from typing import Any

from video_gen.scenes.blocks import accent_bar, paragraph, runs_backwards
from video_gen.scenes.flow import Header, flow, hero
from video_gen.scenes.layout import Row, Sheet, spaced
from video_gen.scenes.model import State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture; a text too long for it stands under the title as a headline, on several."""
    title, subtitle = content["title"], content.get("subtitle", "")

    def build(sheet: Sheet) -> list[Row]:
        narrow = sheet.at(width=sheet.width * (1 if sheet.portrait else 0.8))
        rows = paragraph(narrow, title, "display", even=True)
        rows = accent_bar(narrow, backwards=runs_backwards(rows)) + spaced(rows, sheet.px(44))
        return rows + spaced(paragraph(narrow, subtitle, "lead", sheet.theme.muted), sheet.px(36))

    found = hero(style, build, "opening")
    return found if len(found) == 1 else flow(style, lambda sheet: paragraph(sheet, subtitle, "lead"), Header(title))
