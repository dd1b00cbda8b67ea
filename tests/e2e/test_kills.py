"""A build that is killed again and again, at random moments, and resumed: it must end as if nothing had happened.

VIDEO_GEN_KILLS is the number of kills (5, one of each kind), VIDEO_GEN_SEED chooses the moments (0). For many kills the build
is a larger one: each must find something that runs.
"""

import contextlib
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

import av
import psutil
import pytest
from conftest import make_project

from video_gen import PipelineOrchestrator, schema
from video_gen.pipeline import leftovers, processes
from video_gen.pipeline.files import read_lines
from video_gen.pipeline.translate import Translator

KILLS = int(os.environ.get("VIDEO_GEN_KILLS", "5"))
SEED = int(os.environ.get("VIDEO_GEN_SEED", "0"))
MANY = KILLS > 5
JOBS = 45 if MANY else 6  # after which the build has still some way to go
KINDS = ("watcher", "snakemake", "job", "all", "all but the jobs")
CONFIG = {
    "narration": {"engine": "silent", "cache": None},
    "picture": {"width": 284, "height": 160, "fps": 5, "formats": ["9:16", "1:1"] if MANY else []},
    "encoder": {"preset": "ultrafast"},
}
SCENES = [
    {"type": "title", "id": "start", "title": "Start", "narration": "This is the start of it."},
    {"type": "list", "id": "middle", "header": "Two things", "items": ["Apples", "Pears"], "narration": "Two things."},
]
# Starts a task, or resumes the last one; its process is the watcher.
WATCHER = """
from video_gen import PipelineOrchestrator
orchestrator = PipelineOrchestrator(".", cores=2)
tasks = orchestrator.list()
result = orchestrator.resume(tasks[0].task_id) if tasks else orchestrator.execute_sync("inputs/demo.yaml")
raise SystemExit(not result.success)
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    project(folder)
    assert PipelineOrchestrator(folder, cores=2).execute_sync("inputs/demo.yaml").success
    return content(folder)


def test_a_killed_build_ends_like_an_undisturbed_one(tmp_path, undisturbed):
    chance = random.Random(SEED)
    project(tmp_path)
    disturber = Disturber(tmp_path)
    kinds = itertools.cycle(chance.sample(KINDS, len(KINDS)))
    for kind, jobs in zip(kinds, sorted(chance.choices(range(JOBS), k=KILLS)), strict=False):
        disturber.kill(kind, jobs, chance.uniform(0.0, 0.8))
        assert not disturber.half_made(), kind
    print(f"kills: {dict(disturber.hits)}, seed {SEED}")
    assert disturber.hits.total() >= 0.8 * KILLS, "the kills came too late"
    disturber.end()

    assert content(tmp_path) == undisturbed
    assert made_twice(tmp_path) == []
    assert processes_in(tmp_path) == []
    assert list(tmp_path.rglob("output/**/.*.part*")) == []
    assert list((tmp_path / ".snakemake/locks").iterdir()) == []
    assert leftovers.remove_unrecorded(tmp_path, ["demo"]) == [], "an edit would never reach these"
    (state,) = PipelineOrchestrator(tmp_path).list("completed")
    assert state.overall_progress == 1.0
    translator = Translator(state.task_id)
    told_of = [event for line in read_lines(raw(tmp_path)) for event in translator.events(line)]
    assert events(tmp_path) == told_of, "no event is lost or told twice"
    schema.check(state.to_dict(), "state", "state", AssertionError)
    for event in told_of:
        schema.check(event.to_dict(), "event", "event", AssertionError)
    overall = [event.data["overall_progress"] for event in told_of]
    assert overall == sorted(overall) and overall.count(1.0) >= 1
    assert all(event.type == "pipeline.completed" for event in told_of if event.data["overall_progress"] == 1)


def project(folder):
    made = make_project(folder)
    made.write("config.yaml", CONFIG)
    made.video([{**scene, "id": f"{scene['id']}_{part}"} for part in range(6 if MANY else 1) for scene in SCENES])


def watcher(folder):
    with (folder / "watcher.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-c", WATCHER], cwd=folder, stdout=log, stderr=log)


class Disturber:
    """Runs a build and kills parts of it. hits: how often something was killed, by its kind."""

    def __init__(self, folder):
        self.folder, self.hits = folder, Counter()
        self._process, self._whole = watcher(folder), set()

    def kill(self, kind, jobs, after):
        """Run until so many jobs are done, and some seconds more, then kill -9. A run that has ended is resumed."""
        end = time.monotonic() + 180
        while raw(self.folder) is None or told(self.folder, "job_finished") < jobs:
            self._go_on()
            assert time.monotonic() < end, f"{kind}: the build does not go on"
            time.sleep(0.02)
        time.sleep(after)
        while not (chosen := victims(self.folder, self._process, kind)) or self._process.poll() is not None:
            if self._go_on() and is_done(self.folder):
                return
            assert time.monotonic() < end, f"no {kind} to kill"
            time.sleep(0.005)
        for one in chosen:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        self.hits[kind] += 1
        if self._process in chosen:
            self._process.wait()
        elif kind == "snakemake":
            # Its watcher sees it, and writes it down. After the death of a job the others go on.
            self._process.wait(timeout=180)
            assert processes_in(self.folder) == []

    def end(self):
        """Let the build end, and resume it for what has failed."""
        for _ in range(4):
            self._process.wait(timeout=180)
            if is_done(self.folder):
                return
            self._go_on()
        raise AssertionError((self.folder / "watcher.log").read_text())

    def half_made(self):
        """A final name whose content does not decode or parse, if there is one."""
        for path in self.folder.rglob("output/**/*.*"):
            if path.name.startswith(".") or "state" in path.parts:
                continue
            with contextlib.suppress(FileNotFoundError):  # Snakemake removes what a killed job has made
                made = (path, path.stat().st_mtime_ns)
                if made not in self._whole and path.is_file() and not is_whole(path):
                    return path
                self._whole.add(made)
        return None

    def _go_on(self):
        """Resume the task if nobody watches it. Returns whether that was so."""
        over = self._process.poll() is not None
        if over:
            self._process = watcher(self.folder)
        return over


def victims(folder, process, kind):
    running = {one: command(one) for one in processes.of_run(raw(folder))}
    snakemakes = [one for one, words in running.items() if "--snakefile" in words]
    jobs = [one for one, words in running.items() if words and one not in snakemakes]
    return {
        "watcher": [process],
        "snakemake": snakemakes,
        "job": jobs[-1:],
        "all": [process, *running],
        "all but the jobs": [process, *snakemakes] if jobs else [],
    }[kind]


def told(folder, kind):
    return sum(line["kind"] == kind for line in read_lines(raw(folder)))


def command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def raw(folder):
    """The stream of the task, None as long as there is no task that could be resumed."""
    return next((state.with_suffix("") / "raw.jsonl" for state in folder.glob("output/state/*.json")), None)


def is_done(folder):
    return bool(PipelineOrchestrator(folder).list("completed"))


def processes_in(folder):
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def is_whole(path):
    try:
        if path.suffix == ".json":
            json.loads(path.read_text())
        elif path.suffix in (".mp4", ".mp3", ".m4a"):
            decoded(path)
    except FileNotFoundError:
        raise
    except (ValueError, av.FFmpegError):
        return False
    return True


def decoded(path):
    """The digest of all frames."""
    sha = hashlib.sha256()
    with av.open(str(path)) as container:
        for frame in container.decode(container.streams[0]):
            sha.update(frame.to_ndarray().tobytes())
    return sha.hexdigest()


def content(folder):
    report = json.loads((folder / "output/timing/demo.json").read_text())
    return {
        "frames": decoded(folder / "output/videos/demo.mp4"),
        "words": [scene["words"] for scene in report["scenes"]],
        "captions": (folder / "output/videos/demo.vtt").read_text(),
    }


def made_twice(folder):
    """Jobs that began again after they had been finished."""
    finished, names, again = Counter(), {}, []
    for line in read_lines(raw(folder)):
        if line["kind"] == "begin":
            names = {}
        elif line["kind"] == "job_info" and line["rule"] != "all":
            name = names[line["job"]] = (line["rule"], *line["wildcards"].values())
            if finished[name]:
                again.append(name)
        elif line["kind"] == "job_finished" and line["job"] in names:
            finished[names[line["job"]]] += 1
    return again


def events(folder):
    orchestrator = PipelineOrchestrator(folder)
    return orchestrator.state_manager.events(orchestrator.list()[0].task_id)
