"""Snakemake started in one place: a child process with a list of arguments, never a shell."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from video_gen.paths import workflow_dir


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
