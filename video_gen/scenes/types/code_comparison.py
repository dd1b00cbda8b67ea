"""Code before and after a change, side by side, the lines that differ marked."""

from difflib import SequenceMatcher
from functools import partial
from typing import Any

from video_gen.scenes import words
from video_gen.scenes.flow import Header, column_flow
from video_gen.scenes.highlight import highlight
from video_gen.scenes.layout import Builder, Row, Sheet, stepped
from video_gen.scenes.model import State, Style
from video_gen.scenes.theme import within
from video_gen.scenes.windows import code, window
from video_gen.scenes.wrap import Spans


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The code before, then the code after."""
    language, named = content.get("language", ""), words.of(style.language)
    before, after = (highlight(content[key], language, style.theme) for key in ("before_code", "after_code"))
    gone, new = _differences(before, after)
    builders = [
        _panel(before, gone, "−", "danger", content.get("before_label") or named["before"]),
        _panel(after, new, "+", "success", content.get("after_label") or named["after"]),
    ]
    return column_flow(style, builders, [1, 1], Header(content.get("header", "")), turns=True)


def _panel(lines: list[Spans], marked: frozenset[int], sign: str, tint: str, label: str) -> Builder:
    def build(sheet: Sheet) -> list[Row]:
        colour = getattr(within(sheet.theme, "code"), tint)
        body = partial(code, lines=lines, marked=marked, sign=sign, tint=colour)
        return stepped(window(sheet, body, label=label, tint=colour))

    return build


def _differences(before: list[Spans], after: list[Spans]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the lines that only one of the two has, blank ones left out."""
    old, late = (["".join(text for text, _ in line).rstrip() for line in lines] for lines in (before, after))
    changes = [c for c in SequenceMatcher(None, old, late, autojunk=False).get_opcodes() if c[0] != "equal"]
    gone = {n for _, start, end, _, _ in changes for n in range(start, end) if old[n]}
    new = {n for _, _, _, start, end in changes for n in range(start, end) if late[n]}
    return frozenset(gone), frozenset(new)
