"""Stands first in PYTHONPATH while we measure: at its end every Python process adds a line to the file BENCH_JOBS."""

import atexit
import json
import os
import resource
import sys
import time
from pathlib import Path

_START = time.time()


def _peak() -> float:
    """Return the peak of this process's own memory in MB; `ru_maxrss` would begin with that of the parent."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1.024 / 1e3


def _note() -> None:
    # A job runs from a copy of its script with a name such as tmp1234.render_clip.py, Snakemake from its __main__.py.
    name = Path(sys.argv[0]).stem.rpartition(".")[2]
    used = resource.getrusage(resource.RUSAGE_SELF)
    line = {
        "name": "snakemake" if name == "__main__" else name,
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.time() - _START,
        "megabytes": _peak(),
    }
    with Path(os.environ["BENCH_JOBS"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


atexit.register(_note)
