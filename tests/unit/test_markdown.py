"""Markdown to scenes, piece by piece: what becomes what, ids, limits, refusals."""

import time

import pytest
from jsonschema import Draft202012Validator

from video_gen.errors import InputError
from video_gen.files import read_json
from video_gen.script.narration import narrate, word_count
from video_gen.sources.markdown import to_video
from video_gen.sources.markdown.wording import readable_name, sentences, shorten, slug, split_item

SCHEMA = Draft202012Validator(read_json("schemas/video.schema.json"))


def story(text, file="doc.md", **limits):
    video, warnings = to_video(text, file, "doc", **limits)
    SCHEMA.validate(video)
    assert len({scene["scene_id"] for scene in video["scenes"]}) == len(video["scenes"])
    assert all(len(scene["scene_id"]) <= 60 for scene in video["scenes"])
    return video, warnings


def inner(text, **limits):
    """The scenes between title and outro of "# T" with the text under "## S"."""
    return story(f"# T\n\n## S\n\n{text}", **limits)[0]["scenes"][1:-1]


def seconds(video):
    said = [s.get("narration") or narrate(s["scene_type"], s["visual_content"]) for s in video["scenes"]]
    return sum(max(3.0, word_count(text) / 135 * 60 + 1.0) for text in said)


@pytest.mark.parametrize("text", ["", "\n\n  \n", "<!-- nothing -->", "---\ntitle: Only this\n---\n"])
def test_empty_documents_are_refused(text):
    with pytest.raises(InputError, match=r"empty\.md: holds no text .* Write at least"):
        to_video(text, "empty.md", "empty")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Just one paragraph of text.", None),
        ("```python\nprint(1)\n```", "code"),
        ("    indented = 1", "code"),
        ("- one\n- two", "list"),
        ("> Said and done.\n>\n> -- Somebody", "quote"),
        ("|a|b|\n|-|-|\n|1|2|", "table"),
        ("<p>Only <b>HTML</b></p>", None),
        ("Setext\n======", None),
    ],
)
def test_documents_of_one_block(text, kind):
    video, _ = story(text, "docs/my-first_page.md")
    assert [s["scene_type"] for s in video["scenes"]] == ["title", *filter(None, [kind]), "outro"]
    assert video["title"] == ("Setext" if "Setext" in text else "My first page")


def test_readme_without_heading_is_named_after_its_folder():
    assert readable_name("kettle-client/README.md") == "Kettle client"
    assert readable_name("README.md") == "README"
    assert readable_name("C:\\docs\\getting_started.md") == "Getting started"


@pytest.mark.parametrize(
    ("fence", "commands"),
    [
        ("```bash\npip install x\n# then\nx run\n```", ["$ pip install x", "# then", "$ x run"]),
        ("```console\n$ x list\none\ntwo\n```", ["$ x list", "→ one", "→ two"]),
        ("```\n$ x list\none\n```", ["$ x list", "→ one"]),
        ("```\ngit clone a\ncd a\n```", ["$ git clone a", "$ cd a"]),
        ("```powershell\nPS C:\\> winget install x\n```", ["$ winget install x"]),
        ("```sh\nuser@host:~$ make\nok\n```", ["$ make", "→ ok"]),
        ("```bash\ndocker run \\\n  --rm \\\n  x\nls\n```", ["$ docker run \\", "    --rm \\", "    x", "$ ls"]),
    ],
)
def test_shell_lines_are_commands(fence, commands):
    (scene,) = inner(f"Do this:\n\n{fence}")
    assert scene["scene_type"] == "command"
    assert scene["visual_content"]["commands"] == commands
    assert scene["visual_content"]["description"] == "Do this:"


@pytest.mark.parametrize(
    "fence",
    [
        "```bash\n#!/bin/sh\nfor f in *; do\n  echo $f\ndone\n```",
        "```\na tree\n  of files\n```",
        "```php\n$x = 1;\n```",
    ],
)
def test_scripts_and_listings_are_code(fence):
    (scene,) = inner(fence)
    assert scene["scene_type"] == "code"
    assert scene["visual_content"]["code"] == "\n".join(fence.split("\n")[1:-1])


def test_long_code_is_shown_in_parts_and_what_is_left_out_is_warned():
    code = "\n".join(f"line_{n} = {n}" for n in range(100))
    video, warnings = story(f"# T\n\n## Big\n\n```python\n{code}\n```\n")
    parts = [s["visual_content"] for s in video["scenes"][1:-1]]
    assert [p["header"] for p in parts] == ["Big (1/3)", "Big (2/3)", "Big (3/3)"]
    assert "\n".join(p["code"] for p in parts) == "\n".join(code.split("\n")[:60])
    assert warnings == ["doc.md, line 5, section “Big”: the last 40 lines of a long code block are left out."]


