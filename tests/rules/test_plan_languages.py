"""A dry run of videos in further languages: told truly, and nobody is asked."""

import json
import os
import subprocess
import sys

from conftest import CONFIG, SCENES
from fakes.translation_server import TranslationServer
from fakes.youtube_server import LINK, YouTubeServer

QUIET = CONFIG | {"narration": {"engine": "silent", "cache": None}}


def plan(project, *arguments, **env):
    done = subprocess.run(
        [sys.executable, "-m", "video_gen", "create", "--dry-run", "--json", *arguments],
        cwd=project.folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["success"], found
    return {(job["rule"], job["video"], job["scene"]) for job in found["jobs"]}, done.stderr


def test_a_scene_to_translate(project):
    with TranslationServer(["en", "es"]) as server:
        translation = {"engine": "libretranslate", "url": server.url}
        project.write("config.yaml", QUIET | {"languages": ["es"], "translation": translation})
        project.video(SCENES)
        project.run("output/timing/demo-es.json")
        project.video([{**SCENES[0], "narration": "This is another video."}, *SCENES[1:]])
        server.requests.clear()
        before = {path: path.stat().st_mtime_ns for path in project.path("output").rglob("*")}
        jobs, _ = plan(project, "--set", "stages=[]")
        assert not server.requests
        assert before == {path: path.stat().st_mtime_ns for path in project.path("output").rglob("*") if path in before}
    spoken = {job for job in jobs if job[0] in ("translate_scene", "speak_scene")}
    assert spoken >= {("translate_scene", "demo-es", "start"), ("speak_scene", "demo-es", "start")}
    assert not [job for job in spoken if job[0] == "translate_scene" and job[2] != "start"]


def test_a_link_that_is_still_to_be_fetched(project):
    project.write("config.yaml", QUIET | {"languages": ["es"], "translation": {"engine": "copy"}})
    project.write("inputs/talk.url", LINK)
    with YouTubeServer() as server:
        jobs, _ = plan(project, **server.environment)
        assert jobs == {("fetch_transcript", "talk", "")} and not server.requests
        project.run("output/transcripts/talk.json", **server.environment)
        asked = len(server.requests)
        jobs, _ = plan(project, **server.environment)
        assert len(server.requests) == asked
    assert {("adapt_source", "talk", ""), ("translate_title", "talk-es", "")} <= jobs
    assert any(rule == "speak_scene" and video == "talk-es" for rule, video, _ in jobs)
