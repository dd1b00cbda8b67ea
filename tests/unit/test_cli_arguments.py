"""The command line: what it is called with, what it prints where, and how it ends. Nothing is made here."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SCENES, make_project

from video_gen import cli
from video_gen.cli import asking, deliver, interrupts, say
from video_gen.errors import Cancelled, ConfigError, InputError
from video_gen.pipeline import runner

COMMANDS = (
    "create resume build status list watch cancel logs clean init wizard validate preview voices themes stages doctor"
).split()


@pytest.fixture
def call(tmp_path, monkeypatch, capfd):
    """Call the command in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(*arguments):
        code = cli.main(arguments)
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return run


def test_help_names_every_command_and_the_exit_codes(call):
    code, out, _ = call("--help")
    assert code == 0
    assert all(f" {command} " in out for command in COMMANDS)
    assert "Exit codes: 0 done; 1 failed" in out and "130" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_an_example(call, command):
    code, out, _ = call(command, "--help")
    assert code == 0
    assert f"Example: video-gen {command}" in " ".join(out.split())


def test_starting_imports_nothing_slow():
    program = (
        "import sys\nfrom video_gen.cli import main\nmain(['--help'])\nmain(['create', '--help'])\n"
        "print(sorted({'numpy', 'av', 'PIL', 'snakemake', 'jsonschema', 'psutil'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_version(call):
    assert call("--version") == (0, "0.1.0\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["crate"],
        ["create", "--colour", "x"],
        ["status"],
        ["clean"],
        ["clean", "--older-than", "30"],
        ["build", "--cores"],
    ],
)
def test_wrong_arguments_end_with_2(call, arguments):
    code, _, err = call(*arguments)
    assert code == 2
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["create"], "there is nothing to make"),
        (["create", "--from", "gone[red].md"], "gone[red].md: there is no such file"),
        (["create", "--from", "document:gone.md"], "gone.md: there is no such file"),
        (["create", "--from", "youtube:https://youtu.be/x"], "youtu.be/x"),
        (["create", "--resume", "x"], "there is no task 'x'"),
        (["status", "../x"], "there is no task '../x'"),
        (["watch", "last"], "there is no task 'last'"),
        (["cancel", "x"], "there is no task 'x'"),
        (["logs", "x"], "there is no task 'x'"),
        (["resume", "x"], "there is no task 'x'"),
        (["preview", "x"], "This folder has no videos yet"),
        (["preview", "http://example.org/a"], "no address of a YouTube video"),
        (["create", "--from", "http://example.org/a"], "no address of a YouTube video"),
        (["create", "--from", "foo:x"], "'foo' is no kind. Known: document, yaml, youtube."),
    ],
)
def test_errors_are_one_message_on_stderr_and_exit_code_1(call, arguments, message):
    code, out, err = call(*arguments)
    assert (code, out) == (1, "")
    assert message in err and err.startswith("video-gen: ") and "Traceback" not in err


