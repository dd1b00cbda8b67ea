"""The texts of a scene that are words of a human language: found, and put back translated.

Which fields these are is said by `translate` in schemas/video.schema.json, which is walked together with the content.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from video_gen import schema
from video_gen.script.narration.commands import split_lines, spoken_command
from video_gen.translation.words import has_words

# A line of a terminal that is words: a comment, a point or a result.
_REMARK = re.compile(r"(\s*(?:#+(?!!)|-(?=\s)|✓)\s*)(.*?)(\s*)$", re.DOTALL)

_Visit = Callable[[str, str, Mapping[str, Any]], str]


def texts_of(scene: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the texts of a script's scene in their order: {at, source, limit, among, keep}.

    at: the place, such as `narration` or `visual_content/items/0/title`; of the label of a value, its number in the map. limit:
    characters that a translation may have. among: the place of a group of texts that must differ from one another, or "". keep:
    commands of the scene that the narration names.
    """
    found: list[dict[str, Any]] = []

    def note(at: str, text: str, rule: Mapping[str, Any]) -> str:
        keep = commands if at == "narration" else []
        found.append(_text(at, text, rule["maxLength"], rule.get("among", ""), keep))
        return text

    commands = _named_commands(scene)

    _scene(scene, note, {})
    return found


def _text(at: str, source: str, limit: int, among: str = "", keep: Sequence[str] = ()) -> dict[str, Any]:
    return {"at": at, "source": source, "limit": limit, "among": among, "keep": list(keep)}


def _named_commands(scene: Mapping[str, Any]) -> list[str]:
    """Return the commands of a terminal that are named in the narration, in several words that could be taken for prose."""
    if scene["scene_type"] != "command":
        return []
    steps, _ = split_lines(scene["visual_content"]["commands"])
    names = dict.fromkeys(spoken_command(step.command) for step in steps if step.command)
    return [name for name in names if " " in name and name in scene["narration"]]


def texts_of_head(script: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the texts of a whole video, title and description, as `texts_of` does those of a scene."""
    rules = schema.load("video")["properties"]
    named = [(at, rule["maxLength"]) for at, rule in rules.items() if rule.get("translate")]
    found = [_text(at, script.get(at, ""), limit) for at, limit in named]
    return [text for text in found if has_words(text["source"])]


def with_texts(scene: Mapping[str, Any], translations: Mapping[str, str]) -> dict[str, Any]:
    """Return the scene's narration and visual_content with the texts of the places replaced.

    translations: place → text; what is not named stays. A text that names another one of the scene follows that one.
    """
    same: dict[str, str] = {}
    for text in texts_of(scene):
        same.setdefault(text["source"], translations.get(text["at"], text["source"]))
    return _scene(scene, lambda at, text, rule: translations.get(at, text), same)


def _scene(scene: Mapping[str, Any], visit: _Visit, same: Mapping[str, str]) -> dict[str, Any]:
    definitions = schema.load("video")["$defs"]
    walk = _Walk(visit, same)
    narration = walk.value(scene["narration"], definitions["scene"]["properties"]["narration"], "narration")
    content = walk.value(scene["visual_content"], definitions[scene["scene_type"]], "visual_content")
    return {"narration": narration, "visual_content": content}


class _Walk:
    """Goes through a value and the rule for it, and builds the value anew."""

    def __init__(self, visit: _Visit, same: Mapping[str, str]):
        self.visit, self.same = visit, same

    def value(self, value: Any, rule: Mapping[str, Any], at: str, among: str = "") -> Any:
        rule = resolved(rule, value)
        if isinstance(value, str):
            return self._text(value, rule, at, among)
        if isinstance(value, Mapping):
            return self._map(value, rule, at)
        if isinstance(value, list):
            group = at if rule.get("uniqueItems") else ""
            return [self.value(each, rule["items"], f"{at}/{n}", group) for n, each in enumerate(value)]
        return value

    def _map(self, value: Mapping[str, Any], rule: Mapping[str, Any], at: str) -> dict[str, Any]:
        keys = rule.get("propertyNames")
        if not keys:
            return {key: self.value(each, rule["properties"][key], f"{at}/{key}") for key, each in value.items()}
        return {self._text(key, keys, f"{at}/{n}", at): each for n, (key, each) in enumerate(value.items())}

    def _text(self, text: str, rule: Mapping[str, Any], at: str, among: str) -> str:
        kind = rule.get("translate", False)  # an enum is a key
        if kind == "same":
            return self.same.get(text, text)
        if kind == "remarks":
            return self._remarks(text, rule, at)
        if not kind or not has_words(text):
            return text
        return self.visit(at, text, {**rule, "among": among})

    def _remarks(self, text: str, rule: Mapping[str, Any], at: str) -> str:
        lines = text.split("\n")
        places = [at] if len(lines) == 1 else [f"{at}/{n}" for n in range(len(lines))]
        return "\n".join(self._remark(line, rule, place) for line, place in zip(lines, places, strict=True))

    def _remark(self, line: str, rule: Mapping[str, Any], at: str) -> str:
        match = _REMARK.match(line)
        if not match or not has_words(match[2]):
            return line
        limit = rule["maxLength"] - len(match[1]) - len(match[3])
        return f"{match[1]}{self.visit(at, match[2], {'maxLength': limit})}{match[3]}"


def resolved(rule: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """Return the rule that holds for a value: references followed, and of several forms the one that fits."""
    if "$ref" in rule:
        name = rule["$ref"].removeprefix("#/$defs/")
        rule = {**schema.load("video")["$defs"][name], **{key: rule[key] for key in rule if key != "$ref"}}
    if "type" in rule or "enum" in rule:
        return rule
    forms = [resolved(form, value) for form in rule.get("oneOf", rule.get("anyOf", ()))]
    return next((form for form in forms if _fits(value, form)), rule)


_TYPES: dict[str, type | tuple[type, ...]] = {
    **{"string": str, "object": Mapping, "array": list},
    **{"integer": int, "number": (int, float), "boolean": bool, "null": type(None)},
}


def _fits(value: Any, rule: Mapping[str, Any]) -> bool:
    if "enum" in rule:
        return value in rule["enum"]
    named = rule.get("type", [])
    types = [named] if isinstance(named, str) else named
    fits = any(isinstance(value, _TYPES[name]) for name in types)
    return fits and ("pattern" not in rule or bool(re.search(rule["pattern"], value)))
