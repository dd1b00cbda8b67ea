"""The last picture of a video: a strong line in the middle, with a quieter one under it."""

from typing import Any

from video_gen.scenes.blocks import accent_bar, paragraph
from video_gen.scenes.flow import Header, flow, hero
from video_gen.scenes.layout import Row, Sheet, spaced
from video_gen.scenes.model import State, Style


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture; a text too long for it stands under the main text as a headline, on several."""
    main, sub = content["main_text"], content.get("sub_text", "")

    def build(sheet: Sheet) -> list[Row]:
        rows = paragraph(sheet, main, "display", even=True, centre=True)
        rows += spaced(accent_bar(sheet, centre=True), sheet.px(44))
        return rows + spaced(paragraph(sheet, sub, "lead", sheet.theme.muted, even=True, centre=True), sheet.px(44))

    found = hero(style, build, "closing")
    return found if len(found) == 1 else flow(style, lambda sheet: paragraph(sheet, sub, "lead"), Header(main))
