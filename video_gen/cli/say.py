"""What the commands print: answers on stdout, all else on stderr. Text is printed as it is: no markup, no control characters."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


class LogFormat(StrEnum):
    """How messages are written."""

    TEXT = "text"
    JSON = "json"


@dataclass
class Mode:
    """How this run of the command talks. json: stdout holds one JSON document and nothing else."""

    json: bool = False
    quiet: bool = False
    debug: bool = False
    log_format: LogFormat = LogFormat.TEXT


mode = Mode()


def reset(as_json: bool, debug: bool, lines: bool = False) -> None:
    """Begin a new run of the command. lines: messages are JSON lines."""
    mode.json, mode.debug, mode.quiet = as_json, debug, False
    mode.log_format = LogFormat.JSON if lines else LogFormat.TEXT


def console(*, stderr: bool = False) -> Console:
    """Return where to print; lines are never broken."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def is_terminal() -> bool:
    """Return whether a person looks at stderr: not in a pipe, not in a CI log."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def plain(text: object) -> Text:
    """Return text as it can be shown: control characters could change the terminal of who reads a file name."""
    return Text(str(text).translate(_CONTROL))


def answer(text: object = "", style: str = "") -> None:
    """Print a part of what was asked for, unless it is given as JSON."""
    if not mode.json:
        shown = plain(text)
        shown.stylize(style)
        console().print(shown)


def document(value: Any) -> None:
    """Print the JSON document that `--json` asks for."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def note(text: object) -> None:
    """Print what accompanies a command: on stderr, and not if it is to be quiet."""
    if not mode.quiet:
        _message("info", str(text))


def failure(message: str, level: str = "error", **more: str) -> None:
    """Print what went wrong; also if the command is to be quiet."""
    _message(level, message, **more)


def error(message: str, kind: str = "VideoGenError") -> None:
    """Print why the command ends; with `--json` as the document, too."""
    if mode.json:
        document({"success": False, "error": message, "kind": kind})
    failure(message, kind=kind)


def _message(level: str, text: str, **more: str) -> None:
    if mode.log_format is LogFormat.JSON:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line(json.dumps({"timestamp": now, "level": level, "message": text, **more}, ensure_ascii=False))
    else:
        console(stderr=True).print(plain(f"video-gen: {text}" if level != "info" else text))


def line(text: str) -> None:
    """Print a line of a log on stderr."""
    print(text, file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print columns as wide as what they hold, never cut off, so that they can be searched and piped."""
    texts = [[str(cell).translate(_CONTROL).replace("\n", " ") for cell in row] for row in (head, *rows)]
    widths = [max(cell_len(row[column]) for row in texts) for column in range(len(head))]
    for number, row in enumerate(texts):
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        answer("  ".join(cells).rstrip(), style="" if number else "bold")


def seconds(value: float) -> str:
    """Return a duration as people write it: 42 s, 1:05 min, 2:03:10 h."""
    whole = round(value)
    if whole < 60:
        return f"{whole} s"
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d} h" if hours else f"{minutes}:{rest:02d} min"


def log_to_stderr() -> None:
    """Let what the library logs be seen, in the format that is asked for."""
    logger = logging.getLogger("video_gen")
    logger.handlers = [_Handler()]
    logger.propagate = False


class _Handler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _message(record.levelname.lower(), record.getMessage())
