"""The style `brief`: the same wording from fewer fields. What has a name on the picture is named; what explains it is not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from video_gen.script.narration.wording import plain

Content = Mapping[str, Any]

# Hints and remarks.
_LEFT_OUT: dict[str, Sequence[str]] = {
    "title": ("key_message",),
    "outro": ("sub_text", "key_message"),
    "list": ("topic",),
    "command": ("topic",),
    "quote": ("context",),
    "learning_objectives": ("lesson_info",),
    "problem": ("difficulty",),
    "exercise": ("difficulty", "estimated_time"),
}
_DESCRIBED = ("list", "command", "chart", "table")  # where a header is enough
# What alone tells of a picture: its first sentence stays.
_FIRST_SENTENCE: dict[str, Sequence[str]] = {
    **dict.fromkeys(_DESCRIBED, ("description",)),
    "title": ("subtitle",),
    "solution": ("explanation",),
    "code": ("description",),
    "diagram": ("description", "caption"),
    "image": ("alt", "caption"),
    "clip": ("alt", "caption"),
}


def reduced(scene_type: str, content: Content) -> dict[str, Any]:
    """Return the fields of a scene that are told in brief."""
    left_out = _LEFT_OUT.get(scene_type, ())
    kept = {key: value for key, value in content.items() if key not in left_out}
    if scene_type in _DESCRIBED and plain(kept.get("header")):
        kept.pop("description", None)
    for key in _FIRST_SENTENCE.get(scene_type, ()):
        if kept.get(key):
            kept[key] = _first_sentence(kept[key])
    return _FURTHER[scene_type](kept) if scene_type in _FURTHER else kept


def _first_sentence(text: object) -> str:
    from video_gen.sources.markdown.wording import sentences  # which imports the narration

    return next(iter(sentences(plain(text))), "")


def _list(content: Content) -> dict[str, Any]:
    return {**content, "items": [_item(item) for item in content.get("items") or []]}


def _item(item: Any) -> Any:
    """The title alone, unless it is cut off in the middle of a sentence; of a text its first sentence."""
    if not isinstance(item, Mapping):
        return _first_sentence(item)
    title = plain(item.get("title"))
    return title if title and not title.endswith("…") else item


def _command(content: Content) -> dict[str, Any]:
    lines = content.get("commands") or []
    given = [lines] if isinstance(lines, str) else lines
    return {**content, "commands": [line for line in given if not str(line).lstrip().startswith("✓")]}


def _code(content: Content) -> dict[str, Any]:
    """Notes tell of the code line by line, so that nothing else need."""
    noted = any(plain(step.get("note")) for step in content.get("steps") or [])
    return {key: value for key, value in content.items() if key != "description" or not noted}


def _code_comparison(content: Content) -> dict[str, Any]:
    """An improvement without words: else the lines that were saved would be counted in its place."""
    return {**content, "improvement": " "}


def _table(content: Content) -> dict[str, Any]:
    """The header in the place of the description: else the columns of a long table would be named in its place."""
    header = content.get("header")
    return {**content, "description": header, "header": ""} if plain(header) else dict(content)


_FURTHER: dict[str, Callable[[Content], dict[str, Any]]] = {
    "list": _list,
    "command": _command,
    "code": _code,
    "code_comparison": _code_comparison,
    "table": _table,
}
