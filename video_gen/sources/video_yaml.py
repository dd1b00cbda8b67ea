"""Video YAML in any of its spellings → the one normalised, nested spelling of `schemas/video.schema.json`."""

from typing import Any

from video_gen import schema
from video_gen.errors import ConfigError, InputError
from video_gen.names import MAX_LENGTH, is_periodic
from video_gen.scenes import colours
from video_gen.sources.yaml12 import Mapping, line_at
from video_gen.speech import voices

SCENE_KEYS = (
    *("scene_id", "scene_type", "narration", "voice", "engine", "audio"),
    *("min_duration", "max_duration", "source", "visual_content"),
)
SCENE_ALIASES = {"id": "scene_id", "type": "scene_type"}


def normalise(document: Any, where: str) -> dict:
    """Return the video of a document in the nested spelling, checked.

    document: what `yaml12.load` gave: flat (`video:` + `scenes:`), nested, or nested under `video:`. where: the file's name
    for messages. Raises InputError that names file, line, place and remedy.
    """
    if not isinstance(document, dict) or not document:
        raise InputError(f"{where}: holds no video. Write `title:` and `scenes:` there (see docs/video-yaml.md).")
    flat = isinstance(document.get("video"), dict) and "scenes" in document
    head = document.get("video", document)
    if not isinstance(head, dict):
        raise InputError(f"{where}: `video` must be a map (key: value).")
    if head is not document:
        _no_others(document, {"video", "scenes"} if flat else {"video"}, where)
    video = _renamed(head, {"id": "video_id"}, where)
    if flat:
        if "scenes" in video:
            raise InputError(f"{where}: scenes are given twice, under `video` and beside it. Keep one of them.")
        video["scenes"] = document["scenes"]
        video.lines["scenes"] = _line(document, "scenes")
    if isinstance(video.get("scenes"), list):
        video["scenes"] = _scenes(video["scenes"], where)
    check(video, where)
    return video


def check(video: dict, where: str) -> None:
    """Raise InputError unless a normalised video fits the schema and its names, colours and durations are sound."""
    schema.check(video, "video", where, InputError, lambda path: line_at(video, path))
    _check_name(video, "accent_color", where, colours.parse)
    _check_name(video, "voice", where, voices.check)
    for name in video.get("voices", []):
        _checked(voices.check, name, _place(where, _line(video, "voices")), "voices")
    first: dict[str, int] = {}
    for index, scene in enumerate(video["scenes"]):
        _check_scene(scene, index, first, where)


def _check_scene(scene: dict, index: int, first: dict[str, int], where: str) -> None:
    place, at = _place(where, getattr(scene, "line", None)), f"scenes[{index}]"
    if is_periodic(scene["scene_id"]):
        raise InputError(
            f"{place}: {at}.scene_id repeats itself too often to be a file name. Give the scene a plain name."
        )
    if len(scene["scene_id"].encode()) > MAX_LENGTH:
        raise InputError(f"{place}: {at}.scene_id is too long for a file name. Shorten it to {MAX_LENGTH} bytes.")
    other = first.setdefault(scene["scene_id"].casefold(), index)
    if other != index:
        raise InputError(
            f"{place}: {at} has the id {scene['scene_id']!r} of scenes[{other}]. Each scene needs its own id."
        )
    if "voice" in scene:
        _checked(voices.check, scene["voice"], _place(where, _line(scene, "voice")), f"{at}.voice")
    low, high = scene.get("min_duration", 3.0), scene.get("max_duration", 300)
    if low > high:
        raise InputError(f"{place}: {at}.min_duration ({low:g}) is above max_duration ({high:g}). Swap or mend them.")
    content = scene["visual_content"]
    if scene["scene_type"] == "quiz" and content["correct_answer"] not in content["options"]:
        line = _place(where, _line(content, "correct_answer"))
        raise InputError(
            f"{line}: {at}.correct_answer is {content['correct_answer']!r}, which is none of the options. "
            f"It must be equal to one of: {', '.join(map(repr, content['options']))}."
        )


def _scenes(scenes: list, where: str) -> list:
    result = []
    for index, scene in enumerate(scenes):
        if not isinstance(scene, dict):
            line = scenes.lines[index] if hasattr(scenes, "lines") and index < len(scenes.lines) else None
            raise InputError(f"{_place(where, line)}: scenes[{index}] must be a map (key: value), with a `type:`.")
        result.append(_scene(scene, index, where))
    return result


def _scene(scene: dict, index: int, where: str) -> Mapping:
    scene = _renamed(scene, SCENE_ALIASES, where)
    # A chart has a field `source` of its own; that of a scene is a map, and written by programs.
    beside = [key for key in scene if key not in SCENE_KEYS or (key == "source" and isinstance(scene[key], str))]
    content = scene.get("visual_content")
    if "visual_content" not in scene:
        _no_misspelt(scene, beside, index, where)
        content = Mapping({key: scene[key] for key in beside}, line=scene.line, lines=scene.lines)
    elif beside:
        line = _place(where, scene.lines.get(beside[0]))
        known = schema.suggest(beside[0], SCENE_KEYS)
        raise InputError(
            f"{line}: scenes[{index}].{beside[0]} stands beside visual_content. Put it inside, or: {known}"
        )
    kept = {key: scene[key] for key in SCENE_KEYS if scene.get(key) is not None and key not in beside}
    kept.setdefault("scene_id", f"scene_{index + 1:02d}")
    if isinstance(content, dict):
        content = Mapping(
            {key: value for key, value in content.items() if value is not None},
            line=scene.line,
            lines=getattr(content, "lines", {}),
        )
    return Mapping(kept | {"visual_content": content}, line=scene.line, lines=scene.lines)


def _no_misspelt(scene: Mapping, beside: list, index: int, where: str) -> None:
    """In the flat spelling a misspelt `narration` would pass for a visual field: suggest from both lists of names."""
    fields = schema.load("video")["$defs"].get(scene.get("scene_type"), {}).get("properties")
    for key in beside:
        if fields is not None and key not in fields:
            place, known = _place(where, scene.lines.get(key)), [*fields, *SCENE_KEYS[:-1]]
            raise InputError(f"{place}: scenes[{index}].{key} is an unknown key. {schema.suggest(str(key), known)}")


def _renamed(mapping: dict, names: dict[str, str], where: str) -> Mapping:
    """Return a copy with the short names of keys made long; both at once are refused, empty values dropped."""
    lines = getattr(mapping, "lines", {})
    result = Mapping(line=getattr(mapping, "line", None))
    for key, value in mapping.items():
        name = names.get(key, key)
        if name in result:
            raise InputError(
                f"{_place(where, lines.get(key))}: `{key}` says the same as a key above. Keep one of them."
            )
        if value is not None or name in ("scenes", "visual_content"):
            result[name] = value
            result.lines[name] = lines.get(key)
    return result


def _no_others(document: dict, known: set[str], where: str) -> None:
    for key in document:
        if key not in known:
            place = _place(where, _line(document, key))
            raise InputError(f"{place}: {key} is an unknown key beside `video`. {schema.suggest(str(key), known)}")


def _check_name(video: dict, key: str, where: str, parse: Any) -> None:
    if key in video:
        _checked(parse, video[key], _place(where, _line(video, key)), key)


def _checked(parse: Any, value: str, place: str, key: str) -> None:
    try:
        parse(value)
    except (InputError, ConfigError) as error:
        raise InputError(f"{place}: {error}") from error


def _line(mapping: Any, key: Any) -> int | None:
    return getattr(mapping, "lines", {}).get(key)


def _place(where: str, line: int | None) -> str:
    return f"{where}, line {line}" if line else where
