"""Snakemake started in one place: a child process with a list of arguments, never a shell."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from video_gen.paths import workflow_dir
from video_gen.stream import VARIABLE


def command(arguments: Sequence[str]) -> list[str]:
    """Return the command line that runs our workflow in the working directory, with further arguments of Snakemake's.

    The profile is named by its absolute path: one that lies in the working directory could change how we run.
    """
    workflow = workflow_dir()
    return [
        *(sys.executable, "-m", "snakemake"),
        *("--snakefile", str(workflow / "Snakefile")),
        *("--workflow-profile", str(workflow / "profiles" / "default")),
        *arguments,
    ]


def run(arguments: Sequence[str], folder: str | Path = ".") -> int:
    """Run the workflow in a folder and return Snakemake's exit code."""
    return subprocess.run(command(arguments), cwd=folder, check=False).returncode


def start(arguments: Sequence[str], folder: Path, *, raw: Path, log: Path, lock: int) -> subprocess.Popen:
    """Start the workflow in a session of its own, so that it outlives its watcher, and return at once.

    raw: the stream that it tells what happens to. log: takes all that it prints. lock: a file descriptor that it holds on to.
    Snakemake's own locks are not used: they stay behind when it is killed, and the end of one run removes those of all others.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            command(["--logger", "videogen", "--nolock", *arguments]),
            cwd=folder,
            env={**os.environ, VARIABLE: str(raw)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[lock],
        )
