"""Where a task's files are, and the few that are read and written whole."""

import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from video_gen import files
from video_gen.errors import TaskError

STATES = Path("output/state")
_ID = re.compile(r"[\w-]{1,120}")


@dataclass(frozen=True)
class TaskFiles:
    """The files of one task below the folder that video-gen works in.

    For readers: `state` and `events`. The others belong to the running of it and lie in a folder of their own.
    """

    folder: Path
    task_id: str

    @property
    def state(self) -> Path:
        """The state, replaced as a whole after each event."""
        return self.folder / STATES / f"{self.task_id}.json"

    @property
    def events(self) -> Path:
        """The events, one JSON object a line, only ever appended to."""
        return self.folder / STATES / f"{self.task_id}.events.jsonl"

    @property
    def own(self) -> Path:
        """The folder of all other files."""
        return self.folder / STATES / self.task_id

    @property
    def raw(self) -> Path:
        """What Snakemake and the jobs told, see `video_gen.stream`."""
        return self.own / "raw.jsonl"

    @property
    def log(self) -> Path:
        """All that Snakemake printed."""
        return self.own / "snakemake.log"

    @property
    def plan(self) -> Path:
        """What is to be made, see `Plan`."""
        return self.own / "plan.json"

    @property
    def settings(self) -> Path:
        """The settings of this task, given to Snakemake as `--configfile`."""
        return self.own / "config.json"

    @property
    def run_lock(self) -> Path:
        """Held by Snakemake as long as it lives."""
        return self.own / "run.lock"

    @property
    def watch_lock(self) -> Path:
        """Held by the process that watches the run."""
        return self.own / "watch.lock"


@dataclass(frozen=True)
class Plan:
    """What a task makes: the names of its videos, Snakemake's targets, further options of Snakemake's.

    described: path below the folder → text, of the videos that were described in Python. bases: further videos whose scripts are
    made on the way, since some of the videos are translations of them.
    """

    videos: Sequence[str]
    targets: Sequence[str]
    options: Sequence[str] = ()
    described: Mapping[str, str] = field(default_factory=dict)
    bases: Sequence[str] = ()

    @property
    def touched(self) -> list[str]:
        """The videos of whose files some are made: no two runs may do that at once."""
        return [*self.videos, *self.bases]

    def write_described(self, folder: Path) -> None:
        """Write the videos described in Python, those alone that have changed."""
        for name, text in self.described.items():
            path = folder / name
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                files.write_text(path, text)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        files.write_json(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> "Plan":
        """Raises InputError."""
        value = files.read_json(path)
        bases = value.get("bases", ())  # tasks of before have none
        return cls(value["videos"], value["targets"], value["options"], value["described"], bases)


def task_files(folder: str | Path, task_id: str) -> TaskFiles:
    """Return the files of a task. Raises TaskError for an id that cannot be one, such as a path."""
    if not _ID.fullmatch(task_id):
        raise TaskError(f"{task_id!r} is no task. Ids are letters, digits, _ and -.")
    return TaskFiles(Path(folder).resolve(), task_id)


def new_id(name: str) -> str:
    """Return an id for a new task: what it is about, when it began (UTC), and four letters to tell apart."""
    about = re.sub(r"[^\w-]", "_", name)[:40].strip("_-") or "task"
    return f"{about}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def append_lines(path: Path, values: Sequence[Mapping[str, Any]]) -> None:
    """Append JSON objects to a file of lines, in one write. Raises OSError."""
    data = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of lines. A last line that was cut off by a crash is taken off the file, too."""
    if not path.exists():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines() if line]


def mend(path: Path) -> None:
    """Cut a last line without its end off a file of lines."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        data = file.read()
        if not data.endswith(b"\n"):
            file.truncate(data.rfind(b"\n") + 1)
