"""`create`, `resume` and `build`: the commands that make videos."""

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from video_gen.cli import complete, interrupts, options, say

if TYPE_CHECKING:
    from video_gen import InputConfig

_PANEL = "Make videos"
_SNAKEMAKE_REFUSES = 2  # its exit code for wrong arguments


class _PassingOn(TyperCommand):
    """A command whose unknown options, and all that follows `--`, go to Snakemake as they are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        rest = super().parse_args(ctx, args[:end])
        ctx.args = [*ctx.args, *args[end:]]
        return rest


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(rich_help_panel=_PANEL)(create)
    app.command(rich_help_panel=_PANEL)(resume)
    app.command(
        cls=_PassingOn,
        rich_help_panel=_PANEL,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        options_metavar="[TARGET]... [OPTIONS]",
        epilog="All other options go to Snakemake as they are, for example: video-gen build -n --forceall",
    )(build)


def create(
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            "-f",
            metavar="[KIND:]SOURCE",
            help="What the video is made from: a file, or document:FILE, yaml:FILE, youtube:ADDRESS, or the file or "
            "folder of a set. May be given several times. "
            "Without it: all sources of this folder.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where finished videos are copied to; they are in output/videos as well."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the video, if not that of its source.")] = None,
    language: Annotated[
        str | None,
        typer.Option(
            help="Language that a source is in, if it names none, such as de.", autocompletion=complete.languages
        ),
    ] = None,
    languages: Annotated[
        str | None,
        typer.Option(
            metavar="L1,L2",
            help="Languages to make the video in, such as en,es,fr; translated where the source is in another one.",
        ),
    ] = None,
    voice: options.Voice = None,
    color: options.Color = None,
    theme: options.Theme = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="W:H", help="A further format such as 9:16. May be given several times."),
    ] = None,
    engine: options.Engine = None,
    style: Annotated[str | None, typer.Option(help="How the narration is worded: plain, brief or friendly.")] = None,
    duration: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Condense documents to this length.")
    ] = None,
    settings: options.Settings = None,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume", metavar="TASK", help="Go on with a task, as it was begun.", autocompletion=complete.tasks
        ),
    ] = None,
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Print the task's id and go on in the background.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would be made and why, scene by scene.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="If another run makes one of the videos, wait for its end.")
    ] = False,
    cores: options.Cores = "all",
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Make videos from documents and video YAML files.

    It is watched until they are done. What is up to date is not made again.

    Example: video-gen create --from document:README.md --voice male_warm --color purple --output ./videos
    """
    from video_gen.cli import asking, deliver, making

    say.mode.quiet = quiet
    with asking.as_arguments():
        config = asking.config(
            sources,
            name=name,
            language=language,
            languages=asking.listed(languages),
            voice=voice,
            accent_color=color,
            theme=theme,
            formats=asking.listed(*formats or ()),
            engine=engine,
            style=style,
            target_duration=duration,
            settings=settings or (),
        )
    if not resume:
        asking.check(config)
    if output is not None:
        deliver.check(output)
    if dry_run:
        _plan(asking.of_task(resume, config) if resume else config)
    elif resume:
        making.go_on(resume, output, given=config, cores=cores, wait=wait, detach=detach)
    else:
        making.make(config, output, cores=cores, wait=wait, detach=detach)


def resume(
    task: options.Task,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Go on in the background.")] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="If another run makes one of the videos, wait for its end.")
    ] = False,
    cores: options.Cores = "all",
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Go on with a task that was cancelled, failed or interrupted.

    What is done is not made again.

    Example: video-gen resume last
    """
    from video_gen.cli import making

    say.mode.quiet = quiet
    making.go_on(task, None, cores=cores, wait=wait, detach=detach)


def build(ctx: typer.Context, cores: options.Cores = "all") -> None:
    """Make files as `snakemake` does.

    Everything of this folder, or the TARGETs alone.

    Example: video-gen build output/previews/readme.html
    """
    from video_gen.pipeline import runner

    interrupted: list[int] = []
    # Ctrl-C reaches Snakemake as well: it ends its jobs and takes its locks away, and we wait for that.
    with interrupts.handled(interrupted.append, [signal.SIGINT]):
        code = runner.run(["--cores", cores, *ctx.args])
    if code == _SNAKEMAKE_REFUSES:
        unknown = [argument for argument in ctx.args if argument.startswith("-")]
        say.failure(
            f"Snakemake refuses what was passed on to it, as it says above: {' '.join(unknown)}. "
            "Its options: snakemake --help; those of build itself: video-gen build --help"
        )
    raise typer.Exit(130 if interrupted else code)


def _plan(config: "InputConfig") -> None:
    from video_gen.cli import plan

    jobs, faults = plan.jobs(config, Path.cwd())
    if say.mode.json:
        say.document({"success": not faults, "jobs": [job.to_dict() for job in jobs], "errors": faults})
    for line in plan.lines(jobs) if jobs or not faults else ():
        say.answer(line)
    for fault in faults:
        say.failure(fault)
    raise typer.Exit(bool(faults))
