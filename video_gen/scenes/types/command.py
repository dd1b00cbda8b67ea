"""A terminal window in which commands and what they print appear one after another."""

from dataclasses import replace
from functools import partial
from typing import Any

from video_gen.scenes.blocks import led, paragraph
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.marks import Mark, Words
from video_gen.scenes.model import State, Style
from video_gen.scenes.scripts import clean
from video_gen.scenes.windows import code, window
from video_gen.scenes.wrap import Spans


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header and the empty window first, then a state for each command with what belongs to it, and for the result."""
    texts = [line.rstrip() for text in content["commands"] for line in clean(text).rstrip("\n").split("\n")]

    def build(sheet: Sheet) -> list[Row]:
        rows = paragraph(sheet, content.get("description", ""), "lead", sheet.theme.muted, even=sheet.tall)
        return led(rows, window(sheet, partial(_lines, texts=texts), early=True, panel="terminal"), sheet)

    return [
        replace(state, other=_command(state.cue)) for state in flow(style, build, Header(content.get("header", "")))
    ]


def _command(cue: str) -> str:
    """Return the command in what a state shows, as it is named: it may be said before the comment above it. "" without one."""
    program, _, rest = f" {cue}".partition(" $ ")[2].partition(" ")
    return f"{program.rsplit('/', 1)[-1]} {rest}".strip()


def _lines(sheet: Sheet, texts: list[str]) -> list[Row]:
    starts = _starts(texts)
    rows: list[Row] = []
    for number, text in enumerate(texts):
        own = code(sheet, [_spans(sheet, text)], starts=frozenset({0} if number in starts else ()))
        rows += [_typed(row) for row in own] if text.lstrip().startswith("$") else own
    return rows


def _typed(row: Row) -> Row:
    return replace(row, parts=tuple(replace(part, marks=tuple(map(_keyed, part.marks))) for part in row.parts))


def _keyed(mark: Mark) -> Mark:
    return replace(mark, typed=True) if isinstance(mark, Words) else mark


def _spans(sheet: Sheet, text: str) -> Spans:
    theme, body = sheet.theme, text.lstrip()
    lead = text[: len(text) - len(body)]
    if body.startswith("$"):
        return (lead + "$", sheet.accent), (body[1:], theme.text)
    if body.startswith("- "):
        return (lead + "•", sheet.accent), (body[1:], theme.text)
    colours = {"→": theme.muted, "✓": theme.success, "#": theme.faint}
    return ((text, colours.get(body[:1], theme.text)),)


def _starts(texts: list[str]) -> frozenset[int]:
    """Return the numbers of the lines that begin a state: a prompt, or the comment above it, and what comes of it all at the end
    (it is said last); else every line.
    """
    kinds = [text.lstrip()[:1] for text in texts]
    if "$" not in kinds:
        return frozenset(n for n, kind in enumerate(kinds) if kind)
    above, last = ["", *kinds[:-1]], len(kinds) - 1 - kinds[::-1].index("$")
    starts = (n for n, kind in enumerate(kinds) if kind in ("$", "#") and above[n] != "#")
    ends = (n for n, kind in enumerate(kinds) if n > last and kind == "✓")
    return frozenset((*starts, *ends))
