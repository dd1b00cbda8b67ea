# Helpers of the rules: settings, the videos there are, and what is known of a video's scenes after the checkpoint.
from functools import cache
from pathlib import Path
from os import environ
from sys import stderr

from video_gen import names, settings, sources, stream, versions
from video_gen.errors import BusyError, VideoGenError
from video_gen.files import digest
from video_gen.job import failures
from video_gen.pipeline import locks
from video_gen.render import shapes
from video_gen.scenes import theme as themes
from video_gen.scenes.assets import files_left_by, files_of, sound_of
from video_gen.script import chapter_title, find_scene, load as load_script


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
    SOURCES, left_out = sources.discover("inputs", config["sources"])
except VideoGenError as error:
    stop(error)
for warning in left_out:
    print(f"video-gen: warning: {warning}", file=stderr)
    stream.tell("warning", message=warning)


NO_SCRIPT = {"video_id": "", "scenes": [], "formats": [], "engine": "", "language": "", "accent_color": ""}


wildcard_constraints:
    video=names.WILDCARD,
    scene=names.WILDCARD,
    shape=r"(\.\d+x\d+)?",


def every_video(wildcards):
    if not SOURCES:
        stop(
            "there is nothing to make. Drop a .md or .yaml file into inputs/, or name a file under `sources:` in config.yaml."
        )
    return expand("output/videos/{video}.{kind}", video=SOURCES, kind=names.KINDS)


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
    """The files of a source that are there; of a missing one the job tells."""
    return existing(*source_of(wildcards).files)


def source(wildcards):
    """What the job reads, and how. The digest sees a file that was replaced by one with an older date."""
    found = source_of(wildcards)
    return {"files": list(found.files), "kind": found.kind, "digest": digest(found.files)}


def tables_of(wildcards):
    """The tables whose values the narration tells."""
    return existing(*sources.tables(source_files(wildcards)))


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
        stop(error)


# Snakemake compares the values of params as a set, without their names and with lists taken apart: what belongs together is
# one map, and an order is one text.


def words_of(wildcards):
    """All that a scene's sound depends on."""
    script, scene = script_of(wildcards), scene_of(wildcards)[0]
    engine = scene.get("engine", script["engine"])
    of_engines = {**config["narration"]["models"], "edge": config["narration"]["edge"]}
    return {
        "text": scene["narration"],
        "voice": scene["voice"],
        "engine": engine,
        "language": script["language"],
        "pronunciations": {**config["narration"]["pronunciations"], **script.get("pronunciations", {})},
        "recording": scene.get("audio"),
        "models": {name: values for name, values in of_engines.items() if name == engine},
    }


def existing(*paths):
    """Those of the files that can be inputs. Of a missing one the job itself says what is wrong; braces are wildcards."""
    return [users_file(path) for path in paths if path and Path(path).is_file() and not set("{}") & set(path)]


def users_file(path):
    """The user's files lie in the working directory, also where a module has a prefix for all others."""
    return local(path) if IS_MODULE else path


def recording_of(wildcards):
    """The person's own sound file of a scene, if there is one."""
    return existing(scene_of(wildcards)[0].get("audio"))


def audio_of(wildcards):
    """How the soundtrack is mixed: a video's own music goes before that of the settings."""
    music = script_of(wildcards).get("music") or config["audio"]["music"]
    return {**config["audio"], "music": music}


def music_file(wildcards):
    """The music under the voice, if there is any."""
    return existing(audio_of(wildcards)["music"])


def clips_of(wildcards):
    """The clips that are heard, and their content."""
    scenes = script_of(wildcards)["scenes"]
    found = [(scene["scene_id"], sound_of(scene["scene_type"], scene["visual_content"])) for scene in scenes]
    inserts = [{"scene_id": scene_id, **heard} for scene_id, heard in found if heard]
    return {"inserts": inserts, "digest": digest(insert["clip"] for insert in inserts)}


def clips_heard(wildcards):
    """The clips whose own sound is heard."""
    return existing(*(insert["clip"] for insert in clips_of(wildcards)["inserts"]))


def content_of(files):
    """The content of a user's own files, as a param: their date may be older than that of the file that they replace."""
    return lambda wildcards: digest(files(wildcards))


def look_of(wildcards):
    """All that a scene's picture depends on beside the settings: it comes in from the scene before it."""
    scene, before = scene_of(wildcards)
    return {
        "scene": picture_of(scene),
        "before": picture_of(before),
        "min_duration": scene["min_duration"],
    }


