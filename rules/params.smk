# What jobs depend on, as inputs and params: of a video, of a scene, of how they look and sound.
from functools import cache
from os import R_OK, access
from pathlib import Path

from video_gen.render import shapes
from video_gen.scenes import theme as themes
from video_gen.scenes.assets import files_left_by, files_of, sound_of
from video_gen.script import chapter_title

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
    """Those of the files that can be inputs. Of another one the job itself says what is wrong; braces are wildcards."""
    return [users_file(path) for path in paths if path and readable(path) and not set("{}") & set(path)]


def readable(path):
    """Snakemake reads its inputs too, and ends where it cannot."""
    return Path(path).is_file() and access(path, R_OK)


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
    script = script_of(wildcards)
    return {"titles": [chapter_title(scene, script["language"]) for scene in script["scenes"]]}
