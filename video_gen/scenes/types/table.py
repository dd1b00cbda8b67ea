"""A table: its head, then its rows one after another; a long one goes on on further pictures under the same head."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from video_gen.errors import InputError
from video_gen.scenes.blocks import led, paragraph
from video_gen.scenes.flow import Header, flow
from video_gen.scenes.layout import Row, Sheet
from video_gen.scenes.model import State, Style
from video_gen.scenes.tables import Table, build


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """The head of the table, then a state a row, or a state for several rows of a long table.

    Raises InputError for a row with more cells than there are columns, and for a highlight that names nothing.
    """
    table = read(content)
    text = content.get("description", "")
    header = content.get("header", "")
    page = partial(_page, table=table, text=text)
    found = flow(style, page, Header(header))
    # The head stands there already on the further pages: nobody says it again.
    head = " ".join(" ".join(table.columns).split())
    shown = [
        found[0],
        *(replace(state, cue=" ".join(state.cue.split()).removeprefix(head).strip()) for state in found[1:]),
    ]
    return [replace(state, weight=float(max(1, len(state.cue)))) for state in shown]


def _page(sheet: Sheet, table: Table, text: str) -> list[Row]:
    return led(paragraph(sheet, text, "lead", sheet.theme.muted), build(sheet, table), sheet)


def read(content: dict[str, Any]) -> Table:
    """Return the table of a scene, its short rows filled up with empty cells."""
    columns = tuple(str(name) for name in content["columns"])
    rows = []
    for number, row in enumerate(content["rows"], 1):
        if len(row) > len(columns):
            raise InputError(
                f"table: row {number} has {len(row)} cells for {len(columns)} columns. Add columns or take cells away."
            )
        rows.append((*map(str, row), *[""] * (len(columns) - len(row))))
    lit = content.get("highlight", {})
    firsts = [row[0] for row in rows]
    return Table(
        columns,
        tuple(rows),
        _places(lit.get("rows", []), firsts, "row"),
        _places(lit.get("columns", []), columns, "column"),
    )


def _places(given: Any, names: Sequence[str], kind: str) -> frozenset[int]:
    """Return the places of what is named by number (from 1) or by name."""
    found = set()
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, int) and 1 <= each <= len(names):
            found.add(each - 1)
        elif each in names:
            found.add(list(names).index(each))
        else:
            raise InputError(
                f"table: highlight names the {kind} {each!r}, which is not there. "
                f"Use a number from 1 to {len(names)}, or one of: {', '.join(filter(None, names))}."
            )
    return frozenset(found)
