"""The live view: what a board says after each event, how it is drawn, and what is printed where nobody watches a terminal."""

import io
import json
import os
import sys
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from rich.cells import cell_len
from rich.console import Console

from video_gen.cli import live, say
from video_gen.cli.film import Film
from video_gen.cli.remaining import Remaining, rounded
from video_gen.files import write_json
from video_gen.pipeline.events import Event, EventType

START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
LENGTHS = {"a": 4.0, "b": 10.0, "c": 6.0}


def event(kind, overall=0.0, stage="", message="", **data):
    return Event(
        EventType(kind), "t-1", "2026-01-01T00:00:00+00:00", stage, 0.0, message, {"overall_progress": overall, **data}
    )


def begun(videos=("demo",), **data):
    return event("pipeline.started", videos=list(videos), **data)


def job(rule, act, video="demo", scene="", shape=None, **more):
    """What is told of a job: act is `begins`, `ends`, `fails` or a fraction. As the translator tells it, with what goes before."""
    kinds = {
        "speak_scene": ("audio.generating", "audio.generated"),
        "render_clip": ("video.rendering", "video.rendered"),
    }
    data = {"rule": rule, "video": video, **({"scene": scene} if scene else {}), **more}
    data |= {"shape": shape} if shape is not None else {"shape": ""} if rule == "render_clip" else {}
    message = f"{video}: {rule.replace('_', ' ')}"
    if act == "begins":
        kind = kinds.get(rule, ("stage.progress", ""))[0]
        return [event(kind, message=message, **data, **({} if rule in kinds else {"begun": True}))]
    if act == "ends":
        told = [event(kinds[rule][1], message=message, **data)] if rule in kinds else []
        return [*told, event("stage.progress", message=message, **data)]
    if act == "fails":
        return [event("stage.failed", message=message, **data)]
    return [event("stage.progress", message=message, **data, fraction=act)]


def take(board, *events):
    return [text for each in events for one in (each if isinstance(each, list) else [each]) for text in board.take(one)]


def texts(board):
    return [(row.video, row.text) for row in board.rows()]


def script(folder, name="demo", lengths=LENGTHS, **more):
    scenes = [
        {"scene_id": scene, "estimated_duration": length - 2, "min_duration": 1.0} for scene, length in lengths.items()
    ]
    write_json(folder / "output/scripts" / f"{name}.json", {"scenes": scenes, **more})


def made(folder, *paths, at=START - 100):
    for path in paths:
        (folder / "output" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "output" / path).write_text("{}")
        os.utime(folder / "output" / path, (at, at))


@pytest.fixture
def folder(tmp_path):
    script(tmp_path)
    return tmp_path


@pytest.fixture
def board(folder):
    board = live.Board(folder)
    take(board, begun())
    return board


def test_scenes_are_counted_in_whatever_order_they_are_made(board):
    take(board, job("speak_scene", "begins", scene="c"))
    assert texts(board) == [("demo", "speaking 0 of 3 scenes")]
    take(board, job("speak_scene", "begins", scene="a"), job("speak_scene", "ends", scene="c"))
    assert texts(board) == [("demo", "speaking 1 of 3 scenes")]
    take(board, job("speak_scene", "ends", scene="a"), job("speak_scene", "begins", scene="b"))
    assert texts(board) == [("demo", "speaking 2 of 3 scenes")]
    take(board, job("speak_scene", "ends", scene="b"))
    assert texts(board) == []


def test_rendered_seconds_are_told_from_the_start_with_what_runs(board, folder):
    take(board, job("render_clip", "begins", scene="b"))
    assert texts(board) == [("demo", "rendering 0 of 3 scenes, 0 s of about 17 s")]
    take(board, job("render_clip", 0.5, scene="b"))
    assert texts(board) == [("demo", "rendering 0 of 3 scenes, 4 s of about 17 s")]
    take(board, job("render_clip", "ends", scene="b"))
    assert texts(board) == [("demo", "rendering 1 of 3 scenes, 9 s of about 17 s")]
    write_json(
        folder / "output/timing/demo.json",
        {"scenes": [{"scene_id": scene, "duration": length} for scene, length in LENGTHS.items()]},
    )
    assert texts(board) == [("demo", "rendering 1 of 3 scenes, 10 s of 20 s")]
    assert board.rows()[0].short == "rendering 1 of 3, 10 s of 20 s"


def test_a_scene_that_is_spoken_has_its_exact_length(folder, board):
    write_json(folder / "output/audio/demo/a.json", {"duration": 9.0})
    take(board, job("render_clip", "begins", scene="a"))
    assert texts(board) == [("demo", "rendering 0 of 3 scenes, 0 s of about 24 s")]


def test_seconds_of_long_videos_are_minutes(folder, board):
    script(folder, lengths={"a": 101.0, "b": 101.0})
    take(board, job("render_clip", "begins", scene="a"), job("render_clip", 0.7, scene="a"))
    assert texts(board) == [("demo", "rendering 0 of 2 scenes, 1:10 of about 3:20 min")]


