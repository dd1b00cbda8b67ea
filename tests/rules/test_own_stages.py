"""Stages and rules of one's own, as docs/stages.md shows them, in the real Snakefile; and ours as a module."""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from conftest import CONFIG, SCENES, Project
from PIL import Image

from video_gen import cli, names, stream
from video_gen.errors import ConfigError
from video_gen.pipeline.state import Status, TaskState, fold
from video_gen.pipeline.translate import Translator
from video_gen.stages import Stage, StageContext, load, run
from video_gen.stages.catalog import listing

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/examples"
STAGES = ["mystages:Teaser", "mystages:SceneLoudness", "mystages:LoudnessTable"]
OWN = {"teaser": 1, "scene_loudness": 3, "loudness_table": 1, "bundle": 1}
QUICK = {**CONFIG, "narration": {"engine": "silent", "cache": None}}


@pytest.fixture(scope="module")
def extended(finished, tmp_path_factory):
    """The finished project with the examples of the docs, and the run that made their files."""
    project = finished.copy(tmp_path_factory.mktemp("extended"))
    use_examples(project)
    project.first = project.run()
    return project


@pytest.fixture
def own(extended, tmp_path):
    return extended.copy(tmp_path)


def use_examples(project: Project, **settings: object) -> None:
    for name in ("mystages.py", "bundle.smk"):
        shutil.copy(EXAMPLES / name, project.folder)
    project.write("config.yaml", CONFIG | {"stages": STAGES, "rules": ["bundle.smk"]} | settings)


def own_jobs(run):
    return {rule: count for rule, count in run.jobs.items() if rule in OWN}


def use(project: Project, body: str, **settings: object) -> None:
    """Give the project one stage, `mine:Mine`, whose class has this body."""
    project.write("mine.py", f"import time\nfrom video_gen.stages import *\nclass Mine(Stage):\n{body}")
    project.write("config.yaml", CONFIG | {"stages": ["mine:Mine"]} | settings)


