"""Snakemake's logger plugin."""

import logging

import pytest
from snakemake_interface_logger_plugins.common import LogEvent
from snakemake_interface_logger_plugins.registry import LoggerPluginRegistry

from video_gen import stream


@pytest.fixture
def handler():
    return LoggerPluginRegistry().get_plugin("videogen").log_handler(None, None)


def record(event, message=None, **fields):
    made = logging.LogRecord("snakemake", logging.INFO, "x.py", 1, message, None, None)
    made.__dict__.update(event=event, **fields)
    return made


def told(handler, path, monkeypatch, *records):
    path.touch()
    monkeypatch.setenv(stream.VARIABLE, str(path))
    for one in records:
        handler.emit(one)
    lines = [stream.parse(line) for line in path.read_text().split("\n") if line]
    return [{key: value for key, value in line.items() if key != "at"} for line in lines]


def test_lines(handler, tmp_path, monkeypatch):
    about = {"jobid": 3, "rule_name": "speak_scene", "log": ["output/logs/a.log"]}
    lines = told(
        handler, tmp_path / "raw.jsonl", monkeypatch,
        record(LogEvent.RUN_INFO, stats={"all": 1, "total": 1}),
        record(LogEvent.JOB_INFO, wildcards={"scene": "a"}, rule_msg="speaking", output=["a.mp3"], **about),
        record(LogEvent.SHELLCMD, cmd="secret"),
        record(None, "chatter"),
        record(LogEvent.JOB_FINISHED, job_id=3),
        record(LogEvent.PROGRESS, done=1, total=2),
        record(LogEvent.JOB_ERROR, **about),
        record(LogEvent.ERROR, "it broke", exception="WorkflowError"),
    )  # fmt: skip
    job = {"job": 3, "rule": "speak_scene", "log": "output/logs/a.log"}
    assert lines == [
        {"kind": "run_info", "jobs": {"all": 1, "total": 1}},
        {"kind": "job_info", **job, "wildcards": {"scene": "a"}, "message": "speaking", "output": ["a.mp3"]},
        {"kind": "job_finished", "job": 3},
        {"kind": "progress", "done": 1, "total": 2},
        {"kind": "job_error", **job},
        {"kind": "error", "message": "it broke", "exception": "WorkflowError"},
    ]


def test_records_that_lack_everything_break_nothing(handler, tmp_path, monkeypatch):
    lines = told(handler, tmp_path / "raw.jsonl", monkeypatch, *(record(event) for event in LogEvent))
    assert len(lines) == 6


def test_without_a_stream_or_on_a_full_disk(handler, monkeypatch, tmp_path):
    monkeypatch.delenv(stream.VARIABLE, raising=False)
    handler.emit(record(LogEvent.PROGRESS, done=1, total=2))
    for place in ("/dev/full", str(tmp_path / "gone" / "raw.jsonl")):
        monkeypatch.setenv(stream.VARIABLE, place)
        handler.emit(record(LogEvent.PROGRESS, done=1, total=2))
    assert list(tmp_path.iterdir()) == []


def test_reasons_are_told_whole_where_they_are_asked_for(tmp_path, monkeypatch):
    plugin = LoggerPluginRegistry().get_plugin("videogen")
    reason = "Params have changed since last execution: " + "a long narration\u2028" * 500
    info = record(LogEvent.JOB_INFO, jobid=3, rule_name="speak_scene", reason=reason)
    asked = plugin.log_handler(None, plugin.settings_cls(reasons=True))
    assert told(asked, tmp_path / "raw.jsonl", monkeypatch, info)[1] == {"kind": "reason", "job": 3, "reason": reason}
    unasked = plugin.log_handler(None, plugin.settings_cls())
    assert [line["kind"] for line in told(unasked, tmp_path / "other.jsonl", monkeypatch, info)] == ["job_info"]
