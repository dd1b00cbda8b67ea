"""Reasons of Snakemake's in words."""

import pytest

from video_gen.cli import why
from video_gen.cli.plan import Job, lines

PARAMS = "Params have changed since last execution: Union of exclusive params before and now across all output: before: {} now: {} "


def words(before, now, rule="speak_scene"):
    return why.words(rule, PARAMS.format(before, now))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"text": "Old.", "voice": "male"}, {"text": "New.", "voice": "male"}, "its words changed: “Old.” → “New.”"),
        ({"text": "a now: b"}, {"text": "a now: c"}, "its words changed: “a now: b” → “a now: c”"),
        ({"voice": "male", "text": "x"}, {"voice": "female", "text": "x"}, "its voice changed: “male” → “female”"),
        ({"text": "x " * 60}, {"text": "y"}, f"its words changed: “{'x ' * 29}x…” → “y”"),
        ({"recording": None}, {"recording": "a.wav"}, "its recording changed"),
        ({"theme": {"a": 1}, "width": 2}, {"theme": {"a": 2}, "width": 4}, "the theme changed; width changed: 2 → 4"),
        (
            {"scene": {"scene_type": "list", "visual_content": {"items": ["a"], "header": "h"}}},
            {"scene": {"scene_type": "list", "visual_content": {"items": ["b"], "header": "h"}}},
            "its picture changed (items)",
        ),
    ],
)
def test_changed_maps(before, now, expected):
    assert words(repr(before), repr(now)) == expected


def test_the_engine_of_a_clip_is_no_voice():
    assert words("{'engine': 'x264'}", "{'engine': 'qsv'}", "render_clip") == "engine changed: “x264” → “qsv”"
    assert words("{'engine': 'a'}", "{'engine': 'b'}") == "the voice engine changed: “a” → “b”"


def test_changed_values():
    assert words("'silent'", "'hibari'") == "a setting changed: “silent” → “hibari”"
    assert words("30", "60") == "a setting or version changed: 30 → 60"
    assert words("'1.1'", "'2.10.1'") == "this video-gen makes it in another way (1.1 → 2.10.1)"
    assert words(repr("0" * 64), repr("1" * 64)) == "a file that it uses changed"
    assert words("30,{'a': 1}", "{'a': 2},60") == "a setting or version changed: 30 → 60; a changed: 1 → 2"
    assert words("<nothing exclusive>", "1") == "its settings changed"
    assert words("not to be read (", "x") == "its settings changed"


@pytest.mark.parametrize(
    ("rule", "reason", "expected"),
    [
        ("adapt_source", "Updated input files: inputs/a.yaml", "inputs/a.yaml changed"),
        ("join_video", "Missing output files: output/videos/a.mp4", why.NEW),
        ("join_video", "Input files updated by another job: output/audio/a/b.mp3", ""),
        ("render_clip", "Input files updated by another job: output/audio/a/b.mp3", "its sound is made anew"),
        ("render_clip", "Forced execution", "it was left half made"),
        ("time_scenes", "Updated input files: output/scripts/a.json", ""),
        ("x", "Incomplete output files: a; Updated input files: b", "it was left half made; b changed"),
    ],
)
def test_other_reasons(rule, reason, expected):
    assert why.words(rule, reason) == expected


def test_lines():
    jobs = [
        Job("adapt_source", "a", "", "", True, "a.md changed"),
        Job("speak_scene", "a", "one", "", False, why.NEW),
        Job("speak_scene", "a", "two", "", False, why.NEW),
        Job("render_clip", "a", "three", ".9x16", True, "its sound is made anew"),
        Job("join_video", "a", "", ".9x16", False, why.NEW),
        Job("describe_video", "a", "", "", True, ""),
        Job("my_teaser", "a", "", "", True, ""),
    ]
    assert list(lines(jobs)) == [
        "a",
        "  source: will be read again: a.md changed",
        "  2 scenes (one, two): will be spoken: it is not there yet",
        "  scene three in 9:16: will be rendered again: its sound is made anew",
        "  new: video in 9:16",
        "  then: metadata, my teaser",
        "7 jobs; scenes to speak: 2, to render: 1. Nothing was made.",
    ]
    assert list(lines([])) == ["Everything is up to date."]
