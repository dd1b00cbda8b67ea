"""The processes of a run: found by the stream that their environment names, so a reused process id harms nobody."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from video_gen.stream import VARIABLE

GRACE = 3.0  # seconds in which a run may end by itself: Snakemake removes what is half made
_STEP = 0.05


def of_run(raw: Path) -> list[psutil.Process]:
    """Return the living processes that belong to the run with this stream, this process left out."""
    return [process for process in _others() if _variable(process) == str(raw)]


def stop(raw: Path, grace: float = GRACE) -> int:
    """End all processes of a run: politely first, and by force what lives after `grace` seconds. Returns how many there were.

    The process groups are told, so that Snakemake and its jobs hear it at the same moment.
    """
    found = of_run(raw)
    _tell(found, signal.SIGTERM)
    end = time.monotonic() + grace
    left = found
    while left and time.monotonic() < end:
        time.sleep(_STEP)
        left = of_run(raw)
    for _ in range(40):
        if not left:
            break
        _tell(left, signal.SIGKILL)
        time.sleep(_STEP)
        left = of_run(raw)
    return len(found)


def kill(raw: Path) -> int:
    """End by force what an earlier run left behind. Returns how many processes there were."""
    return stop(raw, grace=0)


def snakemakes(folder: Path) -> list[int]:
    """Return the process ids of Snakemake runs in a folder that are not ours."""
    found = []
    for process in _others():
        try:
            called = "snakemake" in (Path(word).name for word in process.cmdline()[:4])
            if called and Path(process.cwd()) == folder and not _variable(process):
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def _others() -> Iterator[psutil.Process]:
    own = os.getpid()
    return (process for process in psutil.process_iter() if process.pid != own)


def _variable(process: psutil.Process) -> str | None:
    """What the process's environment says of its stream; None also for another user's or a dead process."""
    try:
        return process.environ().get(VARIABLE)
    except (psutil.Error, OSError):
        return None


def _tell(processes: list[psutil.Process], number: signal.Signals) -> None:
    groups = set()
    for process in processes:
        try:
            groups.add(os.getpgid(process.pid))
        except ProcessLookupError:
            continue
    # A program that was itself started by a watched job shares a group with those that called it.
    for group in groups - {os.getpgrp()}:
        try:
            os.killpg(group, number)
        except (ProcessLookupError, PermissionError):
            continue
