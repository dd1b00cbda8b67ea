"""A scene's translation, kept in a file, and the video put together from such files."""

import json
from types import SimpleNamespace

import pytest
from fakes.translation_server import TranslationServer, shouted
from scene_samples import MINIMAL, TYPICAL

from video_gen import files, schema, script, translation
from video_gen.errors import ConfigError, EngineError, InputError
from video_gen.script.narration import narrate
from video_gen.sources import video_yaml
from video_gen.translation import check, stored

NEW = {
    "image": {"image": "a.png", "caption": "A cat"},
    "clip": {"clip": "a.mp4", "header": "The start", "sound": "on"},
    "table": {"columns": ["Thing", "Cost"], "rows": [["Total", 12], ["Rent", "none"]], "highlight": {"rows": "Total"}},
    "code": {"code": "x = 1\ny = 2", "steps": [{"lines": "1", "note": "Set it."}]},
    "chart": {"kind": "bar", "values": {"Dogs": 2, "Cats": 1}, "unit": "animals"},
    "diagram": {"mermaid": "graph LR; A --> B", "caption": "The parts"},
}
ALL_TYPES = TYPICAL | NEW
BUILD = {"voice": "male", "accent_color": "blue", "min_duration": 3.0, "max_duration": 15.0}


def scene_of(kind, **own):
    content = ALL_TYPES[kind]
    said = "" if kind == "clip" else narrate(kind, content)
    return {"scene_id": kind, "scene_type": kind, "visual_content": content, "narration": said, **own}


def script_of(*scenes, language="en", **head):
    video = {"video_id": "talk", "title": "A talk", "description": "All about it.", "language": language, **head}
    return script.build({**video, "scenes": list(scenes)}, engine="hibari", language=language, **BUILD)[0]


def put_together(found, folder, language="es", texts=shouted, **options):
    """Translate a script by hand, through files as they are kept, and return the video and the warnings."""

    def kept(name, wanted):
        given = {text["source"]: texts(text["source"]) for text in wanted}
        files.write_json(folder / f"{name}.json", stored.document(wanted, given, "en", language, "by hand"))
        return translation.read(folder / f"{name}.json")

    head = kept("head", translation.texts_of_head(found))
    scenes = [kept(scene["scene_id"], translation.texts_of(scene)) for scene in found["scenes"]]
    return translation.translated(found, head, scenes, f"talk-{language}", language, **options)


def texts(*sources, among=""):
    return [{"at": f"t/{n}", "source": s, "limit": 100, "among": among, "keep": []} for n, s in enumerate(sources)]


@pytest.fixture
def server():
    with TranslationServer() as server:
        yield server


def chat(server):
    return {"engine": "chat", "url": f"{server.url}/v1", "model": "small"}


def test_a_scene_is_translated_in_one_request(server):
    scene = scene_of("list", narration="Hear [pause 0.8] this.")
    found, warnings = translation.translate(translation.texts_of(scene), source="en", target="es", **chat(server))
    schema.check(found, "translation", "x", AssertionError)
    assert found["texts"][0] == {
        "at": "narration",
        "source": scene["narration"],
        "translation": "HEAR [pause 0.8] THIS.",
    }
    assert found["target_language"] == "es" and found["translator"] == "chat small" and warnings == []
    assert json.loads(server.requests[0][2]["messages"][1]["content"])["narration"] == "1"
    assert len(server.requests) == 1


def test_equal_texts_are_asked_for_once_and_come_out_equal(server):
    server.faults = [lambda asked: {key: f"t{key}" for key in asked}]
    found, _ = translation.translate(texts("open", "shut", "open"), source="en", target="es", **chat(server))
    assert [text["translation"] for text in found["texts"]] == ["t1", "t2", "t1"]


def test_commands_that_are_named_are_terms(server):
    scene = {"scene_type": "command", "visual_content": {"commands": ["$ make video"]}, "narration": "Run make video."}
    translation.translate(translation.texts_of(scene), source="en", target="es", **chat(server))
    assert json.loads(server.requests[0][2]["messages"][1]["content"])["glossary"] == {"make video": "make video"}


