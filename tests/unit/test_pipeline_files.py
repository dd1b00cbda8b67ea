"""Streams, locks, processes and the files of tasks."""

import base64
import json
import logging
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from video_gen import ConfigError, InputConfig, InputError, PipelineResult, StateManager, TaskError, files, job, stream
from video_gen.pipeline import leftovers, locks, processes, runner, watch
from video_gen.pipeline.emitter import EventEmitter
from video_gen.pipeline.files import Plan, append_lines, mend, new_id, read_lines, task_files
from video_gen.pipeline.state import TaskState
from video_gen.pipeline.translate import Translator

OLD = Path(__file__).parents[1] / "tasks/version-1"


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """The raw stream of the run that this process takes itself to be part of."""
    path = tmp_path / "raw.jsonl"
    path.touch()
    monkeypatch.setenv(stream.VARIABLE, str(path))
    return path


def lines_of(path):
    return [stream.parse(line) for line in path.read_text().splitlines()]


def test_stream(watched):
    stream.tell("job_info", job=1, message="Grüße\nzwei", path=watched)
    stream.tell("failed", message="x" * 10_000)
    first, second = lines_of(watched)
    assert first["message"] == "Grüße\nzwei" and first["at"] > 1.7e9
    assert len(second["message"]) == 2000


def test_tail_reads_whole_lines_alone_and_splits_at_line_feeds_alone(watched):
    tail = watch.Tail(watched)
    assert tail.lines() == []
    stream.tell("warning", message="a\u2028b\x0bc\x85d")
    with watched.open("a") as file:
        file.write('{"at": 1, "kind": "ha')
    (line,) = tail.lines()
    assert line["message"] == "a\u2028b\x0bc\x85d"
    with watched.open("a") as file:
        file.write('lf"}\n\n')
    assert tail.lines() == [{"at": 1, "kind": "half"}] and tail.lines() == []


def test_stream_of_a_run_that_is_not_watched(tmp_path, monkeypatch):
    monkeypatch.delenv(stream.VARIABLE, raising=False)
    stream.tell("x")
    monkeypatch.setenv(stream.VARIABLE, str(tmp_path / "removed"))
    stream.tell("x")
    monkeypatch.setenv(stream.VARIABLE, "/dev/full")
    stream.tell("x")
    assert list(tmp_path.iterdir()) == []


def test_lines_cut_off_by_a_full_disk():
    assert stream.parse('{"at": 1, "kind": "a", "mess') is None
    assert stream.parse('{"at": 1, "kind": "a", "mess{"at": 2, "kind": "b"}') == {"at": 2, "kind": "b"}
    assert stream.parse("noise") is None and stream.parse('{"at": 1}') is None


def test_lines_of_many_processes_do_not_mix(watched):
    program = "from video_gen import stream\nfor n in range(200): stream.tell('x', message='y' * 500, n=n)"
    children = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(4)]
    assert [child.wait() for child in children] == [0] * 4
    lines = lines_of(watched)
    assert len(lines) == 800 and all(line["message"] == "y" * 500 for line in lines)


def test_progress_of_a_job_is_throttled(watched, tmp_path):
    with job.logged(tmp_path / "a.log", "demo"):
        items = list(job.counted(((number, 2) for number in range(5000)), 10_000, "frames rendered"))
    assert len(items) == 5000
    lines = lines_of(watched)
    assert 1 <= len(lines) < 10
    assert lines[0]["log"] == str(tmp_path / "a.log") and lines[0]["message"] == "2 of 10000 frames rendered"


def test_failure_and_warning_of_a_job_are_told(watched, tmp_path):
    with pytest.raises(SystemExit), job.logged(tmp_path / "a.log", "demo"):
        job.warn("demo", ["careful"])
        raise InputError("mend it.")
    warning, failed = lines_of(watched)
    assert warning["message"] == "demo: careful"
    assert (failed["message"], failed["error"]) == ("demo: mend it.", "InputError")


def test_lock_is_held_by_its_holder_and_by_its_child_alone(tmp_path):
    path = tmp_path / "x.lock"
    assert not locks.is_held(path)
    held = locks.acquire(path)
    assert locks.is_held(path) and locks.acquire(path) is None
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=[held])
    os.close(held)
    assert locks.is_held(path), "the child holds it"
    child.kill()
    child.wait()
    assert not locks.is_held(path), "the kernel frees it however the holder ends"


def test_videos_in_snakemakes_locks(tmp_path):
    folder = tmp_path / ".snakemake/locks"
    folder.mkdir(parents=True)
    (folder / "0.output.lock").write_text("output/videos/demo.karaoke.vtt\noutput/clips/other/a.mp4\nelsewhere/x/y\n")
    (folder / "0.input.lock").write_text("output/videos/third.mp4\n")
    assert locks.locked_by_snakemake(tmp_path) == {"demo.karaoke.vtt", "demo.karaoke", "demo", "other"}


