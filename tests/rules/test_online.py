"""The online engine in a whole run: the real Snakefile and client against a loopback server that fails and recovers."""

import json
import os
import re
import time
from pathlib import Path

import pytest
from conftest import CONFIG
from fakes.edge_server import EdgeServer

from video_gen.speech import sound

FAKES = Path(__file__).parents[1] / "fakes" / "online"
TARGET = "output/timing/demo.json"
# Each fault as often as the engine (two tries) and its client (again after a 403) ask for one scene; what the message says.
FAULTS = (
    (["403"] * 4, "status 403"),
    (["429"] * 2, "status 429"),
    (["503"] * 2, "status 503"),
    (["silence"] * 2, "only silence"),
    (["no audio"] * 2, "sent no sound"),
    (["drop"] * 2, "connection was cut"),
    (["garbage"] * 2, "no MP3"),
)
SCENES = ("red", "orange", "yellow", "green", "blue", "indigo", "violet", "black", "white")


@pytest.fixture
def server():
    with EdgeServer() as server:
        yield server


@pytest.fixture
def online(project, server):
    """A project whose runs reach the server, and nothing else that is online."""
    project.write("config.yaml", CONFIG | {"narration": {"engine": "edge", "cache": None}})
    project.video([outro(scene) for scene in SCENES])
    return lambda *arguments, **options: project.run(*arguments, **(reaching(server, project) | options))


def reaching(server: EdgeServer, project, **changed: str) -> dict[str, str]:
    paths = os.pathsep.join(path for path in (str(FAKES), os.environ.get("PYTHONPATH", "")) if path)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "")
    return {
        "PYTHONPATH": paths,
        "FAKE_EDGE_SOCKET": server.socket_url,
        "FAKE_EDGE_LIST": server.list_url,
        "XDG_CACHE_HOME": str(project.path("cache")),
        **proxies,
        **changed,
    }


def outro(scene: str) -> dict[str, str]:
    return {"type": "outro", "id": scene, "main_text": "End", "narration": f"This is the {scene} scene."}


def dates(project) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in project.path("output/audio/demo").iterdir()}


def test_failing_scenes_keep_the_others_and_are_spoken_by_the_next_run(project, online, server):
    server.faults = ["", *(fault for faults, _ in FAULTS for fault in faults), ""]
    run = online(TARGET, "--resources", "tts_slots=1", "--cores", "1", check=False)
    assert run.code != 0 and "Traceback" not in run.output
    messages = dict(re.findall(r"^demo, scene (\w+): (edge: .*)$", run.output, re.MULTILINE))
    # Snakemake chooses the order of the scenes, so it is the faults, and not the scenes, that are known beforehand.
    assert len(messages) == len(FAULTS)
    assert all(any(cause in text for text in messages.values()) for _, cause in FAULTS)
    assert all("Try again later" in text and "offline engine" in text for text in messages.values())
    before = dates(project)
    assert sorted(before) == sorted(
        f"{name}.{kind}" for name in SCENES if name not in messages for kind in ("json", "mp3")
    )

    run = online(TARGET)
    assert run.jobs["speak_scene"] == len(FAULTS) and run.jobs["time_scenes"] == 1
    assert before.items() <= dates(project).items() and len(dates(project)) == 2 * len(SCENES)
    report = json.loads(project.path(TARGET).read_text())
    assert report["engine"] == "edge"
    for scene in report["scenes"]:
        heard = sound.read_sound(project.path(f"output/audio/demo/{scene['scene_id']}.mp3"))
        assert abs(heard).max() > 0.3 and len(heard) / 48_000 == pytest.approx(scene["audio_duration"], abs=0.01)


def test_a_wrong_clock_is_set_by_the_answer(project, online, server):
    project.video([outro(scene) for scene in SCENES[:2]])
    server.clock = 5000.0
    run = online(TARGET, "--resources", "tts_slots=1")
    assert run.jobs["speak_scene"] == len(server.texts) == 2
    assert server.connections == 4


def test_auto_takes_the_service_where_it_answers(project, online, server):
    project.write("config.yaml", CONFIG | {"narration": {"engine": "auto", "cache": None}})
    project.video([outro("red")])
    online(TARGET)
    assert json.loads(project.path("output/scripts/demo.json").read_text())["engine"] == "edge"
    assert len(server.texts) == 1


def test_auto_goes_offline_at_once_and_stays_there(project, online, server):
    project.write("config.yaml", CONFIG | {"narration": {"engine": "auto", "cache": None}})
    project.video([outro("red")])
    started = time.monotonic()
    online("output/engines/demo.json", FAKE_EDGE_LIST="http://127.0.0.1:9/voices?fake=1")
    assert time.monotonic() - started < 60, "the choice hung"
    decision = project.path("output/engines/demo.json")
    assert json.loads(decision.read_text()) == {"requested": "auto", "engine": "offline"}
    online(TARGET)
    assert json.loads(project.path("output/scripts/demo.json").read_text())["engine"] == "hibari"
    assert server.texts == []
