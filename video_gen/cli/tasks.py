"""Commands about tasks: `status`, `list`, `watch`, `cancel`, `logs` and `clean`."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from video_gen.cli import complete, options, say

if TYPE_CHECKING:
    from video_gen import TaskState

_PANEL = "See what is made"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(rich_help_panel=_PANEL)(status)
    app.command("list", rich_help_panel=_PANEL)(list_)
    app.command(rich_help_panel=_PANEL)(watch)
    app.command(rich_help_panel=_PANEL)(cancel)
    app.command(rich_help_panel=_PANEL)(logs)
    app.command(rich_help_panel=_PANEL)(clean)


def status(task: options.Task, json: options.Json = False) -> None:
    """Say how far a task is, with its stages, warnings and errors.

    Example: video-gen status last
    """
    from video_gen import StateManager
    from video_gen.cli import folder

    state = StateManager().get(folder.task(task))
    if json:
        say.document(state.to_dict())
    say.answer(f"{state.task_id}: {state.status}, {state.overall_progress:.0%}", style="bold")
    say.answer(f"begun {_local(state.started_at or state.created_at)}{_ended(state)}")
    say.table(
        ("STAGE", "STATUS", "PROGRESS"),
        [(name, stage.status, f"{stage.progress:.0%}") for name, stage in state.stages.items()],
    )
    for warning in state.warnings:
        say.answer(f"warning: {warning}")
    for error in dict.fromkeys(state.errors):
        say.answer(f"error: {error}")
    for video in (state.result or {}).get("videos", ()):
        say.answer(f"{video['video_path']}  {say.seconds(video['total_duration'])}, {video['scene_count']} scenes")


def list_(
    status: Annotated[
        str | None,
        typer.Option(help="Only those that are so: running, failed, paused …", autocompletion=complete.statuses),
    ] = None,
    json: options.Json = False,
) -> None:
    """List the tasks of this folder, the newest first.

    Example: video-gen list --status failed
    """
    from video_gen import StateManager, Status

    if status is not None and status not in list(Status):
        raise typer.BadParameter(f"--status: {status!r} is unknown. Known: {', '.join(Status)}.")
    states = StateManager().list(status)
    if json:
        say.document([state.to_dict() for state in states])
    elif states:
        rows = [
            (state.task_id, state.status, f"{state.overall_progress:.0%}", _local(state.created_at), _what(state))
            for state in states
        ]
        say.table(("TASK", "STATUS", "DONE", "CREATED", "SOURCES"), rows)
    else:
        say.note("There is no such task here. Start one with: video-gen create")


def watch(task: options.Task, json: options.Json = False, quiet: options.Quiet = False) -> None:
    """Show a task until it ends, also one of another terminal.

    Ctrl-C leaves it running. The exit code is that of the task.

    Example: video-gen watch last
    """
    from video_gen import PipelineOrchestrator
    from video_gen.cli import folder, making

    say.mode.quiet = quiet
    making.look_on(PipelineOrchestrator(), folder.task(task))


def cancel(task: options.Task, json: options.Json = False) -> None:
    """End a task and all its processes.

    What is done is kept, and `video-gen resume` goes on.

    Example: video-gen cancel demo-20260102-030405-ab12
    """
    from video_gen import PipelineOrchestrator
    from video_gen.cli import folder

    state = PipelineOrchestrator().cancel(folder.task(task))
    if json:
        say.document(state.to_dict())
    say.answer(f"{state.task_id}: {state.status}")


def logs(
    task: options.Task,
    failed: Annotated[bool, typer.Option("--failed", help="Only the logs of the jobs that failed.")] = False,
    json: options.Json = False,
) -> None:
    """Print the log of a task.

    All that Snakemake said, then the log of each job that failed. With --json the events of the task.

    Example: video-gen logs last --failed
    """
    from video_gen import StateManager
    from video_gen.cli import folder

    manager = StateManager()
    task_id = folder.task(task)
    events = manager.events(task_id)
    if json:
        say.document([event.to_dict() for event in events])
        return
    log = manager.files(task_id).log
    names = [event.data.get("log", "") for event in events if event.type == "stage.failed"]
    of_jobs = [manager.folder / name for name in names if name]
    for path in dict.fromkeys([*([] if failed else [log]), *of_jobs]):
        if path.is_file():
            say.answer(f"==> {_short(path)} <==", style="bold")
            say.answer(path.read_text("utf-8", "replace"))
    if failed and not any(names):
        say.note(f"No job of {task_id} failed.")


def clean(
    older_than: Annotated[
        str | None, typer.Option(metavar="AGE", help="Remove the records of tasks this long over: 30d, 12h, 2w.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="Only tasks that are so, such as failed.", autocompletion=complete.statuses)
    ] = None,
    orphans: Annotated[
        bool, typer.Option("--orphans", help="Remove the files of videos whose source is gone; they are listed first.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: options.Json = False,
) -> None:
    """Remove old records of tasks, and files of videos without a source.

    A record is what `list` shows; what the task made stays. Running tasks are left alone.

    Example: video-gen clean --older-than 30d --orphans
    """
    from video_gen.cli import cleaning

    if older_than is None and status is None and not orphans:
        raise typer.BadParameter("say what to remove: --older-than 30d, --status failed or --orphans.")
    tasks = cleaning.tasks(status, _age(older_than)) if older_than or status else []
    files = cleaning.orphans(Path.cwd()) if orphans else []
    if json and files and not yes:  # a program that reads JSON answers no question
        error = f"{len(files)} files and folders without a source would be removed. To do it: --yes"
        say.document({"success": False, "error": error, "tasks": tasks, "orphans": files, "removed": []})
        raise typer.Exit(1)
    removed = cleaning.remove(files, yes=yes) if files else []
    if json:
        say.document({"success": True, "tasks": tasks, "orphans": files, "removed": removed})
    if older_than or status:
        say.answer(f"records of tasks removed: {len(tasks)}")
    if orphans:
        say.answer(f"files and folders without a source removed: {len(removed)} of {len(files)}")


def _age(text: str | None) -> timedelta | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,6})\s*([mhdw])", text.strip())
    if not found:
        raise typer.BadParameter(f"--older-than: {text!r} is no age. Write for example 30d, 12h or 2w.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _local(timestamp: str) -> str:
    return datetime.fromisoformat(timestamp).astimezone().strftime("%Y-%m-%d %H:%M") if timestamp else ""


def _ended(state: "TaskState") -> str:
    return f", ended {_local(state.completed_at)}" if state.completed_at else ""


def _what(state: "TaskState") -> str:
    sources = state.input_config.get("source") or ["all of the folder"]
    return ", ".join(source if isinstance(source, str) else source["video_id"] for source in sources)


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
