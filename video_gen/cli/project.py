"""Commands about a project: `init`, `wizard`, `validate` and `preview`."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from video_gen.cli import complete, options, say
from video_gen.errors import InputError

if TYPE_CHECKING:
    from video_gen.cli.checking import Report

_PANEL = "Begin and check"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (init, wizard, validate, preview):
        app.command(rich_help_panel=_PANEL)(command)


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where the project is to be.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there already.")] = False,
    json: options.Json = False,
) -> None:
    """Begin a project: settings, an example, a job for GitHub.

    The job makes the videos that a push changed. Nothing is overwritten without --force.

    Example: video-gen init my-videos
    """
    from video_gen.cli import starter

    above = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if above.exists() and not above.is_dir():
        raise InputError(f"{above}: is a file. Name a folder to begin a project in, or none for this one.")
    try:
        written, kept = starter.write(folder, force=force)
    except OSError as error:
        place = error.filename or folder
        raise InputError(f"{place}: cannot be written ({error.strerror}). Check the permissions.") from error
    if json:
        say.document({"success": True, "written": written, "kept": kept})
    for path in written:
        say.answer(f"wrote {path}")
    for path in kept:
        say.answer(f"kept  {path}, which was there (--force overwrites it)")
    if folder / ".gitignore" in kept:
        say.note("Make sure that .gitignore names output/ and .snakemake/: what is made needs no place in git.")
    enter = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    say.note(f"Next: {enter}video-gen create")


def wizard() -> None:
    """Ask step by step what to make, and make it.

    The command that the answers amount to is shown before it is run.

    Example: video-gen wizard
    """
    from video_gen.cli import wizard as asked

    asked.run()


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Documents, video YAML, sets, settings, themes, scripts, addresses."),
    ] = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Check files, and name the line of each fault.

    Nothing is made. Without FILEs: the settings, sources and themes of this folder.

    Example: video-gen validate inputs/example.yaml config.yaml
    """
    from video_gen.cli import checking
    from video_gen.sources import is_link

    say.mode.quiet = quiet
    links = [file for file in files or () if is_link(file)]
    paths = checking.expanded([Path(file) for file in files if file not in links]) if files else checking.everything()
    reports = [*map(_of_link, links), *map(checking.check, paths)]
    if json:
        bad = any(report.problems for report in reports)
        say.document({"success": not bad, "files": [report.to_dict() for report in reports]})
    for report in reports:
        for problem in report.problems:
            say.answer(problem)
        for warning in report.warnings:
            say.note(f"{report.file}: warning: {warning}")
        if not report.problems:
            say.note(f"{report.file}: {report.kind}, good")
    if not reports:
        say.note("There is nothing to check here: no config.yaml, and nothing in inputs/. Begin with: video-gen init")
    raise typer.Exit(any(report.problems for report in reports))


def _of_link(link: str) -> "Report":
    from video_gen.cli.checking import Report
    from video_gen.sources import youtube

    try:
        youtube.video_id(link)
    except InputError as error:
        return Report(link, "link", [str(error)], ())
    return Report(link, "link", (), ())


def preview(
    videos: Annotated[
        list[str], typer.Argument(metavar="VIDEO...", help="Names, files or addresses.", autocompletion=complete.videos)
    ],
    show: Annotated[bool, typer.Option("--open", help="Open the pages in the browser.")] = False,
    settings: options.Settings = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Draw a storyboard before anything is spoken or rendered.

    It has every picture with its words and estimated times.

    Example: video-gen preview example --open
    """
    from video_gen import InputConfig
    from video_gen.cli import asking, folder, making

    say.mode.quiet = quiet
    with asking.as_arguments():
        overrides = asking.nested(settings or ())
    asked = dict(map(folder.source_of, videos))
    pages = [Path("output/previews") / f"{name}.html" for name in asked]
    config = InputConfig(
        source=[str(path) for path in dict.fromkeys(asked.values())],
        targets=[str(page) for page in pages],
        overrides=overrides,
    )
    asking.check(config)
    making.draw(config, pages)
    if show:
        for page in pages:
            typer.launch(str(page.absolute()))
