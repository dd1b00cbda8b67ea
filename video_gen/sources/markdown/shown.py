"""What a document shows beside its words: its pictures, diagrams and small tables, as far as they can be shown."""

import shutil
from pathlib import Path
from urllib.parse import unquote

from video_gen.scenes import diagrams
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Style
from video_gen.scenes.pictures_files import SUFFIXES
from video_gen.sources.markdown.blocks import Code, Table

MOST_COLUMNS = 6
TABLE_ROWS = 10
_MOST_TEXT = 5_000
_SHORT_CELL = 60
_LONGEST_CELL = 200
_GRAPHVIZ = ("dot", "graphviz", "gv")


def picture(file: str, source: str) -> str:
    """Return the path of a picture that a document shows, relative to the working directory, or "".

    It is one of the kinds that can be drawn, and lies in the document's folder or below: a document cannot reach others.
    """
    address = unquote(source.partition("#")[0].partition("?")[0])
    if "//" in source or ":" in address or not address.lower().endswith(SUFFIXES):
        return ""
    folder = Path(file).parent
    path = folder / address
    inside = path.resolve().is_relative_to(folder.resolve())
    return path.as_posix() if inside and path.is_file() else ""


def diagram(code: Code) -> str:
    """Return the kind of diagram (`mermaid` or `graphviz`) that a code block holds, or "" where it is none.

    Raises InputError for one that cannot be drawn, with what its parser says.
    """
    kind = "mermaid" if code.language == "mermaid" else "graphviz" if code.language in _GRAPHVIZ else ""
    if not kind or len(code.text) > _MOST_TEXT or (kind == "graphviz" and shutil.which("dot") is None):
        return ""
    draw = diagrams.from_mermaid if kind == "mermaid" else diagrams.from_graphviz
    draw(code.text, Sheet(Style(), Style().width))
    return kind


def is_tabular(table: Table) -> bool:
    """Whether a table can be shown as one: not too many columns, mostly short cells. The others are lists of texts."""
    cells = [cell for row in table.rows for cell in row]
    if not 2 <= len(table.columns) <= MOST_COLUMNS or not any(table.columns):
        return False
    short = sum(len(cell) <= _SHORT_CELL for cell in cells)
    longest = max(map(len, [*cells, *table.columns]), default=0)
    return longest <= _LONGEST_CELL and short >= 0.7 * len(cells)


def parts(table: Table) -> list[list[list[str]]]:
    """Return the rows in even parts of at most ten, each for a scene of its own."""
    count = -(-len(table.rows) // TABLE_ROWS)
    size = -(-len(table.rows) // count)
    rows = [list(row) for row in table.rows]
    return [rows[start : start + size] for start in range(0, len(rows), size)]