@pytest.mark.parametrize(("source", "target"), [("en", "en"), ("pt-BR", "pt-BR")])
def test_the_same_language_asks_nobody(server, source, target):
    head = [{"at": "title", "source": "A talk", "limit": 500, "among": "", "keep": []}]
    found, warnings = translation.translate(head, source=source, target=target, **chat(server))
    assert found["texts"][0]["translation"] == "A talk" and server.requests == []
    assert warnings == [f"is in {target!r} already: its texts are left as they are."]
    assert translation.translate(texts("One"), source="en", target="en")[1] == []


def test_where_there_is_nothing_to_translate_nobody_is_asked():
    assert translation.translate([], source="en", target="es")[0]["texts"] == []


def test_without_a_translator_the_remedy_is_told():
    with pytest.raises(ConfigError, match="nobody is set to translate"):
        translation.translate(texts("One"), source="en", target="es")


def test_texts_can_wait_for_a_person():
    head = [{"at": "title", "source": "A talk", "limit": 500, "among": "", "keep": []}]
    found, warnings = translation.translate(head, source="en", target="es", engine="copy")
    assert found["texts"][0]["translation"] == "A talk" and "wait for their translation" in warnings[0]
    assert translation.translate(texts("One " * 20), source="en", target="es", engine="copy")[1] == []


@pytest.mark.parametrize(
    ("source", "bad", "fault"),
    [
        ("Wait. [pause 0.8] Go.", "Espera. Anda.", "the pauses none in place of [pause 0.8]"),
        ("A [pause] b [pause 2]", "a [pause 2] b [pause]", "the pauses [pause 2], [pause] in place of"),
        ("Run `make it`.", "Corre `hazlo`.", "the code `hazlo` in place of `make it`"),
        ("Hello {name}", "Hola", "the code none in place of {name}"),
        ("One thing", "  ", "is empty"),
        ("One thing", "x" * 101, "has 101 characters; at most 100"),
    ],
)
def test_a_fault_is_complained_of_once_and_then_refused(server, source, bad, fault):
    server.faults = [lambda asked: {"1": bad}]
    found, _ = translation.translate(texts(source), source="en", target="es", **chat(server))
    assert found["texts"][0]["translation"] == shouted(source)
    assert fault in server.requests[1][2]["messages"][-1]["content"]
    server.faults = [lambda asked: {"1": bad}] * 2
    with pytest.raises(EngineError, match=r"chat gave a translation to 'es' that cannot be used") as caught:
        translation.translate(texts(source), source="en", target="es", **chat(server))
    assert fault in str(caught.value) and "by hand" in str(caught.value)


def test_a_translation_many_times_longer_is_a_fault():
    long = [{"at": "narration", "source": "Hi.", "limit": 50_000, "among": "", "keep": []}]
    assert check.faults(long, {"Hi.": "x" * 213}) == ["“Hi.”: its translation is many times longer than it."]
    assert check.faults(long, {"Hi.": "x" * 212}) == []


def test_a_translator_of_another_kind_is_checked_too(server):
    given = {"engine": "libretranslate", "url": server.url}
    server.faults = [lambda asked: ["x" * 101], lambda asked: ["UNO", ""]]
    with pytest.raises(EngineError, match=r"libretranslate gave a translation.*\n.*has 101 characters"):
        translation.translate(texts("One"), source="en", target="es", **given)
    with pytest.raises(EngineError, match="gives no translation of “Two words”"):
        translation.translate(texts("One [pause] Two words"), source="en", target="es", **given)


def test_a_long_text_that_did_not_change_is_a_warning(server):
    long, short = "This sentence is long enough to be looked at.", "OK then"
    server.faults = [lambda asked: dict(asked)]
    _, warnings = translation.translate(texts(long, short), source="en", target="es", **chat(server))
    assert warnings == [f"“{long}” was left as it is by the translator."]


def test_texts_that_must_differ_do_so(server):
    server.faults = [lambda asked: {"1": "Sí", "2": "Sí", "3": "No"}] * 2
    options = texts("Yes", "Yep", "No", among="visual_content/options")
    found, warnings = translation.translate(options, source="en", target="es", **chat(server))
    assert [text["translation"] for text in found["texts"]] == ["Sí", "Yep", "No"]
    assert "must differ" in server.requests[1][2]["messages"][-1]["content"]
    assert warnings == ["“Yep” is left as it is: its translation is that of another text beside it."]


