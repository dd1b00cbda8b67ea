"""The script JSON: what is said in every scene, by which voice; the one file a person reviews before sound and picture."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from video_gen import schema
from video_gen.errors import InputError
from video_gen.files import digest, read_json, write_json
from video_gen.scenes import words
from video_gen.script.narration import estimated_duration, narrate, word_count
from video_gen.sources import video_yaml
from video_gen.speech import voices

DEFAULT_MIN_DURATION = 3.0
# Types that may stand without a text of their own as a heading → the word that is their picture's heading then.
_NAMED = {
    **{name: name for name in ("checkpoint", "problem", "solution", "exercise")},
    "learning_objectives": "objectives",
}


def build(
    video: Mapping[str, Any],
    *,
    engine: str,
    language: str,
    voice: str,
    accent_color: str,
    min_duration: float,
    max_duration: float,
    formats: Sequence[str] = (),
    style: str = "plain",
) -> tuple[dict[str, Any], list[str]]:
    """Return the script of a normalised video (schemas/script.schema.json) and warnings.

    engine: the speech engine chosen for the whole video. The other values stand for what the video does not name itself.
    A given narration is taken word for word; the others are made from the scene's own content, in a style (see `narrate`).
    """
    style = video.get("style", style)
    language = video.get("language", language)
    default_voice = video.get("voice") or (video["voices"][0] if video.get("voices") else voice)
    rotation = video.get("voices") or [default_voice]
    scenes: list[dict[str, Any]] = []
    silent = 0
    places = {len(video["scenes"]) - 1: "last", 0: "first"}
    for place, scene in enumerate(video["scenes"]):
        if not scene.get("voice"):
            scene = {**scene, "voice": rotation[silent % len(rotation)]}
            silent += 1
        told = partial(narrate, language=language, style=style, place=places.get(place, ""))
        scenes.append(_scene(scene, told, min_duration, max_duration))
    script = {
        "video_id": video["video_id"],
        "title": video["title"],
        "description": video.get("description", ""),
        "language": language,
        "accent_color": video.get("accent_color", accent_color),
        "version": str(video.get("version", "")),
        "source": video.get("source"),
        "engine": engine,
        "default_voice": default_voice,
        "pronunciations": video.get("pronunciations", {}),
        "music": video.get("music"),
        **{key: video.get(key) for key in ("theme", "appearance", "motion", "burn_captions", "progress_bar")},
        "formats": video.get("formats", formats),
        "scenes": scenes,
    }
    return script, [*_unfriendly(style, language), *_warnings(script, video.get("target_duration"))]


def _unfriendly(style: str, language: str) -> Iterator[str]:
    if style == "friendly" and voices.base(language) != "en":
        yield f"the narration style friendly is there in English alone; in {language} the video is told in the style plain."


def _scene(
    scene: Mapping[str, Any], told: Callable[[str, Mapping[str, Any]], str], min_duration: float, max_duration: float
) -> dict[str, Any]:
    given = scene.get("narration", "")
    narration = given if given.strip() else told(scene["scene_type"], scene["visual_content"])
    low = scene.get("min_duration", _least(scene, min_duration))
    own = {key: scene[key] for key in ("engine", "audio") if key in scene}
    return {
        "scene_id": scene["scene_id"],
        "scene_type": scene["scene_type"],
        "visual_content": scene["visual_content"],
        "narration": narration,
        "voice": scene["voice"],
        **own,
        "min_duration": low,
        "max_duration": scene.get("max_duration", max(max_duration, low)),
        "word_count": word_count(narration),
        "estimated_duration": estimated_duration(narration),
        "source": scene.get("source"),
    }


def _least(scene: Mapping[str, Any], usual: float) -> float:
    """Return the min_duration of a scene that names none: a clip without a narration of its own is played once."""
    if scene["scene_type"] != "clip" or scene.get("narration", "").strip() or "audio" in scene:
        return usual
    from video_gen.scenes import recordings

    try:
        part = recordings.cut(scene["visual_content"])
    except InputError:
        # Told by the job that draws it.
        return usual
    return min(300.0, round(max(part.seconds, usual if part.loops else 0.0), 3))


def _warnings(script: Mapping[str, Any], target: float | None) -> list[str]:
    warnings = [note for note in _substitutes(script) if note]
    warnings += [
        f"scene {scene['scene_id']}: its narration takes about {scene['estimated_duration']:.0f} s, longer than its "
        f"max_duration of {scene['max_duration']:g} s. It is spoken in full; shorten it or raise max_duration."
        for scene in script["scenes"]
        if scene["estimated_duration"] > scene["max_duration"]
    ]
    total = sum(max(scene["estimated_duration"] + 1, scene["min_duration"]) for scene in script["scenes"])
    if target and total > 1.1 * target:
        warnings.append(f"the video takes about {total:.0f} s, longer than its target_duration of {target:g} s.")
    return warnings


def _substitutes(script: Mapping[str, Any]) -> Iterator[str | None]:
    """Say once for each voice what speaks in its place where the engine has no such voice."""
    asked = {
        (scene.get("engine", script["engine"]), scene["voice"]) for scene in script["scenes"] if "audio" not in scene
    }
    for engine, voice in sorted(asked):
        yield voices.substitute(engine, voice, script["language"])


def write(path: str | Path, record: str | Path, script: Mapping[str, Any], spec: str | Path) -> list[str]:
    """Write a script, unless the one that is there was edited by hand since and the video YAML has not changed.

    record: a file that remembers what was written last, and from which video YAML (`spec`). Returns a warning if the edit is
    kept.
    """
    path, record = Path(path), Path(record)
    made_from = digest([spec])
    known = read_json(record) if record.is_file() else {}
    if path.is_file() and known.get("spec") == made_from and known.get("script") != digest([path]):
        path.touch()
        record.touch()
        return [
            f"{path} was edited by hand and is kept as it is. Delete it to have it written anew, with the settings of now."
        ]
    write_json(path, script)
    write_json(record, {"spec": made_from, "script": digest([path])})
    return []


def load(path: str | Path) -> dict[str, Any]:
    """Return the script of a file, checked: it may have been edited by hand. Raises InputError."""
    status = Path(path).stat()
    return _load(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=10_000)  # a start of Snakemake asks for each script again and again, of a thousand videos too
def _load(path: str, mtime: int, size: int) -> dict[str, Any]:
    script = read_json(path)
    schema.check(script, "script", path, InputError)
    video = {key: script[key] for key in ("video_id", "title", "accent_color") if key in script}
    keys = schema.load("video")["$defs"]["scene"]["properties"]
    scenes = [{key: scene[key] for key in keys if scene.get(key) is not None} for scene in script["scenes"]]
    video_yaml.check(video | {"voice": script["default_voice"], "scenes": scenes}, path)
    return script


def find_scene(script: Mapping[str, Any], scene_id: str) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Return a scene of a script and the one before it (None for the first). Raises InputError for an unknown id."""
    before = None
    for candidate in script["scenes"]:
        if candidate["scene_id"] == scene_id:
            return candidate, before
        before = candidate
    known = ", ".join(candidate["scene_id"] for candidate in script["scenes"])
    raise InputError(f"video {script['video_id']}: has no scene {scene_id!r}. Known: {known}.")


def chapter_title(scene: Mapping[str, Any], language: str = "en") -> str:
    """Return the name of a scene's chapter: what stands biggest on its picture, else its type as the picture names it in
    the language, else its id made readable.
    """
    content = scene["visual_content"]
    for key in ("title", "header", "main_text", "lesson_title", "question", "quote_text"):
        if text := " ".join(str(content.get(key, "")).split()):
            return text if len(text) <= 80 else f"{text[:79].rsplit(' ', 1)[0]}…"
    if word := _NAMED.get(scene.get("scene_type", "")):
        return f"{words.of(language)[word]} {content.get(f'{word}_number', '')}".strip()
    return scene["scene_id"].replace("_", " ").replace("-", " ").capitalize()
