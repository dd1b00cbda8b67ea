"""The styles of narration: brief says less of the same, friendly speaks to the viewer, plain is as it was."""

import re
from collections import Counter
from pathlib import Path

import pytest
import test_narration
import test_new_types_narration

from video_gen import script
from video_gen.errors import InputError
from video_gen.files import read_text
from video_gen.script.narration import STYLES, friendly, narrate, phrases, word_count
from video_gen.sources import markdown, video_yaml

TYPICAL = test_narration.TYPICAL | test_new_types_narration.TYPICAL
KEYS = {"engine": "silent", "voice": "male", "accent_color": "blue", "min_duration": 3.0, "max_duration": 15.0}
DOCUMENTS = ["README.md", *map(str, sorted(Path("docs").glob("*.md")))]
PHRASES = {
    phrase
    for name, value in vars(phrases).items()
    for pool in (value.values() if isinstance(value, dict) else [value])
    if name.isupper()
    if isinstance(pool, tuple)
    for phrase in pool
    if isinstance(phrase, str) and len(phrase) > 8
}
DOCUMENT = """# Rocket

Rocket copies files. It is small. It asks for nothing.

## Why Rocket

It never waits. Other programs do.

## Install it

Two commands are enough. They take a minute.

```bash
pip install rocket
rocket check
```

## Parts

- Engine: It moves all. It is made of steel.
- Cabin: Here sits the crew. There are two seats.
"""


def told(text_or_path, style, language="en"):
    """The narrations of a document's scenes, by their ids."""
    text = read_text(text_or_path) if text_or_path in DOCUMENTS else text_or_path
    video, _ = markdown.to_video(text, "a.md", "a", style=style, language=language)
    video_yaml.check(video, "a.md")
    built, _ = script.build(video, language=language, style=style, **KEYS)
    return {scene["scene_id"]: scene["narration"] for scene in built["scenes"]}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", TYPICAL)
def test_every_type_in_every_style(kind, language):
    plain = narrate(kind, TYPICAL[kind], language)
    brief = narrate(kind, TYPICAL[kind], language, "brief")
    friend = narrate(kind, TYPICAL[kind], language, "friendly")
    assert plain == narrate(kind, TYPICAL[kind], language, "plain")
    assert 0 < word_count(brief) <= word_count(plain)
    assert word_count(friend) >= word_count(plain) if language == "en" else friend == plain
    for said in (brief, friend):
        assert said[-1] in ".!?" and "  " not in said and not re.search(r"\.\.|,\.|:\.|[{}]", said), said


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", TYPICAL)
def test_every_field_may_be_missing(kind, style):
    for left_out in TYPICAL[kind]:
        narrate(kind, {key: value for key, value in TYPICAL[kind].items() if key != left_out}, style=style)
    assert isinstance(narrate(kind, {}, style=style), str)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("list", "Features. Fast startup, Safety and small pictures."),
        ("title", "Welcome to FastPipe. Pipelines for Python."),
        ("problem", "Problem 3: Two sum. Find two numbers."),
        ("code", "It sets x."),
    ],
)
def test_brief_leaves_out_descriptions_and_remarks(kind, said):
    assert narrate(kind, TYPICAL[kind], style="brief") == said


def test_brief_keeps_one_sentence_where_nothing_else_tells():
    content = {"description": "Two commands are enough. They take a minute.", "commands": ["$ make"]}
    assert narrate("command", content, style="brief").startswith("Two commands are enough. ")
    assert "minute" not in narrate("command", content, style="brief")
    assert narrate("list", {"items": [], "topic": "This"}, style="brief") == narrate("list", {"topic": "This"})


@pytest.mark.parametrize(
    "heading",
    ["Why Rocket", "How it works", "Install it", "Build Status", "Install", "Getting started", "The parts", "Speed",
     "From states to frames", "Is it fast?", "It just works", "A stage: a class", "Read on", "When it fails"],
)  # fmt: skip
def test_friendly_openings_keep_the_words_of_the_heading(heading):
    said = friendly.opening(heading)
    assert heading.lower() in said.lower().replace("it fast?.", "it fast?") and said[-1] in ".?!"
    assert said[0].isupper() and said == friendly.opening(heading)


@pytest.mark.parametrize(
    ("heading", "fitting"),
    [
        ("How it works", r"(see|is|out|at|wonder|you|here's|over) how it works\.$"),
        ("Install it", r"([Ll]et's|Time to|how to|Want to) install it[.?]"),
        ("Why Rocket", r"why Rocket\?$"),
        ("From states to frames", r": From states to frames\.$"),
        ("The parts", r" the parts[.?]$"),
        ("Less to write", r": Less to write\.$"),
        ("Setup (2/3)", r"^$"),
    ],
)
def test_friendly_openings_fit_their_heading(heading, fitting):
    assert re.search(fitting, friendly.opening(heading))


