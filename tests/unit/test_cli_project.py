"""`init`, `validate`, `wizard`, `clean`, and what is said of voices, themes and the machine."""

import io
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import typer
import yaml
from conftest import SCENES, Project

from video_gen import Event, EventEmitter, EventType, PipelineResult, StateManager, TaskState, cli
from video_gen.cli import cleaning, health, making, say
from video_gen.files import write_json
from video_gen.pipeline import locks
from video_gen.speech import edge


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(*arguments, answers=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    made.video(SCENES)
    return made


def test_init_writes_a_project_that_validates(call, tmp_path, monkeypatch):
    code, out, err = call("init", "my videos")
    assert code == 0 and "Next: cd 'my videos' && video-gen create" in err
    assert len(out.splitlines()) == 4
    monkeypatch.chdir(tmp_path / "my videos")
    assert call("validate", "--json")[0] == 0
    workflow = yaml.safe_load((tmp_path / "my videos/.github/workflows/videos.yml").read_text())
    steps = workflow["jobs"]["videos"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [
        "pip install video-gen",
        "video-gen validate",
        "video-gen create",
    ]
    assert any("output" in str(step.get("with")) and "cache" in step.get("uses", "") for step in steps)


def test_init_overwrites_nothing_unless_forced(call, tmp_path):
    (tmp_path / ".gitignore").write_text("mine")
    code, out, err = call("init")
    assert code == 0 and "kept  .gitignore" in out and ".gitignore names output/" in err
    assert (tmp_path / ".gitignore").read_text() == "mine" and (tmp_path / "inputs/example.yaml").exists()
    assert call("init", "--force")[0] == 0
    assert (tmp_path / ".gitignore").read_text() != "mine" and (tmp_path / "inputs/example.yaml").exists()


BAD = {
    "inputs/a.yaml": ("video: {id: a, title: A}\nscenes:\n  - {type: titel}\n", "inputs/a.yaml, line 3"),
    "inputs/b.yaml": ("video: [\n", "inputs/b.yaml, line 2"),
    "inputs/c.yaml": (
        "video: {id: c, title: C}\nscenes:\n  - {type: image, image: no.png, header: x}\n",
        "inputs/c.yaml, line 3: scene scene_01: there is no file no.png",
    ),
    "config.yaml": ("voice: male\npicture:\n  fps: fast\n", "config.yaml, line 3: picture.fps"),
    "themes/mine.yaml": ('colors:\n  text: "#zz"\n', "themes/mine.yaml, line 2"),
    "inputs/s/set_config.yaml": ("set: {id: s, name: S}\nvideos: [{file: none.yaml}]\n", "none.yaml: cannot be read"),
    "script.json": ('{"video_id": 1}\n', "script.json"),
    "x.pdf": ("", "x.pdf: is of an unknown kind"),
    "themes/other.yaml": (
        "colours: {a: b}\n",
        "themes/other.yaml, line 1: colours is an unknown key. Did you mean 'colors'",
    ),
    "timing.json": ('{"total_frames": "x"}\n', "timing.json: the key 'fps' is missing"),
    "other.json": ("[]\n", "other.json: is none of the JSON files that are made here"),
}


@pytest.mark.parametrize("path", BAD)
def test_validate_names_the_place(call, project, path):
    text, expected = BAD[path]
    project.write(path, text)
    code, out, _ = call("validate", path)
    assert code == 1 and expected in out


BAD_SETTINGS = {
    "picture:\n  theme: nope": "line 2: theme: 'nope' is not known.",
    "sources:\n  ../x: a.md\n  gone: no.md": "line 2: sources: '../x' cannot be a file name",
    "sources:\n  demo: demo.md": "line 2: there are two sources for the video 'demo'",
    "sources:\n  talk: https://x.invalid/a": "line 2: sources.talk: 'https://x.invalid/a' is no address",
    "audio:\n  music: no.mp3": "line 2: audio.music: there is no file no.mp3",
    "\nlanguage: xx": "line 2: language: nobody speaks the language 'xx'",
    "languages: [de,\n  xx]": "line 2: languages: nobody speaks the language 'xx'",
    "language: fr\nnarration: {engine: hibari}": "line 1: language: the engine hibari does not speak 'fr'",
    "narration:\n  engine: kokoro": "line 2: kokoro: is not installed",
    "\nvoice: bob": "line 2: unknown voice 'bob'",
    "\naccent_color: mauve": "line 2: accent_color: 'mauve' is not a known colour",
    "translation:\n  engine: chat": "line 2: translation.model is missing",
    "translation:\n  engine: libretranslate": "line 2: translation.url is missing",
    "\nstages: ['own_none:Mine']": "line 2: stages: own_none:Mine: there is no module 'own_none'",
}


@pytest.mark.parametrize("text", BAD_SETTINGS)
def test_validate_finds_what_a_run_would_fail_with(call, project, text):
    project.write("config.yaml", text)
    code, out, _ = call("validate", "config.yaml")
    assert code == 1 and f"config.yaml, {BAD_SETTINGS[text]}" in out


def test_validate_settings_of_another_folder(call, project):
    """All that is wrong is told, and paths count from the folder of the file."""
    project.write(
        "far/config.yaml", "sources: {a: a.md, b: b.md}\nlanguage: xx\naudio: {music: no.mp3}\nrules: [no.smk]\n"
    )
    project.write("far/a.md", "# A\n")
    code, out, _ = call("validate", "far/config.yaml")
    assert code == 1 and len(out.splitlines()) == 3 and "sources.b" in out and "no.smk" not in out
    project.write("far/config.yaml", "sources: {a: a.md}\nlanguage: xx\nnarration: {engine: silent}\nlanguages: [de]\n")
    code, out, err = call("validate", "far/config.yaml")
    assert (code, out) == (0, "") and "line 4: a-de: nobody is set to translate" in err


def test_validate_a_rule_file(call, project):
    project.write("config.yaml", "rules:\n  - own.smk\n")
    project.write("own.smk", "\nrule x\n    output: 'a'\n")
    code, out, _ = call("validate", "config.yaml")
    assert code == 1 and out.startswith("config.yaml, line 2: rules: own.smk, line 2: Expected name or colon")


def test_validate_what_is_not_there_and_what_is_all_wrong(call, project):
    assert call("validate", "nothere")[:2] == (1, "nothere: there is no such file or folder. Check its name.\n")
    project.write("many.yaml", "".join(f"k{number}: 1\n" for number in range(300)))
    code, out, _ = call("validate", "many.yaml")
    assert code == 1 and len(out.splitlines()) == 21 and out.endswith(" more.\n")


def test_validate_what_was_made(call, finished, monkeypatch):
    monkeypatch.chdir(finished.folder)
    kinds = {"videos": "metadata", "timing": "timing", "scripts": "script", "audio/demo": "words", "engines": "engine"}
    for folder, kind in kinds.items():
        code, out, err = call("validate", *map(str, (finished.folder / "output" / folder).glob("*.json")))
        assert (code, out) == (0, "") and f".json: {kind}, good" in err


def test_validate_tells_the_faults_of_all_files(call, project):
    for path in ("inputs/a.yaml", "inputs/b.yaml", "config.yaml", "themes/mine.yaml"):
        project.write(path, BAD[path][0])
    code, out, _ = call("validate", "--json")
    found = json.loads(out)
    assert code == 1 and not found["success"]
    assert {each["file"] for each in found["files"] if each["problems"]} == {
        "inputs/a.yaml", "inputs/b.yaml", "config.yaml", "themes/mine.yaml",
    }  # fmt: skip
    assert {each["file"]: each["kind"] for each in found["files"]}["inputs/demo.yaml"] == "video"


def test_validate_a_folder(call, project):
    project.write("inputs/b.yaml", BAD["inputs/b.yaml"][0])
    code, out, err = call("validate", "inputs")
    assert code == 1 and "b.yaml, line 2" in out and "inputs/demo.yaml: video, good" in err


def test_validate_good_files(call, project):
    project.write("inputs/doc.md", "# Title\n\nSome words about it.\n\n## Part\n\n- one\n- two\n")
    project.write(
        "inputs/s.yaml",
        {"set_id": "s", "name": "S", "videos": [{"video": {"id": "m", "title": "M"}, "scenes": SCENES}]},
    )
    project.write("themes/mine.yaml", 'extends: paper\ncolors: {text: "#000000"}\n')
    project.write("config.yaml", {"sources": {"doc2": "inputs/doc.md"}})
    code, out, err = call("validate")
    assert (code, out) == (0, "")
    kinds = {
        "config.yaml": "settings",
        "inputs/doc.md": "document",
        "inputs/s.yaml": "set",
        "themes/mine.yaml": "theme",
    }
    assert all(f"{file}: {kind}, good" in err for file, kind in kinds.items())


def test_init_where_it_cannot_be(call, tmp_path, monkeypatch):
    (tmp_path / "f").write_text("")
    for folder in ("f", "f/g"):
        code, out, err = call("init", folder, "--json")
        assert code == 1 and json.loads(out)["kind"] == "InputError" and "f: is a file. Name a folder" in err

    def refuse(path, *args, **how):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(tmp_path), "write_text", refuse)
    code, out, err = call("init", ".", "--json")
    assert code == 1 and json.loads(out)["kind"] == "InputError"
    assert json.loads(out)["error"] == "config.yaml: cannot be written (Permission denied). Check the permissions."


def test_wizard_shows_and_runs_the_command(call, project, monkeypatch):
    made = []
    monkeypatch.setattr(making, "make", lambda config, output, **how: made.append(config))
    answers = "gone.md\ninputs/demo.yaml\nloud\nfemale\n#zzz\n#112233\n9:16\nnope\npaper\ny\n"
    code, out, err = call("wizard", answers=answers)
    command = "video-gen create --from inputs/demo.yaml --voice female --color '#112233' --format 9:16 --theme paper"
    assert code == 0 and f"That is: {command}" in out
    assert "gone.md: is neither" in err and "unknown voice 'loud'" in err and "'#zzz'" in err and "'nope'" in err
    (config,) = made
    assert config.sources == ["inputs/demo.yaml"] and config.accent_color == "#112233" and config.formats == ["9:16"]


def test_wizard_runs_nothing_unless_asked_to(call, project, monkeypatch):
    monkeypatch.setattr(making, "make", lambda *args, **how: pytest.fail("made"))
    assert call("wizard", answers="\n\n\n\n\nn\n")[0] == 0
    assert call("wizard", answers="\n\n")[0] == 130


def test_voices(call):
    code, out, _ = call("voices", "--language", "de")
    assert code == 0
    assert any("female " in line and "de-DE-KatjaNeural" in line and "pico" in line for line in out.splitlines())
    found = json.loads(call("voices", "-l", "cy", "--json")[1])
    assert {voice["online"] for voice in found["voices"]} == {""} and found["language"] == "cy"
    engines = {engine["name"]: (engine["speaks"], engine["note"]) for engine in found["engines"]}
    assert engines["espeak"] == (True, "") and engines["edge"] == engines["hibari"] == (False, "")
    assert engines["kokoro"][0] is False and "pip install" in engines["kokoro"][1]


def test_voices_of_an_unknown_language(call):
    code, out, err = call("voices", "-l", "klingon")
    assert (code, out) == (2, "") and "klingon" in err and "cs, da, de" in err


def test_themes(call, project):
    project.write("themes/mine.yaml", "# As on our\n# pages.\n\n# extends\nextends: daylight\n")
    project.write("themes/bad.yaml", "colours: {}\n")
    found = {theme["name"]: theme for theme in json.loads(call("themes", "--json")[1])}
    assert found["midnight"]["look"] == "dark" and found["paper"]["look"] == "light"
    assert found["mine"]["look"] == "light" and found["mine"]["about"] == "As on our pages."
    assert found["bad"]["look"] == "broken" and "line 1" in found["bad"]["about"]
    assert "mine light As on our pages." in [" ".join(line.split()) for line in call("themes")[1].splitlines()]


@pytest.fixture
def no_engines(monkeypatch):
    monkeypatch.setattr(health, "_voices", lambda: [])


def test_doctor_finds_nothing_wrong(call, no_engines):
    code, out, _ = call("doctor", "--json")
    found = json.loads(out)
    assert code == 0 and found["success"]
    names = {each["name"] for each in found["checks"]}
    assert {"Python", "packages", "Snakemake", "encoders", "fonts", "config.yaml", "disk"} <= names
    assert "online voices" not in out


def test_doctor_tries_the_voices():
    found = {check.name: check for check in health._voices()}
    assert found["voice hibari"].state == health.OK and "spoke" in found["voice hibari"].found
    assert "an extra" in found["voice kokoro"].found


def test_doctor_names_the_remedy(call, no_engines, monkeypatch, tmp_path):
    (tmp_path / "config.yaml").write_text("voise: x\n")
    (tmp_path / "output").write_text("a file")
    (tmp_path / ".snakemake/locks").mkdir(parents=True)
    (tmp_path / ".snakemake/locks/0.output.lock").touch()
    monkeypatch.setattr(edge, "reachable", lambda timeout=4.0: False)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=10))
    code, out, _ = call("doctor", "--online")
    found = {" ".join(line.split()) for line in out.splitlines()}
    assert code == 1
    assert "→ video-gen build --unlock" in found and "→ Free some space." in found
    assert any(line.startswith("FAIL config.yaml") and "line 1: voise" in line for line in found)
    assert any(line.startswith("note online voices") for line in found)
    assert any(line.startswith("FAIL output folder") for line in found)


