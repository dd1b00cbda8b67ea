"""`python bench/words.py`: from words to MP4 through the real command: 120 s, 10 scenes, an offline voice, nothing cached."""

import argparse
import json
import os

import measure
from project import Project, empty_run

CONFIG = {"narration": {"engine": "hibari", "cache": None}}
SPOKEN = (
    "Every file between the words and the finished video can be opened, read and changed by a person. Whatever is changed, "
    "exactly its descendants are made again, and nothing else is touched."
)
SCENES = [
    {"type": "title", "title": "From words to a video", "subtitle": "What a build costs"},
    {"type": "list", "header": "Three things about a scene", "items": ["Its words", "Its picture", "Its time"]},
    {"type": "command", "header": "Build it", "commands": ["$ video-gen build", "→ 10 scenes", "✓ Done"]},
    {"type": "code_comparison", "header": "Before and after", "before_code": "for a in b:\n    c.append(a)",
     "after_code": "c.extend(b)", "before_label": "Before", "after_label": "After"},
    {"type": "quote", "quote_text": "Make each program do one thing well.", "attribution": "Doug McIlroy"},
    {"type": "list", "header": "What is kept apart", "items": [
        {"title": "Words", "description": "Spoken once"}, {"title": "Pictures", "description": "Drawn once"},
        {"title": "Time", "description": "From one report"}, {"title": "Sound", "description": "One track"}]},
    {"type": "problem", "problem_number": 1, "title": "One word", "problem_text": "Change one word.", "difficulty": "easy"},
    {"type": "quiz", "question": "What is made again?", "options": ["All", "What depends on it"],
     "correct_answer": "What depends on it", "show_answer": True},
    {"type": "list", "header": "The stages", "items": ["Read", "Write", "Speak", "Time", "Render", "Join"]},
    {"type": "outro", "main_text": "Thank you", "sub_text": "Change a word and try"},
]  # fmt: skip


def scenes(word: str) -> list[dict]:
    """The ten scenes, each spoken for about 11 s; `word` begins the narration of the sixth."""
    openings = ["One", "Two", "Three", "Four", "Five", word, "Seven", "Eight", "Nine", "Ten"]
    return [
        {"id": f"s{number}", **scene, "narration": f"{opening}. {SPOKEN}"}
        for number, (scene, opening) in enumerate(zip(SCENES, openings, strict=True))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cores", type=int, default=2)
    cores = parser.parse_args().cores
    project = Project("words", CONFIG)
    project.video("words", scenes("Six"))
    full, by_rule = project.build(cores=cores)
    report = json.loads((project.folder / "output/timing/words.json").read_text(encoding="utf-8"))
    project.video("words", scenes("Half a dozen"))
    edit, by_rule_of_edit = project.build(cores=cores)
    nothing = measure.median([project.build(cores=cores)[0] for _ in range(3)])
    results = {
        "seconds": report["total_duration"], "cores": cores, "of": os.cpu_count(),
        "full": full, "edit": edit, "nothing": nothing, "empty run of Snakemake": empty_run(), "rules": by_rule,
        "rules of the edit": by_rule_of_edit,
    }  # fmt: skip
    measure.write_json(measure.OUT / "words.json", results)
    print(stages(results), ratios(results), sep="\n\n")


def stages(results: dict) -> str:
    """Return a table of what each rule's jobs cost in the full build."""
    total = results["full"]["cpu"]
    rules = sorted(results["rules"].items(), key=lambda item: -item[1]["cpu"])
    heads = ["rule", "jobs", "CPU s", "share", "wall s, one after the other", "peak MB a job"]
    rows = [
        [name, found["jobs"], found["cpu"], f"{found['cpu'] / total:.0%}", found["wall"], found["megabytes"]]
        for name, found in rules
    ]
    return measure.table(heads, rows)


def ratios(results: dict) -> str:
    """Return a table of what is promised as ratios, which hold on any machine that is not busy."""
    seconds, empty = results["seconds"], results["empty run of Snakemake"]
    memory = max(found["megabytes"] for name, found in results["rules"].items() if name != "snakemake")
    of_length, of_empty = f"of {seconds:.0f} s of video, wall", "of an empty run of Snakemake, CPU"
    rows = [
        ["full build", of_length, results["full"]["wall"] / seconds, "0.25"],
        ["one sentence edited", of_length, results["edit"]["wall"] / seconds, "0.05"],
        ["one sentence edited", "of the full build, CPU", results["edit"]["cpu"] / results["full"]["cpu"], "0.2"],
        ["nothing changed", of_empty, results["nothing"]["cpu"] / empty["cpu"], "1.5"],
        ["peak of a job", "of 500 MB", memory / 500, "1"],
    ]
    return measure.table(["what", "as a ratio", "measured", "promised at most"], rows)


if __name__ == "__main__":
    main()