def test_a_video_is_greeted_and_thanked_once():
    scenes = [
        {"scene_id": "a", "scene_type": "title", "visual_content": {"title": "Welcome"}},
        {"scene_id": "b", "scene_type": "quiz", "visual_content": TYPICAL["quiz"], "narration": "My own words."},
        {"scene_id": "c", "scene_type": "list", "visual_content": TYPICAL["list"]},
        {"scene_id": "d", "scene_type": "outro", "visual_content": {"main_text": "Thank you"}},
    ]
    video = {"video_id": "v", "title": "V", "scenes": scenes}
    said = [scene["narration"] for scene in script.build(video, language="en", style="friendly", **KEYS)[0]["scenes"]]
    assert said[0].startswith(("Hi", "Hello")) and said[0].lower().count("welcome") == 1
    assert said[1] == "My own words."
    assert said[3].startswith("Thank you. ") and said[3].count("hank") == 1 and said[3] != "Thank you."
    fewer = script.build(video | {"scenes": [scenes[0], *scenes[2:]]}, language="en", style="friendly", **KEYS)[0]
    assert [scene["narration"] for scene in fewer["scenes"]] == [said[0], *said[2:]], (
        "an edit elsewhere changes nothing"
    )


def test_a_video_has_a_style_of_its_own():
    video = {"video_id": "v", "title": "V", "style": "brief", "scenes": [
        {"scene_id": "a", "scene_type": "list", "visual_content": TYPICAL["list"]},
    ]}  # fmt: skip
    video_yaml.check(video, "v.yaml")
    (scene,) = script.build(video, language="en", style="friendly", **KEYS)[0]["scenes"]
    assert scene["narration"] == narrate("list", TYPICAL["list"], style="brief")
    with pytest.raises(InputError, match="style"):
        video_yaml.check(video | {"style": "breif"}, "v.yaml")


def test_friendly_in_another_language_is_one_warning():
    video = {"video_id": "v", "title": "V", "scenes": [
        {"scene_id": f"s{n}", "scene_type": "list", "visual_content": TYPICAL["list"]} for n in range(3)
    ]}  # fmt: skip
    built, warnings = script.build(video, language="de", style="friendly", **KEYS)
    assert built == script.build(video, language="de", **KEYS)[0]
    assert len([warning for warning in warnings if "friendly" in warning]) == 1
    assert told(DOCUMENT, "friendly", "de") == told(DOCUMENT, "plain", "de")


def test_brief_documents_are_told_by_first_sentences():
    said = " ".join(told(DOCUMENT, "brief").values())
    assert "Rocket copies files." in said and "It never waits." in said
    for left_out in ("It is small", "Other programs", "They take", "steel", "You have seen"):
        assert left_out not in said


def test_friendly_documents_keep_their_own_words():
    plain, friend = told(DOCUMENT, "plain"), told(DOCUMENT, "friendly")
    assert list(plain) == list(friend)
    assert friend["title"].endswith(plain["title"]) and friend["title"] != plain["title"]
    assert friend["outro"].startswith(plain["outro"]) and "hank" in friend["outro"]
    assert friend["why_rocket_text"].endswith("It never waits. Other programs do.")
    changed = told(DOCUMENT.replace("Two commands", "These commands"), "friendly")
    assert [scene for scene in friend if friend[scene] != changed[scene]] == ["install_it_commands"]


def test_front_matter_names_the_style():
    video, warnings = markdown.to_video(f"---\nstyle: brief\n---\n{DOCUMENT}", "a.md", "a")
    assert video["style"] == "brief" and not warnings
    video, (warning,) = markdown.to_video(f"---\nstyle: short\n---\n{DOCUMENT}", "a.md", "a")
    assert "style" not in video and "style 'short'" in warning


@pytest.mark.parametrize("path", DOCUMENTS)
def test_friendly_documents_repeat_little(path):
    plain, friend = told(path, "plain"), told(path, "friendly")
    patterns = [re.compile(re.escape(phrase).replace(r"\{\}", r"[^.!?]{1,80}")) for phrase in PHRASES]
    used = Counter()
    for scene, said in friend.items():
        added = said[: max(len(said) - len(plain[scene]), 0) + 60] if said != plain[scene] else ""
        used.update([max((p.pattern for p in patterns if p.match(added)), key=len, default="")])
    del used[""]
    assert used.total() >= 1 and max(used.values()) <= 3, used.most_common(3)
    assert sum(map(word_count, friend.values())) < 1.2 * sum(map(word_count, plain.values())) + 10
