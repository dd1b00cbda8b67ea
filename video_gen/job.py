"""What every job's script shares: output goes to the job's log, errors end as one clear message and a non-zero exit.

A job of a watched run (`video_gen.stream`) also tells how far it is, and what is wrong.
"""

import contextlib
import gc
import os
import re
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from video_gen import stream
from video_gen.errors import VideoGenError

_MARK = "failed: "
_PAUSE = 0.25  # seconds between two reports of progress
_Item = TypeVar("_Item")
_running = ""  # the log of the job that this process is
_told = 0.0


@contextlib.contextmanager
def logged(log: str | Path, name: str) -> Iterator[None]:
    """Run a job's body with its output in the file `log`.

    name: what the messages begin with. A VideoGenError or a full disk ends the process with exit code 1 and its message on
    the terminal; for any other error the terminal names the log, which has the traceback.
    """
    global _running
    terminal, _running = sys.stderr, str(log)
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    # Not closed by `with`: on a full disk the closing itself fails, and must not hide the message.
    file = Path(log).open("w", encoding="utf-8", buffering=1)  # noqa: SIM115
    with contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
        try:
            yield
            return
        except (VideoGenError, OSError) as error:
            message, kind = _explained(error), type(error).__name__
        except Exception as error:  # the outermost place: nothing may reach the terminal as a traceback
            message, kind = f"unexpected error: {error!r}. Please report it with the log {log}.", ""
            with contextlib.suppress(OSError):
                traceback.print_exc(file=file)
        finally:
            with contextlib.suppress(OSError):
                file.close()
            # The process ends now: its last collections need not look at every module again, a sixth of a small job's time.
            # novasvg, which draws with the diagrams' library, would complain at length of what is not collected.
            if "novasvg" not in sys.modules:
                gc.freeze()
    print(f"\n{name}: {message}\n", file=terminal)
    stream.tell("failed", log=_running, message=f"{name}: {message}", error=kind)
    with contextlib.suppress(OSError), Path(log).open("a", encoding="utf-8") as file:
        print(f"{_MARK}{name}: {message}", file=file)
    raise SystemExit(1)


def failures(snakemake_log: str | Path) -> list[str]:
    """Return the messages of the jobs that failed in a run, from Snakemake's own log of it."""
    text = Path(snakemake_log).read_text(encoding="utf-8", errors="replace")
    messages = []
    for log in dict.fromkeys(re.findall(r"^    log: (.+) \(check log file", text, re.MULTILINE)):
        with contextlib.suppress(OSError):
            _, mark, message = Path(log).read_text(encoding="utf-8", errors="replace").rpartition(_MARK)
            messages += [message.strip()] if mark else []
    return messages


def warn(log_name: str, warnings: list[str]) -> None:
    """Show warnings both in the job's log and on the terminal."""
    for warning in warnings:
        text = f"{log_name}: warning: {warning}"
        print(text)
        print(text, file=sys.__stderr__)
        stream.tell("warning", log=_running, message=f"{log_name}: {warning}")


def progress(fraction: float, message: str = "") -> None:
    """Tell which part of its work the job has done, 0..1; a few times a second at most, the rest is dropped."""
    global _told
    now = time.monotonic()
    if now - _told >= _PAUSE:
        _told = now
        stream.tell("moved", log=_running, fraction=round(min(max(fraction, 0.0), 1.0), 4), message=message)


def counted(items: Iterable[tuple[_Item, int]], total: int, what: str) -> Iterator[tuple[_Item, int]]:
    """Hand on (item, count) pairs, and tell the progress towards `total` counts; what: for example `frames rendered`."""
    done = 0
    for item, count in items:
        yield item, count
        done += count
        progress(done / total, f"{done} of {total} {what}")


def _explained(error: VideoGenError | OSError) -> str:
    return str(error) if isinstance(error, VideoGenError) else _system_message(error)


def _system_message(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    remedy = (
        "Free some space and run again."
        if error.errno in (28, 122)
        else "Check the path, its permissions and the disk."
    )
    return f"{place}{error.strerror or os.strerror(error.errno or 0)}. {remedy}"
