"""The command line with real runs of small videos, each command a process of its own as a user starts it."""

import base64
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time

import psutil
import pytest
import yaml
from conftest import make_project
from test_kills import CONFIG, SCENES, processes_in

from video_gen.pipeline import processes
from video_gen.pipeline.files import read_lines

COMMAND = [sys.executable, "-m", "video_gen"]


class Folder:
    """A folder with a small project, in which the command is called."""

    def __init__(self, path):
        self.path = path
        self.project = make_project(path)
        self.project.write("config.yaml", CONFIG)
        self.project.video(SCENES)

    def start(self, *arguments, **given):
        return subprocess.Popen(
            [*COMMAND, *arguments], cwd=self.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **given
        )

    def call(self, *arguments, **given):
        """Return exit code, stdout and stderr."""
        process = self.start(*arguments, **given)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        return process.returncode, out, err

    def json(self, *arguments):
        return json.loads(self.call(*arguments, "--json")[1])

    def wait_until(self, stage):
        end = time.monotonic() + 60
        while not (tasks := self.json("list")) or tasks[0]["current_stage"] != stage:
            assert time.monotonic() < end, tasks
        return tasks[0]["task_id"]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a finished task, and what the command said."""
    folder = Folder(tmp_path_factory.mktemp("made"))
    code, out, err = folder.call("create", "--from", "yaml:inputs/demo.yaml", "--output", "videos[1]", "--cores", "2")
    assert code == 0, err
    return folder, out, err


def test_create_says_what_it_made_and_copies_it(made):
    folder, out, err = made
    assert out.startswith("output/videos/demo.mp4  ") and out.endswith(", 2 scenes\n")
    copies = {path.name for path in (folder.path / "videos[1]").iterdir()}
    assert copies == {path.name for path in (folder.path / "output/videos").iterdir() if path.name.startswith("demo.")}
    assert {"demo.mp4", "demo.vtt", "demo.jpg"} <= copies
    assert "speaking: done" in err and "copied to" in err and "\x1b" not in err


def test_json_is_one_document_with_everything_else_on_stderr(made):
    folder, _, _ = made
    code, out, err = folder.call("create", "--json", "--log-format", "json", "--output", "output/videos")
    result = json.loads(out)
    assert result["copies"] == [], "they are there already"
    assert code == 0 and result["success"] and result["videos"][0]["name"] == "demo"
    lines = [json.loads(line) for line in err.splitlines()]
    assert lines[0]["type"] == "pipeline.started" and lines[-1]["type"] == "pipeline.completed"
    assert folder.json("status", "last")["task_id"] == result["task_id"]


def test_dry_run_tells_the_edited_scene_and_changes_nothing(made, tmp_path):
    folder = Folder(made[0].project.copy(tmp_path / "deep/project").folder)
    (tmp_path / "guide.md").write_text("# Guide\n\nSome words.\n\n## Part\n\n- one\n- two\n")
    (tmp_path / "bad.yaml").write_text("video: [")
    folder.project.write("config.yaml", {**CONFIG, "sources": {"guide": "../../guide.md", "bad": "../../bad.yaml"}})
    folder.project.video([SCENES[0], {**SCENES[1], "narration": "Two more things."}])
    before = snapshot(folder.path)
    code, out, err = folder.call("create", "--dry-run")
    assert snapshot(folder.path) == before
    parts = [part.splitlines() for part in re.split(r"^(?=\w)", out, flags=re.MULTILINE)]
    told = {lines[0]: lines[1:] for lines in parts if lines}
    assert [line for line in told["demo"] if " scene" in line] == [
        "  scene middle: will be spoken again: its words changed: “Two things.” → “Two more things.”",
        "  scene middle: will be rendered again: its sound is made anew",
    ], out + err
    assert any(line.startswith("  new: source, script, times, soundtrack") for line in told["guide"]), out
    assert code == 1 and "../../bad.yaml, line" in err and len(told["bad"]) == 1


def test_dry_run_of_what_is_up_to_date(made):
    assert made[0].json("create", "--dry-run") == {"success": True, "jobs": [], "errors": []}


def snapshot(folder):
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_build_is_snakemake(made):
    folder, _, _ = made
    code, out, err = folder.call("build", "--cores", "2", "-n", "output/videos/demo.mp4")
    assert code == 0 and "Nothing to be done" in out + err
    assert folder.call("build", "-n", "no/such/file")[0] == 1


def test_preview(made):
    folder, _, _ = made
    code, out, _ = folder.call("preview", "demo", "--quiet")
    assert code == 0 and out.startswith("output/previews/demo.html")
    assert (folder.path / "output/previews/demo.html").is_file() and (
        folder.path / "output/previews/demo.png"
    ).is_file()


def test_stages(made):
    folder, _, _ = made
    listed = {stage["rule"]: stage for stage in folder.json("stages")}
    assert "output/videos/{video}{shape}.mp4" in listed["join_video"]["output"].values()
    assert "join_video: " in folder.call("stages")[1]


def test_failure_is_told_with_its_log_and_exit_code_1(folder):
    folder.project.write("inputs/bad.yaml", "video: {id: bad, title: Bad}\nscenes: [{type: titel}]\n")
    code, out, err = folder.call("create", "--from", "inputs/bad.yaml")
    assert code == 1 and out == ""
    assert "inputs/bad.yaml, line 2" in err and "(log: output/logs/bad/adapt_source.log)" in err
    assert "video-gen logs bad-" in err and "video-gen resume bad-" in err
    assert "line 2" in folder.call("logs", "last", "--failed")[1]
    assert [task["status"] for task in folder.json("list", "--status", "failed")] == ["failed"]


def test_of_several_videos_those_that_are_made_are_delivered(folder):
    """A set that lies anywhere, and beside it a source that is broken: that is told as it happens, and at the end."""
    folder.project.write("bad.yaml", "video: {id: bad, title: Bad}\nscenes: [{type: titel}]\n")
    folder.project.write(
        "course/lessons.yaml",
        {"set_id": "s", "name": "S", "videos": [{"video": {"id": "one", "title": "One"}, "scenes": SCENES[:1]}]},
    )
    given = [*("--from", "course/lessons.yaml", "--from", "bad.yaml"), "--engine", "silent", "--cores", "2"]
    code, out, err = folder.call("create", *given, "--output", "out")
    assert code == 1 and out.startswith("output/videos/one.mp4  ") and len(out.splitlines()) == 1
    assert (folder.path / "out/one.mp4").is_file() and not list((folder.path / "out").glob("bad*"))
    assert err.count("bad.yaml, line 2") == 2, err


def test_detached_watched_cancelled_and_resumed(folder):
    code, out, _ = folder.call("create", "--from", "inputs/demo.yaml", "--detach", "--output", "out", "--cores", "2")
    task = out.strip()
    assert code == 0
    watching = folder.start("watch", task[:-2])
    assert folder.wait_until("audio_generation") == task
    code, out, _ = folder.call("cancel", task)
    assert (code, out) == (0, f"{task}: cancelled\n")
    _, err = watching.communicate(timeout=30)
    assert watching.returncode == 130 and f"video-gen resume {task}" in err
    assert processes_in(folder.path) == []
    assert not (folder.path / "out").exists()

    code, out, err = folder.call("create", "--resume", task, "--voice", "female")
    assert code == 1 and "voice: the task" in err
    code, out, err = folder.call("resume", "last", "--cores", "2")
    assert code == 0 and "goes on" in err and "script written" not in err
    assert (folder.path / "out/demo.mp4").is_file()
    assert folder.call("watch", "last")[0] == 0


def test_interrupted_on_a_terminal(folder):
    """A pseudo-terminal sees the bar and gets its cursor back; no process is left, and the exit code is 130."""
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key != "CI"} | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen([*COMMAND, "create", "--cores", "2"], cwd=folder.path, stderr=theirs, env=env)
    os.close(theirs)
    shown, interrupted = "", False
    while data := read(ours):
        shown += data
        if "speaking " in shown and not interrupted:
            process.send_signal(signal.SIGINT)
            interrupted = True
    os.close(ours)
    assert process.wait(timeout=30) == 130
    assert "━" in shown and "of 2" in shown and "\x1b[?25h" in shown and "Traceback" not in shown
    assert processes_in(folder.path) == []
    (task,) = folder.json("list")
    assert task["status"] == "cancelled" and f"video-gen resume {task['task_id']}" in shown


def test_interrupted_build_leaves_no_lock(folder):
    process = folder.start("build", "--cores", "2", start_new_session=True)
    while not list(folder.path.glob("output/specs/*.yaml")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert processes_in(folder.path) == [] and list(folder.path.glob(".snakemake/locks/*")) == []


def read(terminal):
    try:
        return os.read(terminal, 65536).decode(errors="replace")
    except OSError:  # the other end was closed
        return ""


def test_detached_tells_why_it_cannot_begin(folder):
    code, out, err = folder.call("create", "--from", "gone.md", "--detach")
    assert code == 1 and out == "" and "gone.md: there is no such file" in err


def test_example_of_a_new_project_is_built_offline(tmp_path):
    assert subprocess.run([*COMMAND, "init", "new"], cwd=tmp_path, check=False, capture_output=True).returncode == 0
    folder = tmp_path / "new"
    small = [
        f"--set={key}={value}" for key, value in _flat({**CONFIG, "narration": {"engine": "offline", "cache": None}})
    ]
    done = subprocess.run(
        [*COMMAND, "create", *small], cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "output/videos/example.json").read_text())["title"] == "My first video"


def _flat(settings):
    return [
        (f"{part}.{key}", yaml.safe_dump(value).split("\n")[0])
        for part, values in settings.items()
        for key, value in values.items()
    ]


def test_dry_run_after_a_kill_tells_what_the_next_task_does(folder):
    """Snakemake and the command are killed after a job has ended, and before anybody took note of it."""
    process = folder.start("create", "--cores", "1")
    snakemake = stopped_after_a_job(folder, process)
    snakemake.kill()
    process.kill()
    process.communicate(timeout=30)
    (unrecorded,) = [path for path in marked(folder.path) if path.is_file()]
    before = snapshot(folder.path)
    planned = folder.json("create", "--dry-run")
    assert snapshot(folder.path) == before
    assert ("render_clip", unrecorded.stem) in [(job["rule"], job["scene"]) for job in planned["jobs"]]

    assert folder.call("create", "--cores", "1")[0] == 0
    raw = folder.path / "output/state" / folder.json("list")[0]["task_id"] / "raw.jsonl"
    told = [line for line in read_lines(raw) if line["kind"] == "job_info" and "video" in line["wildcards"]]
    done = sorted((line["rule"], line["wildcards"].get("scene", "")) for line in told)
    assert sorted((job["rule"], job["scene"]) for job in planned["jobs"]) == done


def stopped_after_a_job(folder, process):
    """Return a Snakemake that is held while a job of a scene runs to its end."""
    folder.wait_until("video_generation")
    (raw,) = folder.path.glob("output/state/*/raw.jsonl")
    (snakemake,) = [one for one in processes.of_run(raw) if "--snakefile" in one.cmdline()]
    while process.poll() is None:
        snakemake.suspend()
        if any(path.parts[-3] == "clips" for path in marked(folder.path)) and (jobs := living(snakemake)):
            while jobs:
                jobs = living(snakemake)
                time.sleep(0.02)
            return snakemake
        snakemake.resume()
        time.sleep(0.01)
    raise AssertionError(process.communicate())


def living(snakemake):
    return [job for job in snakemake.children() if job.status() != psutil.STATUS_ZOMBIE]


def marked(folder):
    """The files that Snakemake has begun and not taken note of."""
    marks = (path for path in folder.glob(".snakemake/incomplete/**/*") if path.is_file())
    return [folder / base64.urlsafe_b64decode(mark.name).decode() for mark in marks]
