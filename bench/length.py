"""`python bench/length.py`: 2 minutes in 10 scenes, 20 and 60 minutes in 100: time goes by the pictures, memory by neither."""

import argparse
import json
from pathlib import Path

import measure
from project import Project

CONFIG = {"narration": {"engine": "silent", "cache": None}}
SENTENCE = "This is a sentence of a long video that is heard again and again. "
# Scenes, and seconds of a recording in each.
SIZES = {"2 min": (10, 11), "20 min": (100, 11), "60 min": (100, 35)}


def scenes(count: int, text: str) -> list[dict]:
    """So many scenes of five pictures each."""
    return [
        {"type": "list", "id": f"s{n:03d}", "header": f"Scene {n}", "items": [f"{n}.{k}" for k in range(1, 5)],
         "narration": text, "audio": "inputs/said.mp3", "max_duration": 100}
        for n in range(count)
    ]  # fmt: skip


def speak(path: Path, seconds: int) -> str:
    """Record about so many seconds of speech; return what is said."""
    from video_gen import speech
    from video_gen.speech import sound

    text = SENTENCE * round(seconds / 3.55)
    said = speech.speak(text, engine=speech.engine("pico"), voice="female", language="en")
    sound.write_mp3(path, said.samples, said.rate)
    return text.strip()


def build(name: str, cores: int) -> dict:
    """Build the video of one size; return its length, what each rule cost, and all."""
    count, seconds = SIZES[name]
    project = Project(f"length_{name.replace(' ', '_')}", CONFIG)
    text = speak(project.folder / "inputs" / "said.mp3", seconds)
    project.video("long", scenes(count, text))
    total, rules = project.build(cores=cores)
    report = json.loads((project.folder / "output/timing/long.json").read_text(encoding="utf-8"))
    return {"scenes": count, "seconds": report["total_duration"], "total": total, "rules": rules}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    results = {}
    for name in options.sizes:
        results[name] = build(name, options.cores)
        measure.write_json(measure.OUT / "length.json", results)
        print(f"{name}: {results[name]['seconds']:.0f} s in {results[name]['scenes']} scenes done", flush=True)
    print(report(results))


def report(results: dict) -> str:
    """Return a table: for each rule CPU seconds a scene and peak memory of a job, by size."""
    heads = ["rule", *(f"CPU s a scene, {name}" for name in results), *(f"peak MB, {name}" for name in results)]
    rules = sorted({rule for found in results.values() for rule in found["rules"]})
    rows = [
        [
            rule,
            *(found["rules"][rule]["cpu"] / found["scenes"] for found in results.values()),
            *(found["rules"][rule]["megabytes"] for found in results.values()),
        ]
        for rule in rules
    ]
    rows.append(
        ["all", *(found["total"]["cpu"] / found["scenes"] for found in results.values()), *("" for _ in results)]
    )
    return measure.table(heads, rows)


if __name__ == "__main__":
    main()
