"""Which videos a folder has in which languages."""

import pytest

from video_gen.sources import Source, discover, kind_of, name_of
from video_gen.sources.languages import further, of_folder, own_language

LINK = "https://www.youtube.com/watch?v=abcdefghijk"


def settings(*languages, engine=None, **sources):
    return {
        "sources": sources,
        "language": "en",
        "languages": list(languages),
        "translation": {"engine": engine},
    }


@pytest.mark.parametrize(
    ("name", "kind", "video"),
    [
        ("talk.yaml", "yaml", "talk"),
        ("Read me.MD", "markdown", "Read_me"),
        ("talk.url", "link", "talk"),
        ("talk.webloc", "link", "talk"),
        ("a.talk.transcript.json", "transcript", "a_talk"),
        ("talk.json", "", "talk"),
    ],
)
def test_kind_and_name_follow_from_the_file(name, kind, video):
    assert (kind_of(name), name_of(name)) == (kind, video)


def test_a_link_is_a_source(tmp_path):
    (tmp_path / "dropped.url").write_text(f"[InternetShortcut]\nURL={LINK}\n")
    found, warnings = discover(tmp_path, {"named": LINK})
    assert found["named"] == Source((), "link", link=LINK)
    assert found["dropped"].kind == "link" and not warnings


def test_every_video_in_every_further_language(tmp_path):
    (tmp_path / "talk.yaml").write_text("video: {id: talk, title: Talk}\n")
    found, _ = of_folder(tmp_path, settings("en", "es", "pt-BR", engine="chat", link=LINK))
    # Which language a talk is in shows when it is fetched.
    assert sorted(found) == ["link", "link-en", "link-es", "link-pt-BR", "talk", "talk-es", "talk-pt-BR"]
    assert (found["talk-es"].of, found["talk-es"].language, found["link-es"].of) == ("talk", "es", "link")
    assert found["talk-es"].files == found["talk"].files


def test_without_a_translator_a_link_is_asked_for_its_captions():
    found = further({"talk": Source((), "link", link=LINK)}, settings("es"))
    assert found["talk-es"] == Source((), "link", link=LINK, language="es")


def test_a_source_of_ones_own_goes_before_a_translation(tmp_path):
    for name in ("talk.md", "Talk-es.md"):
        (tmp_path / name).write_text("# Talk\n\nWords.\n")
    found, _ = of_folder(tmp_path, settings("es", "fr"))
    assert sorted(found) == ["Talk-es", "talk", "talk-fr"]
    assert (found["Talk-es"].kind, found["Talk-es"].language) == ("markdown", "es")


def test_no_translation_into_the_language_of_the_source(tmp_path):
    (tmp_path / "charla.md").write_text("---\ntitle: Charla\nlanguage: es\n---\n# Charla\n")
    found, _ = of_folder(tmp_path, settings("en", "es", engine="copy"))
    assert sorted(found) == ["charla", "charla-en"]


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("a.yaml", "video:\n  id: a\n  language: fr\nscenes: []\n", "fr"),
        ("a.yaml", "video: {id: a, 'language': 'pt-BR'}\nscenes: []\n", "pt-BR"),
        ("a.yaml", '{"video_id": "a", "language": "ja", "scenes": []}', "ja"),
        ("a.yaml", "video: {id: a}\nscenes:\n  - {type: code, language: es}\n", ""),
        ("a.yaml", "# language: which one?\nvideo: {id: a, title: 'The language: a talk'}\n", ""),
        ("a.md", "---\nlanguage: de\n---\n# A\n", "de"),
        ("a.md", "# A\n\nlanguage: de\n", ""),
        ("a.md", "---\r\ntitle: A\r\nlanguage: de\r\n---\r\n", "de"),
        ("a.transcript.json", '{"title": "A", "language": "it", "snippets": [{"text": "language: de"}]}', "it"),
    ],
)
def test_the_language_that_a_source_names(name, text, language):
    assert own_language(Source((name,), kind_of(name)), lambda path: text) == language


def test_a_missing_source_names_no_language(tmp_path):
    assert own_language(Source((str(tmp_path / "gone.yaml"),), "yaml")) == ""
