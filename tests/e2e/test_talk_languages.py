"""One command makes the videos of a talk in three languages, through the real command, the real client and a loopback YouTube."""

import json
import os
import subprocess
import sys

import probe
from conftest import CONFIG
from fakes.youtube_server import ID, LINK, Track, YouTubeServer

SAID = {
    "en": (
        "Bees need flowers from spring to autumn.",
        "A small meadow feeds a whole hive of bees.",
        "Mow it once a year.",
    ),
    "es": (
        "Las abejas necesitan flores de primavera a otoño.",
        "Un prado pequeño alimenta una colmena entera.",
        "Siéguelo una vez al año.",
    ),
    "fr": (
        "Les abeilles ont besoin de fleurs du printemps à l'automne.",
        "Un petit pré nourrit toute une ruche.",
        "Fauchez une fois par an.",
    ),
}


def lines(language):
    return tuple((6.0 * place, 6.0, text) for place, text in enumerate(SAID[language]))


def test_a_talk_in_three_languages(project):
    project.write("config.yaml", CONFIG | {"narration": {"engine": "offline", "cache": None}})
    with YouTubeServer() as server:
        video = server.videos[ID]
        video.captions = [Track(language, lines=lines(language)) for language in SAID]
        video.details |= {"title": "Bees", "author": "The Garden", "shortDescription": ""}
        done = subprocess.run(
            [sys.executable, "-m", "video_gen", "create", "--from", f"youtube:{LINK}", "--languages", "en,es,fr",
             "--voice", "male_warm", "--color", "purple", "--output", "videos", "--json"],
            cwd=project.folder, env={**os.environ, **server.environment}, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    names = [f"youtube_{ID}", f"youtube_{ID}-es", f"youtube_{ID}-fr"]
    assert [each["name"] for each in result["videos"]] == names
    for name, language in zip(names, SAID, strict=True):
        script = json.loads(project.path(f"output/scripts/{name}.json").read_text())
        assert (script["language"], script["accent_color"], script["default_voice"]) == (
            language,
            "purple",
            "male_warm",
        )
        assert SAID[language][1] in " ".join(scene["narration"] for scene in script["scenes"])
        report = json.loads(project.path(f"output/timing/{name}.json").read_text())
        film = project.path(f"videos/{name}.mp4")
        assert len(probe.video_packets(film)) == sum(scene["frames"] for scene in report["scenes"])
        track, rate = probe.sound(film)
        for scene in report["scenes"]:
            part = track[round(scene["start_time"] * rate) : round(scene["end_time"] * rate)]
            assert abs(part).max() > 0.05, f"{name}, {scene['scene_id']} is silent"
