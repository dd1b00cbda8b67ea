"""Snakemake's logger plugin `videogen` (`snakemake --logger videogen`): what happens in a run, as lines of its raw stream.

It writes to the file that the environment variable VIDEO_GEN_EVENTS names, and does nothing without it.
"""

import contextlib
import os
from dataclasses import dataclass, field
from logging import LogRecord
from typing import Any

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent
from snakemake_interface_logger_plugins.settings import LogHandlerSettingsBase

from video_gen import stream


@dataclass
class LogHandlerSettings(LogHandlerSettingsBase):
    """Options of the plugin (`--logger-videogen-reasons`)."""

    reasons: bool = field(default=False, metadata={"help": "Tell why each job runs, uncut.", "required": False})


class LogHandler(LogHandlerBase):
    """Appends a line for each event that the watcher of a run needs."""

    writes_to_stream = False
    writes_to_file = False
    has_filter = True  # else `--quiet` would hide events
    has_formatter = True
    needs_rulegraph = False

    def emit(self, record: LogRecord) -> None:
        """Append the event of a record, if it is one of those; never raises."""
        event = getattr(record, "event", None)
        if event in _FIELDS:
            stream.tell(str(event), **_FIELDS[event](record))
        if event == LogEvent.JOB_INFO and getattr(self.settings, "reasons", False):
            _tell_reason(record)


def _tell_reason(record: LogRecord) -> None:
    """In a line of its own that is not cut: the params of before and now are in it, and these hold whole narrations."""
    if path := os.environ.get(stream.VARIABLE):
        with contextlib.suppress(OSError):
            job, reason = getattr(record, "jobid", None), getattr(record, "reason", "")
            stream.append(path, "reason", job=job, reason=str(reason))


def _run_info(record: LogRecord) -> dict[str, Any]:
    return {"jobs": getattr(record, "stats", {})}


def _job_info(record: LogRecord) -> dict[str, Any]:
    return {
        **_job(record),
        "wildcards": dict(getattr(record, "wildcards", None) or {}),
        "message": getattr(record, "rule_msg", None) or "",
        "output": [str(path) for path in getattr(record, "output", [])][:20],
    }


def _job(record: LogRecord) -> dict[str, Any]:
    logs = getattr(record, "log", [])
    return {
        "job": getattr(record, "jobid", None),
        "rule": getattr(record, "rule_name", ""),
        "log": str(logs[0]) if logs else "",
    }


def _job_finished(record: LogRecord) -> dict[str, Any]:
    return {"job": getattr(record, "job_id", None)}


def _progress(record: LogRecord) -> dict[str, Any]:
    return {"done": getattr(record, "done", 0), "total": getattr(record, "total", 0)}


def _error(record: LogRecord) -> dict[str, Any]:
    return {"message": record.getMessage(), "exception": getattr(record, "exception", "")}


_FIELDS = {
    LogEvent.RUN_INFO: _run_info,
    LogEvent.JOB_INFO: _job_info,
    LogEvent.JOB_FINISHED: _job_finished,
    LogEvent.JOB_ERROR: _job,
    LogEvent.PROGRESS: _progress,
    LogEvent.ERROR: _error,
}
