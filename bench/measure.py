"""What the benchmarks share: a command measured with all its children, tables, JSON, and plots drawn by our own chart scene."""

import json
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import psutil

OUT = Path("output/bench")
Cost = dict[str, float]


def run(command: Sequence[str], folder: str | Path = ".", env: Mapping[str, str] | None = None) -> Cost:
    """Run a command once; return {cpu, wall} in seconds and {megabytes}, its peak of memory, children included.

    Its output goes to `output.txt` in OUT. Raises CalledProcessError with the end of that output.
    """
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / "output.txt").open("w+", encoding="utf-8", errors="replace") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(env or {})}, stdout=output, stderr=subprocess.STDOUT
        )
        memory = _Memory(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.stop()
        if process.returncode:
            output.seek(0)
            print(output.read()[-3000:])
            raise subprocess.CalledProcessError(process.returncode, command)
    return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "megabytes": memory.peak / 1e6}


class _Memory(threading.Thread):
    """The peak of a process's memory and its children's, looked at 20 times a second.

    The system's own peak of a child begins with that of the process which started it, so it is of no use here.
    """

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.peak, self._pid, self._over = 0, pid, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, _memory(self._pid))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _memory(pid: int) -> int:
    """Return the bytes of memory that a process and its children hold now; 0 if it is gone."""
    total = 0
    try:
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.Error:
        pass
    return total


def median(runs: Sequence[Cost]) -> Cost:
    """Return the median of each value."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def write_json(path: Path, value: object) -> None:
    """Write JSON, indented."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; numbers in three digits."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_shown, line))} |" for line in lines)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def plot(path: Path, content: dict) -> None:
    """Draw a chart (the fields of a scene of type `chart`) into a PNG."""
    from video_gen import scenes
    from video_gen.scenes.model import Style

    path.parent.mkdir(parents=True, exist_ok=True)
    scenes.states("chart", content, Style(1600, 900))[-1].picture.save(path)
