"""Commands about what there is: `voices`, `themes`, `stages` and `doctor`."""

from typing import Annotated

import typer

from video_gen.cli import options, say

_PANEL = "What there is"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (voices, themes, stages, doctor):
        app.command(rich_help_panel=_PANEL)(command)


def voices(
    language: Annotated[str, typer.Option("--language", "-l", metavar="CODE", help="Such as en, de or pt-BR.")] = "en",
    json: options.Json = False,
) -> None:
    """List the voices and engines for a language.

    And which of them speak offline on this computer.

    Example: video-gen voices --language de
    """
    from video_gen.cli import casting

    speakers, engines = casting.speakers(language), casting.engines(language)
    if json:
        say.document(
            {
                "language": language,
                "voices": [speaker.to_dict() for speaker in speakers],
                "engines": [engine.to_dict() for engine in engines],
            }
        )
    say.table(
        ("VOICE", "", "ONLINE (edge)", "OFFLINE HERE"),
        [(each.name, each.gender, each.online or "-", each.offline or "-") for each in speakers],
    )
    say.answer("Any voice id of the online engine can be named as well.\n")
    say.table(
        ("ENGINE", "", f"SPEAKS {language}"),
        [(each.name, "online" if each.online else "offline", each.speaks) for each in engines],
    )


def themes(json: options.Json = False) -> None:
    """List the themes, with those in the folder themes/.

    Example: video-gen themes
    """
    from video_gen.cli import looks

    found = looks.listing()
    if json:
        say.document([look.to_dict() for look in found])
    say.table(("THEME", "LOOK", "ABOUT"), [(look.name, look.look, look.about) for look in found])


def stages(json: options.Json = False) -> None:
    """List the stages of a build with their files, yours too.

    Example: video-gen stages
    """
    from dataclasses import asdict

    from video_gen.stages import catalog

    found = catalog.listing()
    if json:
        say.document([asdict(stage) for stage in found])
    for stage in found:
        say.answer(f"{stage.rule}{' (yours)' if stage.own else ''}: {stage.does}", style="bold")
        for title, patterns in (("in ", {**stage.input, **stage.found}), ("out", stage.output)):
            for pattern in dict.fromkeys(patterns.values()):
                say.answer(f"  {title}  {pattern}")


def doctor(
    online: Annotated[bool, typer.Option("--online", help="Ask the online voices, too, whether they answer.")] = False,
    json: options.Json = False,
) -> None:
    """Check that all that videos need is here and works.

    Where it does not, the line below says what helps.

    Example: video-gen doctor --online
    """
    from video_gen.cli import health

    found = health.checks(online=online)
    if json:
        say.document({"success": health.good(found), "checks": [check.to_dict() for check in found]})
    width = max(len(check.name) for check in found)
    for check in found:
        say.answer(f"{check.state:4}  {check.name:{width}}  {check.found}", style=health.STYLES[check.state])
        if check.remedy:
            say.answer(f"{'':{width + 6}}  → {check.remedy}")
    raise typer.Exit(not health.good(found))