def test_nothing_that_is_said_goes_back(board):
    take(board, job("render_clip", "begins", scene="b"), job("render_clip", 0.8, scene="b"))
    before = texts(board)
    take(board, job("render_clip", 0.2, scene="b"), job("render_clip", "begins", scene="b"))
    assert texts(board) == before
    take(board, job("render_clip", "fails", scene="b"))
    assert texts(board) == [("demo", f"{before[0][1]}, 1 failed")]
    take(board, job("render_clip", "begins", scene="b"))  # tried again
    assert texts(board) == before


def test_formats_have_lines_of_their_own_beside_the_main_one(board):
    take(board, job("render_clip", "begins", scene="a", shape=".9x16"), job("render_clip", "begins", scene="a"))
    assert [row.video for row in board.rows()] == ["demo", "demo 9:16"]
    take(board, job("join_video", "ends", shape=".9x16"))
    take(board, job("render_clip", "ends", scene="a", shape=".9x16"))
    assert [row.video for row in board.rows()] == ["demo"]


def test_a_translation_has_the_scenes_of_its_source(board):
    take(board, job("translate_scene", "begins", "demo-pt-BR", "a"))
    assert texts(board) == [("demo-pt-BR", "translating 0 of 3 scenes")]
    take(board, job("translate_scene", "ends", "demo-pt-BR", "a"), job("translate_scene", "ends", "demo-pt-BR", "c"))
    assert texts(board) == [("demo-pt-BR", "translating 2 of 3 scenes")]
    take(board, job("translate_video", "ends", "demo-pt-BR"))
    assert texts(board) == []


def test_what_was_made_before_counts(folder):
    made(folder, "clips/demo/a.mp4")
    board = live.Board(folder)
    take(board, begun(again=True), job("render_clip", "begins", scene="c"))
    assert texts(board) == [("demo", "rendering 1 of 3 scenes, 3 s of about 17 s")]


def test_what_is_made_anew_is_counted_from_nothing(folder):
    made(folder, "clips/demo/a.mp4", "clips/demo/b.mp4", "clips/demo/c.mp4")
    board = live.Board(folder)
    take(board, begun(), job("render_clip", "begins", scene="c"))
    assert texts(board) == [("demo", "rendering 0 of at most 3 scenes, 0 s")]
    made(folder, "clips/demo/c.mp4", at=START + 5)
    take(board, job("render_clip", "ends", scene="c"))
    assert texts(board) == [("demo", "rendering 1 of at most 3 scenes, 5 s")]
    take(board, job("join_video", "ends", shape=""))
    assert texts(board) == []


def test_other_jobs_are_shown_while_they_run(tmp_path):
    board = live.Board(tmp_path)
    started = event("stage.started", message="talk: fetching the transcript", rule="fetch_transcript", video="talk")
    take(board, begun(["talk"]), started)
    assert texts(board) == [("talk", "fetching the transcript")]
    take(board, job("fetch_transcript", "ends", "talk"))
    assert texts(board) == []
    take(board, job("mix_soundtrack", "begins", "talk"), job("mix_soundtrack", "fails", "talk"))
    assert texts(board) == [("talk", "mix soundtrack, failed")]


def test_what_a_stage_of_the_users_tells_does_not_end_it(board):
    take(board, job("letters", "begins", scene="a"))
    take(board, event("stage.progress", rule="letters", video="demo", scene="a", metadata={"n": 1}))
    assert texts(board) == [("demo", "letters 0 of 3 scenes")]


def test_videos_that_are_done_are_counted(folder):
    board = live.Board(folder)
    take(board, begun(["demo", "other"]))
    assert board.summary() == "0 of 2 videos done"
    take(board, job("describe_video", "ends"))
    assert board.summary() == "1 of 2 videos done"
    made(folder, "videos/other.json")
    take(board, begun(["demo", "other"]))
    assert board.summary() == "", "whether the other one is made anew is not known"


def test_a_script_that_is_not_there_yet_or_broken(tmp_path):
    film = Film(tmp_path, "demo")
    assert film.place("a") == (0, 0) and film.lengths() == {}
    script(tmp_path, lengths={"a": 4.0})
    assert film.place("a") == (1, 1) and film.place("b") == (0, 0)
    (tmp_path / "output/scripts/demo.json").write_text("{")
    assert film.place("a") in ((0, 0), (1, 1))


def test_time_left_follows_the_speed_of_this_run():
    remaining = Remaining()
    assert remaining.left(START, 0.5) is None
    remaining.begin(START, 0.5)
    assert remaining.left(START + 1, 0.6) is None, "too early to tell"
    assert remaining.left(START + 10, 0.75) == pytest.approx(10.0)
    assert remaining.left(START + 11, 1.0) is None


def test_time_left_does_not_jump():
    remaining = Remaining()
    remaining.begin(START, 0.0)
    told = [remaining.left(START + second, 0.01 * second + 0.1 * (second % 10 == 0)) for second in range(6, 60)]
    ends = [second + left for second, left in enumerate(told, 6)]
    assert all(abs(after - before) < 6 for before, after in pairwise(ends))
    assert [rounded(value) for value in (0.2, 41, 130, 1000)] == [5, 45, 135, 1020]


