"""Where a course stands: what is done, what to ask oneself, what comes next, in three columns."""

from dataclasses import replace
from functools import partial
from typing import Any

from video_gen.scenes import words
from video_gen.scenes.blocks import card, paragraph
from video_gen.scenes.flow import Header, column_flow
from video_gen.scenes.layout import Builder, Part, Row, Sheet, beside, height, runs_backwards, spaced, stepped
from video_gen.scenes.marks import Panel
from video_gen.scenes.model import Colour, State, Style
from video_gen.scenes.scripts import clean

_WORDS = {"completed": "completed_topics", "review": "review_questions", "next": "next_topics"}
_LOWEST = 0.18  # of the picture's height: the highest card whose word stands beside its entries


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The header, then a state a column; a column without entries is left out."""
    shown = [(word, content[key]) for word, key in _WORDS.items() if content.get(key)]
    title = f"{words.of(style.language)['checkpoint']} {content.get('checkpoint_number', '')}".strip()
    return column_flow(style, [_column(*entry) for entry in shown], [1] * len(shown), Header(title))


def _column(word: str, entries: list[str]) -> Builder:
    def build(sheet: Sheet) -> list[Row]:
        colour = {"completed": sheet.theme.success, "review": sheet.theme.warning, "next": sheet.accent}[word]
        inside = partial(_inside, word=word, entries=entries, colour=colour)
        abreast = partial(_abreast, word=word, entries=entries, colour=colour)
        if sheet.portrait and not sheet.tall and height(abreast(sheet)) < sheet.style.height * _LOWEST:
            inside = abreast
        return stepped(card(sheet, inside, tint=colour, split=True))

    return build


def _inside(sheet: Sheet, word: str, entries: list[str], colour: Colour) -> list[Row]:
    rows = [replace(row, keep=True) for row in paragraph(sheet, sheet.words[word], "strong", colour)]
    for entry in entries:
        rows += spaced(_entry(sheet, entry, colour), sheet.airy(20))
    return rows


def _abreast(sheet: Sheet, word: str, entries: list[str], colour: Colour) -> list[Row]:
    """Return the word with the entries beside it, for square pictures, where the columns stand one below the other."""
    face = sheet.face("strong")
    label = max(face.length(clean(sheet.words[each])) for each in _WORDS) + 1
    left = label + sheet.px(sheet.theme.gap * 2)
    heads = paragraph(sheet.at(width=label), sheet.words[word], "strong", colour)
    narrow = sheet.at(width=max(label, sheet.width - left))
    rows = [row for entry in entries for row in spaced(_entry(narrow, entry, colour), sheet.airy(14))]
    if not rows:
        return heads
    # The first entry stands in the middle of the word's line.
    rows = [Row((heads[0].height - rows[0].height) / 2, ()), *spaced(rows, 0)]
    return [beside([heads, rows], [sheet.width - label, 0.0] if runs_backwards(heads) else [0.0, left])]


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
