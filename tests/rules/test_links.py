"""A link in a whole run: the real Snakefile and client against a loopback YouTube."""

import json

import pytest
from conftest import CONFIG
from fakes.youtube_server import LINK, Track, YouTubeServer

QUIET = CONFIG | {"narration": {"engine": "silent", "cache": None}}
LINES = tuple(
    (4.0 * place, 4.0, sentence)
    for place, sentence in enumerate(
        [
            "Hello and welcome to the garden.",
            "A young tree needs a wide hole and loose soil.",
            "Dig the hole twice as wide as the roots of the tree.",
            "Loose soil lets young roots reach out for water.",
            "Water the tree slowly, every second day of the first summer.",
            "A layer of straw keeps the water in the soil for longer.",
            "In autumn the tree is strong enough to stand without help.",
        ]
    )
)
SPANISH = (
    (0.0, 4.0, "Un árbol joven necesita un hoyo ancho y tierra suelta."),
    (4.0, 4.0, "Riegue el árbol despacio, cada dos días del primer verano."),
)


@pytest.fixture
def server():
    with YouTubeServer() as server:
        video = next(iter(server.videos.values()))
        video.captions = [Track(lines=LINES), Track("es", lines=SPANISH)]
        video.details["shortDescription"] = "How to plant a tree."
        yield server


@pytest.fixture
def online(project, server):
    project.write("config.yaml", QUIET)
    return lambda *arguments, **options: project.run(*arguments, **server.environment, **options)


def script(project, name):
    return json.loads(project.path(f"output/scripts/{name}.json").read_text())


def test_a_dropped_link_becomes_a_video_and_is_fetched_once(project, online, server):
    project.write("inputs/talk.url", f"[InternetShortcut]\nURL={LINK}\n")
    online()
    assert project.path("output/videos/talk.mp4").exists()
    words = " ".join(scene["narration"] for scene in script(project, "talk")["scenes"])
    assert "Dig the hole twice as wide as the roots of the tree." in words
    asked = len(server.requests)
    assert "Nothing to be done" in online("-n").output

    talk = json.loads(project.path("output/transcripts/talk.json").read_text())
    talk["title"] = "Trees by hand"
    project.path("output/transcripts/talk.json").write_text(json.dumps(talk))
    run = online()
    assert not run.jobs["fetch_transcript"] and len(server.requests) == asked
    assert script(project, "talk")["title"] == "Trees by hand"

    project.path("output/transcripts/talk.json").unlink()
    assert online().jobs["fetch_transcript"] == 1 and script(project, "talk")["title"] != "Trees by hand"
    project.write("inputs/talk.url", f"[InternetShortcut]\nURL={LINK}&t=3\n")
    assert online("output/scripts/talk.json").jobs["fetch_transcript"] == 1


def test_a_named_link_is_told_by_its_captions_in_each_language(project, online, server):
    project.write("config.yaml", QUIET | {"sources": {"talk": LINK}, "languages": ["en", "es", "it"]})
    run = online("output/videos/talk.json", "output/videos/talk-es.json", check=False)
    assert run.code == 0, run.output
    spanish = script(project, "talk-es")
    assert spanish["language"] == "es"
    assert "Riegue el árbol despacio" in " ".join(scene["narration"] for scene in spanish["scenes"])
    assert json.loads(project.path("output/transcripts/talk-es.json").read_text())["kind"] == "manual"

    run = online(
        "output/scripts/talk-it.json", check=False
    )  # no captions in Italian, and YouTube translates none into it
    assert run.code == 1 and "no captions in it" in run.output and "It has captions in: en, es." in run.output
    assert not project.path("output/transcripts/talk-it.json").exists()


def test_faults_are_told_and_what_is_good_is_made(project, online, server):
    next(iter(server.videos.values())).captions = None
    project.write("inputs/talk.url", LINK)
    project.write("inputs/wrong.url", "https://example.org/film\n")
    project.video([{"type": "outro", "main_text": "End"}], "good")
    run = online("output/scripts/talk.json", "output/scripts/wrong.json", "output/scripts/good.json", check=False)
    assert run.code != 0 and "Traceback" not in run.output
    assert "captions" in run.output and "'https://example.org/film' is no address of a YouTube video" in run.output
    assert project.path("output/scripts/good.json").exists()
    assert not project.path("output/transcripts/talk.json").exists()


def test_a_kept_transcript_needs_no_network(project, online, server):
    project.write("inputs/talk.url", LINK)
    online("output/transcripts/talk.json")
    project.path("output/transcripts/talk.json").rename(project.path("inputs/kept.transcript.json"))
    project.path("inputs/talk.url").unlink()
    asked = len(server.requests)
    online("output/scripts/kept.json")
    assert len(server.requests) == asked and len(script(project, "kept")["scenes"]) > 2
