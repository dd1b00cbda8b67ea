# What all rules stand on: the settings, the videos there are, and a video's script after the checkpoint.
from pathlib import Path
from os import environ
from sys import stderr
from types import SimpleNamespace

from video_gen import names, settings, sources, stream, versions
from video_gen.errors import BusyError, VideoGenError
from video_gen.files import digest
from video_gen.job import failures
from video_gen.pipeline import locks
from video_gen.script import find_scene, load as load_script
from video_gen.sources import languages


def stop(error):
    """End the run with the one message that the user needs, without the call stack of Snakemake's own errors."""
    print(f"\nvideo-gen: {error}\n", file=stderr)
    stream.tell("failed", message=str(error), error=type(error).__name__)
    raise SystemExit(1)


def refuse_doubles():
    """End a run started by hand that would make what a task makes at this moment: tasks do not use Snakemake's locks."""
    tasks = {} if stream.VARIABLE in environ else locks.running(Path.cwd())
    for task, videos in tasks.items():
        if both := WANTED.intersection(videos):
            stop(BusyError(locks.busy(both, f"the task {task}")))


def lift_rate_limit():
    """Take away Snakemake's usual limit of 100 jobs a second on this computer, which no option can.

    Under any limit each choice of a job starts a timer that makes another choice a second later, and so on to the end: the
    more jobs a run has had, the more choices it makes a second, until it does nothing else.
    """
    limit = getattr(workflow.scheduler, "job_rate_limiter", None)
    if workflow.local_exec and limit and (limit.max_jobs, limit.timespan) == (100, 1):
        workflow.scheduler.job_rate_limiter = None


def tell_failures(logs):
    """Say at the end what failed and what helps; above it stands between Snakemake's own lines."""
    for message in dict.fromkeys(message for log in logs for message in failures(log)):
        print(f"\nvideo-gen: {message}", file=stderr)


# As a module of another workflow: a config.yaml in the working directory is that workflow's, and gives us our part itself.
IS_MODULE = not workflow.modifier.is_main_snakefile()

try:
    config.update(
        settings.resolve(
            Path(workflow.current_basedir).parent / "config.yaml",
            None if IS_MODULE else Path(settings.FILE),
            config,
        )
    )
    SOURCES, left_out = languages.of_folder("inputs", config)
except VideoGenError as error:
    stop(error)
for warning in left_out:
    print(f"video-gen: warning: {warning}", file=stderr)
    stream.tell("warning", message=warning)


NO_SCRIPT = {
    **{"video_id": "", "title": "", "engine": "", "language": "", "accent_color": ""},
    **{"scenes": [], "formats": []},
}


GONE = {
    **{"scene_id": "", "scene_type": "title", "visual_content": {}, "narration": "", "voice": ""},
    "min_duration": 0,
}
IS_RUNNING = []  # filled when the jobs begin


wildcard_constraints:
    video=names.WILDCARD,
    scene=names.WILDCARD,
    shape=r"(\.\d+x\d+)?",


def every_video(wildcards):
    if not SOURCES:
        stop(
            "there is nothing to make. Drop a .md or .yaml file into inputs/, or name a file under `sources:` in config.yaml."
        )
    finished = expand("output/videos/{video}.{kind}", video=SOURCES, kind=names.KINDS)
    return finished + languages.kept_files(SOURCES)


WANTED = set()  # videos that this run may make


def source_of(wildcards):
    WANTED.add(wildcards.video)
    if wildcards.video not in SOURCES:
        known = ", ".join(sorted(SOURCES)) or "none"
        stop(
            f"there is no source for the video {wildcards.video!r}. Drop inputs/{wildcards.video}.md or .yaml. Known: {known}."
        )
    return SOURCES[wildcards.video]


def source_files(wildcards):
    """The files of a source that are there; of a missing one the job tells. What a link leads to is fetched first."""
    found = source_of(wildcards)
    if found.of:
        return source_files(SimpleNamespace(video=found.of))
    if found.kind == "link":
        return [f"output/transcripts/{wildcards.video}.json"]
    return existing(*found.files)


def source(wildcards):
    """What the job reads, and how. The digest sees a file that was replaced by one with an older date."""
    found = source_of(wildcards)
    if found.kind == "link":
        return {"files": source_files(wildcards), "kind": found.kind}
    return {"files": list(found.files), "kind": found.kind, "digest": digest(found.files)}


def language_of(wildcards):
    """The language of a source that names none itself."""
    return source_of(wildcards).language or config["language"]


def language_asked(wildcards):
    """The language that a link's captions are wished for in, empty for the one that is spoken."""
    return "" if languages.is_open(source_of(wildcards), config) else language_of(wildcards)


def language_only(wildcards):
    """The language that a link's captions must be in: of a further video, empty for a talk's own. Not params: fetches none anew."""
    return source_of(wildcards).language


def link_files(wildcards):
    """The file that holds a link, where one does."""
    return existing(*source_of(wildcards).files)


def link(wildcards):
    """What is asked for."""
    found = source_of(wildcards)
    return {"link": found.link, "files": list(found.files), "digest": digest(found.files)}


def tables_of(wildcards):
    """The tables whose values the narration tells, and the recordings whose lengths are taken."""
    found = source_of(wildcards)
    return existing(*sources.tables(() if found.of else existing(*found.files)))


def script_file(wildcards):
    """The script as an input that is waited for, but whose date alone makes nothing anew.

    A rule without any input that asks for the checkpoint is taken for out of date as long as the checkpoint is not known.
    """
    return ancient(checkpoints.write_script.get(video=wildcards.video).output.script)


script_file.pattern = "output/scripts/{video}.json"  # how the list of stages shows it


def script_of(wildcards):
    """The script of a video; asks for the checkpoint first, so the graph grows when it is there."""
    path = checkpoints.write_script.get(video=wildcards.video).output.script
    try:
        return load_script(path)
    except VideoGenError:
        # Told by the job that reads it, so that other videos are made all the same.
        return NO_SCRIPT


def scene_of(wildcards):
    """A scene and the one before it."""
    script = script_of(wildcards)
    try:
        return find_scene(script, wildcards.scene)
    except VideoGenError as error:
        if IS_RUNNING:
            return GONE, None  # a job of the script before, which is asked once more before it is dropped
        stop(error)
