"""Tasks begun and watched to their end, and what is said of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from video_gen import Event, InputConfig, PipelineOrchestrator, PipelineResult, Status, TaskError
from video_gen.cli import asking, background, deliver, folder, interrupts, live, say

_STEP = 0.3  # seconds between two looks at a task of another process


def make(config: InputConfig, output: Path | None, *, cores: str, wait: bool, detach: bool) -> None:
    """Run a task to its end, or begin it in the background. Raises typer.Exit with 1 or 130 unless all went well."""
    if detach:
        _detached({"config": config.to_dict()}, output, cores, wait)
        return
    orchestrator = PipelineOrchestrator(cores=cores)
    follow(orchestrator, lambda: orchestrator.start(config, wait_if_busy=wait), output)


def go_on(
    task: str, output: Path | None, *, cores: str, wait: bool, detach: bool, given: InputConfig | None = None
) -> None:
    """Resume a task, in the background or to its end, as `make` does. given: what was asked for beside it."""
    task_id = folder.task(task)
    orchestrator = PipelineOrchestrator(cores=cores)
    if given is not None:
        asking.of_task(task_id, given)
    if orchestrator.state_manager.is_watched(task_id):
        look_on(orchestrator, task_id)
    elif detach:
        _detached({"task": task_id}, output, cores, wait)
    else:
        follow(orchestrator, lambda: orchestrator.resume_async(task_id, wait_if_busy=wait), output)


def draw(config: InputConfig, pages: Sequence[Path]) -> None:
    """Run a task that draws previews, and say where pages and sheets are. Raises typer.Exit as `make` does."""
    orchestrator = PipelineOrchestrator()
    result, _ = _watched(orchestrator, lambda: orchestrator.start(config))
    if say.mode.json:
        say.document({"success": result.success, "task_id": result.task_id, "previews": pages, "errors": result.errors})
    _end(result)
    for page in pages:
        say.answer(f"{page}  (as one picture: {page.with_suffix('.png')})")


def follow(orchestrator: PipelineOrchestrator, begin: Callable[[], str], output: Path | None = None) -> None:
    """Begin a task by `begin`, show it until it ends, and say how it ended."""
    result, copies = _watched(orchestrator, begin, output)
    tell(result, copies)


def _watched(
    orchestrator: PipelineOrchestrator, begin: Callable[[], str], output: Path | None = None
) -> tuple[PipelineResult, list[Path]]:
    """Return the result of a task and the copies that `--output` asked for."""
    board = live.Board(orchestrator.folder)
    noted: list[int] = []
    # Ctrl-C while a run begins or ends is only noted: half begun it could not be cancelled, and once is enough.
    with live.view(board) as hear, interrupts.handled(noted.append):
        orchestrator.event_emitter.on_all(hear)
        task_id = begin()
        deliver.remember(orchestrator, task_id, output)
        try:
            with interrupts.handled(interrupts.interrupt):
                if noted:
                    interrupts.interrupt(noted[0])
                result = orchestrator.wait_sync(task_id)
        except KeyboardInterrupt:
            board.ending = True
            orchestrator.cancel(task_id)
            result = orchestrator.wait_sync(task_id)
    return result, deliver.copied(orchestrator, result)


def look_on(orchestrator: PipelineOrchestrator, task_id: str) -> None:
    """Show a task that another process runs until it ends, and say how it ended."""
    try:
        with live.view(live.Board(orchestrator.folder)) as hear:
            for event in _events(orchestrator, task_id):
                hear(event)
    except KeyboardInterrupt:
        say.note(f"The task goes on. End it with: video-gen cancel {task_id}")
        raise typer.Exit(130) from None
    state = orchestrator.get(task_id)
    if state.status is Status.PAUSED:
        raise TaskError(f"the task {task_id} was interrupted. Go on with: video-gen resume {task_id}")
    tell(PipelineResult.of(state, orchestrator.folder), [])


def _events(orchestrator: PipelineOrchestrator, task_id: str) -> Iterator[Event]:
    """Yield the events of a task as they are written, until it has ended."""
    seen, over = 0, False
    while not over:
        over = orchestrator.get(task_id).status.is_final
        new = orchestrator.state_manager.events(task_id, start=seen)
        seen += len(new)
        yield from new
        time.sleep(0 if over else _STEP)


def tell(result: PipelineResult, copies: list[Path]) -> None:
    """Say how a task ended. Raises typer.Exit with 1 or 130 unless it went well."""
    if say.mode.json:
        say.document({**result.to_dict(), "cancelled": result.cancelled, "copies": list(map(str, copies))})
    for video in result.videos:
        length = say.seconds(video.total_duration)
        say.answer(f"{video.video_path}  {length}, {video.scene_count} scenes")
    if copies:
        say.note(f"copied to {copies[0].parent}")
    _end(result)


def _end(result: PipelineResult) -> None:
    """Say why a task did not succeed, and what can be done."""
    go_on = f"video-gen resume {result.task_id}"
    if result.cancelled:
        say.note(f"cancelled. Go on with: {go_on}")
        raise typer.Exit(130)
    if not result.success:
        for message in dict.fromkeys(result.errors):
            say.failure(message)
        say.note(f"The log: video-gen logs {result.task_id}. When it is mended, go on with: {go_on}")
        raise typer.Exit(1)


def _detached(request: dict[str, Any], output: Path | None, cores: str, wait: bool) -> None:
    target = str(output.resolve()) if output else None
    task_id = background.start({**request, "output": target, "cores": cores, "wait": wait}, Path.cwd())
    if say.mode.json:
        say.document({"task_id": task_id})
    say.answer(task_id)
    say.note(f"Follow it with: video-gen watch {task_id}")
