"""The watcher of one task: starts Snakemake, follows what it tells, and writes events and state."""

import logging
import os
import subprocess
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from video_gen import files, stream
from video_gen.errors import BusyError, InputError, TaskError, VideoGenError
from video_gen.pipeline import leftovers, locks, processes, runner, snakemakes
from video_gen.pipeline.emitter import EventEmitter
from video_gen.pipeline.events import Event, iso
from video_gen.pipeline.files import Plan, TaskFiles, append_lines, mend, read_lines
from video_gen.pipeline.result import PipelineResult, made
from video_gen.pipeline.state import Status, TaskState, fold
from video_gen.pipeline.store import load, write_state
from video_gen.pipeline.translate import VERSION, Translator

STEP = 0.1  # seconds between two looks at the stream
_log = logging.getLogger("video_gen")


class Watch:
    """Makes a task's plan come true, from wherever the task is. Holds the task's watch lock until it has ended.

    done: the result, once there is one. Raises TaskError if another process watches the task.
    """

    def __init__(self, of: TaskFiles, emitter: EventEmitter, cores: str, lock: int | None = None):
        self.of, self.done = of, Future[PipelineResult]()
        self._emitter, self._cores = emitter, cores
        self._lock = locks.acquire(of.watch_lock) if lock is None else lock
        if self._lock is None:
            raise TaskError(f"the task {of.task_id} is watched by another process. Wait for it, or cancel it.")
        self._cancelled, self._is_new, self._began = False, True, 0.0
        self._process: subprocess.Popen | None = None
        self._unwritten: list[Event] = []
        self._translator, self._tail = Translator(of.task_id), Tail(of.raw)
        try:
            self._load()
        except BaseException:
            self.close()
            raise

    def _load(self) -> None:
        """Read where the task is. The event file tells it, and not the state, which may be older."""
        self._plan = _plan(self.of)
        mend(self.of.events)
        written = [Event.from_dict(line) for line in read_lines(self.of.events)]
        known = load(self.of.state)
        fresh = TaskState(self.of.task_id, known.input_config, created_at=known.created_at)
        self.state = fold(fresh, written)
        self._skip = len(written)  # the stream gives these events again

    def begin(self) -> None:
        """Start Snakemake, or find that it runs already. Raises BusyError if another run makes one of the videos."""
        self._forget_the_past()
        with locks.starting(self.of.folder):
            if locks.is_held(self.of.run_lock):
                stream.append(self.of.raw, "restored", message="Watched again.")
                return
            self._refuse_doubles()
            self._plan.write_described(self.of.folder)
            self._follow()
            if self._cancelled:
                return
            if self.state.started_at:
                processes.kill(self.of.raw)
                leftovers.remove(self.of.folder, self._plan.touched)
            leftovers.remove_unrecorded(self.of.folder, self._plan.touched)
            self._launch()

    def run(self) -> None:
        """Follow the run to its end, and give the result to `done`. To be called in a thread of its own, after `begin`."""
        try:
            result = self._finish(self._until_over())
        except OSError as error:
            self._fail(unwritable(self.of, error))
        except BaseException as error:
            self._fail(error)
            raise
        else:
            self.close()
            self.done.set_result(result)

    def run_when_free(self) -> None:
        """As `begin` and `run`, waiting as long as another run makes one of the videos."""
        try:
            while not self._began_when_free():
                time.sleep(STEP)
        except VideoGenError as error:  # told by `done`
            self._fail(error)
            return
        except BaseException as error:
            self._fail(error)
            raise
        self.run()

    def close(self) -> None:
        """Let go of the task."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _fail(self, error: BaseException) -> None:
        processes.stop(self.of.raw)  # nobody would follow it
        self.close()
        self.done.set_exception(error)

    def _began_when_free(self) -> bool:
        try:
            self.begin()
        except BusyError:
            return self._cancelled
        return True

    def _forget_the_past(self) -> None:
        """Take in what was told before this watcher; that somebody cancelled an earlier run is no reason to end this one."""
        self._follow()
        if self._is_new:
            self._cancelled &= self.state.started_at is None
        self._is_new = False

    def _launch(self) -> None:
        again = self.state.started_at is not None
        lock = locks.acquire(self.of.run_lock)
        if lock is None:
            raise TaskError(f"the task {self.of.task_id} is being started by another process.")
        try:
            stream.append(self.of.raw, "begin", version=VERSION, again=again, videos=list(self._plan.videos))
            options = ["--cores", self._cores, "--configfile", str(self.of.settings), *self._plan.options]
            self._process = runner.start(
                [*self._plan.targets, *options], self.of.folder, raw=self.of.raw, log=self.of.log, lock=lock
            )
        finally:
            os.close(lock)

    def _refuse_doubles(self) -> None:
        mine = set(self._plan.touched)
        for task_id, videos in locks.running(self.of.folder).items():
            if both := mine & set(videos):
                raise BusyError(locks.busy(both, f"the task {task_id}"), task_id=task_id)
        if both := mine & locks.locked_by_snakemake(self.of.folder):
            for process in processes.snakemakes(self.of.folder):
                raise BusyError(locks.busy(both, f"a Snakemake that was started by hand (process {process})"))

    def _until_over(self) -> int:
        """Follow the run and return its exit code."""
        while not self._cancelled or self._process or locks.is_held(self.of.run_lock):
            self._follow()
            if self._process is not None:
                code = self._process.poll()
                if code is not None:
                    self._process = None
                    self._follow()
                    return code
            elif not locks.is_held(self.of.run_lock):
                self._follow()
                if self._cancelled:
                    break
                # Nobody knows how it ended: Snakemake finds out what is left to do, if anything.
                self.begin()
            time.sleep(STEP)
        return 1

    def _finish(self, code: int) -> PipelineResult:
        if code != 0:
            processes.kill(self.of.raw)  # the jobs of a Snakemake that was killed
            leftovers.remove(self.of.folder, self._plan.touched)
        status = Status.COMPLETED if code == 0 else Status.CANCELLED if self._cancelled else Status.FAILED
        message = self._why(code) if status is Status.FAILED and not self._translator.errors else ""
        stream.append(self.of.raw, "end", status=status, message=message, result=self._result(status))
        self._follow()
        self._emitter.flush()
        return PipelineResult.of(self.state, self.of.folder)

    def _result(self, status: Status) -> dict[str, Any]:
        since = 0.0 if status is Status.COMPLETED else self._began
        now = time.time()
        return PipelineResult(
            success=status is Status.COMPLETED,
            task_id=self.of.task_id,
            folder=self.of.folder,
            videos=tuple(made(self.of.folder, self._plan.videos, since)),
            generation_time=now - self._began if self._began else 0.0,
            timestamp=iso(now),
            errors=tuple(self._translator.errors),
            warnings=tuple(self.state.warnings),
        ).to_dict()

    def _why(self, code: int) -> str:
        """The reason of a failure of which no job and no setting told."""
        said, log = self._translator.last_error, self.of.log.relative_to(self.of.folder)
        if said.startswith(snakemakes.NO_RULE):
            return f"{said}."
        if said:
            return f"{said}. The log {log} says more. When it is mended, resume the task."
        cause = f"it was ended by signal {-code}" if code < 0 else f"it ended with code {code}"
        return f"Snakemake could not go on: {cause}. The log {log} says more. Resume the task to try again."

    def _follow(self) -> None:
        """Take in what was told since the last look: event file first, then the state, then the listeners."""
        lines = self._tail.lines()
        self._cancelled |= any(line["kind"] == "cancel" for line in lines)
        self._began = next((line["at"] for line in reversed(lines) if line["kind"] == "begin"), self._began)
        events = [event for line in lines for event in self._translator.events(line)]
        new, self._skip = events[self._skip :], max(0, self._skip - len(events))
        fold(self.state, new)
        self._unwritten += new
        if self._unwritten:
            self._write()
        for event in new:
            self._emitter.emit(event)

    def _write(self) -> None:
        try:
            append_lines(self.of.events, [event.to_dict() for event in self._unwritten])
            self._unwritten = []
            write_state(self.of.state, self.state)
        except OSError as error:
            _log.warning("%s: the state cannot be written (%s); it is tried again.", self.of.state, error.strerror)
            mend(self.of.events)


class Tail:
    """Reads the lines that were appended to a stream since the last look."""

    def __init__(self, path: Path):
        self._path, self._at = path, 0

    def lines(self) -> list[dict[str, Any]]:
        """Return the new lines that are complete and can be read. Raises OSError."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._at += len(whole)
        parsed = (stream.parse(line.decode(errors="replace")) for line in whole.split(b"\n"))
        return [line for line in parsed if line]