def test_terms_are_those_that_are_said():
    glossary = {
        "pull request": "solicitud",
        "build": {"es": "compilar", "fr": "construire"},
        "art": "arte",
        "x": {"de": "y"},
    }
    said = texts("Open a Pull Request", "Start the build")
    assert translation.terms(glossary, "es", said) == {"pull request": "solicitud", "build": "compilar"}
    assert translation.terms(glossary, "fr-CA", said)["build"] == "construire"
    assert translation.terms(glossary, "de", said) == {"pull request": "solicitud"}


def test_settings_come_from_the_resources_of_a_job():
    given = SimpleNamespace(translation_engine="chat", translation_url="http://a", translation_model="", mem_mb=5)
    assert translation.settings(given) == {"engine": "chat", "url": "http://a", "model": ""}


@pytest.mark.parametrize("kind", list(ALL_TYPES))
def test_the_translated_video_is_a_video_as_any_other(kind, tmp_path):
    found = script_of(scene_of(kind))
    video, warnings = put_together(found, tmp_path)
    video_yaml.check(video, "x")
    built = script.build(video, engine="espeak", language="en", **BUILD)[0]
    (old,), (new,) = found["scenes"], built["scenes"]
    assert warnings == [] and built["language"] == "es" and built["video_id"] == "talk-es"
    assert (built["title"], built["description"]) == ("A TALK", "ALL ABOUT IT.")
    assert new["narration"] == shouted(old["narration"])
    assert (new["scene_id"], new["scene_type"]) == (old["scene_id"], old["scene_type"])
    again = {text["source"] for text in translation.texts_of(old)} & {
        text["source"] for text in translation.texts_of(new)
    }
    assert again == set()
    assert [text["at"] for text in translation.texts_of(old)] == [text["at"] for text in translation.texts_of(new)]


def test_what_is_no_word_is_carried_over(tmp_path):
    source = {"file": "talk.md", "line_start": 3, "line_end": 4}
    head = {
        "accent_color": "green", "theme": "paper", "motion": "fade", "music": "a.mp3", "formats": ["9:16"], "version": "v2",
        "pronunciations": {"nginx": "engine x"}, "burn_captions": "line", "progress_bar": True, "appearance": "light",
        "source": "talk.md",
    }  # fmt: skip
    own = {"min_duration": 4.0, "max_duration": 40.0, "source": source, "voice": "female"}
    video, _ = put_together(script_of(scene_of("list", **own), **head), tmp_path)
    assert {key: video[key] for key in head} == head
    assert {key: video["scenes"][0][key] for key in own} == own


def test_max_duration_grows_with_the_words(tmp_path):
    found = script_of(scene_of("list", narration="Short."), scene_of("quote", narration="Short too."))
    video, _ = put_together(found, tmp_path, texts=lambda text: "palabra " * 60 if text == "Short." else "Sí.")
    assert [scene["max_duration"] for scene in video["scenes"]] == [45.0, 15.0]


@pytest.mark.parametrize(
    ("voice", "language", "result"),
    [
        ("male_warm", "es", "male_warm"), ("british", "es", "male"), ("indian", "fr", "female"), ("british", "en-GB", "british"),
        ("en-US-AriaNeural", "es", "female"), ("en-US-AndrewMultilingualNeural", "es", "en-US-AndrewMultilingualNeural"),
        ("es-MX-DaliaNeural", "es", "es-MX-DaliaNeural"),
    ],
)  # fmt: skip
def test_voices_of_a_language_stay_there(voice, language, result, tmp_path):
    video, _ = put_together(script_of(scene_of("list"), voice=voice), tmp_path, language)
    assert video["voice"] == result and "voice" not in video["scenes"][0]


def test_recordings_are_left_out(tmp_path):
    found = script_of(scene_of("list", audio="me.wav"))
    found["scenes"][0]["engine"] = "recorded"
    video, (warning,) = put_together(found, tmp_path)
    assert {"audio", "engine"} & set(
        video["scenes"][0]
    ) == set() and "its recording me.wav speaks another language" in warning