def test_the_examples_make_their_files(extended):
    assert dict(extended.first.jobs) == {**OWN, "all": 1}, "nothing of ours is made again"
    with Image.open(extended.path("output/teasers/demo.gif")) as teaser:
        assert teaser.size == (480, 270) and teaser.n_frames > 5
        assert sum(seconds(teaser)) == pytest.approx(4.0)
    with extended.path("output/loudness/demo.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["scene"] for row in rows] == ["start", "middle", "end"]
    assert all(-30 < float(row["dB"]) < -5 for row in rows)
    inside = zipfile.ZipFile(extended.path("output/bundles/demo.zip")).namelist()
    assert inside == ["demo.mp4", "demo.vtt", "demo.srt", "demo.md", "demo.jpg"]
    assert "'pictures': 40" in extended.path("output/logs/demo/teaser.log").read_text()
    assert "Nothing to be done" in extended.run("-n").output


def seconds(image):
    for number in range(image.n_frames):
        image.seek(number)
        yield image.info["duration"] / 1000


def test_an_edit_reaches_exactly_what_depends_on_it(own):
    scenes = copy.deepcopy(SCENES)
    scenes[1]["narration"] = "There are apples, then pears, and finally cherries."
    own.video(scenes)
    assert own_jobs(own.run()) == {**OWN, "scene_loudness": 1}
    own.video([scenes[1], scenes[0], scenes[2]])
    assert own_jobs(own.run("output/loudness/demo.csv")) == {"loudness_table": 1}, "the order alone is new"


def test_a_changed_class_and_removed_files(own):
    """What is asked for and not there is made; a changed class runs again, and nothing of ours."""
    own.path("output/loudness/demo/end.json").unlink()
    text = own.path("mystages.py").read_text()
    own.write("mystages.py", text.replace('"seconds": 4', '"seconds": 2'))
    run = own.run("output/stages/demo.done")
    assert dict(run.jobs) == {"teaser": 1, "scene_loudness": 3, "loudness_table": 1, "own_stages": 1}
    with Image.open(own.path("output/teasers/demo.gif")) as teaser:
        assert sum(seconds(teaser)) == pytest.approx(2.0)
    own.path("output/loudness/demo/end.json").unlink()
    assert own_jobs(own.run()) == {"scene_loudness": 1, "loudness_table": 1}


def test_a_failing_stage_is_told_and_goes_on_where_it_stopped(built):
    use(
        built,
        """
    name = "mine"
    output = {"text": "output/mine/{video}/{scene}.txt"}
    input = {"sound": "output/audio/{video}/{scene}.mp3", "wish": "wish.txt"}
    retries = 1
    def run(self, context):
        context.warn("watch out")
        if context.scene == "end" and context.input["wish"].read_text() == "fail":
            raise StageError("there is no ink. Refill it.")
        context.output["text"].write_text(context.scene)
""",
    )
    built.write("wish.txt", "fail")
    run = built.run(check=False)
    assert run.code != 0 and "Traceback" not in run.output
    assert run.output.count("\ndemo, scene end: there is no ink. Refill it.") == 2, "it is tried again once"
    assert "video-gen: demo, scene end: there is no ink. Refill it." in run.output
    assert "demo, scene start: warning: watch out" in run.output
    assert not built.path("output/mine/demo/end.txt").exists()
    made = sorted(path.stem for path in built.path("output/mine/demo").iterdir())
    assert made == ["middle", "start"]
    built.write("wish.txt", "good")
    assert built.run().jobs["mine"] == 3, "the user's own file is an input of all scenes"
    assert built.path("output/mine/demo/end.txt").read_text() == "end"


BAD = {
    "a file of ours": ('{"a": "output/audio/{video}/{scene}.mp3"}', {}, "is made by speak_scene already"),
    "a name of ours": ('{"a": "output/a/{video}"}; name = "join_video"', {}, "a rule called 'join_video' already"),
    "a missing program": ('{"a": "output/a/{video}"}; programs = {"nix-da": "Get it."}', {}, "nix-da is not installed. Get it."),
    "an open bracket": ('{"a": "output/a/{video}"}', {"rules": ["open.smk"]}, "rules: open.smk: a bracket is opened and not"),
    "no colon": ('{"a": "output/a/{video}"}', {"rules": ["colon.smk"]}, "rules: colon.smk, line 2: Expected name or colon"),
    "an unknown name": ('{"a": "output/a/{video}"}', {"rules": ["name.smk"]}, "rules: name.smk, line 3: NameError: name 'nix'"),
    "a missing rule file": ('{"a": "output/a/{video}"}', {"rules": ["gone.smk"]}, "there is no file gone.smk"),
}  # fmt: skip


BAD_RULES = {"open.smk": "x = [1,\n", "colon.smk": "\nrule x\n    output: 'a'\n", "name.smk": "x = 1\n\nx = nix\n"}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_is_told_at_the_start(project, case):
    output, settings, expected = BAD[case]
    for name in BAD_RULES.keys() & settings.get("rules", ()):
        project.write(name, BAD_RULES[name])
    project.video(SCENES)
    use(project, f"    name = 'mine'; output = {output}\n    def run(self, context): pass\n", **settings)
    run = project.run(check=False)
    assert run.code == 1 and expected in run.output and "Traceback" not in run.output
    assert not project.path("output").exists()


def test_two_stages_for_one_file(project):
    project.video(SCENES)
    use(
        project,
        """
    name = "mine"
    output = {"a": "output/a/{video}.txt"}
    def run(self, context): pass
class Yours(Mine):
    name = "yours"
""",
        stages=["mine:Mine", "mine:Yours"],
    )
    assert "mine:Yours: output 'output/a/{video}.txt' is made by mine already" in project.run(check=False).output


def test_a_stage_is_watched_like_ours(built):
    use(
        built,
        """
    name = "mine"
    message = "doing mine"
    output = {"text": "output/mine/{video}.txt"}
    input = {"video": "output/videos/{video}.mp4"}
    def run(self, context):
        context.progress(0.5, "half of it")
        context.output["text"].write_text("x")
        return StageResult(metadata={"letters": 1})
""",
    )
    raw = built.write("raw.jsonl", "")
    built.run("--logger", "videogen", VIDEO_GEN_EVENTS=str(raw), PYTHONPATH=str(ROOT))
    translator = Translator("task")
    lines = [line for line in map(stream.parse, raw.read_text().splitlines()) if line]
    events = [event for line in lines for event in translator.events(line)]
    state = fold(TaskState("task"), events)
    assert state.stages["mine"].status is Status.COMPLETED and state.stages["mine"].started_at
    assert state.stages["mine"].artifacts == ["output/mine/demo.txt"]
    assert "half of it" in [event.message for event in events if event.stage == "mine"]
    assert {"letters": 1} in [line.get("metadata") for line in lines if line["kind"] == "result"]


def test_listing_is_read_from_the_rules(extended, project):
    entries = {entry.rule: entry for entry in listing(extended.folder)}
    assert [name for name, entry in entries.items() if entry.own] == [*list(OWN)[:3], "bundle"]
    ours = {path.stem for path in (ROOT / "scripts").glob("*.py")} - {"run_stage"}
    assert ours <= set(entries)
    speak = entries["speak_scene"]
    assert speak.does == "speaking scene {scene}" and not speak.own
    assert speak.output["sound"] == "output/audio/{video}/{scene}.mp3"
    assert entries["join_video"].input["clips"] == "output/clips/{video}{shape}/{scene}.mp4"
    assert entries["adapt_source"].input == {} and entries["adapt_source"].found["0"].startswith(
        "The files of a source"
    )
    assert not any(text.endswith(".") for entry in entries.values() for text in entry.input.values())
    assert entries["loudness_table"].input == {"scenes": "output/loudness/{video}/{scene}.json"}
    assert all(entry.does and entry.output for entry in entries.values())
    assert not any("wildcards" in text or "lambda" in text for entry in entries.values() for text in shown(entry))
    project.write("config.yaml", {"stages": ["nowhere:Mine"]})
    with pytest.raises(ConfigError, match=r"^stages: nowhere:Mine: there is no module"):
        listing(project.folder)


def shown(entry):
    return [entry.does, *entry.input.values(), *entry.found.values(), *entry.output.values()]


def run_module(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "snakemake", "--cores", "2", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def module(project):
    """The example of the docs: settings under a key of its own, and a config.yaml that is not ours."""
    project.write("config.yaml", {"not": "ours"})
    project.write("settings.yaml", {"videos": QUICK | {"sources": {"told": "told.md"}, "stages": STAGES[1:]}})
    project.write("told.md", "# Told\n\nSomething is told here.\n\n![A picture](red.png)\n")
    Image.new("RGB", (80, 40), "red").save(project.path("red.png"))
    for name in ("mystages.py", "Snakefile"):
        shutil.copy(EXAMPLES / name, project.folder)
    return project


def test_ours_as_a_module_of_another_workflow(module):
    output = run_module(module.folder, "output/loudness/told.csv")
    assert "(Rule: videos_speak_scene)" in output and "(Rule: videos_scene_loudness)" in output
    assert module.path("output/loudness/told.csv").exists()


def test_a_module_with_a_prefix(module):
    """All that is made lies below the prefix; the sources stay where they are."""
    text = module.path("Snakefile").read_text()
    module.write("Snakefile", text.replace("module videos:\n", 'module videos:\n    prefix: "films"\n'))
    run_module(module.folder)
    assert module.path("films/output/videos/told.mp4").exists() and not module.path("output").exists()
    assert len(module.path("films/output/loudness/told.csv").read_text().splitlines()) > 2
    assert module.path("site/index.html").read_text().count("films/output/videos/told.") == len(names.KINDS)
    described = module.path("films/output/videos/told.json").read_text()
    assert "told.md" in described and str(module.folder) not in described
    assert "Nothing to be done" in run_module(module.folder, "-n")


def test_the_docs_show_what_is_tested():
    text = (ROOT / "docs/stages.md").read_text()
    assert yaml.safe_load(block(text, "yaml", 0)) == {"stages": STAGES, "rules": ["bundle.smk"]}
    for number, name in ((1, "bundle.smk"), (2, "Snakefile")):
        assert f"(examples/{name})" in text
        lines = set((EXAMPLES / name).read_text().splitlines())
        assert set(block(text, "python", number).splitlines()) <= lines
    attributes = set(vars(Stage)["__annotations__"])
    given = {name for name in vars(StageContext)["__annotations__"] if not name.startswith("_")} - {"stage"}
    assert all(f"`{name}`" in text for name in attributes | given)


def test_the_stage_shown_in_the_docs(tmp_path, monkeypatch):
    program = tmp_path / "ffmpeg"
    program.write_text('#!/bin/sh\nfor last; do :; done\necho "$@" > "$last"\n')
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "shown.py").write_text(block((ROOT / "docs/stages.md").read_text(), "python", 0))
    assert load.lacking(load.load_all(["shown:Teaser"])) == []
    files = {"input": {"video": "a.mp4"}, "output": {"gif": "a.gif"}}
    run.run("shown:Teaser", video="a", scene=None, **files, params={"seconds": 4}, threads=1, log="a.log")
    assert (tmp_path / "a.gif").read_text() == "-y -t 4 -i a.mp4 a.gif\n"


def block(text: str, language: str, number: int) -> str:
    return text.split(f"```{language}\n")[number + 1].split("```")[0]


def test_a_dry_run_with_a_stage_of_ones_own(built, monkeypatch, capsys):
    """Its mirror is made of links, and a link is no installed module that hides the user's."""
    shutil.copy(EXAMPLES / "mystages.py", built.folder)
    built.write("config.yaml", CONFIG | {"stages": ["mystages:Teaser"]})
    monkeypatch.chdir(built.folder)
    assert cli.main(["create", "--dry-run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == [] and [job["rule"] for job in found["jobs"]] == ["teaser"]


def test_a_dry_run_names_the_users_folder(project, monkeypatch, capsys):
    """And not the mirror that it works in."""
    project.video(SCENES)
    project.write("config.yaml", CONFIG | {"rules": ["gone.smk"]})
    monkeypatch.chdir(project.folder)
    assert cli.main(["create", "--dry-run", "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert error == f"rules: there is no file gone.smk in {project.folder}. Check its name."
