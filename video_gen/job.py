"""What every job's script shares: output goes to the job's log, errors end as one clear message and a non-zero exit."""

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from video_gen.errors import VideoGenError


@contextlib.contextmanager
def logged(log: str | Path, name: str) -> Iterator[None]:
    """Run a job's body with its output in the file `log`.

    name: what the messages begin with. A VideoGenError or a full disk ends the process with exit code 1 and its message on
    the terminal; for any other error the terminal names the log, which has the traceback.
    """
    terminal = sys.stderr
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    with (
        Path(log).open("w", encoding="utf-8") as file,
        contextlib.redirect_stdout(file),
        contextlib.redirect_stderr(file),
    ):
        try:
            yield
        except (VideoGenError, OSError) as error:
            message = str(error) if isinstance(error, VideoGenError) else _system_message(error)
            print(message, file=file)
            print(f"\n{name}: {message}\n", file=terminal)
            raise SystemExit(1) from None
        except Exception as error:  # the outermost place: nothing may reach the terminal as a traceback
            traceback.print_exc(file=file)
            print(f"\n{name}: unexpected error: {error!r}. Please report it with the log {log}.\n", file=terminal)
            raise SystemExit(1) from None


def warn(log_name: str, warnings: list[str]) -> None:
    """Show warnings both in the job's log and on the terminal."""
    for warning in warnings:
        text = f"{log_name}: warning: {warning}"
        print(text)
        print(text, file=sys.__stderr__)


def _system_message(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    remedy = (
        "Free some space and run again."
        if error.errno in (28, 122)
        else "Check the path, its permissions and the disk."
    )
    return f"{place}{error.strerror or os.strerror(error.errno or 0)}. {remedy}"
