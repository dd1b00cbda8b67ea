"""`wizard`: questions, and the command that the answers amount to."""

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from video_gen.cli import asking, folder, say
from video_gen.errors import VideoGenError
from video_gen.scenes import colours, theme
from video_gen.sources import is_link, youtube
from video_gen.speech import voices

_ALL = "all sources of this folder"
_FORMATS = ("none", "9:16", "1:1", "4:5")


def run() -> None:
    """Ask, show the command, and run it if that is wanted. Raises typer.Exit with the command's exit code."""
    from video_gen.cli import main

    try:
        arguments = _asked()
        say.answer(f"\nThat is: {shlex.join(['video-gen', *arguments])}\n", style="bold")
        wanted = typer.confirm("Run it now?", default=True)
    except typer.Abort:
        say.note("")
        raise typer.Exit(130) from None
    raise typer.Exit(main(arguments) if wanted else 0)


def _asked() -> list[str]:
    source = _ask("What is the video made from? A file, a YouTube address, or nothing for " + _ALL, "", _is_source)
    languages = _languages(source)
    voice = _choice("Who speaks?", voices.NAMES, "male", voices.check)
    color = _choice("Accent colour (or #rrggbb)?", tuple(colours.NAMES), "blue", colours.parse)
    shape = _choice("A format beside 16:9, for phones or squares?", _FORMATS, "none", _one_of(_FORMATS))
    look = _choice("Theme?", theme.names(), theme.DEFAULT, theme.load)
    return [
        "create",
        *(["--from", source] if source else []),
        *(["--languages", languages] if languages else []),
        *("--voice", voice, "--color", color),
        *(["--format", shape] if shape != "none" else []),
        *("--theme", look),
    ]


def _languages(source: str) -> str:
    """Ask for languages, where there is somebody to translate, or captions in several of them."""
    if not (is_link(source) or folder.settings_or_defaults()["translation"]["engine"]):
        return ""
    return _ask("\nLanguages, such as en,es? Nothing for that of the source", "", _are_languages)


def _choice(question: str, known: Sequence[str], default: str, check: Callable[[str], object]) -> str:
    say.answer("\n" + "  ".join(known))
    return _ask(question, default, check)


def _ask(question: str, default: str, check: Callable[[str], object]) -> str:
    """Ask until the answer can be used."""
    while True:
        answer = typer.prompt(question, default=default, show_default=bool(default)).strip()
        try:
            check(answer)
        except VideoGenError as error:
            say.failure(str(error))
            continue
        return answer


def _is_source(answer: str) -> None:
    if is_link(answer):
        youtube.video_id(answer)
    elif not answer and not folder.videos():
        raise VideoGenError(
            "This folder has no videos yet: name a file or an address, or put a .md or .yaml file into inputs/."
        )
    elif answer and not Path(answer).expanduser().is_file():
        folder.source_of(answer)


def _are_languages(answer: str) -> None:
    from video_gen.cli import casting

    models = folder.settings_or_defaults()["narration"]["models"]
    for code in asking.listed(answer) or ():
        if not casting.able(code, models):
            raise VideoGenError(casting.unknown(code))


def _one_of(known: Sequence[str]) -> Callable[[str], None]:
    def check(answer: str) -> None:
        if answer not in known:
            raise VideoGenError(f"{answer}: is not known. Known: {', '.join(known)}.")

    return check