def test_code_is_cut_at_blank_lines():
    code = "\n\n".join("\n".join(f"    step_{n}_{k}()" for k in range(7)) for n in range(4))
    parts = [s["visual_content"]["code"].split("\n") for s in inner(f"```python\n{code}\n```")]
    assert [len(part) for part in parts] == [15, 15]


@pytest.mark.parametrize(
    "text",
    [
        "Before:\n\n```py\na\n```\n\nAfter:\n\n```py\nb\n```",
        "```py\n# before\na\n```\n\n```py\n# after\nb\n```",
        '```py title="old.py"\na\n```\n\n```py title="new.py"\nb\n```',
        "❌ Bad:\n\n```py\na\n```\n\n✅ Good:\n\n```py\nb\n```",
        "The code before and after the change:\n\n```py\na\n```\n\n```py\nb\n```",
        "### Before\n\n```py\na\n```\n\n### After\n\n```py\nb\n```",
        "```diff\n-a\n+b\n```",
    ],
)
def test_comparisons(text):
    (scene,) = inner(text)
    assert scene["scene_type"] == "code_comparison"
    assert scene["visual_content"]["before_code"].endswith("a")
    assert scene["visual_content"]["after_code"].endswith("b")


def test_two_fences_without_a_word_are_no_comparison():
    assert [s["scene_type"] for s in inner("```py\na\n```\n\n```py\nb\n```")] == ["code", "code"]


def test_items_with_leads_tasks_and_nested_lists():
    (scene,) = inner(
        "- **Bold**: text\n- [Link](https://x.example) - text\n- `code` — text\n- plain **bold** inside\n"
        "- [x] done\n- [ ] open\n"
    )[:1]
    assert scene["visual_content"]["items"] == [
        {"title": "Bold", "description": "text"},
        {"title": "Link", "description": "text"},
        {"title": "code", "description": "text"},
        "plain bold inside",
        "✓ done",
        "open",
    ]
    (scene,) = inner("- a\n  - b\n    - c\n      - d\n- e")
    assert scene["visual_content"]["items"] == [{"title": "a", "description": "b: c: d"}, "e"]


def test_large_nested_lists_become_lists_of_their_own():
    nested = "\n".join(f"  - nested point {n} that is told in quite some words" for n in range(5))
    scenes = inner(f"- first\n- Group\n{nested}\n- last")
    assert [s["visual_content"].get("header", s["visual_content"].get("title")) for s in scenes] == ["S", "Group", "S"]


def test_long_lists_are_split_evenly():
    scenes = inner("\n".join(f"{n}. point {n}" for n in range(1, 9)))
    assert [s["visual_content"]["header"] for s in scenes] == ["S (1/2)", "S (2/2)"]
    assert [len(s["visual_content"]["items"]) for s in scenes] == [4, 4]


def test_tables():
    (scene,) = inner("| Flag | Default | Description |\n|--|--|--|\n| `-v` | off | Say more |\n| `-q` | | Say less |")
    assert scene["scene_type"] == "table"
    assert scene["visual_content"]["columns"] == ["Flag", "Default", "Description"]
    assert scene["visual_content"]["rows"] == [["-v", "off", "Say more"], ["-q", "", "Say less"]]
    long = "A description that is far longer than anything one would like to read in a narrow cell. " * 3
    (scene,) = inner(f"| Flag | Default | Description |\n|--|--|--|\n| `-v` | off | {long} |")
    assert scene["scene_type"] == "list"
    assert scene["visual_content"]["items"] == [{"title": "-v", "description": f"Default: off; {long.strip()}"}]


def test_alert_and_introduced_quote():
    scenes = inner("> [!TIP]\n> Use it.\n\nAda Lovelace, mathematician:\n\n> It is fine.")
    assert scenes[0]["visual_content"] == {"title": "Tip", "subtitle": "Use it."}
    assert scenes[1]["visual_content"] == {"quote_text": "It is fine.", "attribution": "Ada Lovelace, mathematician"}


def test_prose_is_spoken_in_full_while_the_picture_is_short():
    long = (
        "The first sentence is short. "
        + "A second one goes on and on, " * 4
        + "which nobody would like to read on a picture."
    )
    (scene,) = inner(long)
    assert scene["narration"] == f"S. {long}"
    assert all(len(item) <= 140 for item in scene["visual_content"]["items"])
    assert scene["visual_content"]["items"][1].endswith("…")


