"""`--dry-run`: what a build would make and why, as Snakemake itself finds out, told by video and scene.

The scenes of a changed source are known only when its script is written. So the cheap first stages really run, in a mirror of
the folder: a temporary folder with links to all that is there, and copies of the few files that these stages write.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from video_gen import stream
from video_gen.cli import why
from video_gen.cli.film import Film
from video_gen.files import write_json
from video_gen.pipeline import runner
from video_gen.pipeline.config import InputConfig
from video_gen.pipeline.request import request

_WRITTEN = ("specs", "scripts", "engines")  # by the first stages
_NOT_NEEDED = ("logs", "state")
_ABOVE = 3  # folders above the mirrored one that a path such as ../../docs/guide.md may lead to
_REASON = re.compile(r"^(?:Job (\d+): .*\nReason|    jobid: (\d+)\n    reason): (.*)$", re.MULTILINE)


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
    with tempfile.TemporaryDirectory(prefix="video-gen-") as temporary:
        below = Path(temporary)
        mirror = _mirrored(folder, below / "mirror")
        _without_network(mirror, plan.videos)
        write_json(below / "settings.json", settings)
        options = ["--cores", "1", "--nolock", "--configfile", str(below / "settings.json")]
        scripts = [f"output/scripts/{name}.json" for name in plan.videos]
        first = _run([*scripts, *options], mirror, below / "first.jsonl")
        # Of a video that failed nobody knows what else would be made.
        good = [target for target in plan.targets if not first.failed & set(re.split(r"[/.]", target))]
        second = _run([*good, *options, "--dry-run"], mirror, below / "second.jsonl") if good else _Run()
        found = [job for job in [*first.jobs, *second.jobs] if job.rule not in ("all", "own_stages")]
        found.sort(key=_as_told(plan.videos, mirror))
    return found, list(dict.fromkeys([*first.faults, *second.faults]))


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
        runner.command([*arguments, "--logger", "videogen"]),
        cwd=mirror,
        env={**os.environ, stream.VARIABLE: str(raw)},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = f"{done.stdout}\n{done.stderr}"
    reasons = {int(one or other): text for one, other, text in _REASON.findall(printed)}
    told = [line for line in map(stream.parse, raw.read_text("utf-8").splitlines()) if line]
    found = {line["job"]: _job(line, reasons.get(line["job"], "")) for line in told if line["kind"] == "job_info"}
    failed = frozenset(found[line["job"]].video for line in told if line["kind"] == "job_error")
    faults = [line["message"] for line in told if line["kind"] == "failed"]
    if done.returncode != 0 and not faults:
        faults = [printed.strip().splitlines()[-1]]
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


def _mirrored(folder: Path, below: Path) -> Path:
    """Return a folder that looks like `folder`, also to paths that lead out of it, and can be written to."""
    chain = [folder, *folder.parents][: _ABOVE + 1][::-1]
    place = below
    for above, child in pairwise(chain):
        _link(above, place, leave_out={child.name})
        place /= child.name
    _link(folder, place, leave_out={"output", ".snakemake"})
    _link(folder / "output", place / "output", leave_out={*_WRITTEN, *_NOT_NEEDED})
    for part in (*(f"output/{name}" for name in _WRITTEN), ".snakemake/metadata"):
        if (folder / part).is_dir():
            shutil.copytree(folder / part, place / part)
    return place


def _link(folder: Path, place: Path, leave_out: set[str]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # a folder above that may not be read holds no source of ours
        for path in folder.iterdir():
            if path.name not in leave_out:
                (place / path.name).symlink_to(path)


def _without_network(mirror: Path, videos: Sequence[str]) -> None:
    """Choose an offline engine for videos that have none yet: a plan has no need to ask the online one."""
    for name in videos:
        path = mirror / "output/engines" / f"{name}.json"
        if not path.exists():
            write_json(path, {"requested": "auto", "engine": "offline"})


def lines(found: Sequence[Job]) -> Iterator[str]:
    """Yield what is shown of the jobs, in words: by video, scenes of the same reason together."""
    for video in dict.fromkeys(job.video for job in found):
        yield video or "(no video)"
        yield from _lines([job for job in found if job.video == video])
    spoken, rendered = (sum(job.rule == rule for job in found) for rule in ("speak_scene", "render_clip"))
    yield (
        f"{len(found)} jobs; scenes to speak: {spoken}, to render: {rendered}. Nothing was made."
        if found
        else "Everything is up to date."
    )


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
