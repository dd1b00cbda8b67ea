"""The transcript says what was said, whatever was said, and nothing of it becomes markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from video_gen.render import transcript
from video_gen.script import chapter_title

# Without links recognised in plain text, since its library is no dependency; the rest of GitHub's dialect is on.
GITHUB = MarkdownIt("gfm-like", {"linkify": False})


def report(texts, starts=None, title="A <title> & more", language="pt-BR"):
    starts = starts or [12.5 * place for place in range(len(texts))]
    scenes = [
        {"start_time": start, "words": [{"text": word, "start": start, "end": start} for word in text.split()]}
        for start, text in zip(starts, texts, strict=True)
    ]
    return {"title": title, "language": language, "scenes": scenes}


class _Page(HTMLParser):
    """Collects the tags and the texts of a page by tag."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.attributes = [], {}, {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attrs))
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data):
        if self.tags:
            self.texts[self.tags[-1]][-1] += data


def test_markdown_has_a_stamp_a_title_and_the_narration_of_every_scene(tmp_path):
    transcript.write_markdown(tmp_path / "a.md", report(["Hello there.", "It is 5 GB."]), ["Welcome", "How big?"])
    assert (tmp_path / "a.md").read_text("utf-8") == (
        "# A \\<title\\> \\& more\n\n## [0:00] Welcome\n\nHello there.\n\n## [0:12] How big?\n\nIt is 5 GB.\n"
    )


HOSTILE = [
    "# Not a heading",
    "[link](http://x.y) ![image](a.png) [ref]: http://x.y",
    "<script>alert(1)</script> &copy; <!-- c -->",
    "- item",
    "+ item",
    "1. first 2) second",
    "12) item",
    "> quote",
    "*bold* __bold__ ~~gone~~ `code` ``` fence",
    "```js",
    "~~~",
    "===",
    "---",
    "a | b | c",
    "C# ##",
    "back\\slash \\# $x$ http://example.com www.example.com",
    "<http://auto.link> a@b.cd",
]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab1 .)(-+=#*_`[]<>!&|\\~:;/\"'\n\t$@0é"), min_size=1, max_size=40))
@example("\\")
@example("1\\.")
def test_markdown_of_any_narration_is_plain_paragraphs(tmp_path_factory, text):
    _check_markdown(tmp_path_factory.getbasetemp() / "any.md", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_hostile_narration_is_plain_paragraphs(tmp_path, text):
    _check_markdown(tmp_path / "a.md", text)


def _check_markdown(path, text):
    folded = " ".join(text.split())
    transcript.write_markdown(path, report([text], title="T"), [text])
    tokens = GITHUB.parse(path.read_text("utf-8"))
    kinds = [token.type for token in tokens]
    heading = ["heading_open", "inline", "heading_close"]
    assert kinds == heading * 2 + (["paragraph_open", "inline", "paragraph_close"] if folded else [])
    inlines = [token for token in tokens if token.type == "inline"]
    assert {child.type for token in inlines for child in token.children} <= {"text", "text_special"}
    said = ["".join(child.content for child in token.children) for token in inlines]
    assert said == ["T", f"[0:00] {folded}".strip(), *([folded] if folded else [])]


def test_addresses_are_broken_up_for_readers_that_would_link_them(tmp_path):
    transcript.write_markdown(tmp_path / "a.md", report(["see https://x.y and www.x.y or a@b.c"], title="T"), ["C"])
    text = (tmp_path / "a.md").read_text("utf-8")
    assert "https\\://x.y and www\\.x.y or a\\@b.c" in text


def test_html_is_one_semantic_page_with_escaped_text(tmp_path):
    hostile = "<script>alert('x')</script> & \"quotes\" {braces}"
    transcript.write_html(tmp_path / "a.html", report(["Hello.", hostile]), ["Welcome", "<b>"])
    page = (tmp_path / "a.html").read_text("utf-8")
    found = _Page(page)
    assert found.attributes["html"] == [{"lang": "pt-BR"}]
    assert not {"script", "b", "link", "img"} & set(found.tags)
    assert found.texts["title"][0].strip() == "A <title> & more"
    assert [text.strip() for text in found.texts["p"]] == ["Hello.", hostile]
    assert [attributes["datetime"] for attributes in found.attributes["time"]] == ["PT0S", "PT12S"]
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert "prefers-color-scheme: dark" in page


def test_a_language_cannot_leave_its_attribute(tmp_path):
    transcript.write_html(tmp_path / "a.html", report(["Hi."], language='x" onload="y'), ["C"])
    assert _Page((tmp_path / "a.html").read_text("utf-8")).attributes["html"] == [{"lang": 'x" onload="y'}]


def test_chapter_list_is_what_video_sites_take():
    made = report(["a"] * 4, starts=[0.0, 9.999999, 605.4, 3661.0])
    titles = ["Start", "Two\nlines", "Ten minutes", "An hour"]
    assert transcript.chapter_list(made, titles) == "0:00 Start\n0:10 Two lines\n10:05 Ten minutes\n1:01:01 An hour\n"


def test_a_title_too_few_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="shorter"):
        transcript.chapter_list(report(["a", "b"]), ["One"])


@pytest.mark.parametrize(
    ("kind", "content", "language", "title"),
    [
        ("checkpoint", {"completed_topics": ["a"], "checkpoint_number": 2}, "es", "Punto de control 2"),
        ("checkpoint", {"completed_topics": ["a"]}, "pt-BR", "Ponto de verificação"),
        ("problem", {"problem_text": "a", "problem_number": 1, "title": "Suma"}, "es", "Suma"),
        ("problem", {"problem_text": "a", "problem_number": 1}, "es", "Problema 1"),
        ("solution", {"solution_code": "a", "title": ""}, "de", "Lösung"),
        ("exercise", {"instructions": ["a"]}, "xx", "Exercise"),
        ("learning_objectives", {"objectives": ["a"]}, "fr", "Objectifs"),
        ("quiz", {"question": "¿Qué?", "options": [], "correct_answer": ""}, "es", "¿Qué?"),
        ("command", {"commands": ["ls"]}, "es", "Scene 1"),
    ],
)
def test_a_chapter_is_named_as_its_picture_is(kind, content, language, title):
    scene = {"scene_id": "scene_1", "scene_type": kind, "visual_content": content}
    assert chapter_title(scene, language) == title
