"""A build that is killed again and again, at random moments, and resumed: it must end as if nothing had happened.

VIDEO_GEN_KILLS is the number of kills (4), VIDEO_GEN_SEED chooses the moments (0).
"""

import hashlib
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

from video_gen import PipelineOrchestrator
from video_gen.pipeline import processes
from video_gen.pipeline.files import read_lines
from video_gen.pipeline.translate import Translator

KILLS = int(os.environ.get("VIDEO_GEN_KILLS", "4"))
SEED = int(os.environ.get("VIDEO_GEN_SEED", "0"))
A_BUILD = 4  # kills in one build, each of another kind
JOBS = 9  # after which a build has still some way to go
KINDS = ("watcher", "snakemake", "job", "all", "all but the jobs")
CONFIG = {
    "narration": {"engine": "silent", "cache": None},
    "picture": {"width": 320, "height": 180, "fps": 5},
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


@pytest.mark.parametrize("build", range(-(-KILLS // A_BUILD)))
def test_killed_builds_end_like_an_undisturbed_one(tmp_path, undisturbed, build):
    chance = random.Random(f"{SEED} {build}")
    kills = min(A_BUILD, KILLS - build * A_BUILD)
    kinds = chance.sample(KINDS, A_BUILD)[:kills]
    project(tmp_path)
    hits = 0
    for kind, jobs in zip(kinds, sorted(chance.sample(range(JOBS), kills)), strict=True):
        hits += disturb(tmp_path, kind, jobs, chance.uniform(0.0, 0.8))
        assert not half_made(tmp_path), kind
    assert hits >= kills / 2, "the kills came too late"
    done = watcher(tmp_path)
    assert done.wait(timeout=180) == 0, (tmp_path / "watcher.log").read_text()

    assert content(tmp_path) == undisturbed
    assert made_twice(tmp_path) == []
    assert processes_in(tmp_path) == []
    assert list(tmp_path.rglob("output/**/.*.part*")) == []
    assert list((tmp_path / ".snakemake/locks").iterdir()) == []
    (state,) = PipelineOrchestrator(tmp_path).list("completed")
    assert state.overall_progress == 1.0
    translator = Translator(state.task_id)
    told_of = [event for line in read_lines(raw(tmp_path)) for event in translator.events(line)]
    assert events(tmp_path) == told_of, "no event is lost or told twice"
    overall = [event.data["overall_progress"] for event in told_of]
    assert overall == sorted(overall) and overall.count(1.0) >= 1
    assert all(event.type == "pipeline.completed" for event in told_of if event.data["overall_progress"] == 1)


def project(folder):
    made = make_project(folder)
    made.write("config.yaml", CONFIG)
    made.video(SCENES)


def watcher(folder):
    with (folder / "watcher.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-c", WATCHER], cwd=folder, stdout=log, stderr=log)


def disturb(folder, kind, jobs, after):
    """Run until so many jobs are done, and some seconds more, then kill -9; what lives on is waited for.

    Returns whether there was something to be killed.
    """
    process = watcher(folder)
    end = time.monotonic() + 180
    while process.poll() is None and (raw(folder) is None or told(folder, "job_finished") < jobs):
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(after)
    while not (chosen := victims(folder, process, kind)) and process.poll() is None:
        assert time.monotonic() < end, f"no {kind} to kill"
    for one in chosen:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    if process in chosen:
        process.wait()
    else:
        # It sees the death of the others, and writes it down.
        process.wait(timeout=180)
        assert processes_in(folder) == [], kind
    return bool(chosen)


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
    return next(iter(folder.glob("output/state/*/raw.jsonl")), None)


def processes_in(folder):
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def half_made(folder):
    """Final names whose content does not decode or parse."""
    broken = []
    for path in folder.rglob("output/**/*.*"):
        if path.name.startswith(".") or "state" in path.parts or not path.is_file():
            continue
        try:
            if path.suffix == ".json":
                json.loads(path.read_text())
            elif path.suffix in (".mp4", ".mp3", ".m4a"):
                decoded(path)
        except (ValueError, av.FFmpegError):
            broken.append(path)
    return broken


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
