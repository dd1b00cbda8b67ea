"""A question with lettered options; the right one is shown last."""

from dataclasses import replace
from functools import partial
from string import ascii_uppercase
from typing import Any

from video_gen.errors import InputError
from video_gen.scenes import words
from video_gen.scenes.blocks import card, paragraph
from video_gen.scenes.colours import mix
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.grids import grid
from video_gen.scenes.layout import Builder, Row, Sheet
from video_gen.scenes.model import State, Style

_WIDE_FROM = 4


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The question, then a state an option; with `show_answer` (the default) the right option is lit up at the end.

    Raises InputError if the correct answer is none of the options.
    """
    options = [option.strip() for option in content["options"]]
    answer = content["correct_answer"].strip()
    if answer not in options:
        raise InputError(f"quiz: correct_answer {answer!r} is none of the options. Write it as one of {options}.")
    header = Header(content["question"], words.of(style.language)["quiz"])
    states = flow(style, partial(_options, options=options, answer=None), header)
    if not content.get("show_answer", True):
        return states
    lit = flow(style, partial(_options, options=options, answer=answer), header, still=True)
    shown = [state for state in lit if any(box.name == "card:answer" for box in state.boxes)]
    return states + [replace(state, cue=answer, weight=float(len(answer))) for state in shown]


def _options(sheet: Sheet, options: list[str], answer: str | None) -> list[Row]:
    cells = [_cell(letter, text, answer) for letter, text in zip(ascii_uppercase, options, strict=False)]
    return grid(sheet, cells, wide=len(cells) >= _WIDE_FROM)


def _cell(letter: str, text: str, answer: str | None) -> Builder:
    def build(sheet: Sheet) -> list[Row]:
        theme = sheet.theme
        right, wrong = text == answer, answer is not None and text != answer
        return card(
            sheet,
            lambda inner: paragraph(inner, text, "body", theme.faint if wrong else theme.text),
            badge=letter,
            tint=theme.success if right else None,
            fill=mix(theme.surface, theme.success, 0.18) if right else None,
            badge_tint=theme.edge if wrong else None,
            name="answer" if right else "option",
        )

    return build
