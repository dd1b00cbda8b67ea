"""`make bench`: CPU and wall time of the ways, as ratios in one run on this machine; BENCH_RUNS sets the number of runs."""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import workload

HERE = Path(__file__).parent
OUT = Path("output/bench")


def measure(way: str, folder: Path, file: Path) -> dict[str, float]:
    """Run a way once; return its wall and CPU seconds, children included, and its peak memory in MB."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, str(HERE / "ways.py"), way, str(folder), str(file)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": time.perf_counter() - start}


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


def quality(folder: Path, file: Path) -> dict[str, float]:
    """Return the worst similarity of held pictures and of fades to what was drawn, over the first three scenes."""
    wanted = []
    for scene in range(3):
        for planes, repeats in workload.timeline(folder, scene):
            wanted += [(planes[0], repeats > 1)] * repeats
    worst = {"held": 1.0, "fades": 1.0}
    with av.open(str(file)) as container:
        for (luma, held), frame in zip(wanted, container.decode(video=0), strict=False):
            if held and frame.pts % 7:
                continue
            shown = frame.to_ndarray()[: frame.height, : frame.width]
            key = "held" if held else "fades"
            worst[key] = min(worst[key], ssim(luma, shown))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", default=["floor", "ours", "plain", "pipe", "moviepy"])
    parser.add_argument("--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "3")))
    options = parser.parse_args()
    folder = OUT / "workload"
    workload.prepare(folder)
    results = {}
    for way in options.ways:
        file = OUT / f"{way}.mp4"
        runs = [measure(way, folder, file) for _ in range(1 if way == "moviepy" else options.runs)]
        results[way] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        results[way]["megabytes"] = file.stat().st_size / 1e6
        if way != "floor":
            results[way] |= quality(folder, file)
        print(f"{way}: {len(runs)} runs done", file=sys.stderr)
    workload.write_json(OUT / "render.json", results)
    print(table(results))


def table(results: dict[str, dict[str, float]]) -> str:
    """Return the results as a Markdown table, times as ratios to the floor."""
    lines = ["| way | CPU | wall | MB | SSIM held | SSIM fades |", "|---|---|---|---|---|---|"]
    floor = results.get("floor") or next(iter(results.values()))
    for way, found in results.items():
        cells = [f"{found[key] / floor[key]:.2f} x" for key in ("cpu", "wall")] + [f"{found['megabytes']:.1f}"]
        cells += [f"{found[key]:.4f}" if key in found else "" for key in ("held", "fades")]
        lines.append(f"| {way} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
