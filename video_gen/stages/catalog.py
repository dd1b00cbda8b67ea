"""All stages that a build here has, read from the rules themselves."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from video_gen import files
from video_gen.errors import ConfigError
from video_gen.paths import workflow_dir

_VARIABLE = "VIDEO_GEN_LISTING"


@dataclass(frozen=True)
class StageEntry:
    """One stage. rule: its name. does: in a few words. own: whether it is the user's.

    input, output: name → pattern of a path. found: name → words, of inputs that a function finds.
    """

    rule: str
    does: str
    input: Mapping[str, str]
    output: Mapping[str, str]
    own: bool
    found: Mapping[str, str] = field(default_factory=dict)


def listing(folder: str | Path = ".") -> list[StageEntry]:
    """Return all stages of a build in `folder`, ours and the user's, as Snakemake reads them. Nothing is made.

    Raises ConfigError if the settings or the user's stages cannot be used; its message is that of a build.
    """
    snakefile = workflow_dir() / "rules" / "listing.smk"
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "rules.json"
        done = subprocess.run(
            # No profile, and -P: what lies in the folder must not change how we run.
            [
                sys.executable,
                "-P",
                "-m",
                "snakemake",
                "-s",
                str(snakefile),
                "--workflow-profile",
                "none",
                "--list-rules",
            ],
            cwd=folder,
            env={**os.environ, _VARIABLE: str(path)},
            capture_output=True,
            text=True,
            check=False,
        )
        if not path.exists():
            raise ConfigError(_message(done.stderr))
        return [_entry(told) for told in files.read_json(path)]


def _entry(told: dict[str, Any]) -> StageEntry:
    """Keep patterns and the words of functions apart: words are a sentence."""
    found = {name: text for name, text in told["input"].items() if text.endswith(".") or text == "a function"}
    input = {name: text for name, text in told["input"].items() if name not in found}
    return StageEntry(**{**told, "input": input}, found=found)


def _message(printed: str) -> str:
    """Return our own message in what Snakemake printed, or all of it: it then is about a rule file of the user's."""
    _, mark, message = printed.partition("\nvideo-gen: ")
    return (message if mark else printed).strip()
