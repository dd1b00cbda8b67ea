"""Options and arguments that several commands share."""

from typing import Annotated

import typer

from video_gen.cli import complete


def _cores(given: str) -> str:
    from video_gen.errors import ConfigError
    from video_gen.pipeline.config import checked_cores

    try:
        return checked_cores(given)
    except ConfigError as error:
        raise typer.BadParameter(f"{given!r} cannot be used. Give a whole number from 1, or all.") from error


Task = Annotated[
    str,
    typer.Argument(metavar="TASK", help="Its id, the beginning of it, or `last`.", autocompletion=complete.tasks),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result and errors alone.")]
Cores = Annotated[
    str, typer.Option(metavar="N", callback=_cores, help="How many cores to use: a whole number from 1, or all.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Any setting of config.yaml, for example --set picture.fps=60."),
]
Voice = Annotated[str | None, typer.Option(help="Who speaks, see `video-gen voices`.", autocompletion=complete.voices)]
Color = Annotated[
    str | None, typer.Option("--color", help="Accent colour: a name or #rrggbb.", autocompletion=complete.colours)
]
Theme = Annotated[str | None, typer.Option(help="The look, see `video-gen themes`.", autocompletion=complete.themes)]
Engine = Annotated[
    str | None, typer.Option(help="Voice engine: auto, offline, edge, hibari …", autocompletion=complete.engines)
]