def create(of: TaskFiles, plan: Plan, settings: Any, input_config: dict[str, Any]) -> int | None:
    """Write the files of a new task, and return the watch lock. Raises VideoGenError if the folder cannot be written to."""
    try:
        of.own.mkdir(parents=True)
        # Held before there is a state: a task that nobody watches is taken for interrupted.
        lock = locks.acquire(of.watch_lock)
        plan.write(of.plan)
        files.write_json(of.settings, settings)
        of.raw.touch()
        write_state(of.state, TaskState(of.task_id, input_config, created_at=iso(time.time())))
        return lock
    except OSError as error:
        raise unwritable(of, error, "begin again") from error


def _plan(of: TaskFiles) -> Plan:
    """Return what a task is to make. Raises TaskError if nobody knows it any more."""
    try:
        return Plan.read(of.plan)
    except (InputError, KeyError, TypeError, AttributeError) as error:
        what = "cannot be used" if of.plan.exists() else "is gone"
        place = of.plan.relative_to(of.folder)
        raise TaskError(
            f"the task {of.task_id} cannot be resumed: {place}, which says what it makes, {what}. "
            "Begin a new task; what is made already is not made again."
        ) from error


def unwritable(of: TaskFiles, error: OSError, remedy: str = "") -> VideoGenError:
    """Return what to tell the user of a file of a task that cannot be written. remedy: what to do then."""
    remedy = remedy or f"resume the task {of.task_id}"
    return VideoGenError(
        f"{error.filename or of.own}: {error.strerror}. See that output/ can be written to, then {remedy}."
    )


def in_thread(target: Any) -> None:
    """Run a watcher in the background; if the program ends before it, the run goes on and can be resumed."""
    threading.Thread(target=target, name="video-gen watcher", daemon=True).start()
