"""`python bench/growth.py 10 100`: what a video of 10 scenes costs in a folder with so many of them, on the real graph."""

import argparse
import os
import time
from pathlib import Path

import measure
from project import TINY, Project

SCENES = 10
STEPS = ("build", "edit", "nothing", "dry-run")


def scenes(word: str = "words") -> list[dict[str, str]]:
    """Ten scenes that are cheap to draw and not spoken aloud; `word` is in the narration of the sixth."""
    said = [f"These are the {word if number == 5 else 'words'} of scene {number}." for number in range(SCENES)]
    return [
        {"type": "quote", "id": f"s{n}", "quote_text": f"Scene {n}", "narration": text} for n, text in enumerate(said)
    ]


def grow(videos: int) -> dict[str, measure.Cost]:
    """Build so many videos, change one sentence of one, and run twice with nothing to do."""
    project = Project(f"growth_{videos}", TINY)
    for number in range(videos):
        project.video(f"v{number:04d}", scenes())
    found = {"build": _cost(project)}
    project.video("v0000", scenes("changed words"))
    found["edit"] = _cost(project)
    found |= {"nothing": _cost(project), "dry-run": _cost(project, "--dry-run", "--quiet")}
    return found


def _cost(project: Project, *arguments: str) -> measure.Cost:
    """CPU and wall seconds of all, and of Snakemake's own process its CPU seconds and its peak of memory."""
    total, rules = project.build(*arguments)
    own = rules["snakemake"]
    jobs = sum(int(found["jobs"]) for name, found in rules.items() if name != "snakemake")
    return {
        "cpu": total["cpu"],
        "wall": total["wall"],
        "own_cpu": own["cpu"],
        "megabytes": own["megabytes"],
        "jobs": jobs,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("videos", nargs="*", type=int, default=[10, 100])
    sizes = parser.parse_args().videos
    results: dict[str, dict[str, measure.Cost]] = {}
    for videos in sizes:
        print(f"{time.strftime('%H:%M:%S')} {videos} videos", flush=True)
        results[str(videos)] = grow(videos)
        measure.write_json(measure.OUT / "growth.json", {"scenes": SCENES, "cores": os.cpu_count(), "videos": results})
    print(report(results))
    plot(measure.OUT / "growth.png", results)


def report(results: dict[str, dict[str, measure.Cost]]) -> str:
    """Return a table of CPU seconds a video, with Snakemake's own share, and its memory in all."""
    heads = ["videos", "step", "jobs", "CPU s a video", "of it Snakemake", "wall s a video", "Snakemake MB"]
    rows = [
        [
            *(videos, step, found["jobs"], found["cpu"] / int(videos), found["own_cpu"] / int(videos)),
            *(found["wall"] / int(videos), found["megabytes"]),
        ]
        for videos, steps in results.items()
        for step, found in steps.items()
    ]
    return measure.table(heads, rows)


def plot(path: Path, results: dict[str, dict[str, measure.Cost]]) -> None:
    """Draw CPU seconds a video against the number of videos."""
    build = [steps["build"] for steps in results.values()]
    counts = [int(videos) for videos in results]
    series = [
        {"name": name, "values": [round(found[key] / count, 2) for found, count in zip(build, counts, strict=True)]}
        for name, key in (("Full build, all processes", "cpu"), ("Snakemake's own process", "own_cpu"))
    ]
    labels = [f"{count:,} videos" for count in counts]
    content = {"kind": "line", "header": "CPU time a video", "unit": "s", "data": {"labels": labels, "series": series}}
    measure.plot(path, content)


if __name__ == "__main__":
    main()