WRONG = [
    (["create", "--set", "foo"], "Write KEY=VALUE"),
    (["create", "--set", "voice=[1"], "--set voice"),
    (["create", "--set", "picture.widht=3"], "Did you mean 'width'"),
    (["create", "--set", "picture.theme=gone.yaml"], "no file gone.yaml"),
    (["create", "--set", "audio.music=gone.mp3"], "no file gone.mp3"),
    (["create", "--format", "9x16"], "Did you mean '9:16'"),
    (["create", "--color", "mauve"], "'mauve' is not a known colour"),
    (["create", "--voice", "bob"], "unknown voice 'bob'"),
    (["create", "--engine", "foo"], "Known: auto"),
    (["create", "--languages", "deutsch"], "Write codes such as"),
    (["create", "--theme", "foo", "--detach"], "theme: 'foo' is not known"),
    (["create", "--theme", "foo", "--dry-run"], "theme: 'foo' is not known"),
    (["preview", "a.md", "--set", "picture.theme=foo"], "theme: 'foo' is not known"),
    (["create", "--name", ""], "name: is empty"),
    (["create", "--name", "a/b"], "for example 'a_b'"),
    (["create", "--output", "a.md"], "--output a.md: cannot be written to (File exists)"),
    (["create", "--output", "a.md/b"], "Not a directory"),
    (["create", "--output", "/proc/a"], "/proc/a: cannot be written to"),
    (["create", "--cores", "0"], "a whole number from 1, or all"),
    (["create", "--cores", "-3"], "a whole number from 1, or all"),
    (["resume", "last", "--cores", "x"], "a whole number from 1, or all"),
    (["build", "--cores", "1.5"], "a whole number from 1, or all"),
    (["list", "--status", "fine"], "Known: pending, running"),
    (["clean", "--status", "fine"], "Known: pending, running"),
    (["clean", "--older-than", "banana"], "is no age"),
    (["status"], "Missing argument"),
    (["create", "--bogus"], "No such option: --bogus"),
    (["create", "--duration", "x"], "--duration"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_arguments_are_told_before_anything_begins(call, tmp_path, arguments, message):
    (tmp_path / "a.md").write_text("# A\n")
    given = [*arguments, "--from", "a.md"] if arguments[0] == "create" else arguments
    json_too = [] if arguments[0] == "build" else ["--json"]
    code, out, err = call(*given, *json_too)
    assert code == 2 and message in err and len(err.splitlines()) == 1 and not (tmp_path / "output").exists()
    if json_too:
        told = json.loads(out)
        assert told["success"] is False and message in told["error"] and told["kind"] == "UsageError"


def test_settings_of_the_folder_are_no_wrong_arguments(call, tmp_path):
    (tmp_path / "a.md").write_text("# A\n")
    (tmp_path / "config.yaml").write_text("voice: bob\n")
    code, _, err = call("create", "--from", "a.md", "--theme", "foo")
    assert code == 1 and "config.yaml, line 1" in err and "foo" not in err


def test_wrong_arguments_as_json_lines(call):
    for arguments in (["--log-format", "json", "create", "--bogus"], ["--bogus", "--log-format=json"]):
        code, out, err = call(*arguments)
        assert (code, out) == (2, "") and "--bogus" in json.loads(err)["message"]


def test_output_folders_are_tried_and_nothing_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    deliver.check(Path("a/b"))
    deliver.check(Path("here/c"))
    assert [path.name for path in tmp_path.rglob("*")] == ["here"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_is_heard_as_well(number):
    heard = []
    with interrupts.handled(heard.append):
        os.kill(os.getpid(), number)
    assert heard == [number]


def test_after_nohup_a_closed_terminal_is_ignored():
    heard, before = [], signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupts.handled(heard.append):
            os.kill(os.getpid(), signal.SIGHUP)
        assert heard == [] and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_snakemake_refuses_is_told_to_be_its_own(call, monkeypatch):
    monkeypatch.setattr(runner, "run", lambda arguments: 2)
    code, _, err = call("build", "--badopt", "x.mp4")
    assert code == 2 and "--badopt. Its options: snakemake --help" in err and "x.mp4" not in err


def test_error_as_json_is_the_only_thing_on_stdout(call):
    code, out, err = call("status", "x", "--json")
    assert code == 1
    assert json.loads(out)["kind"] == "TaskError" and "no task 'x'" in json.loads(out)["error"]
    assert "no task 'x'" in err


@pytest.mark.parametrize("arguments", [["--debug", "status", "x"], ["status", "x", "--debug"]])
def test_debug_shows_the_traceback(call, arguments):
    code, _, err = call(*arguments)
    assert code == 1 and "Traceback" in err and "TaskError" in err


def test_a_video_may_be_called_build(call):
    assert "Traceback" in call("create", "--name", "build", "--debug")[2]


def test_unexpected_errors_are_told_without_a_traceback(call, monkeypatch):
    monkeypatch.setattr(asking, "config", lambda *args, **kwargs: 1 / 0)
    code, _, err = call("create")
    assert code == 1 and "Traceback" not in err and "ZeroDivisionError" in err and "--debug" in err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled("it was cancelled.")])
def test_cancelled_ends_with_130(call, monkeypatch, error):
    def interrupted(*args, **kwargs):
        raise error

    monkeypatch.setattr(asking, "config", interrupted)
    assert call("create")[0] == 130


@pytest.mark.parametrize("arguments", [["--log-format", "json", "status", "x"], ["status", "x", "--log-format=json"]])
def test_messages_as_json_lines(call, arguments):
    _, _, err = call(*arguments)
    (line,) = err.splitlines()
    assert json.loads(line)["level"] == "error" and "no task 'x'" in json.loads(line)["message"]


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (["-n", "--forceall", "all"], ["--cores", "all", "-n", "--forceall", "all"]),
        (["x.mp4", "--cores", "3", "-np", "y"], ["--cores", "3", "x.mp4", "-np", "y"]),
        (["--config", "a=1", "b={c: 2}", "--", "x"], ["--cores", "all", "--config", "a=1", "b={c: 2}", "--", "x"]),
        (["--debug", "--json", "-j4"], ["--cores", "all", "--debug", "--json", "-j4"]),
        (["--", "--cores", "2"], ["--cores", "all", "--", "--cores", "2"]),
    ],
)
def test_build_passes_on_what_it_does_not_know(call, monkeypatch, given, passed):
    seen = []
    monkeypatch.setattr(runner, "run", lambda arguments: seen.append(arguments) or 7)
    assert call("build", *given)[0] == 7
    assert seen == [passed]


