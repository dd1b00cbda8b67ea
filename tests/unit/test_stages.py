"""Stages of one's own: what is wrong with a class is told at the start, and what a running one may do."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tokenize import TokenError

import psutil
import pytest

import video_gen
from video_gen import stages
from video_gen.errors import ConfigError, StageError
from video_gen.stages import Stage, StageContext, load, patterns, rule_files, run

GOOD = """
from video_gen.stages import Stage
class Good(Stage):
    name = "good"
    output = {"file": "output/good/{video}.txt"}
    def run(self, context):
        pass
"""
CHANGED = {
    "no name": ('name = "good"', "", "needs a `name`"),
    "odd name": ('"good"', '"a b"', "needs a `name`"),
    "no run": ("def run", "def go", "no method run"),
    "list of outputs": ('{"file": "output/good/{video}.txt"}', '["output/good/{video}.txt"]', "map of names to patterns"),
    "no output": ('{"file": "output/good/{video}.txt"}', "{}", "output is empty"),
    "no wildcard": ("{video}", "x", "has no {video}"),
    "unknown wildcard": ("good/{video}", "{vidoe}/{video}", "Did you mean 'video'?"),
    "unbalanced": ("{video}", "{video", "Each { needs its }"),
    "reserved word": ('"file"', '"index"', "cannot be a name"),
    "among the sources": ("output/good", "inputs", "not among the sources"),
    "outside": ("output/good", "../good", "must lie in this folder"),
    "absolute": ("output/good", "/good", "must lie in this folder"),
    "mixed": ('.txt"}', '.txt", "other": "output/{video}/{scene}"}', "either all outputs have {scene} or none"),
    "params": ('name = "good"', 'name = "good"; params = {"a": {1}}', "must be plain values"),
    "threads": ('name = "good"', 'name = "good"; threads = 0', "`threads` must be a whole number"),
    "syntax": ("pass", "pass)", "line 7"),
    "fails at import": ("class Good", "1 / 0\nclass Good", "line 3 cannot be imported (ZeroDivisionError"),
    "ends the program": ("class Good", "raise SystemExit(3)\nclass Good", "line 3 cannot be imported (SystemExit(3)"),
    "missing import": ("from video", "import not_there\nfrom video", "imports 'not_there', which is not installed"),
    "another class": ("Good(Stage)", "Goud(Stage)", "Did you mean 'Goud'?"),
    "no stage": ("Good(Stage)", "Good", "no subclass of video_gen.stages.Stage"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working directory whose modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        if name.startswith("own_"):
            del sys.modules[name]


def test_a_good_class(folder):
    (folder / "own_good.py").write_text(GOOD)
    stages = load.load_all(["own_good:Good"])
    assert stages["own_good:Good"].name == "good" and load.lacking(stages) == []
    assert not list(folder.rglob("*.pyc")), "nothing is left in the user's folder"


@pytest.mark.parametrize("case", CHANGED)
def test_what_is_wrong_with_a_class(folder, case):
    old, new, expected = CHANGED[case]
    assert old in GOOD
    (folder / "own_bad.py").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load.load("own_bad:Good")
    assert "stages: own_bad:Good: " in str(caught.value) and expected in str(caught.value)


def test_a_module_that_is_not_there(folder):
    with pytest.raises(ConfigError, match="there is no module 'own_gone' in"):
        load.load("own_gone:Good")


def test_a_module_that_an_installed_one_hides(folder):
    (folder / "yaml.py").write_text(GOOD)
    with pytest.raises(ConfigError, match="is hidden by an installed module"):
        load.load("yaml:Good")


def test_a_module_that_is_a_link(folder, tmp_path_factory):
    """Also in a folder that is reached through a link, and a package as a whole."""
    elsewhere = tmp_path_factory.mktemp("lib")
    (elsewhere / "mine.py").write_text(GOOD)
    (elsewhere / "package").mkdir()
    (elsewhere / "package/__init__.py").write_text(GOOD)
    (folder / "own_link.py").symlink_to(elsewhere / "mine.py")
    (folder / "own_package").symlink_to(elsewhere / "package")
    assert load.load("own_link:Good").name == load.load("own_package:Good").name == "good"


def test_one_class_of_each_name():
    names = ("Stage", "StageContext", "StageError", "StageResult")
    assert all(getattr(video_gen, name) is getattr(stages, name) and name in video_gen.__all__ for name in names)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            TokenError("EOF in multi-line statement", (9, 0)),
            "own.smk: a bracket is opened and not closed. Mend it there.",
        ),
        (
            SyntaxError("EOF in multi-line statement", ("own.smk", 4, None, None)),
            "own.smk: a bracket is opened and not",
        ),
        (
            SyntaxError("Unexpected keyword shel", ("own.smk", 4, None, None)),
            "own.smk, line 4: Unexpected keyword shel.",
        ),
        (SyntaxError("invalid syntax", ("own.smk", 40, 1, "x x")), "own.smk, line 8: invalid syntax. Mend it there."),
        (NameError("name 'x' is not defined"), "own.smk: NameError: name 'x' is not defined. Mend it there."),
    ],
)
def test_what_is_wrong_with_a_rule_file(error, expected):
    assert str(rule_files.fault(error, "own.smk", {"own.smk": {40: 8}})).startswith(f"rules: {expected}")


def test_where_a_rule_file_fails(folder):
    """Of code that a rule file runs itself, in the lines of the file."""
    code = compile("\n\n1 / 0", str(folder / "own.smk"), "exec")
    with pytest.raises(ZeroDivisionError) as caught:
        exec(code)
    fault = rule_files.fault(caught.value, str(folder / "own.smk"), {str(folder / "own.smk"): {3: 2}})
    assert str(fault) == "rules: own.smk, line 2: ZeroDivisionError: division by zero. Mend it there."


def test_two_stages_of_one_name(folder):
    (folder / "own_a.py").write_text(GOOD)
    (folder / "own_b.py").write_text(GOOD)
    with pytest.raises(ConfigError, match="own_a:Good and own_b:Good are both called 'good'"):
        load.load_all(["own_a:Good", "own_b:Good"])


def test_what_is_lacking():
    class Needy(Stage):
        programs = {"no-such-program": "Run: apt install it.", Path(sys.executable).name: "x"}  # noqa: RUF012
        modules = {"no_such_module": "Run: pip install it.", "no.such.part": "y", "json": "z"}  # noqa: RUF012

    lacks = load.lacking({"own:Needy": Needy})
    assert len(lacks) == 3 and all(lack.startswith("stages: own:Needy: ") for lack in lacks)
    assert "the program no-such-program is not installed. Run: apt install it." in lacks[0]
    assert "the Python module no_such_module is not installed. Run: pip install it." in lacks[1]


def test_the_digest_sees_the_file_of_a_base_class(folder):
    (folder / "own_base.py").write_text(GOOD)
    (folder / "own_child.py").write_text("import own_base\nclass Child(own_base.Good):\n    pass\n")
    child = load.load("own_child:Child")
    before = load.source_digest(child)
    (folder / "own_base.py").write_text(f"{GOOD}\n# changed")
    assert load.source_digest(child) != before


def test_samples():
    assert patterns.sample("output/{video}/{scene}.txt") == "output/video/scene.txt"
    assert patterns.wildcards("a/{video}/{scene}.{x}") == ["video", "scene", "x"]


ENDS = {
    "nothing written": ("pass", "own_end:Good: did not write good.txt"),
    "another result": ("return 3", "run() returned 3, not a StageResult"),
    "a failure as a result": ("return StageResult(status='failed', error='No ink.')", "own_end:Good: No ink."),
    "an exception": (
        "return 1 / 0",
        "own_end:Good: ZeroDivisionError('division by zero'). Where it happened stands in",
    ),
}


@pytest.mark.parametrize("case", ENDS)
def test_how_a_job_may_not_end(folder, capsys, case):
    body, expected = ENDS[case]
    (folder / "own_end.py").write_text(GOOD.replace("import Stage", "import *").replace("pass", body))
    with pytest.raises(StageError) as caught:
        job(output={"file": "good.txt"})
    assert expected in str(caught.value) and caught.value.stage == "good"
    assert ("Traceback" in capsys.readouterr().err) == (case == "an exception")


def test_a_job_writes_its_files(folder):
    body = "context.output['file'].write_text(f'{context.video} {context.scene} {context.input} {context.params}')"
    (folder / "own_end.py").write_text(GOOD.replace("pass", body))
    job(output={"file": "good.txt"})
    expected = "demo one {'a': PosixPath('a.txt'), 'b': [PosixPath('b.txt')]} {'x': 1}"
    assert (folder / "good.txt").read_text() == expected


def job(**files):
    run.run(
        "own_end:Good", video="demo", scene="one", input={"a": "a.txt", "b": ["b.txt"]}, params={"x": 1}, threads=1,
        log="good.log", **files,
    )  # fmt: skip


@pytest.fixture
def context(tmp_path):
    return StageContext("good", "demo", None, {}, {}, {}, 1, tmp_path / "good.log")


def test_a_program_returns_its_output_and_both_are_logged(context, capfd):
    script = "import sys; print('out; $(touch x)'); print('err', file=sys.stderr)"
    assert context.run_program([sys.executable, "-c", script], timeout=20) == "out; $(touch x)\n"
    shown = capfd.readouterr().out
    assert "err" in shown and "out; $(touch x)\n" in shown


def test_a_program_that_fails_or_is_missing(context, capfd):
    with pytest.raises(StageError, match=r"ended with exit code 3; what it wrote is in .*good\.log") as caught:
        context.run_program([sys.executable, "-c", "raise SystemExit(3)"], timeout=20)
    assert (caught.value.stage, caught.value.log) == ("good", str(context.log))
    with pytest.raises(StageError, match="cannot run 'no-such-program'"):
        context.run_program(["no-such-program"], timeout=20)
    with pytest.raises(StageError, match="takes a list of arguments"):
        context.run_program("ls -l", timeout=20)


PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""


def test_a_program_that_takes_too_long_is_killed_with_its_children(context, tmp_path, capfd):
    with pytest.raises(StageError, match="was stopped after 1 seconds"):
        context.run_program([sys.executable, "-c", PARENT, tmp_path / "pid"], timeout=1)
    assert gone(int((tmp_path / "pid").read_text()))


JOB = """
import sys
from pathlib import Path
from video_gen.stages import run
Path("own_job.py").write_text('''
import sys
from video_gen.stages import Stage
class Job(Stage):
    name = "job"
    output = {"file": "output/{video}.txt"}
    def run(self, context):
        context.run_program([sys.executable, "-c", context.params["script"], "pid"], timeout=60)
''')
run.run("own_job:Job", video="demo", scene=None, input={}, output={}, params={"script": sys.argv[1]}, threads=1, log="x")
"""


def test_a_job_that_is_ended_ends_its_programs(tmp_path):
    job = subprocess.Popen([sys.executable, "-c", JOB, PARENT], cwd=tmp_path)
    file = tmp_path / "pid"
    end = time.monotonic() + 20
    while not (file.exists() and file.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(job.pid, signal.SIGTERM)
    assert job.wait(10) == 128 + signal.SIGTERM and gone(int(file.read_text()))


def gone(pid: int) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False