def poster_of(wildcards):
    """The look of the first scene."""
    return {"scene": picture_of(next(iter(script_of(wildcards)["scenes"]), None))}


def story_of(wildcards):
    """All scenes as they look and what is said in them; the names of voices and engines are not part of it."""
    script = script_of(wildcards)
    keys = ("scene_id", "scene_type", "visual_content", "narration", "min_duration", "max_duration")
    return {
        **{key: script[key] for key in ("title", "language")},
        "scenes": [{key: scene[key] for key in keys} for scene in script["scenes"]],
    }


def picture_of(scene):
    return {key: scene[key] for key in ("scene_type", "visual_content")} if scene else None


def style_of(wildcards):
    """How pictures look in a shape. The theme is passed with all its values, so that a change in its file redraws them."""
    script = script_of(wildcards)
    width, height = shapes.size(wildcards.shape, config["picture"]["width"], config["picture"]["height"])
    return {
        "width": width,
        "height": height,
        "accent_color": script["accent_color"],
        "language": script["language"],
        "theme": theme(picture_setting(wildcards, "theme"), picture_setting(wildcards, "appearance")),
    }


@cache
def theme(name, appearance):
    try:
        return themes.read(name, appearance)
    except VideoGenError as error:
        stop(error)


def picture_setting(wildcards, key):
    """What a video says itself goes before the setting."""
    own = script_of(wildcards).get(key)
    return config["picture"][key] if own is None else own


def encoder_choice(wildcards):
    """Hardware is asked once a video, since clips of different encoders cannot be joined."""
    if config["encoder"]["engine"] == "x264":
        return []
    return f"output/engines/{wildcards.video}.encoder.json"


def motion_of(wildcards):
    return {
        **{key: config["picture"][key] for key in ("fps", "transition")},
        "motion": picture_setting(wildcards, "motion"),
    }


def captions_of(wildcards):
    return {"burn_captions": picture_setting(wildcards, "burn_captions")}


def files_of_scene(wildcards):
    """The pictures and tables that a scene, or the one that it comes in from, is drawn from."""
    scene, before = scene_of(wildcards)
    left = files_left_by(before["scene_type"], before["visual_content"]) if before else []
    return existing(*files_of(scene["scene_type"], scene["visual_content"]), *left)


def files_of_all_scenes(wildcards):
    """The pictures and tables that the scenes are drawn from."""
    scenes = script_of(wildcards)["scenes"]
    return existing(
        *(path for scene in scenes for path in files_of(scene["scene_type"], scene["visual_content"]))
    )


def overlay_of(wildcards):
    """All that lies over a scene's picture. The progress bar counts scenes: a clip knows the length of no other one."""
    captions, found = picture_setting(wildcards, "burn_captions"), {}
    if captions != "none":
        found |= {"captions": captions, "language": script_of(wildcards)["language"]}
    if picture_setting(wildcards, "progress_bar"):
        ids = scene_ids(wildcards)
        found |= {"scene": ids.index(wildcards.scene), "scenes": len(ids)}
    return found


def shown_as(pattern, function):
    """Say what an input function stands for in the list of stages, which else shows its docstring."""
    function.pattern = pattern
    return function


def settled(pattern, mark=str):
    """A file of the video itself, given by a function that waits for nothing: the last input of a rule that waits.

    If the last function among the inputs of a rule waits for a checkpoint, Snakemake evaluates all of them anew after each
    checkpoint of any video: time and memory would grow with the square of the number of videos.
    """
    return shown_as(pattern, lambda wildcards: mark(expand(pattern, video=wildcards.video)[0]))


def of_all_shapes(pattern):
    """The main size and the further formats that a video asks for."""
    return shown_as(
        pattern,
        lambda wildcards: expand(
            pattern, video=wildcards.video, shape=["", *map(shapes.suffix, script_of(wildcards)["formats"])]
        ),
    )


def scene_ids(wildcards):
    return [scene["scene_id"] for scene in script_of(wildcards)["scenes"]]


def scene_order(wildcards):
    return " ".join(scene_ids(wildcards))


def of_all_scenes(pattern):
    return shown_as(pattern, lambda wildcards: expand(pattern, **wildcards, scene=scene_ids(wildcards)))


def video_description(wildcards):
    return script_of(wildcards).get("description", "")


def chapters(wildcards):
    return {"titles": [chapter_title(scene) for scene in script_of(wildcards)["scenes"]]}
