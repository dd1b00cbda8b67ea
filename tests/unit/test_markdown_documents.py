"""Whole documents as people write them: nothing is lost, every story validates and can be watched."""

import html
import re

import pytest
from document_samples import CLI_TOOL, DOCUMENTS, LIBRARY
from jsonschema import Draft202012Validator

from video_gen.files import read_json
from video_gen.script.narration import narrate
from video_gen.sources.markdown import to_video

SCHEMA = Draft202012Validator(read_json("schemas/video.schema.json"))


def told(video: dict) -> str:
    """All that is seen or heard of a video, as one text."""
    parts: list[str] = []
    for scene in video["scenes"]:
        content = scene["visual_content"]
        parts.append(scene.get("narration") or narrate(scene["scene_type"], content, video.get("language", "en")))
        parts += strings(content)
    return " ".join(parts)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in values for text in strings(each)]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def prose_of(text: str) -> str:
    """A document without what is no substance: front matter, comments, tags, images, addresses, contents."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->|<script>.*?</script>|<[^>]*>|^ *\|[-| ]+\|$", " ", text, flags=re.S | re.M)
    text = re.sub(
        r"!\[[^]]*\]\([^)]*\)|^\[Website\].*$|^- \[\w+\]\(#\w+\)$|^## Table of contents$", " ", text, flags=re.M
    )
    text = re.sub(
        r"\[\]\([^)]*\)|\]\([^)]*\)|\[\^1\]|^(```|~~~).*$|^ +```.*$|PS>|^\d+\.|\[!WARNING\]", " ", text, flags=re.M
    )
    return html.unescape(text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_story_is_valid_and_complete(name):
    video, _ = to_video(DOCUMENTS[name], f"docs/{name}.md", name)
    SCHEMA.validate(video)
    assert video["scenes"][0]["scene_type"] == "title" and video["scenes"][-1]["scene_type"] == "outro"
    headings = {"description", "key", "variety", "plan"}  # the heads of tables' first columns
    assert words(prose_of(DOCUMENTS[name])) - words(told(video)) - headings == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_marks_reach_the_text(name):
    video, _ = to_video(DOCUMENTS[name], f"{name}.md", name)
    shown = [
        text
        for scene in video["scenes"]
        for key, value in scene["visual_content"].items()
        if key not in ("code", "before_code", "after_code", "commands")
        for text in strings(value)
    ] + [scene.get("narration", "") for scene in video["scenes"]]
    for text in shown:
        assert not re.search(r"\*\*|`|\]\(|<\w|&amp;|\[\^|never spoken|nor this", text), text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sources_name_lines_that_hold_the_words(name):
    lines = DOCUMENTS[name].splitlines()
    video, _ = to_video(DOCUMENTS[name], f"{name}.md", name)
    for scene in video["scenes"][1:-1]:
        source = scene["source"]
        assert 1 <= source["line_start"] <= source["line_end"] <= len(lines)
        held = words("\n".join(lines[source["line_start"] - 1 : source["line_end"]]))
        content = {k: v for k, v in scene["visual_content"].items() if k not in ("header", "title", "attribution")}
        seen = words(" ".join(strings(content)))
        assert len(seen & held) >= 0.7 * len(seen), (scene["scene_id"], seen - held)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_ends_of_lines_make_no_difference(name):
    unix = to_video(DOCUMENTS[name], "a.md", "a")
    assert to_video(DOCUMENTS[name].replace("\n", "\r\n"), "a.md", "a") == unix


def test_story_of_a_tool():
    video, warnings = to_video(CLI_TOOL, "README.md", "shelf")
    kinds = [(scene["scene_id"], scene["scene_type"]) for scene in video["scenes"]]
    assert kinds == [
        ("title", "title"),
        ("features_list", "list"),
        ("installation_commands", "command"),
        ("quick_start_commands", "command"),
        ("quick_start_commands_2", "command"),
        ("quick_start_text", "title"),
        ("configuration_table", "table"),
        ("exit_codes_text", "title"),
        ("why_not_just_use_stow_text", "list"),
        ("why_not_just_use_stow_quote", "quote"),
        ("license_text", "title"),
        ("outro", "outro"),
    ]
    assert warnings == [
        "README.md, line 10, section “shelf”: the picture “Screenshot of shelf listing three profiles” is not shown."
    ]
    commands = video["scenes"][2]["visual_content"]["commands"]
    assert commands == [
        "# With pip",
        "$ pip install shelf-dotfiles",
        "",
        "# With Homebrew",
        "$ brew install acme/tap/shelf",
    ]
    assert video["scenes"][3]["visual_content"]["commands"] == [
        "$ shelf init ~/dotfiles",
        "→ Created /home/you/dotfiles",
    ]
    assert video["scenes"][9]["visual_content"]["attribution"] == "A happy user"


def test_story_of_a_library():
    video, _ = to_video(LIBRARY, "README.md", "kettle")
    assert {key: video[key] for key in ("title", "language", "accent_color", "voice")} == {
        "title": "Kettle, a tiny HTTP client",
        "language": "en",
        "accent_color": "green",
        "voice": "female",
    }
    moved = next(s for s in video["scenes"] if s["scene_id"] == "moving_from_requests_comparison")["visual_content"]
    assert moved["before_label"] == "Before" and moved["after_label"] == "After" and moved["language"] == "python"
    assert moved["after_code"] == "import kettle\n\ndata = kettle.get_json(url)"
    renamed = next(s for s in video["scenes"] if s["scene_id"] == "upgrading_to_version_2_comparison")["visual_content"]
    assert renamed["before_code"] == "client = Client(retry=3)\nclient.get(url)"
    assert renamed["after_code"] == "client = Client(attempts=3)\nclient.get(url)"


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("seconds", [20, 40, 70])
def test_condensed_stories_name_every_section_that_lost_words(name, seconds):
    full, _ = to_video(DOCUMENTS[name], "a.md", "a")
    short, warnings = to_video(DOCUMENTS[name], "a.md", "a", target_duration=seconds)
    SCHEMA.validate(short)
    kept = {scene["scene_id"]: scene for scene in short["scenes"]}
    said = words(told(short))
    for scene in full["scenes"][1:-1]:
        lost = words(scene.get("narration") or narrate(scene["scene_type"], scene["visual_content"])) - said
        lost -= words("simply first then just run and in after finally to")
        if lost:
            line = scene["source"]["line_start"]
            assert any(covers(warning, DOCUMENTS[name], line) for warning in warnings), (scene["scene_id"], lost)
    assert {"title", "outro"} <= set(kept) and len(kept) >= 3


def covers(warning: str, document: str, line: int) -> bool:
    """Whether a warning names the section that a line stands in, or the line's own."""
    named = int(re.search(r"line (\d+)", warning)[1])
    following = [
        n for n, text in enumerate(document.splitlines(), 1) if n > named and re.match(r"#|=====|-----|<summary", text)
    ]
    return named <= line <= (following[1] if len(following) > 1 else 10**6)


def test_parts_that_stay_count_themselves():
    items = "\n".join(
        f"- **Point {n}**: what is to be said of the point number {n}, in some more words." for n in range(1, 13)
    )
    text = f"# Title\n\nA first sentence.\n\n## Points\n\n{items}\n"
    whole, _ = to_video(text, "a.md", "a", target_duration=None)
    headers = [scene["visual_content"].get("header") for scene in whole["scenes"]]
    parts = [header for header in headers if header and header.startswith("Points")]
    assert parts == [f"Points ({n}/{len(parts)})" for n in range(1, len(parts) + 1)] and len(parts) > 1
    short, _ = to_video(text, "a.md", "a", target_duration=None, max_scenes=3)
    assert [scene["visual_content"].get("header") for scene in short["scenes"]][1] == "Points"