def test_engines_that_do_not_know_the_language_are_left_out(tmp_path):
    found = script_of(scene_of("list", engine="hibari"), scene_of("quote", engine="espeak"))
    video, warnings = put_together(found, tmp_path, engine="hibari")
    assert "engine" not in video and [scene.get("engine") for scene in video["scenes"]] == [None, "espeak"]
    assert warnings == [
        "the video: its engine hibari does not speak 'es'; another one speaks.",
        "scene list: its engine hibari does not speak 'es'; another one speaks.",
    ]
    assert put_together(found, tmp_path, engine="espeak")[0]["engine"] == "espeak"


def edited(folder, change):
    """The video of a quiz whose file somebody has changed."""
    found = script_of(scene_of("quiz"))
    put_together(found, folder)
    document = json.loads((folder / "quiz.json").read_text())
    change(document)
    files.write_json(folder / "quiz.json", document)
    head, scenes = translation.read(folder / "head.json"), [translation.read(folder / "quiz.json")]
    return translation.translated(found, head, scenes, "talk-es", "es")


def test_a_mended_text_is_taken(tmp_path):
    def mend(document):
        options = [text for text in document["texts"] if text["source"] == "Two"]
        options[0]["translation"] = "Dos"

    video, warnings = edited(tmp_path, mend)
    assert video["scenes"][0]["visual_content"]["correct_answer"] == "Dos" and warnings == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["texts"].pop(1), r"quiz\.json: lacks the translation of visual_content/question\. Add it there"),
        (lambda d: d["texts"][1].update(at="visual_content/title"), r"quiz\.json: lacks the translation of"),
        (
            lambda d: d["texts"].append({"at": "x", "source": "", "translation": "y"}),
            r"quiz\.json: translates x, which the",
        ),
        (lambda d: d["texts"].append(d["texts"][0]), r"quiz\.json: has two translations of narration"),
        (lambda d: d["texts"][0].update(translation=" "), r"quiz\.json: narration: the translation of “.*” is empty"),
        (
            lambda d: d["texts"][1].update(translated="x"),
            r"quiz\.json: texts\[1\]\.translated is an unknown key.*Did you mean",
        ),
        (lambda d: d["texts"][1].update(translation="x" * 5001), r"quiz\.json: .*question has 5,001 characters"),
        (lambda d: d["texts"][3].update(translation="ONE"), r"quiz\.json: .*options has the same item twice"),
        (lambda d: d.update(target_language="fr"), r"quiz\.json: is a translation to 'fr', not to 'es'"),
        (lambda d: d.pop("texts"), r"quiz\.json: the key 'texts' is missing"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name_and_place(change, message, tmp_path):
    with pytest.raises(InputError, match=message):
        edited(tmp_path, change)


def test_a_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"a\.json, line 1: is not valid JSON"):
        translation.read(tmp_path / "a.json")


def test_a_lost_mark_and_other_source_words_are_warnings(tmp_path):
    found = script_of(scene_of("list", narration="Wait [pause 1] here."))
    put_together(found, tmp_path)
    document = json.loads((tmp_path / "list.json").read_text())
    document["texts"][0]["translation"] = "Espera aquí."
    document["texts"][1]["source"] = "Other"
    files.write_json(tmp_path / "list.json", document)
    read = [translation.read(tmp_path / f"{name}.json") for name in ("head", "list")]
    _, warnings = translation.translated(found, read[0], read[1:], "talk-es", "es")
    assert (
        "header was translated from other words" in warnings[0]
        and "narration: its translation has the pauses" in warnings[1]
    )


def test_each_scene_needs_its_translation():
    found = script_of(scene_of("list"))
    head = stored.Stored("head.json", "en", "es", {}, {})
    with pytest.raises(InputError, match="has 0 translated scenes for 1 of the script"):
        translation.translated(found, head, [], "talk-es", "es")


@pytest.mark.parametrize("kind", list(MINIMAL))
def test_the_least_scenes_go_through(kind, tmp_path):
    scene = {"scene_id": "a", "scene_type": kind, "visual_content": MINIMAL[kind], "narration": "Well said."}
    assert put_together(script_of(scene), tmp_path)[0]["scenes"][0]["narration"] == "WELL SAID."
