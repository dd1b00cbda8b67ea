"""Who makes what: locks that the kernel frees when their holder dies, however it dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from video_gen.errors import VideoGenError
from video_gen.pipeline.files import STATES, Plan, TaskFiles
from video_gen.pipeline.leftovers import names_in


def acquire(path: Path) -> int | None:
    """Return the file descriptor that holds the lock, or None if another process or thread holds it.

    To be closed by the caller; a child that inherits the descriptor goes on holding the lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def is_held(path: Path) -> bool:
    """Return whether anybody holds the lock."""
    if not path.exists():
        return False
    file = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


@contextlib.contextmanager
def starting(folder: Path) -> Iterator[None]:
    """Let one run after the other look for what runs already and begin; nobody holds this for long."""
    path = folder / STATES / ".starting.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running(folder: Path) -> dict[str, list[str]]:
    """Return the runs of ours that live in a folder: task → names of the videos that it touches."""
    found = {}
    for path in (folder / STATES).glob("*/run.lock"):
        if is_held(path):
            with contextlib.suppress(VideoGenError):
                found[path.parent.name] = Plan.read(TaskFiles(folder, path.parent.name).plan).touched
    return found


def busy(videos: Iterable[str], maker: str) -> str:
    """Return the message that the videos are being made by something else."""
    return f"{', '.join(sorted(videos))}: is being made by {maker}. Wait for it, or cancel it."


def locked_by_snakemake(folder: Path) -> set[str]:
    """Return the names of the videos in whose files Snakemake's own locks stand; runs of ours have none."""
    found = set()
    for path in (folder / ".snakemake/locks").glob("*.output.lock"):
        with contextlib.suppress(OSError):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                output, _, *rest = (*Path(line).parts, "", "")
                if output == "output" and rest[0]:
                    found |= names_in(rest[0])
    return found
