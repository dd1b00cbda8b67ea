"""The tasks of a folder, from their files: questions by status and age, and cleaning up."""

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from video_gen import files
from video_gen.errors import ConfigError, InputError, TaskError
from video_gen.pipeline import locks
from video_gen.pipeline.events import Event
from video_gen.pipeline.files import STATES, TaskFiles, read_lines, task_files
from video_gen.pipeline.state import Status, TaskState
from video_gen.schema import suggest

INTERRUPTED = "The run was interrupted: its processes are gone. Resume it to go on where it stopped."
_log = logging.getLogger("video_gen")


class StateManager:
    """Reads and cleans the states in a folder's output/state; works beside runs in other processes."""

    def __init__(self, folder: str | Path = "."):
        self.folder = Path(folder).resolve()
        self._told: set[Path] = set()  # files that a warning was given of

    def files(self, task_id: str) -> TaskFiles:
        """Return where a task's files are. Raises TaskError for what cannot be an id."""
        return task_files(self.folder, task_id)

    def get(self, task_id: str) -> TaskState:
        """Return the state of a task; one whose processes are gone without an end is `paused`.

        Raises TaskError if there is no such task, InputError if its file cannot be read.
        """
        of = self.files(task_id)
        if not of.state.is_file():
            raise TaskError(f"there is no task {task_id!r} in {self.folder}. `list()` returns those that there are.")
        state = load(of.state)
        if not state.status.is_final and not self.is_alive(task_id):
            state = load(of.state)  # it may have ended in between
            if not state.status.is_final:
                state.status = Status.PAUSED
                state.errors = [*state.errors, INTERRUPTED]
        return state

    def list(
        self,
        status: Status | str | None = None,
        *,
        older_than: timedelta | None = None,
        newer_than: timedelta | None = None,
    ) -> Sequence[TaskState]:
        """Return the tasks, newest first: those of a status, and those in which nothing happened for, or something within, a time.

        Files that cannot be read are left out, with one warning to the log `video_gen`. Raises ConfigError for an unknown status.
        """
        wanted = _status(status)
        now = datetime.now(UTC)
        found = [
            state
            for state in self._all()
            if wanted in (None, state.status)
            and (older_than is None or now - state.age >= older_than)
            and (newer_than is None or now - state.age <= newer_than)
        ]
        return sorted(found, key=lambda state: state.created_at, reverse=True)

    def events(self, task_id: str, start: int = 0) -> Sequence[Event]:
        """Return a task's events from the number `start` (from 0) on. Raises TaskError for what cannot be an id."""
        return [Event.from_dict(line) for line in read_lines(self.files(task_id).events)[start:]]

    def clean(self, status: Status | str | None = None, *, older_than: timedelta | None = None) -> Sequence[str]:
        """Remove the files of tasks that have ended, of a status and an age; what they made stays. Returns their ids."""
        gone = []
        for state in self.list(status, older_than=older_than):
            if state.status.is_final and not self.is_alive(state.task_id):
                self.remove(state.task_id)
                gone.append(state.task_id)
        return gone

    def remove(self, task_id: str) -> None:
        """Remove the files of a task that is not running. Raises TaskError if that is not permitted."""
        of = self.files(task_id)
        try:
            of.state.unlink(missing_ok=True)
            of.events.unlink(missing_ok=True)
        except OSError as error:
            raise TaskError(
                f"{error.filename}: cannot be removed ({error.strerror}). Check the permissions."
            ) from error
        shutil.rmtree(of.own, ignore_errors=True)

    def is_alive(self, task_id: str) -> bool:
        """Return whether a process makes or watches the task."""
        return self.is_watched(task_id) or locks.is_held(self.files(task_id).run_lock)

    def is_watched(self, task_id: str) -> bool:
        """Return whether a process follows the task, and writes down what happens."""
        return locks.is_held(self.files(task_id).watch_lock)

    def _all(self) -> Iterator[TaskState]:
        for path in filter(Path.is_file, (self.folder / STATES).glob("*.json")):
            try:
                yield self.get(path.stem)
            except (InputError, TaskError) as error:
                if path not in self._told:
                    self._told.add(path)
                    _log.warning("%s It is left out.", error)


def _status(given: Status | str | None) -> Status | None:
    try:
        return None if given is None else Status(given)
    except ValueError:
        raise ConfigError(f"status: {given!r} is unknown. {suggest(str(given), map(str, Status))}") from None


def load(path: Path) -> TaskState:
    """Return the state of a file. Raises InputError."""
    value = files.read_json(path)
    try:
        state = TaskState.from_dict({"task_id": path.stem, "created_at": _changed(path), **value})
        for time in (state.age, datetime.fromisoformat(state.created_at)):
            if time.tzinfo is None:
                raise ValueError(f"{time} has no time zone")
        return state
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: is not the state of a task ({error}). Delete the file.") from error


def write_state(path: Path, state: TaskState) -> None:
    """Write a state, whole or not at all; on one line, since it is written often. Raises OSError."""
    files.write_text(path, json.dumps(state.to_dict(), ensure_ascii=False) + "\n")


def _changed(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
