"""What a killed run leaves behind: temporary files under hidden names, and files that nobody took note of."""

import base64
import binascii
import contextlib
import glob
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import psutil

_PART = re.compile(r"^\..*\.(\d+)\.part(\.\w+)?$", re.DOTALL)
_MARKS = Path(".snakemake/incomplete")
# These come before the checkpoint, and a script may have been edited by hand.
_KEPT = {"engines", "specs", "scripts"}


def remove(folder: Path, videos: Iterable[str]) -> list[Path]:
    """Remove the temporary files of videos (see `video_gen.files.atomic`) whose writers live no more; return what was removed."""
    gone = []
    for name in map(glob.escape, videos):
        for pattern in (f"output/*/.{name}*.part*", f"output/*/{name}/.*.part*", f"output/*/{name}.*/.*.part*"):
            for path in folder.glob(pattern):
                part = _PART.match(path.name)
                if part and not psutil.pid_exists(int(part[1])):
                    path.unlink(missing_ok=True)
                    gone.append(path)
    return gone


def remove_unrecorded(folder: Path, videos: Iterable[str]) -> list[Path]:
    """Remove finished files of videos whose jobs Snakemake did not see to their end, and return what was removed.

    Not for videos that are being made. Snakemake has marks of such files and makes them again, but only those before a
    checkpoint: all others it takes for up to date for ever, whatever is changed, since it does not know what they were made of.
    """
    wanted, gone = set(videos), []
    for name in _marked(folder / _MARKS):
        path = PurePosixPath(name)
        top, kind, video, *_ = (*path.parts, "", "", "")
        # A mark is a file that anybody may have written: it must not lead out of our own folder.
        ours = top == "output" and ".." not in path.parts and kind not in _KEPT
        if ours and not wanted.isdisjoint(names_in(video)) and (folder / path).is_file():
            (folder / path).unlink()
            gone.append(folder / path)
    return gone


def names_in(part: str) -> set[str]:
    """Return the names of videos that a file or folder may belong to: itself, and all before a dot."""
    return {part, *(part[:at] for at, letter in enumerate(part) if letter == ".")}


def _marked(folder: Path) -> Iterator[str]:
    """The files that Snakemake's marks stand for: in base64, a long one in several folders that begin with @."""
    for mark in folder.rglob("*"):
        text = "".join(part.removeprefix("@") for part in mark.relative_to(folder).parts)
        with contextlib.suppress(binascii.Error, UnicodeDecodeError):
            if mark.is_file():
                yield base64.urlsafe_b64decode(text).decode()
