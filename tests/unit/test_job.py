"""Errors of a job: one message on the terminal, the details in the log."""

import errno

import pytest

from video_gen import job
from video_gen.errors import InputError


def fail(log, error):
    with pytest.raises(SystemExit) as caught, job.logged(log, "demo, scene one"):
        print("some output")
        raise error
    return caught.value.code


def test_message_of_a_mendable_error(tmp_path, capsys):
    log = tmp_path / "logs" / "a.log"
    assert fail(log, InputError("a.yaml, line 3: mend it.")) == 1
    assert capsys.readouterr().err.strip() == "demo, scene one: a.yaml, line 3: mend it."
    assert log.read_text() == "some output\nfailed: demo, scene one: a.yaml, line 3: mend it.\n"


def test_failures_of_a_run(tmp_path):
    log, own = tmp_path / "a.log", tmp_path / "snakemake.log"
    fail(log, InputError("a.yaml: two\nlines."))
    own.write_text(f"Error in rule x:\n    log: {log} (check log file(s) for error details)\n")
    assert job.failures(own) == ["demo, scene one: a.yaml: two\nlines."]


def test_full_disk(tmp_path, capsys):
    assert fail(tmp_path / "a.log", OSError(errno.ENOSPC, "No space left on device", "x.mp3")) == 1
    assert "x.mp3: No space left on device. Free some space" in capsys.readouterr().err


def test_unexpected_error_keeps_its_traceback_in_the_log(tmp_path, capsys):
    log = tmp_path / "a.log"
    assert fail(log, ZeroDivisionError("x")) == 1
    shown = capsys.readouterr().err
    assert "Traceback" not in shown and str(log) in shown
    assert "Traceback" in log.read_text()


def test_output_of_a_good_job_is_logged(tmp_path, capsys):
    with job.logged(tmp_path / "a.log", "demo"):
        print("quiet")
    assert (tmp_path / "a.log").read_text() == "quiet\n" and capsys.readouterr().out == ""


def test_log_on_a_full_disk(capsys):
    assert fail("/dev/full", InputError("mend it.")) == 1
    assert "demo, scene one: No space left on device. Free some space" in capsys.readouterr().err
