"""Makes README.md's picture of the real graph: `make pictures` (needs Graphviz's dot)."""

import subprocess
from pathlib import Path

from video_gen.pipeline import runner


def graph() -> bytes:
    """Return the graph of rules as PNG."""
    command = runner.command(["--rulegraph", "dot", "output/videos/readme.mp4"])
    dot = subprocess.run(command, capture_output=True, check=True).stdout
    dot = dot[dot.index(b"digraph") :].replace(b"rounded,dashed", b"rounded")
    look = ["-Tpng", "-Gdpi=110", "-Grankdir=LR", "-Gbgcolor=white", "-Nfontname=DejaVu Sans"]
    return subprocess.run(["dot", *look], input=dot, capture_output=True, check=True).stdout  # noqa: S607


if __name__ == "__main__":
    (Path(__file__).parent / "graph.png").write_bytes(graph())
