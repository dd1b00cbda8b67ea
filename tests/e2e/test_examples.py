"""The examples run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_demo(tmp_path):
    done = subprocess.run(
        [sys.executable, EXAMPLES / "demo.py", tmp_path, "--small"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    shares = [int(share) for share in re.findall(r"^ *(\d+)%", done.stdout, re.MULTILINE)]
    assert shares == sorted(shares) and len(shares) > 6
    assert done.stdout.count("✓") == 6, "three scenes are spoken and rendered"
    assert f"{tmp_path}/output/videos/api_demo.mp4: 3 scenes" in done.stdout
    assert (tmp_path / "output/videos/api_demo.mp4").is_file()