def test_time_left_is_reckoned_from_the_first_scene_on(folder):
    now = [START]
    board = live.Board(folder, clock=lambda: now[0])
    take(board, begun(), event("stage.progress", 0.5))
    now[0] += 20
    late = Event(
        EventType.AUDIO_GENERATING, "t-1", "2026-01-01T00:00:20+00:00", "", 0.0, "",
        {"rule": "speak_scene", "video": "demo", "scene": "a"},
    )  # fmt: skip
    take(board, late)
    assert board.left() is None
    now[0] += 10
    take(board, event("stage.progress", 0.75))
    assert board.left() == pytest.approx(10.0)
    take(board, event("stage.progress", 0.6))
    assert board.overall == 0.75


def screen(board, width=80, height=24):
    console = Console(file=io.StringIO(), width=width, height=height, markup=False, color_system=None)
    console.print(live.Screen(board))
    return console.file.getvalue().rstrip("\n").split("\n")


@pytest.mark.parametrize(("width", "height"), [(120, 40), (80, 24), (50, 20), (40, 10)])
def test_many_videos_with_long_names_fit_the_terminal(tmp_path, width, height):
    names = [f"第{number}课_蜜蜂和花朵的演讲_这是一个很长的名字-zh" for number in range(50)]
    board = live.Board(tmp_path)
    take(board, begun(names))
    for name in names:
        script(tmp_path, name)
        take(board, job("render_clip", "begins", name, "a"), job("render_clip", "ends", name, "a"))
    take(board, job("render_clip", "begins", names[-1], "b"))
    lines = screen(board, width, height)
    assert len(lines) < height and max(map(cell_len, lines)) <= width
    assert any(line.startswith("第4") and "-zh" in line and "1 of 3" in line for line in lines), "the one that runs"
    assert lines[-1] == f"{50 - len(lines) + 3} more in work · 0 of 50 videos done"[:width]


def test_a_narrow_terminal_says_all_in_short(folder):
    board = live.Board(folder)
    take(board, begun(), job("render_clip", "begins", scene="a"))
    assert screen(board, 50)[-1].split() == "demo rendering 0 of 3, 0 s of ~17 s".split()
    assert screen(board, 80)[-1].split() == "demo rendering 0 of 3 scenes, 0 s of about 17 s".split()


@pytest.mark.parametrize(
    ("name", "width", "short"),
    [("talk", 4, "talk"), ("a-long-name-es", 10, "a-lon…e-es"), ("蜜蜂和花朵-zh", 8, "蜜蜂…-zh"), ("蜜蜂", 3, "蜜…")],
)
def test_names_are_shortened_in_the_middle(name, width, short):
    assert live.shortened(name, width) == short and cell_len(short) <= width


EVENTS = [
    begun(),
    *job("speak_scene", "begins", scene="a"),
    *job("speak_scene", "begins", scene="b"),
    event("validation.warning", 0.2, message="demo: [too] long"),
    event("validation.warning", 0.2, message="demo: [too] long"),
    event("stage.failed", 0.3, "teaser", "demo: broken"),
    *(each for scene in "bca" for each in job("speak_scene", "ends", scene=scene)),
    *job("time_scenes", "ends"),
    *job("render_clip", "begins", scene="a"),
    *job("render_clip", 0.5, scene="a"),
    *job("join_video", "ends", shape=""),
    *job("render_clip", "ends", scene="a"),
    *job("describe_video", "ends"),
]


@pytest.fixture
def printed(monkeypatch, folder):
    def show(**mode):
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        say.reset(False, False)
        for key, value in mode.items():
            setattr(say.mode, key, value)
        with live.view(live.Board(folder)) as hear:
            for each in EVENTS:
                hear(each)
        return stream.getvalue()

    yield show
    say.reset(False, False)


def test_lines_of_a_log(printed):
    assert printed().splitlines() == [
        "  0%  task t-1: begins",
        "  0%  demo: speaking 3 scenes",
        " 20%  warning: demo: [too] long",
        " 30%  failed: demo: broken",
        " 30%  demo: speaking: done",
        " 30%  demo: rendering 3 scenes",
        " 30%  demo: rendering: done",
        " 30%  demo: done",
    ]


def test_a_log_of_a_resumed_task_tells_what_is_there(folder):
    made(folder, "clips/demo/a.mp4")
    board = live.Board(folder)
    news = take(board, begun(again=True), job("render_clip", "begins", scene="c"))
    assert news == ["task t-1: goes on", "demo: rendering, 1 of 3 scenes is there"]


def test_jobs_that_are_ended_on_purpose_are_no_trouble(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    board = live.Board(tmp_path)
    board.ending = True
    with live.view(board) as hear:
        hear(event("stage.failed", stage="audio_generation", message="demo: ended"))
    assert sys.stderr.getvalue() == ""
    assert "ending …" in "\n".join(screen(board))


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
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1, "the cursor is there again"


def _terminal(stream):
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
