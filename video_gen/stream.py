"""The raw stream of a watched run: one file that Snakemake's logger plugin and the jobs append JSON lines to.

A line is `{"at": seconds since 1970, "kind": …, …}`. A process belongs to a watched run if its environment names the file;
without that, telling costs nothing. Each line is one small append, which never mixes with that of another process.
"""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

VARIABLE = "VIDEO_GEN_EVENTS"
_START = '{"at": '
_LONGEST = 2000  # characters of a text in a line


def tell(kind: str, /, **fields: Any) -> None:
    """Append a line to the stream of the run that this process belongs to, if it is watched.

    A full disk or a removed file loses the line and nothing else: telling must never break what is told of.
    """
    if path := os.environ.get(VARIABLE):
        with contextlib.suppress(OSError):
            append(path, kind, **{key: _short(value) for key, value in fields.items()})


def append(path: str | Path, kind: str, /, **fields: Any) -> None:
    """Append a line to a stream that exists. Raises OSError."""
    line = json.dumps({"at": round(time.time(), 3), "kind": kind, **fields}, ensure_ascii=False, default=str)
    file = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(file, f"{line}\n".encode(errors="replace"))
    finally:
        os.close(file)


def parse(line: str) -> dict[str, Any] | None:
    """Return the fields of a line; None for one that a full disk cut off. What was glued to a cut-off line is read."""
    start = line.rfind(_START)
    if start < 0:
        return None
    with contextlib.suppress(json.JSONDecodeError):
        fields = json.loads(line[start:])
        return fields if isinstance(fields.get("kind"), str) else None
    return None


def _short(value: Any) -> Any:
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value
