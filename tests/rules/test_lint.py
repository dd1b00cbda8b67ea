"""`snakemake --lint` finds nothing but this: all rules share one environment, without conda or containers."""

import re
import subprocess
import sys
from pathlib import Path

ONE_ENVIRONMENT = "Specify a conda environment or container for each rule."


def test_lint():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "snakemake", "--lint"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    output = done.stdout + done.stderr
    assert set(re.findall(r"^    \* (.*):$", output, re.MULTILINE)) == {ONE_ENVIRONMENT}, output
