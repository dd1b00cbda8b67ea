"""What a running stage is given: its files, and helpers for progress, warnings and programs."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from video_gen import job
from video_gen.errors import StageError

_GRACE = 2.0  # seconds in which a program may end by itself


@dataclass(frozen=True)
class StageContext:
    """One job of a stage. Paths are relative to the working directory.

    video: its name. scene: the id of the scene, None for a stage that runs once a video. input: the path, or the paths of all
    scenes, by their names in the class. output: the paths to write; their folders exist. params: those of the class.
    threads: cores that the job may use. log: where everything printed goes.
    """

    stage: str
    video: str
    scene: str | None
    input: Mapping[str, Any]
    output: Mapping[str, Path]
    params: Mapping[str, Any]
    threads: int
    log: Path
    _groups: set[int] = field(default_factory=set, repr=False, compare=False)
    _lock: Any = field(default_factory=threading.RLock, repr=False, compare=False)

    def progress(self, fraction: float, message: str = "") -> None:
        """Tell how far the job is, 0 to 1, and what it is doing; seen by whoever watches the run."""
        job.progress(min(1.0, max(0.0, fraction)), message)

    def warn(self, text: str) -> None:
        """Show a warning on the terminal and in the log; the run goes on."""
        job.warn(self.place, [text])

    @property
    def place(self) -> str:
        """What messages begin with."""
        return f"{self.video}, scene {self.scene}" if self.scene else self.video

    def run_program(self, arguments: Sequence[str | Path], *, timeout: float) -> str:
        """Run a program, never through a shell, and return what it wrote to its standard output, as UTF-8.

        Both its outputs go to the log. timeout: seconds, after which it and all that it started are killed. Raises StageError
        if the program is missing, takes too long or ends with another exit code than 0.
        """
        command = _checked(arguments)
        print(f"running {command}", flush=True)
        with tempfile.TemporaryFile() as output:
            try:
                code = self._wait(command, output, timeout)
            except OSError as error:
                raise self._failed(
                    f"cannot run {command[0]!r} ({error.strerror}). Install it, or check its name."
                ) from error
            finally:
                output.seek(0)
                text = output.read().decode("utf-8", "replace")
                print(text, end="", flush=True)
        if code is None:
            raise self._failed(f"{command[0]} was stopped after {timeout:g} seconds; what it wrote is in {self.log}.")
        if code:
            raise self._failed(f"{command[0]} ended with exit code {code}; what it wrote is in {self.log}.")
        return text

    def kill_programs(self) -> None:
        """Kill all programs that still run, with what they started."""
        with self._lock:
            groups = list(self._groups)
        for group in groups:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)

    def _wait(self, command: list[str], output: Any, timeout: float) -> int | None:
        """Return the exit code, None if the time was over. A group of its own lets all that the program starts be ended."""
        with self._lock:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=sys.stdout, start_new_session=True
            )
            self._groups.add(process.pid)
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
            with self._lock:
                self._groups.discard(process.pid)

    def _failed(self, message: str) -> StageError:
        return StageError(message, stage=self.stage, log=str(self.log))


def _checked(arguments: Sequence[str | Path]) -> list[str]:
    if isinstance(arguments, str | Path) or not arguments:
        raise StageError(f"run_program takes a list of arguments such as ['ffmpeg', '-version'], not {arguments!r}.")
    return [str(argument) for argument in arguments]


def _end(process: subprocess.Popen) -> None:
    """End what is left of a program's group: politely first if the program itself still runs."""
    with suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
