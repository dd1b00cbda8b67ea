"""Projects that the benchmarks build with the real command, and what each of their jobs costs."""

import json
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import measure
import yaml

from video_gen.pipeline import runner

WATCH = Path(__file__).parent / "watch"
# The cheapest that still is a video: what is measured is the graph and not the encoder.
TINY = {
    "narration": {"engine": "silent", "cache": None},
    "picture": {"width": 320, "height": 180, "fps": 10, "motion": "none"},
    "encoder": {"preset": "ultrafast"},
}


class Project:
    """An empty folder below OUT that video-gen works in."""

    def __init__(self, name: str, config: Mapping[str, object]):
        self.folder = measure.OUT / name
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "inputs").mkdir(parents=True)
        self._dump("config.yaml", config)

    def video(self, name: str, scenes: Sequence[Mapping[str, object]]) -> None:
        """Write a video YAML."""
        self._dump(f"inputs/{name}.yaml", {"video": {"id": name, "title": "A measured video"}, "scenes": list(scenes)})

    def _dump(self, path: str, value: object) -> None:
        (self.folder / path).write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")

    def build(self, *arguments: str, cores: int = 2) -> tuple[measure.Cost, dict[str, measure.Cost]]:
        """Run Snakemake on our graph; return what it cost in all, and for each rule: {jobs, cpu, wall, megabytes (peak)}.

        Snakemake's own process stands among the rules as `snakemake`.
        """
        notes = (self.folder / "jobs.jsonl").absolute()
        notes.unlink(missing_ok=True)
        paths = [str(WATCH), *filter(None, [os.environ.get("PYTHONPATH")])]
        env = {"PYTHONPATH": os.pathsep.join(paths), "BENCH_JOBS": str(notes)}
        total = measure.run(runner.command(["--cores", str(cores), *arguments]), self.folder, env)
        by_rule: dict[str, list[measure.Cost]] = defaultdict(list)
        for line in notes.read_text(encoding="utf-8").splitlines():
            job = json.loads(line)
            by_rule[job.pop("name")].append(job)
        return total, {name: _sum(jobs) for name, jobs in by_rule.items()}


def _sum(jobs: Sequence[measure.Cost]) -> measure.Cost:
    cpu, wall = (sum(job[key] for job in jobs) for key in ("cpu", "wall"))
    return {"jobs": len(jobs), "cpu": cpu, "wall": wall, "megabytes": max(job["megabytes"] for job in jobs)}


def empty_run() -> measure.Cost:
    """Return what a run of Snakemake costs that has one rule and nothing to do."""
    folder = measure.OUT / "empty"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Snakefile").write_text('rule all:\n    input: "done.txt"\n\nrule done:\n    output: touch("done.txt")\n')
    command = [sys.executable, "-m", "snakemake", "--cores", "1"]
    measure.run(command, folder)
    return measure.median([measure.run(command, folder) for _ in range(3)])
