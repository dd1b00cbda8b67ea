"""`make bench`: what the ways of writing the same 120 s cost, as ratios in one run on this machine."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import measure
import numpy as np
import workload

HERE = Path(__file__).parent
FOLDER = measure.OUT / "workload"
NAMES = {
    "floor": "floor: distinct pictures and frames of motion encoded once, no holds",
    "ours": "video-gen",
    "plain": "video-gen, stillness: plain",
    "pipe": "every frame through a pipe into ffmpeg",
    "moviepy": "MoviePy",
}
# The times that others cost are at least, and ours to the floor at most.
PROMISED = {"floor": 1.3, "pipe": 2.5, "moviepy": 20.0}


def cost(way: str, runs: int, scenes: int) -> measure.Cost:
    """Return the median of the runs; a way that wrote only the first `scenes` scenes is scaled up to all."""
    file, part = measure.OUT / f"{way}.mp4", scenes / workload.SCENES
    command = [sys.executable, str(HERE / "ways.py"), way, str(FOLDER), str(file)]
    command += [str(scenes)] if part < 1 else []
    found = measure.median([measure.run(command) for _ in range(runs)])
    found |= {key: found[key] / part for key in ("cpu", "wall")}
    return found | {"file_megabytes": file.stat().st_size / 1e6 / part, "runs": runs, "scenes": scenes}


def ssim(first: np.ndarray, second: np.ndarray) -> float:
    """Return the mean structural similarity of two luma planes over blocks of 8 x 8."""

    def blocks(plane: np.ndarray) -> np.ndarray:
        height, width = plane.shape[0] // 8 * 8, plane.shape[1] // 8 * 8
        cut = plane[:height, :width].astype(float).reshape(height // 8, 8, width // 8, 8)
        return cut.transpose(0, 2, 1, 3).reshape(-1, 64)

    a, b = blocks(first), blocks(second)
    ma, mb, va, vb = a.mean(1), b.mean(1), a.var(1), b.var(1)
    covariance = ((a - ma[:, None]) * (b - mb[:, None])).mean(1)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float((((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean())


def _drawn(scenes: int) -> Iterator[tuple[np.ndarray, bool]]:
    """Yield for each frame the luma plane that was drawn, and whether it is held."""
    for scene in range(scenes):
        for planes, repeats in workload.timeline(FOLDER, scene):
            for _ in range(repeats):
                yield planes[0], repeats > 1


def quality(file: Path, scenes: int = 2) -> measure.Cost:
    """Return the worst similarity of held pictures and of fades to what was drawn, over the first scenes."""
    worst = {"ssim_held": 1.0, "ssim_fades": 1.0}
    with av.open(str(file)) as container:
        for (luma, held), frame in zip(_drawn(scenes), container.decode(video=0), strict=False):
            if held and frame.pts % 7:
                continue
            key = "ssim_held" if held else "ssim_fades"
            worst[key] = min(worst[key], ssim(luma, frame.to_ndarray()[: frame.height, : frame.width]))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", default=list(NAMES), metavar=f"way ({', '.join(NAMES)})")
    parser.add_argument(
        "--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "5")), help="of MoviePy always one"
    )
    parser.add_argument("--moviepy-scenes", type=int, default=workload.SCENES, help="let MoviePy write only the first")
    options = parser.parse_args()
    workload.prepare(FOLDER)
    results = {}
    for way in options.ways:
        slow = way == "moviepy"
        results[way] = cost(way, 1 if slow else options.runs, options.moviepy_scenes if slow else workload.SCENES)
        results[way] |= quality(measure.OUT / f"{way}.mp4") if way != "floor" else {}  # which is no film to look at
        if slow:
            del results[way]["ssim_fades"]  # its fades are linear, ours are eased
        print(f"{way}: done", file=sys.stderr)
        measure.write_json(measure.OUT / "render.json", results)
    print(table(results))
    plot(results)


def table(results: dict[str, measure.Cost]) -> str:
    """Return the results as a Markdown table, times as ratios to ours."""
    heads = ["way", "CPU", "wall", "peak MB", "file MB", "SSIM held", "SSIM fades", "promised"]
    ours = results.get("ours") or next(iter(results.values()))
    rows = []
    for way, found in results.items():
        part = (
            f" (scaled from {found['scenes']} of {workload.SCENES} scenes)" if found["scenes"] < workload.SCENES else ""
        )
        times = [f"{found[key] / ours[key]:.2f} x" for key in ("cpu", "wall")]
        similar = [f"{found[key]:.4f}" if key in found else "" for key in ("ssim_held", "ssim_fades")]
        rows.append([NAMES[way] + part, *times, found["megabytes"], found["file_megabytes"], *similar, _promise(way)])
    return measure.table(heads, rows)


def _promise(way: str) -> str:
    if way not in PROMISED:
        return ""
    return f"at least {1 / PROMISED[way]:.2f} x" if way == "floor" else f"at least {PROMISED[way]:g} x"


def plot(results: dict[str, measure.Cost]) -> None:
    """Draw the CPU seconds of the ways."""
    values = {way: round(found["cpu"], 1) for way, found in results.items()}
    header = f"CPU time for {workload.SECONDS} s of 1080p video"
    measure.plot(measure.OUT / "render.png", {"kind": "bar", "header": header, "unit": "s", "values": values})


if __name__ == "__main__":
    main()
