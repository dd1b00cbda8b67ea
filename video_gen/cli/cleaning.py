"""`clean`: records of old tasks, and what is left of videos whose source is gone."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer

from video_gen import StateManager, Status
from video_gen.cli import folder, say
from video_gen.errors import ConfigError, InputError
from video_gen.files import read_json
from video_gen.sources import is_link, yaml12
from video_gen.sources.languages import variant

_SHOWN = 20
_NOT_OF_VIDEOS = ("state", "sources")


def tasks(status: str | None, older_than: timedelta | None) -> list[str]:
    """Remove the records of tasks that have ended, and return their ids. Raises typer.BadParameter for an unknown status."""
    if status is not None and status not in list(Status):
        raise typer.BadParameter(f"--status: {status!r} is unknown. Known: {', '.join(Status)}.")
    return list(StateManager().clean(status, older_than=older_than))


def orphans(place: Path) -> list[Path]:
    """Return the files and folders in output/ of videos whose source is not there any more. Raises ConfigError.

    A source is what the folder has, what a task named, or the file that the video's own files say they were made from. The
    transcript of a link that nobody names is none, nor is the source of a translation into a language that nobody asks for.
    """
    made = {path.name.split(".")[0] for path in (place / "output").glob("specs/*.yaml")}
    made |= {path.stem for path in (place / "output").glob("scripts/*.json")}
    gone = {name for name in made - _asked_for(place) if not _has_source(place, name)}
    return [
        path
        for kind in sorted((place / "output").glob("*/"))
        if kind.name not in _NOT_OF_VIDEOS
        for path in sorted(kind.iterdir())
        if path.name.split(".")[0] in gone
    ]


def remove(files: Sequence[Path], *, yes: bool) -> list[Path]:
    """List files and folders, ask, remove them, and return those that were removed."""
    for path in files[:_SHOWN]:
        say.note(f"  {path.relative_to(Path.cwd())}{'/' if path.is_dir() else ''}")
    if len(files) > _SHOWN:
        say.note(f"  … and {len(files) - _SHOWN} more")
    if not yes and not _confirmed(len(files)):
        say.note("Nothing was removed. To do it without a question: --yes")
        return []
    try:
        for path in files:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be removed ({error.strerror}). Check the permissions.") from error
    return list(files)


def _confirmed(count: int) -> bool:
    try:
        return typer.confirm(f"Remove these {count}?", err=True)
    except typer.Abort:  # nobody is there to answer
        return False


def _asked_for(place: Path) -> set[str]:
    """The videos of the folder, and those of the tasks whose sources are there."""
    known = folder.videos()
    names = set(known)
    for given in _settings_of_tasks(place):
        try:
            found = folder.videos(given)
        except ConfigError:  # two sources of one name by now, for example
            found = {**known, **given["sources"]}
            found |= {variant(name, each): of for name, of in found.items() for each in given["languages"]}
        names |= {name for name, source in found.items() if is_link(source) or (place / source).exists()}
    return names


def _settings_of_tasks(place: Path) -> list[dict[str, Any]]:
    """What the tasks set of the settings that say which videos there are, each once."""
    found: dict[str, dict[str, Any]] = {}
    for path in (place / "output/state").glob("*/config.json"):
        with suppress(InputError, AttributeError, TypeError, ValueError):  # broken, or edited into something else
            given = read_json(path)
            kept = {key: given[key] for key in ("language", "translation") if key in given}
            kept |= {"sources": dict(given.get("sources") or {}), "languages": list(given.get("languages") or ())}
            found[json.dumps(kept, sort_keys=True)] = kept
    return list(found.values())


def _has_source(place: Path, name: str) -> bool:
    if (place / "output/sources" / f"{name}.yaml").exists():
        return True
    if (place / "output/translations" / f"{name}.json").exists():
        return False
    return any((place / path).exists() for path in _sources_told(place, name))


def _sources_told(place: Path, name: str) -> Iterator[str]:
    """The files that the video's own files say it is made from, but for the transcript that was fetched for it."""
    for path in (place / "output/specs" / f"{name}.yaml", place / "output/scripts" / f"{name}.json"):
        try:
            document: Any = yaml12.load(path) if path.suffix == ".yaml" else read_json(path)
        except InputError:  # missing, or edited into something else
            continue
        scenes = document.get("scenes", ()) if isinstance(document, dict) else ()
        told = {scene["source"]["file"] for scene in scenes if scene.get("source")}
        yield from told - {f"output/transcripts/{name}.json"}