def test_options_of_create_become_what_a_task_is_asked_for():
    config = asking.config(
        ["document:a.md", "document:b.md"],
        settings=["picture.width=320", "narration.cache=null", "voice=male", "sources={a: x.md}"],
        style="calm",
        voice="female",
        formats=asking.listed("9:16,1:1", "4:5"),
    )
    assert config.sources == ["a.md", "b.md"] and config.input_type == "document"
    assert config.overrides == {
        "picture": {"width": 320},
        "narration": {"cache": None, "style": "calm"},
        "voice": "male",
        "sources": {"a": "x.md"},
    }
    assert config.voice == "female" and list(config.formats) == ["9:16", "1:1", "4:5"]
    long = f"https://example.org/{'a' * 300}"
    assert asking.config([long]).sources == [long] and asking.config([long]).input_type == "auto"
    assert asking.config([f"youtube:{long}"]).sources == [long]
    assert asking.config(None).source is None


def test_sources_of_several_kinds_are_each_checked_against_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# A")
    make_project(tmp_path).write("b.yaml", {"video": {"id": "b", "title": "B"}, "scenes": SCENES})
    assert asking.config(["document:a.md", "yaml:b.yaml"]).input_type == "auto"
    assert asking.config(["a.md", "yaml:b.yaml"], name="c").sources == ["a.md", "b.yaml"]
    for wrong in (["document:b.yaml", "yaml:b.yaml"], ["yaml:a.md", "b.yaml"], ["a.md", "youtube:b.yaml"]):
        with pytest.raises(InputError, match="is not of the"):
            asking.config(wrong)


@pytest.mark.parametrize(
    "name",
    ["a talk.md", "größe 日本.md", 'it\'s "so".md', "yaml: b.md", "~a.md", "-a.md", "a\nb.md", "[b]$HOME{c}*.md"],
)
def test_any_name_of_a_file(call, tmp_path, name):
    (tmp_path / name).write_text("# A talk\n\nSome words.\n")
    code, out, err = call("create", "--dry-run", "--json", "--from", name)
    assert code == 0, err
    assert {job["rule"] for job in json.loads(out)["jobs"]} >= {"adapt_source", "join_video"}