def test_inline_marks_are_dropped():
    (scene,) = inner(
        "A *b* **c** ~~d~~ `e` [f](g) <https://h.example> &lt;i&gt; :tada: <kbd>j</kbd> l[^1]k\n\n[^1]: m"
    )[:1]
    assert scene["visual_content"]["items"] == ["A b c d e f https://h.example <i> :tada: j lk", "m"]


def test_headings_without_text_are_said_with_the_first_section_below():
    video, _ = story("# T\n\n## Above\n\n### Below\n\nOne sentence here.\n\n### Next\n\nAnother sentence.")
    assert [s.get("narration") for s in video["scenes"][1:3]] == [
        "Above. Below. One sentence here.",
        "Next. Another sentence.",
    ]


def test_what_follows_a_fold_belongs_to_the_section_around_it():
    text = "# T\n\n## A\n\n<details><summary>More</summary>\n\nHidden words.\n\n</details>\n\nShown words.\n"
    video, _ = story(text)
    assert [s["visual_content"]["title"] for s in video["scenes"][1:-1]] == ["More", "A"]


def test_ids_do_not_change_when_a_section_is_inserted():
    before = "# T\n\nLead.\n\n## Install\n\n```bash\npip install x\n```\n\n## Usage\n\n- a\n- b\n"
    before += "\n## Über uns\n\nWir. Ja.\n\n## 日本語\n\nText. Two."
    after = before.replace("## Usage", "## New\n\n- c\n- d\n\n## Usage")
    first, second = ([s["scene_id"] for s in story(text)[0]["scenes"]] for text in (before, after))
    assert [name for name in second if name != "new_list"] == first
    assert first[1:4] == ["install_commands", "usage_list", "uber_uns_text"]
    assert first[4].startswith("section_")


def test_ids_of_headings_of_one_name():
    text = "# T\n\n## A\n\n### Use\n\n- a\n- b\n\nx\n\n- c\n- d\n\n## B\n\n### Use\n\n- e\n- f\n"
    ids = [s["scene_id"] for s in story(text)[0]["scenes"][1:-1]]
    assert ids == ["use_list", "use_list_2", "b_use_list"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("🚀 Quick Start!", "quick_start"), ("Straße & Œuvre", "strasse_oeuvre"), ("x" * 80, "x" * 36), ("!?", "section")],
)
def test_slug(heading, expected):
    assert slug(heading) == expected


def test_front_matter():
    video, warnings = story(
        "---\ntitle: Other\nlanguage: de\ntarget_duration: 30\nlayout: x\n---\n# Head\n\nEin Satz.\n"
    )
    assert (video["title"], video["language"], video["target_duration"]) == ("Other", "de", 30)
    assert video["scenes"][0]["source"] == {"file": "doc.md", "line_start": 7, "line_end": 9}
    assert not warnings
    assert "seen" not in video["scenes"][-1]["narration"]


@pytest.mark.parametrize(
    "line", ["language: Klingon", "target_duration: -3", "target_duration: soon", "voice: [a]", "title: {a: b}"]
)
def test_front_matter_that_cannot_be_used_is_warned(line):
    _, warnings = story(f"---\n{line}\n---\n# T\n\nText.\n")
    assert len(warnings) == 1 and line.split(":")[0] in warnings[0]


@pytest.mark.parametrize("matter", ["Some text", "a: [", "x: 2026-99-99", "[" * 5000])
def test_rules_around_text_are_no_front_matter(matter):
    video, _ = story(f"---\n{matter}\n---\n\n# T\n\nText.\n")
    assert video["title"] == "T"


LONG = "# T\n\nLead.\n\n" + "\n".join(
    f"## Part {n}\n\nThe first sentence of part {n}. A second sentence with a number of further words in it.\n\n"
    f"### Detail {n}\n\nDetail sentence {n} is here. Another detail sentence.\n"
    for n in range(10)
)


def test_condensing_follows_the_rule():
    video, warnings = story(LONG, target_duration=40)
    ids = [s["scene_id"] for s in video["scenes"]]
    assert seconds(video) <= 40
    assert ids == ["title", *(f"part_{n}_text" for n in range(len(ids) - 2)), "outro"]
    assert "doc.md, line 5, section “Part 0”: told by first sentences only to keep to 40 s." in warnings
    assert "doc.md, line 77, section “Part 9”: left out to keep to 40 s." in warnings
    assert sum("Detail" in warning for warning in warnings) == 10


def test_front_matter_wins_over_the_argument():
    matter = "---\ntarget_duration: 300\n---\n"
    assert story(matter + LONG, target_duration=20) == story(matter + LONG, target_duration=300)


