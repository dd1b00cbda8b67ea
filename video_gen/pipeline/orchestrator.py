"""The Python API: start, follow, cancel and resume tasks."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from video_gen import stream
from video_gen.errors import InputError, TaskError, VideoGenError
from video_gen.pipeline import files, processes, watch
from video_gen.pipeline.config import InputConfig, Source, checked_cores
from video_gen.pipeline.emitter import EventEmitter
from video_gen.pipeline.request import request
from video_gen.pipeline.result import PipelineResult
from video_gen.pipeline.state import Status, TaskState
from video_gen.pipeline.store import StateManager
from video_gen.pipeline.watch import Watch

_log = logging.getLogger("video_gen")
_STEP = 0.2
_END = 5.0  # seconds after which a cancelled run must be over


class PipelineOrchestrator:
    """Makes videos in a folder, one Snakemake run a task. Safe to use from several threads and asyncio tasks at once.

    folder: where config.yaml, inputs/ and output/ are; the process's own working directory does not matter. cores: how many
    a run may use, or "all". options: further options of Snakemake's. event_emitter: listeners of all tasks of this object.
    """

    def __init__(
        self,
        folder: str | Path = ".",
        *,
        cores: int | str = "all",
        options: Sequence[str] = (),
        event_emitter: EventEmitter | None = None,
    ):
        self.folder = Path(folder).resolve()
        self.event_emitter = event_emitter or EventEmitter()
        self.state_manager = StateManager(self.folder)
        self._cores, self._options = checked_cores(cores), tuple(options)
        self._watches: dict[str, Watch] = {}
        self._lock = threading.Lock()

    def start(self, config: InputConfig | Source, *, wait_if_busy: bool = False) -> str:
        """Begin a task and return its id at once.

        wait_if_busy: if another run makes one of the same videos, begin when it has ended. Raises InputError, ConfigError, and
        BusyError if another run makes one of the videos and shall not be waited for.
        """
        config = config if isinstance(config, InputConfig) else InputConfig(config)
        try:
            plan, settings = request(config, self.folder, self._options)
        except OSError as error:
            place = error.filename or self.folder
            raise InputError(f"{place}: cannot be read ({error.strerror}). Check the permissions.") from error
        of = files.task_files(self.folder, files.new_id(plan.videos[0] if len(plan.videos) == 1 else "videos"))
        lock = watch.create(of, plan, settings, config.to_dict())
        try:
            self._watch(of.task_id, wait_if_busy, lock)
        except VideoGenError:
            self.state_manager.remove(of.task_id)
            raise
        return of.task_id

    def execute_sync(self, config: InputConfig | Source, *, wait_if_busy: bool = False) -> PipelineResult:
        """Run a task to its end. A failure is a result with `success=False`; what is asked wrongly raises, as in `start`.

        An interrupt (Ctrl-C), or SystemExit raised by a signal handler, cancels the task.
        """
        return self._to_the_end(self.start(config, wait_if_busy=wait_if_busy))

    async def execute_async(self, config: InputConfig | Source, *, wait_if_busy: bool = False) -> str:
        """Begin a task and return its id, as `start` does."""
        return await asyncio.to_thread(self.start, config, wait_if_busy=wait_if_busy)

    async def execute(self, config: InputConfig | Source, *, wait_if_busy: bool = False) -> PipelineResult:
        """Run a task to its end, as `execute_sync` does. Cancelling the asyncio task cancels the run."""
        task_id = await self.execute_async(config, wait_if_busy=wait_if_busy)
        try:
            return await self.wait(task_id)
        except asyncio.CancelledError:
            await asyncio.to_thread(self.cancel, task_id)
            raise

    async def wait(self, task_id: str) -> PipelineResult:
        """Return the result of a task when it has ended, also of one that another process runs. Raises TaskError."""
        with self._lock:
            running = self._watches.get(task_id)
        if running is not None:
            # Shielded: who stops waiting does not stop the run.
            return await asyncio.shield(asyncio.wrap_future(running.done))
        while (state := self.get(task_id)).status in (Status.PENDING, Status.RUNNING):
            await asyncio.sleep(_STEP)
        return PipelineResult.of(state, self.folder)

    def wait_sync(self, task_id: str, timeout: float | None = None) -> PipelineResult:
        """As `wait`, in a program without asyncio. Raises TimeoutError after `timeout` seconds; the run goes on."""
        with self._lock:
            running = self._watches.get(task_id)
        if running is not None:
            return running.done.result(timeout)
        end = None if timeout is None else time.monotonic() + timeout
        while (state := self.get(task_id)).status in (Status.PENDING, Status.RUNNING):
            if end is not None and time.monotonic() > end:
                raise TimeoutError(f"the task {task_id} is still running.")
            time.sleep(_STEP)
        return PipelineResult.of(state, self.folder)

    def cancel(self, task_id: str) -> TaskState:
        """End a task and all its processes within about five seconds; return its state. What is done is kept for `resume`.

        It does not matter which process runs it. A task that has ended already stays as it is. Raises TaskError.
        """
        state = self.get(task_id)
        if state.status not in (Status.PENDING, Status.RUNNING, Status.PAUSED):
            return state
        of = self.state_manager.files(task_id)
        if not of.raw.is_file():
            raise TaskError(f"the task {task_id} has nothing that could be ended: {of.raw} is gone. Clean it.")
        stream.append(of.raw, "cancel")
        processes.stop(of.raw)
        end = time.monotonic() + _END
        while self.state_manager.is_alive(task_id) and time.monotonic() < end:
            processes.stop(of.raw)  # again and again: one that is just being started is not seen at once
            time.sleep(0.05)
        state = self.get(task_id)
        if not state.status.is_final or state.status is Status.PAUSED:
            # Its watcher is gone, too.
            self._adopt(task_id)
            state = self.get(task_id)
        return state

    def resume(self, task_id: str, *, wait_if_busy: bool = False) -> PipelineResult:
        """Go on with a task that was cancelled, failed or interrupted, to its end; what is done is not made again.

        A run that still lives is waited for; a completed task stays as it is. Raises TaskError if there is no such task,
        BusyError as in `start`.
        """
        return self._to_the_end(self.resume_async(task_id, wait_if_busy=wait_if_busy))

    def resume_async(self, task_id: str, *, wait_if_busy: bool = False) -> str:
        """Go on with a task as `resume` does, but return its id at once; then `wait` for it."""
        state = self.get(task_id)
        if state.status is not Status.COMPLETED and not self.state_manager.is_watched(task_id):
            self._watch(task_id, wait_if_busy)
        return task_id

    def get(self, task_id: str) -> TaskState:
        """Return the state of a task. Raises TaskError if there is none of that id."""
        return self.state_manager.get(task_id)

    def list(self, status: Status | str | None = None) -> Sequence[TaskState]:
        """Return the tasks of the folder, newest first, of all or of one status. Raises ConfigError for an unknown status."""
        return self.state_manager.list(status)

    def _watch(self, task_id: str, wait_if_busy: bool, lock: int | None = None) -> None:
        of = self.state_manager.files(task_id)
        watcher = Watch(of, self.event_emitter, self._cores, lock)
        try:
            if not wait_if_busy:
                watcher.begin()
        except BaseException as error:
            watcher.close()
            if isinstance(error, OSError):
                raise watch.unwritable(of, error) from error
            raise
        with self._lock:
            self._watches[task_id] = watcher
        watcher.done.add_done_callback(lambda done: self._forget(watcher))
        watch.in_thread(watcher.run_when_free if wait_if_busy else watcher.run)

    def _forget(self, watcher: Watch) -> None:
        error = watcher.done.exception()
        if error and not isinstance(error, VideoGenError):  # ours are told by whoever waits for the end
            _log.error("%s: the watcher failed: %s", watcher.of.task_id, error)
        with self._lock:
            if self._watches.get(watcher.of.task_id) is watcher:
                del self._watches[watcher.of.task_id]

    def _adopt(self, task_id: str) -> None:
        """Write the end of a cancelled task that nobody watches any more."""
        Watch(self.state_manager.files(task_id), self.event_emitter, self._cores).run()

    def _to_the_end(self, task_id: str) -> PipelineResult:
        try:
            return self.wait_sync(task_id)
        except (KeyboardInterrupt, SystemExit):
            self.cancel(task_id)
            raise
