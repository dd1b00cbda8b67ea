"""Further languages in a whole run: the real Snakefile against a loopback translator that answers in capital letters."""

import copy
import json

import pytest
from conftest import CONFIG, SCENES
from fakes.translation_server import TranslationServer

from video_gen.sources import yaml12

TARGETS = ("output/videos/demo.json", "output/videos/demo-es.json", "output/videos/demo-es.srt")
NARRATION = "There are apples, then pears, and finally plums."


@pytest.fixture(scope="module")
def server():
    with TranslationServer(["en", "es", "fr"]) as server:
        yield server


def settings(server, *languages, **translation):
    translator = {"engine": "libretranslate", "url": server.url, **translation}
    quiet = {"narration": {"engine": "silent", "cache": None}}
    return CONFIG | quiet | {"languages": list(languages), "translation": translator}


@pytest.fixture(scope="module")
def spoken(server, tmp_path_factory):
    """The video `demo` in English and Spanish, built once."""
    from conftest import make_project

    project = make_project(tmp_path_factory.mktemp("spoken"))
    project.write("config.yaml", settings(server, "es"))
    project.video(SCENES, voice="british")
    project.run(*TARGETS)
    return project


@pytest.fixture
def translated(spoken, server, tmp_path):
    server.requests.clear()
    server.faults.clear()
    return spoken.copy(tmp_path)


def script(project, name="demo-es"):
    return json.loads(project.path(f"output/scripts/{name}.json").read_text())


def words(project, name="demo-es"):
    return {scene["scene_id"]: scene["narration"] for scene in script(project, name)["scenes"]}


def costly(run):
    return {rule: run.jobs[rule] for rule in ("translate_scene", "speak_scene", "render_clip") if run.jobs[rule]}


def test_the_video_in_another_language(translated):
    spanish, english = script(translated), script(translated, "demo")
    assert (spanish["language"], spanish["title"], english["title"]) == ("es", "DEMO", "Demo")
    assert words(translated)["middle"] == NARRATION.upper() and words(translated, "demo")["middle"] == NARRATION
    assert spanish["scenes"][1]["visual_content"]["items"] == ["APPLES", "PEARS", "PLUMS"]
    assert (english["default_voice"], spanish["default_voice"]) == ("british", "male")
    told = json.loads(translated.path("output/videos/demo-es.json").read_text())
    assert [source["file"] for source in told["sources"]] == ["inputs/demo.yaml"]
    assert "FINALLY PLUMS" in translated.path("output/videos/demo-es.srt").read_text()
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output


def test_an_edited_sentence_translates_its_scene_alone(translated, server):
    scenes = copy.deepcopy(SCENES)
    scenes[1]["narration"] = "There are apples, then pears, and finally cherries."
    translated.video(scenes, voice="british")
    run = translated.run(*TARGETS)
    assert costly(run) == {"translate_scene": 1, "speak_scene": 2, "render_clip": 2}
    asked = " ".join(text for _, _, body in server.requests for text in body["q"])
    assert "cherries" in asked and "small video" not in asked and "Apples" not in asked, (
        "what is known is not asked again"
    )
    assert words(translated)["middle"].endswith("CHERRIES.")


def test_a_colour_translates_nothing(translated, server):
    translated.video(SCENES, voice="british", accent_color="green")
    run = translated.run(*TARGETS)
    assert costly(run) == {"render_clip": 6} and not server.requests
    assert script(translated)["accent_color"] == "green"


def test_scenes_that_change_places_and_one_that_leaves(translated, server):
    translated.video([SCENES[1], SCENES[0]], voice="british")
    run = translated.run(*TARGETS)
    assert list(words(translated)) == ["middle", "start"] and not server.requests
    assert not run.jobs["translate_scene"] and not run.jobs["speak_scene"]


def test_a_translation_mended_by_hand_stays(translated, server):
    path = translated.path("output/translations/demo-es/middle.json")
    path.write_text(path.read_text().replace(NARRATION.upper(), "Hay manzanas, luego peras y por fin ciruelas."))
    run = translated.run(*TARGETS)
    assert costly(run) == {"speak_scene": 1, "render_clip": 1} and not server.requests
    assert words(translated)["middle"].startswith("Hay manzanas")

    scenes = copy.deepcopy(SCENES)
    scenes[1]["items"][0] = "Red apples"
    translated.video(scenes, voice="british")
    translated.run(*TARGETS)
    assert words(translated)["middle"].startswith("Hay manzanas"), "its own words are the same"
    assert script(translated)["scenes"][1]["visual_content"]["items"][0] == "RED APPLES"


def test_another_server_translates_nothing_again_but_a_new_term_does(translated, server):
    translated.write("config.yaml", settings(server, "es", engine="chat", url=server.url, model="any"))
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output
    translated.write("config.yaml", settings(server, "es", glossary={"pears": {"es": "peras", "fr": "poires"}}))
    run = translated.run(*TARGETS)
    assert run.jobs["translate_scene"] == 1 and "peras" in words(translated)["middle"]
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output