def test_a_tiny_limit_keeps_title_first_section_and_outro():
    for limits in ({"target_duration": 1}, {"max_scenes": 1}):
        video, _ = story(LONG, **limits)
        assert [s["scene_id"] for s in video["scenes"]] == ["title", "part_0_text", "outro"]


def test_hundreds_of_sections_end_with_a_hundred_scenes_and_warnings():
    text = "# T\n\n" + "\n".join(f"## Topic {n}\n\nWords about topic {n}.\n" for n in range(300))
    video, warnings = story(text)
    assert len(video["scenes"]) == 100
    assert sum("left out to keep to 100 scenes" in warning for warning in warnings) == 300 - 98


def test_one_endless_section_is_cut_at_its_end():
    video, warnings = story("\n\n".join(f"Paragraph {n} says " + "word " * 40 + "." for n in range(300)))
    assert len(video["scenes"]) == 100
    assert "left out from this line on to keep to 100 scenes" in warnings[-1]


def test_ten_thousand_lines_are_fast():
    text = "# T\n\n" + "\n".join(f"## H{n}\n\nA sentence. [Link](x) and `code`.\n\n- item\n" for n in range(1700))
    start = time.process_time()
    story(text, target_duration=300)
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# T\n\n" + "[" * 50_000, "line 3: this paragraph has 50,000 characters"),
        ("x\n\n" * 700_000, "has 2,100,000 characters"),
        ("> " * 200 + "x", "nested too deeply"),
        ("".join("  " * n + "- x\n" for n in range(100)), "nested too deeply"),
    ],
)
def test_absurd_sizes_are_refused(text, message):
    start = time.process_time()
    with pytest.raises(InputError, match=message):
        to_video(text, "doc.md", "doc")
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "text",
    [
        "# " + "Heading " * 200 + "\n\nText.",
        "# T\n\n- " + "word " * 3000,
        "# T\n\n```\n" + "x" * 5000 + "\n```",
        "# T\n\n```" + "l" * 300 + "\ncode\n```",
        "# T\n\n" + "word " * 3900,
        "# T\n\n> " + "word " * 3000 + "\n> -- " + "name " * 300,
        "# T\n\n|" + "c" * 900 + "|d|\n|-|-|\n|" + "a " * 900 + "|" + "b " * 900 + "|",
        "# T\n\n## " + "H" * 700 + "\n\n- a\n",
        "# T\n\n" + "".join("  " * n + f"- level {n}\n" for n in range(15)),
        "# T\n\n<ul><li>a<li>b</ul><table><tr><td>x</table></p></div><summary>",
        "# T\n\n</details></details>\n\n<details>\n\nx\n",
    ],
)
def test_extremes_stay_within_the_schema(text):
    story(text)


def test_data_addresses_do_not_count_as_text():
    story("# T\n\nA picture ![x](data:image/png;base64," + "A" * 300_000 + ") in text.\n")


def test_sentences():
    assert sentences("Use it, e.g. Here. Is it so? Yes! Version 1.2 is out. see x.") == [
        "Use it, e.g. Here.",
        "Is it so?",
        "Yes!",
        "Version 1.2 is out. see x.",
    ]
    assert sentences("これは文です。次の文です。") == ["これは文です。", "次の文です。"]
    assert sentences("यह है। वह है।") == ["यह है।", "वह है।"]


def test_shorten_and_split_item():
    assert shorten("short") == "short"
    assert len(shorten("w" * 500)) <= 140
    assert split_item("A: b") == ("", "A: b")
    assert split_item("Name of it: " + "more " * 40)[0] == "Name of it"


def test_language_of_the_settings_holds_where_the_document_names_none():
    text = "# T\n\n## Ziele\n\n- Das erste Ziel\n- Das zweite Ziel\n\n## Rest\n\nEin Satz.\n\n- a\n- b\n"
    german, _ = to_video(text, "a.md", "a", language="de")
    assert german["scenes"][-1]["narration"] == "T."
    assert "language" not in german
    assert to_video("---\nlanguage: en\n---\n" + text, "a.md", "a", language="de")[0]["scenes"][-1]["narration"] != "T."


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Warning"), ("de", "Warnung"), ("pt-BR", "Aviso"), ("ja", "警告"), ("xx", "Warning")]
)
def test_the_label_of_a_remark_is_in_the_language_of_the_document(language, label):
    video, _ = to_video("# T\n\nA b.\n\n## S\n\n> [!WARNING]\n> Words.\n", "a.md", "a", language=language)
    remark = next(scene for scene in video["scenes"] if scene["visual_content"].get("title") == label)
    assert f"{label}:" in remark["narration"]