@pytest.mark.parametrize("source", ["-", "document:-", "", "yaml:"])
def test_sources_that_are_none(call, source):
    code, out, err = call("create", "--from", source)
    assert (code, out) == (2, "") and "names no file, and nothing is read from stdin" in err


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("full", "Name a file in it, for example --from 'full/a b.md'"),
        ("empty", "no file in it"),
        (".", "go into it and leave --from out"),
        ("~nobody-of-that-name/a.md", "nor such a user"),
    ],
)
def test_sources_that_are_no_single_file(call, tmp_path, source, message):
    for folder in ("full", "empty", "inputs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "full/a b.md").touch()
    (tmp_path / "full/a.txt").touch()
    code, out, err = call("create", "--from", source)
    assert (code, out) == (1, "") and message in err


BROKEN = {
    "config.yaml": lambda path: path.write_text("voice: ["),
    "config.yaml/": lambda path: path.mkdir(),
    ".snakemake/scripts/json.py": lambda path: path.parent.mkdir(parents=True) or path.touch(),
    "output": lambda path: path.touch(),
    ".snakemake": lambda path: path.touch(),
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize(
    "arguments",
    [
        *(["create"], ["create", "--detach"], ["create", "--dry-run"], ["build", "-n"], ["preview", "a"], ["stages"]),
        *(["validate"], ["clean", "--orphans", "-y"], ["clean", "--older-than", "1d"], ["list"], ["status", "last"]),
    ],
)
def test_a_broken_folder_is_told_by_one_message(call, tmp_path, broken, arguments):
    if broken == ".snakemake" and "--detach" in arguments:
        pytest.skip("it begins, and nobody would wait for its end")
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs/a.md").write_text("# A\n")
    BROKEN[broken](tmp_path / broken)
    code, out, err = call(*arguments)
    everything = out + err
    if arguments[0] == "build" and broken in ("output", ".snakemake"):  # what Snakemake says then is its own
        return
    assert code in (0, 1) and "Traceback" not in everything and "unexpected error" not in everything
    if broken.startswith("config") and arguments[0] in ("create", "build", "preview", "stages"):
        assert code == 1 and everything.count("config.yaml") == 1
    if "json.py" in broken and arguments[0] in ("create", "build", "preview") and "--dry-run" not in arguments:
        assert code == 1 and everything.count("Delete it.") == 1


@pytest.mark.parametrize("setting", ["a", "=1", "a..b=1", ".=1", ""])
def test_settings_that_are_none(setting):
    with pytest.raises(ConfigError, match="KEY=VALUE"):
        asking.nested([setting])


def test_settings_that_contradict_each_other():
    with pytest.raises(ConfigError, match="a value of its own"):
        asking.nested(["a=1", "a.b=2"])
    with pytest.raises(ConfigError, match="--set a"):
        asking.nested(["a=[1"])


def test_text_is_printed_as_it_is(call):
    say.table(["NAME", ""], [["[bold]x[/]\x1b[31m", "日本"], ["a\nb", "long " * 60]])
    say.answer("[red]not markup[/red] :smile:")
    _, out, _ = call("--version")
    head, first, second, text, _ = out.splitlines()
    assert first.startswith("[bold]x[/]\N{REPLACEMENT CHARACTER}[31m") and "\x1b" not in out
    assert second.startswith("a b ") and second.endswith("long")
    assert head.startswith("NAME") and text == "[red]not markup[/red] :smile:"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.4, "59 s"), (60, "1:00 min"), (3599.6, "1:00:00 h"), (7325, "2:02:05 h")]
)
def test_durations(seconds, text):
    assert say.seconds(seconds) == text


def test_signs_that_the_console_cannot_show(tmp_path):
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "video_gen", "status", "Größe→"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=env, check=False)
    assert done.returncode == 1 and b"there is no task 'Gr" in done.stderr


def test_a_reader_that_has_seen_enough(tmp_path):
    project = make_project(tmp_path)
    project.video(SCENES)
    command = [sys.executable, "-m", "video_gen", "voices"]
    done = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
    done.stdout.close()
    assert done.wait(timeout=30) in (0, 1)
    assert done.stderr.read() == b""
    done.stderr.close()
