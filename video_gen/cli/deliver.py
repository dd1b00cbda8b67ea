"""`--output`: finished videos, and what lies beside them, copied to a folder of the user's."""

import shutil
from pathlib import Path

from video_gen import PipelineOrchestrator
from video_gen.errors import VideoGenError
from video_gen.files import atomic, read_json, write_json

_VIDEOS = Path("output/videos")


def remember(orchestrator: PipelineOrchestrator, task_id: str, output: Path | None) -> None:
    """Note where a task's videos are to be copied to, so that it is known when the task is resumed."""
    if output is not None:
        write_json(_note(orchestrator, task_id), {"output": str(output.resolve())})


def copied(orchestrator: PipelineOrchestrator, task_id: str) -> list[Path]:
    """Copy what a task made to where it was asked for, and return the copies. Raises VideoGenError.

    A copy as new as its original is left as it is.
    """
    note = _note(orchestrator, task_id)
    if not note.exists():
        return []
    output = Path(read_json(note)["output"])
    names = read_json(orchestrator.state_manager.files(task_id).plan)["videos"]
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
