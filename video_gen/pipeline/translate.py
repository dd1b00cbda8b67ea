"""Raw lines of a run (`video_gen.stream`) → events. The same lines always give the same events, whoever reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from video_gen.pipeline import snakemakes, stages
from video_gen.pipeline.events import Event, EventType, iso
from video_gen.pipeline.files import STATES
from video_gen.pipeline.progress import Progress

Line = Mapping[str, Any]
VERSION = 2  # of the lines that a run tells
_BEGUN = {"speak_scene": EventType.AUDIO_GENERATING, "render_clip": EventType.VIDEO_RENDERING}
_ENDED = {"speak_scene": EventType.AUDIO_GENERATED, "render_clip": EventType.VIDEO_RENDERED}
_SCENE_RULES = frozenset(_BEGUN)
_OF_THE_INPUT = {"InputError", "ConfigError"}
_UPDATED = " (update)"  # what Snakemake adds to the name of such an output


@dataclass(frozen=True)
class _Job:
    rule: str
    log: str
    about: dict[str, Any]
    message: str
    output: tuple[str, ...]


class Translator:
    """Follows the lines of one task in their order."""

    def __init__(self, task_id: str):
        self.task_id = task_id
        self._errors: dict[Any, str] = {}  # by job; of what is no job by the message itself
        self._progress = Progress()
        self._status: dict[str, str] = {}
        self._jobs: dict[int, _Job] = {}
        self._failed: dict[str, Line] = {}
        self._last_error = ""
        self._of_a_job = ""  # what Snakemake said of the job that is told to have failed next
        self._cancelled = False
        self._at = 0.0
        self._version = 1  # of the lines: those of older runs must give the same events as ever

    def events(self, line: Line) -> list[Event]:
        """Return the events that a line means; none for a line that is only counted, or of an unknown kind."""
        self._at = float(line.get("at", self._at))
        act = getattr(self, f"_on_{line['kind']}", None)
        return list(act(line)) if act else []

    def _event(self, kind: EventType, message: str = "", stage: str = "", **data: Any) -> Event:
        overall = round(self._progress.overall(), 4)
        progress = round(self._progress.stage(stage), 4) if stage else overall
        return Event(kind, self.task_id, iso(self._at), stage, progress, message, {"overall_progress": overall, **data})

    # The watcher's own lines.

    def _on_begin(self, line: Line) -> Iterator[Event]:
        again = bool(line.get("again"))
        self._last_error, self._cancelled = "", False
        self._version = line.get("version", 1)
        self._errors.clear()
        self._failed.clear()
        self._jobs.clear()
        self._progress.begin()
        yield self._event(
            EventType.PIPELINE_STARTED,
            "Going on where it stopped." if again else "",
            again=again,
            videos=line.get("videos", []),
        )

    def _on_cancel(self, line: Line) -> Iterator[Event]:
        self._cancelled = True
        return iter(())

    def _on_restored(self, line: Line) -> Iterator[Event]:
        yield self._event(EventType.STATE_RESTORED, line.get("message", ""))

    def _on_end(self, line: Line) -> Iterator[Event]:
        result = dict(line.get("result") or {})
        match line["status"]:
            case "completed":
                yield from self._end_well(result)
            case "cancelled":
                yield self._event(EventType.PIPELINE_CANCELLED, line.get("message", ""), result=result)
            case _:
                message = line.get("message") or "\n".join(self.errors)
                yield self._event(EventType.PIPELINE_FAILED, message, errors=self.errors, result=result)

    def _end_well(self, result: Mapping[str, Any]) -> Iterator[Event]:
        for stage in [*stages.STAGES, *(name for name in self._status if name not in stages.STAGES)]:
            if self._status.get(stage) != "completed":
                yield self._completed(stage, skipped=stage not in self._status)
        yield Event(
            EventType.PIPELINE_COMPLETED,
            self.task_id,
            iso(self._at),
            progress=1.0,
            data={"overall_progress": 1.0, "result": result},
        )

    # Snakemake's lines, told by the logger plugin.

    def _on_run_info(self, line: Line) -> Iterator[Event]:
        self._progress.plan(line.get("jobs") or {})
        return iter(())

    def _on_job_info(self, line: Line) -> Iterator[Event]:
        job = self._jobs[line["job"]] = _job(line)
        self._progress.started(line["job"], job.rule, of_scene="scene" in job.about)
        self._errors.pop(line["job"], None)  # it is tried again, by its rule's `retries`
        for stage in stages.stages_of(job.rule):
            if self._status.get(stage) != "running":
                self._status[stage] = "running"
                yield self._event(EventType.STAGE_STARTED, job.message, stage, **job.about)
            elif self._version > 1 and job.rule not in _BEGUN:
                yield self._event(EventType.STAGE_PROGRESS, job.message, stage, **job.about, begun=True)
            if job.rule in _BEGUN:
                yield self._event(_BEGUN[job.rule], job.message, stage, **job.about)

    def _on_job_finished(self, line: Line) -> Iterator[Event]:
        job = self._jobs.pop(line["job"], None)
        if job is None:
            return
        self._progress.ended(line["job"], done=True)
        artifacts = [] if job.rule in _SCENE_RULES else list(job.output)
        for stage in stages.stages_of(job.rule):
            if job.rule in _ENDED:
                yield self._event(_ENDED[job.rule], job.message, stage, **job.about)
            yield self._event(EventType.STAGE_PROGRESS, job.message, stage, **job.about, artifacts=artifacts)
            if self._progress.is_complete(stage) and self._status.get(stage) == "running":
                yield self._completed(stage)
                yield self._event(EventType.STATE_SAVED, stage=stage)

    def _on_job_error(self, line: Line) -> Iterator[Event]:
        job = self._jobs.pop(line["job"], None) or _job(line)
        self._progress.ended(line["job"], done=False)
        told = self._failed.pop(job.log, None)
        said, self._of_a_job = self._of_a_job, ""
        if self._cancelled and not told:
            return  # it was ended like all others
        message = _with_log(told["message"], job.log) if told else self._silent(job, said)
        self._errors[line["job"]] = message
        for stage in stages.stages_of(job.rule):
            self._status[stage] = "failed"
            yield self._event(EventType.STAGE_FAILED, message, stage, **{**job.about, "log": job.log or self._run_log})

    def _on_error(self, line: Line) -> Iterator[Event]:
        message = line.get("message", "")
        self._last_error = snakemakes.plain(message)
        self._of_a_job = self._last_error if message.startswith(snakemakes.OF_A_JOB) else self._of_a_job
        return iter(())

    # Lines told by jobs, and by the Snakefile while it is read.

    def _on_moved(self, line: Line) -> Iterator[Event]:
        number, job = self._by_log(line.get("log", ""))
        if job:
            self._progress.moved(number, line["fraction"])
            for stage in stages.stages_of(job.rule):
                message = line.get("message") or job.message
                yield self._event(EventType.STAGE_PROGRESS, message, stage, **job.about, fraction=line["fraction"])

    def _on_result(self, line: Line) -> Iterator[Event]:
        """What a stage of the user's own says that it made."""
        _, job = self._by_log(line.get("log", ""))
        if job:
            told = {"artifacts": line.get("artifacts", []), "metadata": line.get("metadata", {})}
            for stage in stages.stages_of(job.rule):
                yield self._event(EventType.STAGE_PROGRESS, job.message, stage, **job.about, **told)

    def _on_script(self, line: Line) -> Iterator[Event]:
        self._progress.script(line["scenes"], line["shapes"])
        return iter(())

    def _on_warning(self, line: Line) -> Iterator[Event]:
        yield self._event(EventType.VALIDATION_WARNING, line["message"], self._stage_of(line), **self._about(line))

    def _on_failed(self, line: Line) -> Iterator[Event]:
        log = line.get("log", "")
        if log:
            self._failed[log] = line
        else:
            self._errors[line["message"]] = line["message"]
        if line.get("error") in _OF_THE_INPUT:
            yield self._event(EventType.VALIDATION_ERROR, line["message"], self._stage_of(line), **self._about(line))

    @property
    def errors(self) -> list[str]:
        """What went wrong in this run, of jobs that were not tried again."""
        return list(self._errors.values())

    @property
    def last_error(self) -> str:
        """What Snakemake itself said last; for runs in which nobody else told what was wrong."""
        return self._last_error

    def _completed(self, stage: str, skipped: bool = False) -> Event:
        self._status[stage] = "completed"
        self._progress.complete(stage)
        return self._event(EventType.STAGE_COMPLETED, stage=stage, skipped=skipped)

    def _silent(self, job: _Job, said: str) -> str:
        """Of a job that was killed, that could not even begin, or of a user's own that says nothing of itself."""
        if said.startswith(snakemakes.KILLED) or not stages.is_user_stage(job.rule):
            how = said if said.startswith(snakemakes.KILLED) else "ended without a message"
            name = job.message or job.rule
            return f"{name}: {how}. The log {self._run_log} says more. Resume the task to try again."
        video = job.about.get("video")
        name = job.message or f"{f'{video}: ' if video else ''}the rule {job.rule}"
        logs = " and ".join(dict.fromkeys([*([job.log] if job.log else []), self._run_log]))
        return f"{name}: {said or 'ended with an error'}. See {logs}; mend it, then resume the task."

    @property
    def _run_log(self) -> str:
        """All that Snakemake printed, and a job without a log of its own."""
        return str(STATES / self.task_id / "snakemake.log")

    def _by_log(self, log: str) -> tuple[int, _Job | None]:
        return next(((number, job) for number, job in self._jobs.items() if log and job.log == log), (-1, None))

    def _stage_of(self, line: Line) -> str:
        job = self._by_log(line.get("log", ""))[1]
        return (stages.stages_of(job.rule) or ("",))[0] if job else ""

    def _about(self, line: Line) -> dict[str, Any]:
        job = self._by_log(line.get("log", ""))[1]
        return job.about if job else {}


def _job(line: Line) -> _Job:
    log = line.get("log", "")
    about = {"rule": line.get("rule", ""), **(line.get("wildcards") or {}), "log": log}
    output = tuple(path.removesuffix(_UPDATED) for path in line.get("output", ()))
    return _Job(line.get("rule", ""), log, about, line.get("message", ""), output)


def _with_log(message: str, log: str) -> str:
    return f"{message} (log: {log})" if log and log not in message else message