def test_an_own_video_is_taken_in_place_of_a_translation(translated, server):
    translated.write(
        "inputs/demo-es.yaml",
        {"video": {"id": "demo-es", "title": "Mío"}, "scenes": [{"type": "outro", "id": "fin", "main_text": "Fin"}]},
    )
    run = translated.run(*TARGETS)
    assert not run.jobs["translate_video"] and not server.requests
    assert list(words(translated)) == ["fin"] and script(translated)["language"] == "es"


def test_without_a_translator_one_message_says_so_and_the_video_is_made(project):
    project.write("config.yaml", CONFIG | {"narration": {"engine": "silent"}, "languages": ["es"]})
    project.video(SCENES)
    run = project.run("output/scripts/demo.json", "output/scripts/demo-es.json", check=False)
    assert run.code != 0 and project.path("output/scripts/demo.json").exists() and "Traceback" not in run.output
    assert run.output.count("demo-es: nobody is set to translate") == 2, "as it fails, and at the end"
    assert not run.jobs["translate_scene"]


def test_a_fault_that_stays_keeps_what_is_translated(project, server):
    project.write("config.yaml", settings(server, "es"))
    project.video(SCENES)
    server.requests.clear()
    server.faults = [None, None, 403, None]
    run = project.run("output/scripts/demo-es.json", "--cores", "1", check=False)
    assert run.code != 0 and "403" in run.output and "Traceback" not in run.output
    kept = {path.name: path.read_bytes() for path in project.path("output/translations/demo-es").iterdir()}
    assert len(kept) == 2
    run = project.run("output/scripts/demo-es.json")
    assert run.jobs["translate_scene"] == 1
    assert all(project.path(f"output/translations/demo-es/{name}").read_bytes() == kept[name] for name in kept)


def test_a_fault_loses_no_edit(translated, server):
    """Neither that of the source nor a mending of a text that did not change."""
    path = translated.path("output/translations/demo-es/middle.json")
    path.write_text(path.read_text().replace('"translation": "APPLES"', '"translation": "MANZANAS"'))
    translated.run(*TARGETS)
    scenes = copy.deepcopy(SCENES)
    scenes[1]["narration"] = "There are apples and cherries."
    translated.video(scenes, voice="british")
    server.faults = [403]
    assert translated.run(*TARGETS, check=False).code != 0
    run = translated.run(*TARGETS)
    assert run.jobs["translate_scene"] == 1 and words(translated)["middle"] == "THERE ARE APPLES AND CHERRIES."
    assert script(translated)["scenes"][1]["visual_content"]["items"][0] == "MANZANAS"
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output


def test_deleted_translations_are_asked_for_anew(translated, server):
    translated.path("output/translations/demo-es.json").unlink()
    for path in translated.path("output/translations/demo-es").iterdir():
        path.unlink()
    run = translated.run()
    assert run.jobs["translate_scene"] == len(SCENES) and len(server.requests) > len(SCENES)


def test_scenes_that_come_while_the_translator_is_away(translated, server):
    more = [
        {"type": "outro", "id": f"more_{n}", "main_text": f"More {n}", "narration": f"More of {n}."} for n in (1, 2)
    ]
    translated.video([*SCENES, *more], voice="british")
    server.faults = [403] * 4
    assert translated.run(*TARGETS, check=False).code != 0
    server.faults.clear()
    translated.run(*TARGETS)
    assert list(words(translated)) == ["start", "middle", "end", "more_1", "more_2"]
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output


def test_an_own_video_that_goes_away_again(translated, server):
    own = {"video": {"id": "x", "title": "Mío"}, "scenes": [{"type": "outro", "id": "fin", "main_text": "Fin"}]}
    translated.write("inputs/demo-es.yaml", own)
    translated.run(*TARGETS)
    translated.path("inputs/demo-es.yaml").unlink()
    translated.run(*TARGETS)
    assert list(words(translated)) == ["start", "middle", "end"] and not server.requests
    assert "Nothing to be done" in translated.run("-n", *TARGETS).output


def test_what_waited_for_a_hand_is_translated_when_there_is_a_translator(project, server):
    project.write("config.yaml", settings(server, "es", engine="copy", url=None))
    project.video(SCENES)
    target = "output/scripts/demo-es.json"
    assert "texts wait" in project.run(target).output and words(project)["end"] == "Thank you for watching."
    path = project.path("output/translations/demo-es/end.json")
    path.write_text(path.read_text().replace('"translation": "That is all"', '"translation": "Eso es todo"'))
    project.run(target)
    project.write("config.yaml", settings(server, "es"))
    project.run(target)
    assert words(project)["end"] == "THANK YOU FOR WATCHING."
    assert script(project)["scenes"][2]["visual_content"]["main_text"] == "Eso es todo"


def test_the_translation_is_a_video_yaml_of_its_own(translated):
    video = yaml12.load(translated.path("output/specs/demo-es.yaml"))
    assert (video["video_id"], video["language"]) == ("demo-es", "es")
    assert all(scene["source"]["file"] == "inputs/demo.yaml" for scene in video["scenes"])
