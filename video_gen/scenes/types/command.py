"""A terminal window in which commands and what they print appear one after another."""

from typing import Any

from video_gen.scenes.blocks import code, led, paragraph, window
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.fonts import clean
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.model import State, Style
from video_gen.scenes.theme import THEME
from video_gen.scenes.wrap import Spans


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header and the empty window first, then a state for each command with what belongs to it."""
    texts = [clean(text).replace("\n", " ").rstrip() for text in content["commands"]]
    starts = _starts(texts)

    def build(sheet: Sheet) -> list[Row]:
        lines = [_spans(sheet, text) for text in texts]
        rows = paragraph(sheet, content.get("description", ""), "lead", sheet.theme.muted)
        shell = window(sheet, lambda inner: code(inner, lines, starts=starts), least=0.6, early=True)
        return led(rows, shell, sheet)

    return flow(style, build, Header(content.get("header", "")))


def _spans(sheet: Sheet, text: str) -> Spans:
    theme, body = sheet.theme, text.lstrip()
    if body.startswith("$"):
        lead = len(text) - len(body) + 1
        return (text[:lead], sheet.accent), (text[lead:], theme.text)
    if body.startswith("- "):
        lead = len(text) - len(body)
        return (text[:lead] + "•", sheet.accent), (text[lead + 1 :], theme.text)
    colours = {"→": theme.muted, "✓": theme.success, "#": theme.faint}
    return ((text, colours.get(body[:1], theme.text)),)


def _starts(texts: list[str]) -> frozenset[int]:
    """Return the numbers of the lines that begin a state: a prompt, or the comment above it; else every line."""
    kinds = [text.lstrip()[:1] for text in texts]
    if "$" not in kinds:
        return frozenset(n for n, kind in enumerate(kinds) if kind)
    above = [""] + [kind for kind in kinds[:-1]]
    return frozenset(
        n for n, (kind, last) in enumerate(zip(kinds, above, strict=True)) if (kind == "$" or kind == "#") and last != "#"
    )
