"""What there is in the folder that the command is called in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from video_gen.errors import ConfigError, InputError, TaskError


def settings(given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return all settings of this folder, with those that are given for one run. Raises ConfigError."""
    from video_gen import settings as of
    from video_gen.paths import workflow_dir

    return of.resolve(workflow_dir() / of.FILE, Path(of.FILE), given or {})


def settings_or_defaults() -> dict[str, Any]:
    """Return all settings of this folder, or the packaged ones if those are wrong, which is told elsewhere."""
    from video_gen import settings as of
    from video_gen.paths import workflow_dir

    try:
        return settings()
    except ConfigError:
        return of.resolve(workflow_dir() / of.FILE, None, {})


def videos(given: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the videos of this folder: name → main file, or address, of its source. Raises ConfigError.

    given: further settings, as of one run. Of a translation, it is the source of the video that is translated.
    """
    from video_gen.sources import languages

    found, _ = languages.of_folder("inputs", settings(given))
    return {
        name: source.files[-1] if source.files else source.link or found[source.of].link
        for name, source in found.items()
    }


def source_of(video: str) -> tuple[str, str]:
    """Return name and source of a video that is given by its name, a file or an address. Raises InputError, ConfigError."""
    from video_gen.schema import suggest
    from video_gen.sources import is_link, name_of, youtube

    known = videos()
    if video in known:
        return video, known[video]
    if is_link(video):
        link = youtube.canonical(video)
        same = (name for name, of in known.items() if is_link(of) and youtube.canonical(of) == link)
        return next(same, f"youtube_{youtube.video_id(link)}"), video
    path = Path(video).expanduser()
    if path.is_file():
        inside = (name for name, file in known.items() if Path(file).exists() and Path(file).samefile(path))
        return next(inside, name_of(path)), str(path)
    remedy = suggest(video, known) if known else "This folder has no videos yet: put a .md or .yaml file into inputs/."
    raise InputError(f"{video}: is neither a file nor a video of this folder. {remedy}")


def task(given: str) -> str:
    """Return the id of a task that is given by its id, the beginning of it, or `last`. Raises TaskError."""
    from video_gen import StateManager

    known = [state.task_id for state in StateManager().list()]
    if given == "last" and known:
        return known[0]
    found = [given] if given in known else [task_id for task_id in known if task_id.startswith(given)]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} tasks begin with" if found else "there is no task"
    raise TaskError(f"{what} {given!r} here. `video-gen list` shows the tasks of this folder.")
