"""The command `video-gen`: what it is called with, and how it ends. What the commands do is in the modules beside this one."""

import io
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any

import typer

from video_gen.cli import about, project, run, say, tasks
from video_gen.errors import Cancelled, VideoGenError

_HELP = """Narrated videos from documents, rebuilt scene by scene.

Start with  video-gen init my-videos  or ask  video-gen wizard.
A command says more with --help, for example  video-gen create --help.
"""
_CODES = "Exit codes: 0 done; 1 failed, or a check found something; 2 wrong arguments; 130 cancelled (Ctrl-C)."
_EVERYWHERE = {"--debug": False, "--log-format": True}  # option → whether a value follows

# What typer raises for wrong arguments; it has the class inside of it or beside it, as its version may be.
_UsageError: type[Exception] = typer.BadParameter.mro()[1]

app = typer.Typer(
    name="video-gen",
    help=_HELP,
    epilog=_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from video_gen import __version__

        say.answer(__version__)
        raise typer.Exit


@app.callback()
def _everywhere(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    log_format: Annotated[
        say.LogFormat, typer.Option(help="How messages are written: text, or json with one object a line.")
    ] = say.LogFormat.TEXT,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that every command has."""
    say.mode.debug, say.mode.log_format = debug, log_format
    say.log_to_stderr()


project.add_to(app)
run.add_to(app)
tasks.add_to(app)
about.add_to(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 failed, 2 wrong arguments, 130 cancelled.

    An error ends with its message on stderr, without a traceback unless `--debug` is given.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old console cannot show every sign
    arguments = _in_front(arguments)
    say.reset("--json" in arguments, "--debug" in arguments, _wants_lines(arguments))
    try:
        code = app(arguments, prog_name="video-gen", standalone_mode=False)
    except (SystemExit, typer.Exit) as end:
        code = end.code if isinstance(end, SystemExit) else end.exit_code
    except (KeyboardInterrupt, typer.Abort, Cancelled) as error:
        _tell(error, str(error) or "cancelled.")
        return 130
    except _UsageError as error:
        _tell(error, _wrong(error), "UsageError")
        return 2
    except (VideoGenError, OSError) as error:
        _tell(error, str(error))
        return 1
    except Exception as error:  # the outermost place: no traceback reaches a user who did not ask for it
        _tell(error, f"unexpected error: {error!r}. Run it again with --debug and report what it says.")
        return 1
    return code if isinstance(code, int) else int(bool(code))


def _tell(error: BaseException, message: str, kind: str = "") -> None:
    if say.mode.debug:
        traceback.print_exception(error)
    if message:
        say.error(message, kind or type(error).__name__)


def _wrong(error: Any) -> str:
    """What is wrong with the arguments; nothing where there are none, since the help is shown then."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return ""
    message = error.format_message().removeprefix("Invalid value: ").strip()
    command = error.ctx.command_path if error.ctx else "video-gen"
    return f"{message}{'' if message.endswith(('.', '?', ')')) else '.'} Help: {command} --help"


def _wants_lines(arguments: Sequence[str]) -> bool:
    """Whether messages are to be JSON lines, also those on arguments so wrong that typer does not come to read it."""
    return any(
        argument == "--log-format=json" or (argument == "--log-format" and following == "json")
        for argument, following in pairwise([*arguments, ""])
    )


def _in_front(arguments: list[str]) -> list[str]:
    """Move the options of every command before the command's name; what follows `build` is Snakemake's."""
    moved: list[str] = []
    rest: list[str] = []
    given = iter(arguments)
    for argument in given:
        name, assigned, _ = argument.partition("=")
        if not rest and argument == "build":
            return [*moved, argument, *given]
        if name not in _EVERYWHERE:
            rest.append(argument)
        elif _EVERYWHERE[name] and not assigned:
            moved += [argument, *(value for value in [next(given, None)] if value is not None)]
        else:
            moved.append(argument)
    return [*moved, *rest]
