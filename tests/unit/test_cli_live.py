"""The live view: what a board says after each event, and what is printed where nobody watches a terminal."""

import io
import json
import sys
from datetime import UTC, datetime

import pytest

from video_gen.cli import live, say
from video_gen.cli.film import Film
from video_gen.files import write_json
from video_gen.pipeline.events import Event, EventType


def event(kind, overall=0.0, stage="", message="", **data):
    return Event(
        EventType(kind), "t-1", "2026-01-01T00:00:00+00:00", stage, 0.0, message, {"overall_progress": overall, **data}
    )


@pytest.fixture
def folder(tmp_path):
    scenes = [{"scene_id": name, "duration": length} for name, length in (("a", 4.0), ("b", 10.0), ("c", 6.0))]
    for kind in ("scripts", "timing"):
        write_json(tmp_path / "output" / kind / "demo.json", {"scenes": scenes})
    return tmp_path


def test_scenes_are_counted_and_rendered_seconds_told(folder):
    board = live.Board(folder)
    board.take(event("audio.generating", video="demo", scene="b"))
    assert board.lines() == [("demo", "speaking scene 2 of 3")]
    board.take(event("video.rendering", video="demo", shape="", scene="b"))
    board.take(event("stage.progress", video="demo", shape="", scene="b", fraction=0.5))
    (folder / "output/clips/demo").mkdir(parents=True)
    (folder / "output/clips/demo/a.mp4").touch()
    assert board.lines()[1] == ("demo", "rendering scene 2 of 3, 9 s of 20 s")
    board.take(event("video.rendering", video="demo", shape=".9x16", scene="c"))
    assert board.lines()[2] == ("demo.9x16", "rendering scene 3 of 3, 0 s of 20 s")
    board.take(event("audio.generated", video="demo", scene="b"))
    board.take(event("stage.failed", video="demo", shape="", scene="b"))
    assert board.lines() == [("demo.9x16", "rendering scene 3 of 3, 0 s of 20 s")]


def test_a_script_that_is_not_there_yet_or_broken(tmp_path):
    film = Film(tmp_path, "demo")
    assert film.place("a") == (0, 0) and film.rendered("", {}) is None
    write_json(tmp_path / "output/scripts/demo.json", {"scenes": [{"scene_id": "a"}]})
    assert film.place("a") == (1, 1) and film.place("b") == (0, 0)
    (tmp_path / "output/scripts/demo.json").write_text("{")
    assert film.place("a") in ((0, 0), (1, 1))


def test_other_stages_are_shown_until_a_job_of_theirs_is_done(tmp_path):
    board = live.Board(tmp_path)
    board.take(event("stage.started", stage="output_handling", message="demo: drawing the poster"))
    assert board.lines() == [("demo", "drawing the poster")]
    board.take(event("stage.progress", stage="output_handling", message="demo: drawing the poster"))
    assert board.lines() == []


def test_many_lines_are_cut(tmp_path):
    board = live.Board(tmp_path)
    for number in range(14):
        board.take(event("audio.generating", video=f"v{number}", scene="a"))
    assert len(board.lines()) == 11 and board.lines()[-1] == ("", "… and 4 more")


def test_time_left_follows_the_speed_of_this_run(tmp_path):
    now = [datetime(2026, 1, 1, tzinfo=UTC).timestamp()]
    board = live.Board(tmp_path, clock=lambda: now[0])
    assert board.left() is None
    board.take(event("pipeline.started", 0.5))
    now[0] += 10
    assert board.left() is None
    board.take(event("stage.progress", 0.75, fraction=1))
    assert board.left() == pytest.approx(10.0)
    board.take(event("stage.progress", 0.6, fraction=1))
    assert board.overall == 0.75
    board.take(event("pipeline.completed", 1.0))
    assert board.left() is None


EVENTS = [
    event("pipeline.started"),
    event("stage.started", 0.1, "audio_generation", "demo: speaking scene a"),
    event("validation.warning", 0.2, message="demo: [too] long"),
    event("stage.failed", 0.3, "teaser", "demo: broken"),
    event("stage.completed", 0.4, "audio_generation"),
    event("stage.completed", 0.4, "video_generation", skipped=True),
]


@pytest.fixture
def printed(monkeypatch, tmp_path):
    def show(**mode):
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        say.reset(False, False)
        for key, value in mode.items():
            setattr(say.mode, key, value)
        with live.view(live.Board(tmp_path)) as hear:
            for each in EVENTS:
                hear(each)
        return stream.getvalue()

    yield show
    say.reset(False, False)


def test_lines_of_a_log(printed):
    assert printed().splitlines() == [
        "  0%  task t-1: begins",
        " 10%  speaking",
        " 20%  warning: demo: [too] long",
        " 30%  failed: demo: broken",
        " 40%  speaking: done",
    ]


def test_jobs_that_are_ended_on_purpose_are_no_trouble(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    board = live.Board(tmp_path)
    board.ending = True
    with live.view(board) as hear:
        hear(event("stage.failed", stage="audio_generation", message="demo: ended"))
    assert sys.stderr.getvalue() == ""


def test_quiet(printed):
    assert printed(quiet=True) == ""


def test_events_as_json_lines(printed):
    lines = printed(log_format=say.LogFormat.JSON).splitlines()
    assert [json.loads(line)["type"] for line in lines] == [str(each.type) for each in EVENTS]


def test_on_a_terminal_there_is_a_bar(printed, monkeypatch):
    monkeypatch.setattr(say, "is_terminal", lambda: True)
    monkeypatch.setattr(say, "console", lambda stderr=False: _terminal(sys.stderr))
    text = printed()
    assert "━" in text and "warning: demo: [too] long" in text and "speaking: done" not in text


def _terminal(stream):
    from rich.console import Console

    return Console(file=stream, force_terminal=True, width=100, markup=False)


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_a_ci_log_is_no_terminal(monkeypatch, name, value):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    for key in ("CI", "TERM"):
        monkeypatch.delenv(key, raising=False)
    assert say.is_terminal()
    monkeypatch.setenv(name, value)
    assert not say.is_terminal()
