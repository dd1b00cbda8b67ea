"""`--detach`: a process of its own that begins a task, tells its id, and watches it to its end."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

from video_gen.errors import VideoGenError

_LOG = Path("output/logs/background.log")


def start(request: dict[str, Any], folder: Path) -> str:
    """Begin a task in the background and return its id.

    request: {config or task, output, cores, wait}, as `main` takes it. Raises VideoGenError with the reason if it cannot begin.
    """
    with _log(folder) as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "video_gen.cli.background"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert process.stdin and process.stdout
    with process.stdin as to_child, process.stdout as from_child:
        to_child.write(json.dumps(request).encode())
        to_child.close()
        told = from_child.readline()
    answer = json.loads(told) if told else {"error": f"the task could not begin. The log {_LOG} says more."}
    if "error" in answer:
        raise VideoGenError(answer["error"])
    return answer["task_id"]


def _log(folder: Path) -> BinaryIO:
    path = folder / _LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise VideoGenError(f"{path}: {error.strerror}. See that output/ can be written to.") from error


def main() -> None:
    """Begin or resume the task that stdin asks for, print {task_id} or {error}, and see it to its end."""
    from video_gen import InputConfig, PipelineOrchestrator
    from video_gen.cli import deliver

    request = json.load(sys.stdin)
    orchestrator = PipelineOrchestrator(cores=request["cores"])
    try:
        if "task" in request:
            task_id = orchestrator.resume_async(request["task"], wait_if_busy=request["wait"])
        else:
            config = InputConfig.from_dict(request["config"])
            task_id = orchestrator.start(config, wait_if_busy=request["wait"])
        deliver.remember(orchestrator, task_id, Path(request["output"]) if request["output"] else None)
    except VideoGenError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        raise SystemExit(1) from error
    print(json.dumps({"task_id": task_id}), flush=True)
    # Whoever started this reads no further.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with contextlib.suppress(VideoGenError):
        deliver.copied(orchestrator, orchestrator.wait_sync(task_id))


if __name__ == "__main__":
    main()
