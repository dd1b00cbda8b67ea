"""The live view of a run: a bar for the whole and a line for each video and step; plain lines where nobody watches a terminal."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Column, Table
from rich.text import Text

from video_gen.cli import say
from video_gen.cli.board import Board, Row
from video_gen.cli.remaining import rounded
from video_gen.pipeline.events import Event, EventType

__all__ = ["Board", "Screen", "view"]

_WIDEST = 60  # columns of the bar
_MOST = 20  # rows below it
_AROUND = 5  # lines of a terminal that the rows leave free: task, bar, summary, cursor, and one to breathe
_NARROW = 64  # columns below which all is said shortly
_SHORT = 38  # columns of what is said shortly
_TROUBLE = {EventType.VALIDATION_WARNING: "warning: ", EventType.STAGE_FAILED: "failed: "}
Hear = Callable[[Event], None]


@contextmanager
def view(board: Board) -> Iterator[Hear]:
    """Show a board on stderr as it changes, and yield what is to be called with each event."""
    if say.mode.log_format is say.LogFormat.JSON:
        yield _as_json
    elif say.mode.quiet:
        yield lambda event: _take(board, event)
    elif say.is_terminal():
        with Live(
            Screen(board),
            console=say.console(stderr=True),
            refresh_per_second=5,
            transient=True,
            redirect_stdout=False,
        ) as live:
            yield _on_terminal(board, live)
    else:
        yield _in_log(board)


def _take(board: Board, event: Event) -> None:
    board.take(event)


def _as_json(event: Event) -> None:
    say.line(json.dumps(event.to_dict(), ensure_ascii=False, default=str))


def _on_terminal(board: Board, live: Live) -> Hear:
    told: set[str] = set()

    def hear(event: Event) -> None:
        board.take(event)
        text = _trouble(board, event)
        if text and text not in told:
            told.add(text)
            live.console.print(say.plain(text))

    return hear


def _in_log(board: Board) -> Hear:
    """A line where a step of a video begins or ends, as a log of a CI server should have it; none of them twice."""
    told: set[str] = set()

    def hear(event: Event) -> None:
        news = board.take(event)
        text = _trouble(board, event)
        if text and text not in told:
            told.add(text)
            news = [*news, text]
        for each in news:
            say.note(f"{board.overall:4.0%}  {each}")

    return hear


def _trouble(board: Board, event: Event) -> str:
    return f"{_TROUBLE[event.type]}{event.message}" if event.type in _TROUBLE and not board.ending else ""


class Screen:
    """A board as it is drawn at the moment, in the size that the terminal has at the moment."""

    def __init__(self, board: Board):
        self._board = board

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width, height = options.max_width, options.size.height
        rows, more = _fitting(self._board.rows(), max(1, min(_MOST, height - _AROUND)))
        foot = " · ".join(text for text in (f"{more} more in work" if more else "", self._board.summary()) if text)
        yield _head(self._board, width)
        yield from _lines(rows, width)
        if foot:
            yield Text(foot, style="dim", no_wrap=True, overflow="ellipsis")


def _head(board: Board, width: int) -> Group:
    left = board.left()
    told = f"about {say.seconds(rounded(left))} left" if left is not None else ""
    if board.ending:
        told = "ending …"
    percent = f"{board.overall:4.0%}"
    bar = min(_WIDEST, max(5, width - cell_len(percent) - 24))
    line = Table.grid(Column(width=bar, no_wrap=True), Column(no_wrap=True), Column(no_wrap=True), padding=(0, 1))
    line.add_row(ProgressBar(total=1, completed=board.overall, width=bar), percent, Text(told, style="dim"))
    name = say.plain(board.task_id or "starting …")
    name.truncate(width, overflow="ellipsis")
    name.stylize("dim")
    return Group(name, line)


def _fitting(rows: Sequence[Row], most: int) -> tuple[list[Row], int]:
    """Return as many rows as there is room for, those that are worked at first, and how many are left out."""
    if len(rows) <= most:
        return list(rows), 0
    busy = [row for row in rows if row.is_busy][:most]
    idle = [row for row in rows if not row.is_busy][: most - len(busy)]
    return [row for row in rows if row in busy or row in idle], len(rows) - len(busy) - len(idle)


def _lines(rows: Sequence[Row], width: int) -> Iterator[Text]:
    most = max((cell_len(_clean(row.video)) for row in rows), default=0)
    longest = max((cell_len(_clean(row.text)) for row in rows), default=0)
    shortest = max((cell_len(_clean(row.short)) for row in rows), default=0)
    is_short = width < _NARROW or most + 2 + longest > width
    if is_short:
        most = min(most, max(10, width - 2 - min(shortest, _SHORT)))
    for row in rows:
        name = set_cell_size(shortened(_clean(row.video), most), most)
        text = Text(f"{name}  {_clean(row.short if is_short else row.text)}", style="" if row.is_busy else "dim")
        text.truncate(width, overflow="ellipsis")
        yield text


def _clean(text: str) -> str:
    return say.plain(text).plain.replace("\n", " ")


def shortened(name: str, width: int) -> str:
    """Return a name in at most so many columns, without its middle: languages and formats stand at the end."""
    if cell_len(name) <= width:
        return name
    end = (width - 1) // 2
    tail = chop_cells(name[::-1], end)[0][::-1] if end else ""
    return f"{chop_cells(name, width - 1 - cell_len(tail))[0]}…{tail}"
