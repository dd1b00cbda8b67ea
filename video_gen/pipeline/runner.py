"""Snakemake started in one place: a child process with a list of arguments, never a shell."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from video_gen.errors import InputError
from video_gen.paths import workflow_dir
from video_gen.stream import VARIABLE

# Snakemake runs each script from a copy here, and Python looks for modules beside it.
_COPIES = ".snakemake/scripts"
_COPY = re.compile(r"tmp\w{8}\.")


def command(arguments: Sequence[str]) -> list[str]:
    """Return the command line that runs our workflow in the working directory, with further arguments of Snakemake's.

    The profile is named by its absolute path: one that lies in the working directory could change how we run. So could a
    `json.py` there, and Python is told not to look for modules there (`-P`).
    """
    workflow = workflow_dir()
    return [
        *(sys.executable, "-P", "-m", "snakemake"),
        *("--snakefile", str(workflow / "Snakefile")),
        *("--workflow-profile", str(workflow / "profiles" / "default")),
        *arguments,
    ]


def run(arguments: Sequence[str], folder: str | Path = ".") -> int:
    """Run the workflow in a folder and return Snakemake's exit code.

    Raises InputError as `start` does, and for a folder in which Snakemake cannot have its own one.
    """
    own = Path(folder).absolute() / ".snakemake"
    if not os.access(own if own.exists() else own.parent, os.W_OK):
        raise InputError(f"{own}: cannot be written to. Check the permissions of the folder, or work in another one.")
    refuse_strangers(Path(folder))
    return subprocess.run(command(arguments), cwd=folder, check=False).returncode


def start(arguments: Sequence[str], folder: Path, *, raw: Path, log: Path, lock: int) -> subprocess.Popen:
    """Start the workflow in a session of its own, so that it outlives its watcher, and return at once.

    raw: the stream that it tells what happens to. log: takes all that it prints. lock: a file descriptor that it holds on to.
    Snakemake's own locks are not used: they stay behind when it is killed, and the end of one run removes those of all others.
    Raises InputError if there are files in Snakemake's own folder that could change how our jobs run.
    """
    refuse_strangers(folder)
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


def refuse_strangers(folder: Path) -> None:
    for path in folder.glob(f"{_COPIES}/*"):
        if not _COPY.match(path.name):
            raise InputError(f"{path}: is not of Snakemake's making and could change how our jobs run. Delete it.")
