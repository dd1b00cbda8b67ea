"""Makes the pictures of README.md from a finished video and the real graph: `make pictures` (needs Graphviz's dot)."""

import json
import subprocess
from pathlib import Path

import av
from PIL import Image

from video_gen.pipeline import runner

DOCS = Path(__file__).parent
VIDEO = "output/videos/tour.mp4"


def frames(columns: int = 3, rows: int = 4, width: int = 480, gap: int = 8) -> Image.Image:
    """Return the last frames of the first scenes, side by side."""
    scenes = json.loads(Path("output/timing/tour.json").read_text(encoding="utf-8"))["scenes"][: columns * rows]
    wanted = {scene["start_frame"] + scene["frames"] - 1 for scene in scenes}
    with av.open(VIDEO) as container:
        pictures = [frame.to_image() for n, frame in enumerate(container.decode(video=0)) if n in wanted]
    height = width * pictures[0].height // pictures[0].width
    sheet = Image.new("RGB", (columns * (width + gap) - gap, rows * (height + gap) - gap), "white")
    for place, picture in enumerate(pictures):
        corner = (place % columns * (width + gap), place // columns * (height + gap))
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS), corner)
    return sheet


def graph() -> bytes:
    """Return the graph of rules as PNG."""
    command = runner.command(["--rulegraph", "dot", VIDEO])
    dot = subprocess.run(command, capture_output=True, check=True).stdout
    dot = dot[dot.index(b"digraph") :].replace(b"rounded,dashed", b"rounded")
    look = ["-Tpng", "-Gdpi=110", "-Grankdir=LR", "-Gbgcolor=white", "-Nfontname=DejaVu Sans"]
    return subprocess.run(["dot", *look], input=dot, capture_output=True, check=True).stdout  # noqa: S607


if __name__ == "__main__":
    frames().save(DOCS / "frames.jpg", quality=88)
    (DOCS / "graph.png").write_bytes(graph())
