"""What is asked of the user, what is not, and what of several videos is delivered."""

import io
import json
import sys

import pytest
from conftest import SCENES, make_project

from video_gen import InputConfig, PipelineOrchestrator, PipelineResult, TaskState, cli
from video_gen.cli import deliver, making
from video_gen.files import write_json
from video_gen.pipeline.result import VideoResult
from video_gen.pipeline.store import write_state

LINK = "https://youtu.be/abcdefghijk"


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Call the command in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, answers=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_wizard_without_a_source_asks_for_one_first(call):
    code, out, err = call("wizard", answers="\n")
    assert code == 130 and "This folder has no videos yet" in err and "Who speaks?" not in out


def test_wizard_asks_for_languages_where_they_can_be_had(call, tmp_path):
    code, out, err = call("wizard", answers=f"{LINK}\nxx\nde,es\n\n\n\n\nn\n")
    assert code == 0 and f"create --from {LINK} --languages de,es --voice male" in out and "language 'xx'" in err
    (tmp_path / "a.md").write_text("# A\n")
    assert "--languages" not in call("wizard", answers="a.md\n\n\n\n\nn\n")[1]
    (tmp_path / "config.yaml").write_text("translation: {engine: copy}\n")
    assert "--languages es" in call("wizard", answers="a.md\nes\n\n\n\n\nn\n")[1]


def test_orphans_as_json_are_removed_with_yes_alone(call, tmp_path):
    left = tmp_path / "output/specs/gone.yaml"
    left.parent.mkdir(parents=True)
    left.write_text("{}")
    code, out, err = call("clean", "--orphans", "--json", answers="y\n")
    told = json.loads(out)
    assert code == 1 and told["success"] is False and "--yes" in told["error"] and err == ""
    assert told["orphans"] == [str(left)] and told["removed"] == [] and left.exists()
    code, out, _ = call("clean", "--orphans", "--json", "--yes")
    assert code == 0 and json.loads(out)["removed"] == [str(left)] and not left.exists()
    assert json.loads(call("clean", "--orphans", "--json")[1])["success"] is True


def test_addresses_are_validated(call):
    code, out, err = call("validate", "http://example.org/a", LINK)
    assert code == 1 and out.startswith("'http://example.org/a' is no address") and f"{LINK}: link, good" in err


def test_a_link_in_further_languages_is_good(call, tmp_path):
    (tmp_path / "config.yaml").write_text(f"sources: {{s: '{LINK}'}}\nlanguages: [es]\ntranslation: {{engine: copy}}\n")
    assert call("validate") == (0, "", "config.yaml: settings, good\n")


def test_an_address_is_previewed_as_the_video_that_it_is(call, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(making, "draw", lambda config, pages: asked.append((config.sources, str(pages[0]))))
    call("preview", LINK)
    (tmp_path / "config.yaml").write_text("sources: {talk: 'https://www.youtube.com/watch?v=abcdefghijk'}\n")
    call("preview", LINK)
    assert asked == [([LINK], f"output/previews/{name}.html") for name in ("youtube_abcdefghijk", "talk")]


def test_resuming_otherwise_says_what_was_not_given(call, tmp_path):
    folder = tmp_path / "output/state"
    folder.mkdir(parents=True)
    write_state(
        folder / "demo-1.json",
        TaskState("demo-1", InputConfig("a.md").to_dict(), created_at="2026-01-01T00:00:00+00:00"),
    )
    code, _, err = call("create", "--resume", "demo-1", "--voice", "female")
    assert code == 1 and "voice: the task demo-1 was begun without. Leave it out" in err


def test_a_dry_run_that_failed_says_nothing_of_being_up_to_date(call, tmp_path, monkeypatch):
    from video_gen.cli import plan

    make_project(tmp_path).video(SCENES)
    monkeypatch.setattr(plan, "jobs", lambda config, folder: ([], ["it is broken"]))
    assert call("create", "--dry-run") == (1, "", "video-gen: it is broken\n")


@pytest.mark.parametrize(("end", "copies"), [({}, ["good.mp4", "good.vtt"]), ({"cancelled": True}, [])])
def test_of_several_videos_those_that_were_made_are_delivered(tmp_path, end, copies):
    orchestrator = PipelineOrchestrator(tmp_path)
    write_json(orchestrator.state_manager.files("t-1").plan, {"videos": ["good", "bad"]})
    for name in ("good.mp4", "good.vtt", "bad.vtt"):
        (tmp_path / "output/videos").mkdir(exist_ok=True)
        (tmp_path / "output/videos" / name).touch()
    deliver.remember(orchestrator, "t-1", tmp_path / "out")
    made = VideoResult("good", "output/videos/good.mp4", "", "", "", 1.0, 1)
    found = deliver.copied(orchestrator, PipelineResult(False, "t-1", tmp_path, videos=(made,), **end))
    assert [path.name for path in found] == copies and all(path.is_file() for path in found)
