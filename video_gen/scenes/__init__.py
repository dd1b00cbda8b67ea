"""Pictures of scenes: a scene type's own fields in, still states out."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from video_gen.errors import InputError
from video_gen.scenes import types

if TYPE_CHECKING:
    from video_gen.scenes.model import State, Style


@cache
def scene_types() -> tuple[str, ...]:
    """Names of the scene types: one for each module in `video_gen.scenes.types`."""
    return tuple(sorted(module.name for module in iter_modules(types.__path__)))


def states(scene_type: str, content: dict[str, Any], style: Style) -> list[State]:
    """Draw a scene: one or more states whose pictures have the style's size.

    content: the visual fields of the scene, valid by `schemas/video.schema.json`.
    Raises InputError for an unknown type, a field that cannot be drawn, and a character that no font has.
    """
    if scene_type not in scene_types():
        near = get_close_matches(scene_type, scene_types(), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise InputError(f"scene type {scene_type!r} is not known.{hint} Use one of {', '.join(scene_types())}.")
    return import_module(f"{types.__name__}.{scene_type}").draw(content, style)
