"""The files that a scene reads beside its own fields, so that a change in them draws the scene again."""

from collections.abc import Mapping
from typing import Any

_FIELDS = {"image": "image", "chart": "csv"}


def files_of(scene_type: str, content: Mapping[str, Any]) -> list[str]:
    """Return the paths, as the scene names them, of the files that its picture is made from."""
    path = content.get(_FIELDS.get(scene_type, ""), "")
    return [path] if path else []
