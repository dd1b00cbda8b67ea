"""`snakemake --lint` finds nothing but this: the packages of all rules come from one environment, not from conda or containers."""

import json
import subprocess
import sys
from pathlib import Path

ONE_ENVIRONMENT = "Specify a conda environment or container for each rule."


def test_lint():
    command = [sys.executable, "-m", "snakemake", "--lint", "json"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False
    )
    report = json.loads(done.stdout[done.stdout.index("{") :])
    found = [lint["title"] for kind in report.values() for entry in kind for lint in entry["lints"]]
    assert set(found) == {ONE_ENVIRONMENT}, found
