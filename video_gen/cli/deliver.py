"""`--output`: finished videos, and what lies beside them, copied to a folder of the user's."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import typer

from video_gen import PipelineOrchestrator, PipelineResult
from video_gen.errors import VideoGenError
from video_gen.files import atomic, read_json, write_json

_VIDEOS = Path("output/videos")


def check(output: Path) -> None:
    """Raise typer.BadParameter unless a folder is there, or can be made there, that can be written to; nothing stays of the try."""
    missing = [path for path in (output, *output.parents) if not path.exists()]
    try:
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=output):  # whoever may all, as root, is still refused by what is read-only
            pass
    except OSError as error:
        raise typer.BadParameter(
            f"--output {output}: cannot be written to ({error.strerror}). Name a folder, or one that can be made."
        ) from error
    finally:
        for path in missing:
            with suppress(OSError):  # it could not be made
                path.rmdir()


def remember(orchestrator: PipelineOrchestrator, task_id: str, output: Path | None) -> None:
    """Note where a task's videos are to be copied to, so that it is known when the task is resumed."""
    if output is not None:
        write_json(_note(orchestrator, task_id), {"output": str(output.resolve())})


def copied(orchestrator: PipelineOrchestrator, result: PipelineResult) -> list[Path]:
    """Copy what a task made to where it was asked for, and return the copies. Raises VideoGenError.

    Of a task that failed: the videos that it did make. A copy as new as its original is left as it is.
    """
    if result.cancelled or not (note := _note(orchestrator, result.task_id)).exists():
        return []
    output = Path(read_json(note)["output"])
    names = [video.name for video in result.videos]
    made = orchestrator.folder / _VIDEOS
    files = [path for path in sorted(made.glob("*.*")) if path.name.split(".")[0] in names]
    try:
        return [_copy(path, output / path.name) for path in files if output.resolve() != made.resolve()]
    except OSError as error:
        raise VideoGenError(
            f"{output}: cannot be written to ({error.strerror}). The videos are in {made}; give another --output."
        ) from error


def _copy(path: Path, to: Path) -> Path:
    old = to.stat() if to.exists() else None
    new = path.stat()
    if old is None or (old.st_mtime_ns, old.st_size) != (new.st_mtime_ns, new.st_size):
        with atomic(to) as part:
            shutil.copy2(path, part)
    return to


def _note(orchestrator: PipelineOrchestrator, task_id: str) -> Path:
    return orchestrator.state_manager.files(task_id).own / "deliver.json"
