"""A solution: highlighted code, with its explanation beside it."""

from typing import Any

from video_gen.scenes.blocks import card, code, paragraph, window
from video_gen.scenes.flow import Header, column_flow
from video_gen.scenes.highlight import highlight
from video_gen.scenes.layout import Row, Sheet, stepped
from video_gen.scenes.model import State, Style
from video_gen.scenes.theme import THEME


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The code, a state for each stretch between blank lines, then the explanation."""
    given, language = content["solution_code"], content.get("language", "")
    lines = highlight(given if isinstance(given, str) else "\n".join(given), language, THEME)
    starts = frozenset(n for n in range(1, len(lines)) if lines[n][0][0].strip() and not lines[n - 1][0][0].strip())
    word, title = THEME.words["solution"], content.get("title", "")

    def panel(sheet: Sheet) -> list[Row]:
        return window(sheet, lambda inner: code(inner, lines, starts=starts), label=language, least=0.6)

    def explanation(sheet: Sheet) -> list[Row]:
        return stepped(card(sheet, lambda inner: paragraph(inner, content["explanation"], "lead"), split=True, grows=False))

    builders, shares = ([panel, explanation], [1.7, 1.0]) if content.get("explanation", "").strip() else ([panel], [1.0])
    return column_flow(style, builders, shares, Header(title, word) if title else Header(word))