def a_task(folder, task_id, status="completed", days=0, **given):
    manager = StateManager(folder)
    ended = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    state = TaskState(task_id, given, status=status, created_at=ended, completed_at=ended, overall_progress=1.0)
    write_json(manager.files(task_id).state, state.to_dict())
    return manager.files(task_id)


def test_tasks_are_listed_and_named_by_their_beginning(call, tmp_path):
    a_task(tmp_path, "demo-1", days=2, source=["a[b].md"])
    a_task(tmp_path, "demo-2", "failed", days=1)
    code, out, _ = call("list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["TASK", "demo-2", "demo-1"] and "a[b].md" in out
    assert [task["task_id"] for task in json.loads(call("list", "--status", "failed", "--json")[1])] == ["demo-2"]
    assert call("status", "last")[1].startswith("demo-2: failed")
    assert json.loads(call("status", "demo-1", "--json")[1])["status"] == "completed"
    assert "2 tasks begin with 'demo'" in call("status", "demo")[2]


def test_a_task_that_was_interrupted(call, tmp_path):
    of = a_task(tmp_path, "demo-1", "running")
    assert call("status", "demo-1")[1].startswith("demo-1: paused")
    code, _, err = call("watch", "demo-1")
    assert code == 1 and "video-gen resume demo-1" in err
    lock = locks.acquire(of.watch_lock)
    assert call("status", "demo-1")[1].startswith("demo-1: running")
    os.close(lock)


def test_logs_of_failed_jobs(call, tmp_path):
    of = a_task(tmp_path, "demo-1", "failed")
    of.own.mkdir()
    of.log.write_text("all of it")
    (tmp_path / "job.log").write_text("failed: [why]")
    event = Event(EventType.STAGE_FAILED, "demo-1", "", "x", data={"log": "job.log"}).to_dict()
    of.events.write_text(json.dumps(event) + "\n")
    code, out, _ = call("logs", "demo-1")
    assert code == 0 and "all of it" in out and "==> job.log <==\nfailed: [why]" in out
    assert "all of it" not in call("logs", "demo-1", "--failed")[1]
    assert json.loads(call("logs", "demo-1", "--json")[1]) == [event]


def test_clean_removes_old_records(call, tmp_path):
    for days in (1, 40):
        a_task(tmp_path, f"demo-{days}", days=days)
    a_task(tmp_path, "demo-bad", "failed", days=40)
    code, out, _ = call("clean", "--older-than", "30d", "--status", "completed")
    assert code == 0 and out == "records of tasks removed: 1\n"
    assert {state.task_id for state in StateManager(tmp_path).list()} == {"demo-1", "demo-bad"}


def test_clean_removes_what_has_no_source(call, project, tmp_path):
    files = {}
    for name, source in (
        ("demo", "inputs/demo.yaml"),
        ("gone", "inputs/gone.yaml"),
        ("other", "docs/other.md"),
        ("go", "x.md"),
    ):
        scene = {"source": {"file": source, "line_start": 1, "line_end": 2}}
        files[name] = [
            project.write(f"output/specs/{name}.yaml", {"scenes": [scene]}),
            project.write(f"output/videos/{name}.mp4", "film"),
            project.write(f"output/videos/{name}.9x16.mp4", "film"),
            project.write(f"output/audio/{name}/a.mp3", "sound"),
            project.write(f"output/my_stage/{name}.txt", "mine"),
        ]
    project.write("docs/other.md", "# There\n")
    project.write("x.md", "# There\n")
    kept = project.write("output/my_stage/summary.txt", "of no video")
    project.write("output/state/gone.json", "{}")
    code, out, err = call("clean", "--orphans")
    assert code == 0 and "output/audio/gone/" in err and "removed: 0 of 5" in out and files["gone"][1].exists()
    code, out, _ = call("clean", "--orphans", answers="y\n")
    assert "removed: 5 of 5" in out and not any(path.exists() for path in files["gone"])
    assert all(path.exists() for name in ("demo", "other", "go") for path in files[name]) and kept.exists()
    assert (tmp_path / "output/state/gone.json").exists()
    assert json.loads(call("clean", "--orphans", "--yes", "--json")[1])["orphans"] == []


def test_a_task_keeps_the_video_that_it_was_asked_for(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project.write("output/specs/guide.yaml", {"scenes": [{}]})
    project.write("elsewhere.md", "# Guide\n")
    assert [path.name for path in cleaning.orphans(tmp_path)] == ["guide.yaml"]
    project.write("output/state/t/config.json", json.dumps({"sources": {"guide": "elsewhere.md"}}))
    assert cleaning.orphans(tmp_path) == []


TALK = "https://youtu.be/abcdefghijk"


def left_of(project, name, source, **beside):
    """What a video leaves in output/, made from that source."""
    scene = {"source": {"file": source, "line_start": 1, "line_end": 2}}
    project.write(f"output/specs/{name}.yaml", {"scenes": [scene]})
    project.write(f"output/videos/{name}.mp4", "film")
    for kind in beside:
        project.write(f"output/{kind}/{name}.json", "{}")


def orphans(tmp_path):
    return {path.name.split(".")[0] for path in cleaning.orphans(tmp_path)}


def a_request(project, task, **given):
    project.write(f"output/state/{task}/config.json", json.dumps(given))


@pytest.mark.parametrize("named", ["inputs/bees.webloc", "config.yaml", "output/state/t/config.json"])
def test_the_transcript_of_a_link_that_nobody_names_is_no_source(project, tmp_path, monkeypatch, named):
    monkeypatch.chdir(tmp_path)
    text = TALK if named.endswith("webloc") else json.dumps({"sources": {"bees": TALK}})
    link = project.write(named, text)
    left_of(project, "bees", "output/transcripts/bees.json", transcripts=True)
    assert orphans(tmp_path) == set()
    link.unlink()
    found = [str(path.relative_to(tmp_path / "output")) for path in cleaning.orphans(tmp_path)]
    assert found == ["specs/bees.yaml", "transcripts/bees.json", "videos/bees.mp4"]


def test_a_language_that_nobody_asks_for_leaves_orphans(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    left_of(project, "demo", "inputs/demo.yaml")
    for language in ("es", "fr", "de"):
        left_of(project, f"demo-{language}", "inputs/demo.yaml", translations=True)
    left_of(project, "talk-es", "output/transcripts/talk-es.json", transcripts=True)
    project.write("config.yaml", {"languages": ["es"], "sources": {"talk": TALK}})
    a_request(project, "t", languages=["fr"])
    assert orphans(tmp_path) == {"demo-de"}
    project.write("config.yaml", {"sources": {"talk": TALK}})
    assert orphans(tmp_path) == {"demo-es", "demo-de", "talk-es"}


def test_no_video_that_a_task_asked_for_is_an_orphan(project, tmp_path, monkeypatch):
    """Nor is one whose task does not fit the folder any more."""
    monkeypatch.chdir(tmp_path)
    project.write("far/guide.md", "# Guide\n")
    a_request(project, "one", sources={"guide": "far/guide.md", "talk": TALK}, languages=["en", "es"])
    a_request(project, "two", sources={"guide": "far/guide.md"}, languages=["fr"], language="de")
    a_request(project, "gone", sources={"lost": "far/lost.md"}, languages=["es"])
    a_request(project, "odd", sources=["guide"], languages=7)
    for name in ("guide", "guide-es", "guide-fr", "talk", "talk-es", "lost", "lost-es"):
        left_of(project, name, "far/lost.md", translations=True)
    assert orphans(tmp_path) == {"lost", "lost-es"}
    project.write("inputs/guide.md", "# Another of that name\n")
    assert orphans(tmp_path) == {"lost", "lost-es"}


def test_completion_offers_what_there_is(project, tmp_path, monkeypatch):
    from video_gen.cli import complete

    monkeypatch.chdir(tmp_path)
    a_task(tmp_path, "demo-1")
    assert list(complete.tasks("de")) == [("demo-1", "completed")]
    assert list(complete.videos("")) == ["demo"]
    assert list(complete.voices("male")) == ["male", "male_warm"] and "midnight" in complete.themes("m")
    assert list(complete.colours("bl")) == ["blue"] and "auto" in complete.engines("a")
    assert "failed" in complete.statuses("f")
    (tmp_path / "config.yaml").write_text("picture: [")
    assert list(complete.videos("")) == []


def test_the_time_of_a_task_is_local(call, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    a_task(tmp_path, "demo-1")
    assert datetime.now().astimezone().strftime("%Y-%m-%d %H") in call("list")[1]
    monkeypatch.undo()
    time.tzset()
    assert not say.mode.json


class Orchestrator:
    """Stands for the real one: a task that only ends when it is cancelled."""

    def __init__(self, folder, at_start=None, at_wait=None):
        self.folder, self.event_emitter, self.cancelled = folder, EventEmitter(), []
        self.at_start, self.at_wait = at_start, at_wait

    def begin(self):
        send(self.at_start)
        return "t-1"

    def wait_sync(self, task_id):
        if not self.cancelled:
            send(self.at_wait)
            pytest.fail("was not interrupted")
        return PipelineResult(False, task_id, self.folder, cancelled=True)

    def cancel(self, task_id):
        self.cancelled.append(task_id)
        send(signal.SIGINT)


def send(number):
    if number:
        os.kill(os.getpid(), number)


@pytest.mark.parametrize("when", ["at_start", "at_wait"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_cancels_at_any_moment_and_once(tmp_path, when, number, capsys):
    before = signal.getsignal(number)
    fake = Orchestrator(tmp_path, **{when: number})
    with pytest.raises(typer.Exit) as ended:
        making.follow(fake, fake.begin)
    assert ended.value.exit_code == 130 and fake.cancelled == ["t-1"]
    assert signal.getsignal(number) == before
    assert "video-gen resume t-1" in capsys.readouterr().err
