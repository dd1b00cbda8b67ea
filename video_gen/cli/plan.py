"""`--dry-run`: what a build would make and why, as Snakemake itself finds out, told by video and scene.

The scenes of a changed source are known only when its script is written. So the cheap first stages really run, in a mirror of
the folder; but nothing is asked of the network.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from video_gen import stream, translation
from video_gen.cli import why
from video_gen.cli.film import Film
from video_gen.cli.mirror import as_told, mirrored, of_folder, without_network
from video_gen.files import write_json
from video_gen.pipeline import leftovers, runner, snakemakes
from video_gen.pipeline.config import InputConfig
from video_gen.pipeline.request import request
from video_gen.sources import Source

_LOGGER = ("--logger", "videogen", "--logger-videogen-reasons")


@dataclass(frozen=True)
class Job:
    """One job that would run. scene, shape: empty where it is of the whole video. again: whether its files are there already.

    why: its reason in words; empty where it only follows from other jobs of the video.
    """

    rule: str
    video: str
    scene: str
    shape: str
    again: bool
    why: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def jobs(config: InputConfig, folder: Path) -> tuple[list[Job], list[str]]:
    """Return the jobs that a task would run, in Snakemake's order, and the faults found; nothing in the folder is changed.

    Raises InputError and ConfigError for what cannot be begun.
    """
    plan, settings = request(config, folder)
    runner.refuse_strangers(folder)
    known = of_folder(folder, settings)
    with tempfile.TemporaryDirectory(prefix="video-gen-") as temporary:
        below = Path(temporary)
        mirror = mirrored(folder, below / "mirror")
        leftovers.remove_unrecorded(mirror, plan.touched)  # as a task does when it begins
        without_network(mirror, plan.touched)
        write_json(below / "settings.json", settings)
        options = ["--cores", "1", "--nolock", "--configfile", str(below / "settings.json")]
        links = [f"output/transcripts/{name}.json" for name in plan.touched if _is_link(known, name)]
        zeroth = _run([*links, *options, "--dry-run"], mirror, below / "zeroth.jsonl") if links else _Run()
        # Of a video that is still to be fetched, or that failed, nobody knows what else would be made.
        unknown = {job.video for job in zeroth.jobs}
        unknown |= {name for name in plan.videos if name in known and known[name].of in unknown}
        scripts = [f"output/scripts/{name}.json" for name in plan.videos if name not in unknown]
        first = _run([*scripts, *options], mirror, below / "first.jsonl") if scripts else _Run()
        unknown |= first.failed
        good = [target for target in plan.targets if not unknown & set(re.split(r"[/.]", target))]
        second = _run([*good, *options, "--dry-run"], mirror, below / "second.jsonl") if good else _Run()
        later = _translated_anew(first.jobs, second.jobs)
        found = [job for job in [*zeroth.jobs, *first.jobs, *later] if job.rule not in ("all", "own_stages")]
        found.sort(key=_as_told(plan.videos, mirror))
    faults = dict.fromkeys([*zeroth.faults, *first.faults, *second.faults])
    return found, [as_told(fault, folder, below / "mirror") for fault in faults]


def _is_link(known: Mapping[str, Source], name: str) -> bool:
    return name in known and known[name].kind == "link"


def _translated_anew(first: Sequence[Job], second: Sequence[Job]) -> list[Job]:
    """The words that a translation will have are not known: the mirror has those of the source in their place."""
    anew = {(job.video, job.scene) for job in first if job.rule == "translate_scene"}
    said = "its translation is made anew"
    return [
        replace(job, why=said) if job.again and job.why and (job.video, job.scene) in anew else job for job in second
    ]


def _as_told(videos: Sequence[str], mirror: Path) -> Callable[[Job], tuple]:
    """Order jobs by video, then as they follow each other, scenes as in the script."""
    films = {name: Film(mirror, name) for name in videos}
    places = {name: position for position, name in enumerate(videos)}

    def key(job: Job) -> tuple:
        scene = films[job.video].place(job.scene)[0] if job.video in films else 0
        return places.get(job.video, len(places)), why.order(job.rule), job.shape, scene

    return key


@dataclass(frozen=True)
class _Run:
    """What a run of Snakemake told: its jobs, the messages of what failed, and the videos that failed."""

    jobs: Sequence[Job] = ()
    faults: Sequence[str] = ()
    failed: frozenset[str] = frozenset()


def _run(arguments: Sequence[str], mirror: Path, raw: Path) -> _Run:
    raw.touch()
    done = subprocess.run(
        runner.command([*arguments, *_LOGGER]),
        cwd=mirror,
        env={**os.environ, stream.VARIABLE: str(raw), translation.PLAN: "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = f"{done.stdout}\n{done.stderr}"
    told = [line for line in map(stream.parse, raw.read_text("utf-8").split("\n")) if line]
    reasons = {line["job"]: line["reason"] for line in told if line["kind"] == "reason"}
    found = {line["job"]: _job(line, reasons.get(line["job"], "")) for line in told if line["kind"] == "job_info"}
    failed = frozenset(found[line["job"]].video for line in told if line["kind"] == "job_error")
    faults = [line["message"] for line in told if line["kind"] == "failed"]
    if done.returncode != 0 and not faults:
        errors = [line["message"] for line in told if line["kind"] == "error"]
        faults = [snakemakes.plain(errors[0]) if errors else printed.strip().splitlines()[-1]]
    return _Run(list(found.values()), faults, failed)


def _job(line: dict[str, Any], reason: str) -> Job:
    of = line["wildcards"]
    again = "Missing output files" not in reason
    return Job(
        line["rule"],
        of.get("video", ""),
        of.get("scene", ""),
        of.get("shape", ""),
        again,
        why.words(line["rule"], reason),
    )


def lines(found: Sequence[Job]) -> Iterator[str]:
    """Yield what is shown of the jobs, in words: by video, scenes of the same reason together."""
    for video in dict.fromkeys(job.video for job in found):
        yield video or "(no video)"
        yield from _lines([job for job in found if job.video == video])
    yield f"{len(found)} jobs; scenes {_counted(found)}. Nothing was made." if found else "Everything is up to date."


def _counted(found: Sequence[Job]) -> str:
    counts = {
        rule: sum(job.rule == rule for job in found) for rule in ("translate_scene", "speak_scene", "render_clip")
    }
    told = [f"to translate: {counts['translate_scene']}"] if counts["translate_scene"] else []
    return ", ".join([*told, f"to speak: {counts['speak_scene']}", f"to render: {counts['render_clip']}"])


def _lines(of_video: Sequence[Job]) -> Iterator[str]:
    told = [job for job in of_video if job.why and (job.scene or job.why != why.NEW)]
    for what, same in _grouped(told):
        subject = why.subject(what.rule, [job.scene for job in same], what.shape)
        yield f"  {subject}: {why.verb(what.rule, what.again)}: {what.why}"
    rest = {"new": [job for job in of_video if job not in told and job.why], "then": [j for j in of_video if not j.why]}
    for title, jobs in rest.items():
        if jobs:
            yield f"  {title}: {', '.join(dict.fromkeys(why.subject(job.rule, (), job.shape) for job in jobs))}"


def _grouped(found: Sequence[Job]) -> Iterator[tuple[Job, list[Job]]]:
    groups: dict[tuple, list[Job]] = {}
    for job in found:
        groups.setdefault((job.rule, job.shape, job.again, job.why), []).append(job)
    return ((same[0], same) for same in groups.values())