def test_processes_of_a_run_are_ended_with_their_children(tmp_path):
    raw = tmp_path / "raw.jsonl"
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {stubborn!r}])"
    env = {**os.environ, stream.VARIABLE: str(raw)}
    child = subprocess.Popen([sys.executable, "-c", parent], env=env, start_new_session=True, stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"1\n"
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    began = time.monotonic()
    assert processes.stop(raw, grace=0.3) == 2
    assert time.monotonic() - began < 2 and processes.of_run(raw) == []
    assert child.wait() == -15 and other.poll() is None, "no process of somebody else is touched"
    other.kill()
    other.wait()


def test_leftovers_of_dead_writers_are_removed(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    gone = [
        tmp_path / f"output/clips/demo/.a.{dead.pid}.part.mp4",
        tmp_path / f"output/videos/.demo.{dead.pid}.part.mp4",
        tmp_path / f"output/clips/demo.9x16/.b.{dead.pid}.part.mp4",
    ]
    kept = [
        tmp_path / f"output/clips/demo/.a.{os.getpid()}.part.mp4",
        tmp_path / f"output/clips/other/.a.{dead.pid}.part.mp4",
        tmp_path / "output/clips/demo/a.mp4",
    ]
    for path in (*gone, *kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert sorted(leftovers.remove(tmp_path, ["demo"])) == sorted(gone)
    assert all(path.exists() for path in kept)


def marked(folder, name, longest=250):
    """As Snakemake marks a file that a job has begun to make."""
    text = base64.urlsafe_b64encode(name.encode()).decode()
    *above, last = [text[at : at + longest] for at in range(0, len(text), longest)]
    mark = folder.joinpath(".snakemake/incomplete", *(f"@{part}" for part in above), last)
    for path in (mark, folder / name):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder / name


def test_finished_files_that_snakemake_took_no_note_of_are_removed(tmp_path):
    folder = tmp_path / "project"
    long = f"output/mine/demo/{'x' * 200}.txt"
    gone = [
        marked(folder, "output/audio/demo/a.mp3"),
        marked(folder, "output/clips/demo.9x16/a.mp4"),
        marked(folder, long),
    ]
    gone += [marked(folder, "output/videos/demo.karaoke.vtt")]
    others = ["output/audio/other/a.mp3", "output/scripts/demo.json", "output/specs/demo.yaml", "inputs/demo.md"]
    kept = [marked(folder, name) for name in [*others, "output/../../demo/demo", "output/x/../demo"]]
    (folder / ".snakemake/incomplete/migration_underway").touch()
    assert sorted(leftovers.remove_unrecorded(folder, ["demo"])) == sorted(gone)
    assert all(path.exists() for path in kept) and not any(path.exists() for path in gone)
    assert leftovers.remove_unrecorded(folder, ["demo"]) == []


def test_lines_file_after_a_crash(tmp_path):
    path = tmp_path / "a.jsonl"
    append_lines(path, [{"a": 1}, {"a": 2}])
    with path.open("a") as file:
        file.write('{"a": ')
    assert read_lines(path) == [{"a": 1}, {"a": 2}]
    mend(path)
    append_lines(path, [{"a": 3}])
    assert read_lines(path) == [{"a": 1}, {"a": 2}, {"a": 3}]


def test_ids_are_safe_as_names_of_files():
    assert task_files(".", new_id("ä b/../c" * 40)).state.parent.name == "state"
    assert len({new_id("x") for _ in range(100)}) > 90
    for bad in ("../x", "", "a/b", "a.b", "x" * 200):
        with pytest.raises(TaskError):
            task_files(".", bad)


def test_a_task_that_an_older_version_wrote(tmp_path):
    """All files of a task that was cancelled, as version 1 of them was written; they stay as they are."""
    shutil.copytree(OLD, tmp_path / "output/state")
    (state,) = StateManager(tmp_path).list("cancelled")
    of = task_files(tmp_path, state.task_id)
    assert (state.version, state.overall_progress) == ("1", 0.44)
    assert InputConfig.from_dict(state.input_config) == InputConfig(
        ["inputs/demo.yaml"], voice="female", kinds=["mp4"], languages=["en"]
    )
    assert not PipelineResult.of(state, tmp_path).success
    events = StateManager(tmp_path).events(state.task_id)
    translator = Translator(state.task_id)
    again = [event for line in read_lines(of.raw) for event in translator.events(line)]
    said = [(event.type, event.timestamp, event.stage, event.message) for event in events]
    assert said == [(event.type, event.timestamp, event.stage, event.message) for event in again], (
        "a watcher that goes on counts on it: it passes over as many events as are written"
    )
    watcher = watch.Watch(of, EventEmitter(), "1")  # as `resume` does
    assert watcher.state == state
    watcher.close()


def stored(folder, task_id, status, age):
    of = task_files(folder, task_id)
    then = (datetime.now(UTC) - age).isoformat()
    of.own.mkdir(parents=True)
    Plan(["demo"], []).write(of.plan)
    of.state.write_text(json.dumps(TaskState(task_id, status=status, created_at=then, completed_at=then).to_dict()))
    append_lines(of.events, [])
    return of


def test_questions_by_status_and_age_and_cleaning(tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    manager = StateManager(tmp_path)
    assert manager.list() == []
    stored(tmp_path, "old", "completed", timedelta(days=30))
    stored(tmp_path, "new", "completed", timedelta(hours=1))
    stored(tmp_path, "broken_off", "running", timedelta(days=30))
    alive = stored(tmp_path, "alive", "running", timedelta(days=20))
    lock = locks.acquire(alive.watch_lock)
    (tmp_path / "output/state/bad.json").write_text("{")
    (tmp_path / "output/state/foreign.json").write_text('{"stages": 3}')
    ids = lambda found: [state.task_id for state in found]  # noqa: E731
    assert ids(manager.list()) == ["new", "alive", "old", "broken_off"] or ids(manager.list())[:2] == ["new", "alive"]
    assert "bad.json" in caplog.text and "foreign.json" in caplog.text
    assert ids(manager.list("paused")) == ["broken_off"] and "interrupted" in manager.get("broken_off").errors[0]
    assert ids(manager.list("completed", older_than=timedelta(days=7))) == ["old"]
    assert ids(manager.list(newer_than=timedelta(days=7))) == ["new"]
    assert caplog.text.count("bad.json") == 1 == caplog.text.count("foreign.json"), "it is said once"
    with pytest.raises(ConfigError, match=r"'runing' is unknown\. Did you mean 'running'"):
        manager.list("runing")
    assert sorted(manager.clean(older_than=timedelta(days=7))) == ["broken_off", "old"]
    assert sorted(ids(manager.list())) == ["alive", "new"]
    assert not task_files(tmp_path, "old").own.exists()
    with pytest.raises(TaskError, match="no task 'old'"):
        manager.get("old")
    os.close(lock)


NO_STATES = {
    "a list": "[1]",
    "a status": '{"status": "soon"}',
    "errors": '{"errors": 3}',
    "input": '{"input_config": 5}',
    "progress": '{"overall_progress": "half"}',
    "a date": '{"created_at": "yesterday"}',
    "no time zone": '{"completed_at": "2026-01-01T00:00:00"}',
    "a stage": '{"stages": {"audio_generation": {"artifacts": "a.mp3"}}}',
}


@pytest.mark.parametrize("case", NO_STATES)
def test_a_file_that_is_no_state_hides_no_other_one(tmp_path, caplog, case):
    stored(tmp_path, "good", "completed", timedelta(days=1))
    (tmp_path / "output/state/bad.json").write_text(NO_STATES[case])
    (tmp_path / "output/state/folder.json").mkdir()
    manager = StateManager(tmp_path)
    assert [state.task_id for state in manager.list(older_than=timedelta(hours=1))] == ["good"]
    (warning,) = caplog.messages
    assert "bad.json: is not the state of a task" in warning and warning.endswith("It is left out.")


def test_files_that_cannot_be_written_or_read(tmp_path, monkeypatch):
    """A temporary name is nobody's business, and who reads a source tells that it cannot be read."""

    def refuse(path, *args, **how):
        raise PermissionError(13, "Permission denied", str(path))

    source = tmp_path / "a.md"
    source.write_text("a")
    readable = files.digest([source])
    monkeypatch.setattr(Path, "open", refuse)
    source.touch()
    assert files.digest([source]) != readable
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(PermissionError) as refused:
        files.write_text(source, "b")
    assert refused.value.filename == str(source)


def test_records_that_may_not_be_removed(tmp_path, monkeypatch):
    stored(tmp_path, "old", "completed", timedelta(days=1))
    monkeypatch.setattr(Path, "unlink", lambda path, **how: (_ for _ in ()).throw(PermissionError(13, "no", str(path))))
    with pytest.raises(TaskError, match=r"old\.json: cannot be removed"):
        StateManager(tmp_path).clean()


def test_a_folder_that_may_not_be_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputError, match=r"\.snakemake: cannot be written to"):
        runner.run(["-n"], tmp_path)
