"""A solution: highlighted code, with its explanation beside it."""

from functools import partial
from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import card, paragraph, remark_role
from video_gen.scenes.flow import Header, column_flow
from video_gen.scenes.highlight import highlight
from video_gen.scenes.layout import Builder, Row, Sheet, stepped
from video_gen.scenes.model import State, Style
from video_gen.scenes.windows import code, window
from video_gen.scenes.wrap import Spans


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The code, a state for each stretch between blank lines, then the explanation."""
    given, language = content["solution_code"], content.get("language", "")
    lines = highlight(given if isinstance(given, str) else "\n".join(given), language, style.theme)
    text = content.get("explanation", "").strip()
    word, title = words.of(style.language)["solution"], content.get("title", "")

    def explanation(sheet: Sheet) -> list[Row]:
        return stepped(card(sheet, lambda inner: paragraph(inner, text, remark_role(sheet)), split=True, hugs=True))

    panel: Builder = partial(_panel, lines=lines, label=language)
    builders, shares = ([panel, explanation], [1.9, 1.0]) if text else ([panel], [1.0])
    return column_flow(style, builders, shares, Header(title or word), turns=True)


def _panel(sheet: Sheet, lines: list[Spans], label: str) -> list[Row]:
    blank = [not "".join(text for text, _ in line).strip() for line in lines]
    starts = frozenset(n for n in range(1, len(lines)) if blank[n - 1] and not blank[n])
    return window(sheet, partial(code, lines=lines, starts=starts), label=label)
