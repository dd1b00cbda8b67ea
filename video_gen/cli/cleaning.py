"""`clean`: records of old tasks, and what is left of videos whose source is gone."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer

from video_gen import StateManager, Status
from video_gen.cli import folder, say
from video_gen.errors import InputError
from video_gen.files import read_json
from video_gen.sources import is_link, yaml12

_SHOWN = 20
_NOT_OF_VIDEOS = ("state", "sources")


def tasks(status: str | None, older_than: timedelta | None) -> list[str]:
    """Remove the records of tasks that have ended, and return their ids. Raises typer.BadParameter for an unknown status."""
    if status is not None and status not in list(Status):
        raise typer.BadParameter(f"--status: {status!r} is unknown. Known: {', '.join(Status)}.")
    return list(StateManager().clean(status, older_than=older_than))


def orphans(place: Path) -> list[Path]:
    """Return the files and folders in output/ of videos whose source is not there any more. Raises ConfigError.

    A source is what the folder has, what a task named, or the file that the video's own files say they were made from.
    """
    made = {path.name.split(".")[0] for path in (place / "output").glob("specs/*.yaml")}
    made |= {path.stem for path in (place / "output").glob("scripts/*.json")}
    gone = {name for name in made - set(folder.videos()) if not _has_source(place, name)}
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


def _has_source(place: Path, name: str) -> bool:
    described = place / "output/sources" / f"{name}.yaml"
    return described.exists() or any(is_link(path) or (place / path).exists() for path in _sources_told(place, name))


def _sources_told(place: Path, name: str) -> Iterator[str]:
    """The files that the video's own files and the tasks say it is made from."""
    for path in (place / "output/specs" / f"{name}.yaml", place / "output/scripts" / f"{name}.json"):
        try:
            document: Any = yaml12.load(path) if path.suffix == ".yaml" else read_json(path)
        except InputError:  # missing, or edited into something else
            continue
        scenes = document.get("scenes", ()) if isinstance(document, dict) else ()
        yield from {scene["source"]["file"] for scene in scenes if scene.get("source")}
    for path in (place / "output/state").glob("*/config.json"):
        with suppress(InputError, AttributeError):  # broken, or edited into something else
            if source := (read_json(path).get("sources") or {}).get(name):
                yield source
