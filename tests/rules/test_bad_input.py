"""Bad input ends with one message that names file, place and remedy, exit code 1 and no traceback."""

import copy
import json

import pytest
from conftest import SCENES

BAD = {
    "broken": ("video: [1\nscenes: x", "inputs/bad.yaml, line 2"),
    "unknown key": ("id: bad\ntitle: Bad\nscens: []\n", "inputs/bad.yaml, line 3"),
    "empty": ("", "holds no video"),
}


@pytest.mark.parametrize("case", BAD)
def test_source(project, case):
    content, expected = BAD[case]
    project.write("inputs/bad.yaml", content)
    run = project.run("output/scripts/bad.json", check=False)
    assert run.code != 0
    assert expected in run.output
    assert "Traceback" not in run.output
    assert not project.path("output/specs/bad.yaml").exists()


def test_file_that_is_not_utf8(project):
    project.path("inputs").mkdir()
    project.path("inputs/bad.yaml").write_bytes(b"title: \xff\xfe")
    run = project.run("output/scripts/bad.json", check=False)
    assert run.code == 1 and "not UTF-8" in run.output and "Traceback" not in run.output


@pytest.mark.parametrize(
    ("config", "target", "expected"),
    [
        ({"pictures": {}}, "x", "Did you mean 'picture'"),
        ({"picture": {"fps": "fast"}}, "x", "whole number"),
        ({"picture": {"width": 321}}, "x", "multiple of"),
        ("picture: [", "x", "config.yaml, line"),
        ({"accent_color": "bleu"}, "x", "blue"),
        ({"sources": {"a b": "x.md"}}, "x", "cannot be a file name"),
        ({"sources": {"a": "x.pdf"}}, "x", "unknown kind"),
        ({"sources": {"gone": "docs/gone.md"}}, "output/videos/gone.mp4", "docs/gone.md"),
        ({}, "output/videos/other.mp4", "no source for the video 'other'"),
        ({}, "all", "nothing to make"),
    ],
)
def test_settings(project, config, target, expected):
    project.write("config.yaml", config)
    run = project.run(target, check=False)
    assert run.code != 0
    assert expected in run.output
    assert "Traceback" not in run.output


def test_two_sources_for_one_name(project):
    project.video(copy.deepcopy(SCENES))
    project.write("inputs/demo.md", "# Demo\n")
    run = project.run(check=False)
    assert run.code != 0 and "two sources for the video 'demo'" in run.output and "Traceback" not in run.output


def test_script_broken_by_hand(built):
    path = built.path("output/scripts/demo.json")
    good = path.read_text()
    path.write_text(good.replace('"narration"', '"naration"', 1))
    run = built.run("output/videos/demo.mp4", check=False)
    assert run.code != 0 and "output/scripts/demo.json" in run.output and "Traceback" not in run.output
    path.write_text(good[:-20])
    run = built.run("output/videos/demo.mp4", check=False)
    assert run.code != 0 and "output/scripts/demo.json, line" in run.output
    path.write_text(good)
    jobs = built.run("output/videos/demo.mp4").jobs
    assert jobs["join_video"] == 1 and jobs["speak_scene"] == jobs["render_clip"] == 0


def test_odd_file_names_are_left_out_with_a_warning(project):
    project.video(SCENES[:1])
    for name in ("a{d}.md", "🚀.md", f"{'n' * 100}.md"):
        project.write(f"inputs/{name}", "# Odd\n")
    run = project.run("output/scripts/demo.json")
    assert run.output.count("is left out") == 3 and project.path("output/scripts/demo.json").exists()


def test_missing_source_is_told_by_name(project):
    project.write("config.yaml", {"sources": {"gone": "docs/gone.md"}})
    run = project.run("output/specs/gone.yaml", check=False)
    _, end, told = run.output.rpartition("Exiting because a job execution failed")
    assert end and "video-gen: gone: docs/gone.md: cannot be read" in told and "TypeError" not in told


def test_one_bad_source_does_not_stop_the_others(built):
    built.write("inputs/bad.yaml", "video: [")
    run = built.run("output/scripts/bad.json", "output/videos/demo.mp4", "output/specs/bad.yaml", check=False)
    assert run.code != 0
    assert json.loads(built.path("output/scripts/demo.json").read_text())
    assert built.path("output/videos/demo.mp4").exists()
