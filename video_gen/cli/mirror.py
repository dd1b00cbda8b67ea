"""The mirror of a folder that a plan is made in: links to all that is there, copies of the few files that first stages write."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from video_gen import settings
from video_gen.files import write_json
from video_gen.paths import workflow_dir
from video_gen.sources import Source, languages

_WRITTEN = ("transcripts", "specs", "translations", "scripts", "engines")  # by the first stages
_NOT_NEEDED = ("logs", "state")
_ABOVE = 3  # folders above the mirrored one that a path such as ../../docs/guide.md may lead to
_MARKS = ".snakemake/incomplete"  # of files whose jobs were killed


def mirrored(folder: Path, below: Path) -> Path:
    """Return a folder that looks like `folder`, also to paths that lead out of it, and can be written to."""
    chain = [folder, *folder.parents][: _ABOVE + 1][::-1]
    place = below
    for above, child in pairwise(chain):
        _link(above, place, leave_out={child.name})
        place /= child.name
    _link(folder, place, leave_out={"output", ".snakemake"})
    for part in (*(f"output/{name}" for name in _WRITTEN), ".snakemake/metadata", _MARKS):
        if (folder / part).is_dir():
            shutil.copytree(folder / part, place / part)
    # What is marked will be removed here: behind a link to its folder that would be the real file.
    killed = any(path.is_file() for path in (place / _MARKS).rglob("*"))
    _link(folder / "output", place / "output", leave_out={*_WRITTEN, *_NOT_NEEDED}, each_file=killed)
    return place


def as_told(text: str, folder: Path, below: Path) -> str:
    """Return a message of what ran in the mirror of `folder` that `mirrored` made below `below`, with the user's own paths."""
    top = [folder, *folder.parents][: _ABOVE + 1][-1]
    for place in {str(below.resolve()), str(below)}:
        text = text.replace(place, str(top)) if top != top.parent else text.replace(f"{place}/", str(top))
    return text


def _link(folder: Path, place: Path, leave_out: set[str], each_file: bool = False) -> None:
    """Make `place` with links to what is in `folder`; each_file: with folders of its own all the way down."""
    place.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # a folder above that may not be read holds no source of ours
        for path in folder.iterdir():
            if path.name in leave_out:
                continue
            if each_file and path.is_dir():
                shutil.copytree(path, place / path.name, copy_function=_link_file)
            else:
                _link_file(path, place / path.name)


def _link_file(path: str | Path, place: str | Path) -> None:
    """Make a link as old as what it leads to: Snakemake goes by the younger of the two."""
    Path(place).symlink_to(path)
    with suppress(OSError):  # it leads nowhere
        times = Path(path).stat()
        os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns), follow_symlinks=False)


def without_network(mirror: Path, videos: Sequence[str]) -> None:
    """Choose an offline engine for videos that have none yet: a plan has no need to ask the online one."""
    for name in videos:
        path = mirror / "output/engines" / f"{name}.json"
        if not path.exists():
            write_json(path, {"requested": "auto", "engine": "offline"})


def of_folder(folder: Path, given: Mapping[str, Any]) -> dict[str, Source]:
    """Return the source of every video that a task with these settings knows. Raises ConfigError."""
    read = partial(_read_below, folder)
    return languages.of_folder(folder / "inputs", _resolved(folder, given), read)[0]


def _read_below(folder: Path, path: str) -> str:
    return languages.read_start(str(folder / path))


def _resolved(folder: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    return settings.resolve(workflow_dir() / settings.FILE, folder / settings.FILE, given)
