"""The files that a scene reads beside its own fields, so that a change in them draws the scene again."""

from collections.abc import Mapping
from typing import Any

_FIELDS = {"image": "image", "chart": "csv", "clip": "clip"}


def files_of(scene_type: str, content: Mapping[str, Any]) -> list[str]:
    """Return the paths, as the scene names them, of the files that its picture is made from."""
    path = content.get(_FIELDS.get(scene_type, ""), "")
    return [path] if path else []


def files_left_by(scene_type: str, content: Mapping[str, Any]) -> list[str]:
    """Return the paths of the files that show in what the scene leaves to the one after it: a clip leaves the bare ground."""
    return [] if scene_type == "clip" else files_of(scene_type, content)


def sound_of(scene_type: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the fields of a clip that is heard (schemas/video.schema.json), None for any other scene."""
    if scene_type != "clip" or content.get("sound", "off") == "off":
        return None
    keys = ("clip", "start", "end", "speed", "ends", "sound", "volume")
    return {key: content[key] for key in keys if key in content}
