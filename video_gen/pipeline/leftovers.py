"""What a killed run leaves behind: temporary files under hidden names, see `video_gen.files.atomic`."""

import glob
import re
from collections.abc import Iterable
from pathlib import Path

import psutil

_PART = re.compile(r"^\..*\.(\d+)\.part(\.\w+)?$", re.DOTALL)


def remove(folder: Path, videos: Iterable[str]) -> list[Path]:
    """Remove the temporary files of videos whose writers live no more, and return what was removed."""
    gone = []
    for name in map(glob.escape, videos):
        for pattern in (f"output/*/.{name}*.part*", f"output/*/{name}/.*.part*", f"output/*/{name}.*/.*.part*"):
            for path in folder.glob(pattern):
                part = _PART.match(path.name)
                if part and not psutil.pid_exists(int(part[1])):
                    path.unlink(missing_ok=True)
                    gone.append(path)
    return gone
