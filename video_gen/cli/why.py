"""Snakemake's reasons in words that a person reads."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NEW = "it is not there yet"
_LONGEST = 60  # characters of an old or new value
_PARAMS = re.compile(r"Params have changed since last execution: .*? before: (.*)$")
_BY_OTHERS = re.compile(r"Input files updated by another job: ([^;]*)")
_BY_USER = re.compile(r"Updated input files: ([^;]+)")
_SAID = {
    "Forced execution": "it was left half made",  # a plan forces nothing, but Snakemake what was left incomplete
    "Missing output files": NEW,
    "Incomplete output files": "it was left half made",
    "Set of input files has changed": "it is made from other files than before",
    "Code has changed": "its code changed",
}
_KEYS = {
    "text": "its words changed",
    "texts": "its words changed",
    "glossary": "the glossary changed",
    "link": "its link changed",
    "voice": "its voice changed",
    "engine": "the voice engine changed",
    "language": "its language changed",
    "pronunciations": "pronunciations changed",
    "recording": "its recording changed",
    "scene": "its picture changed",
    "before": "the scene before it changed",
    "min_duration": "its least duration changed",
    "digest": "a file that it uses changed",
    "theme": "the theme changed",
}
_DONE = {
    "fetch_transcript": ("transcript", "fetched"),
    "adapt_source": ("source", "read"),
    "translate_title": ("title", "translated"),
    "translate_scene": ("scene", "translated"),
    "translate_video": ("translation", "put together"),
    "choose_engine": ("voice engine", "chosen"),
    "write_script": ("script", "written"),
    "speak_scene": ("scene", "spoken"),
    "time_scenes": ("times", "measured"),
    "mix_soundtrack": ("soundtrack", "mixed"),
    "render_clip": ("scene", "rendered"),
    "join_video": ("video", "joined"),
    "write_captions": ("captions and transcript", "written"),
    "draw_poster": ("poster", "drawn"),
    "describe_video": ("metadata", "written"),
    "draw_preview": ("preview", "drawn"),
}


def words(rule: str, reason: str) -> str:
    """Return why Snakemake would run a job of a rule, in words; empty for a job that only follows from others."""
    found = [text for start, text in _SAID.items() if start in reason]
    if changed := _BY_USER.search(reason):
        own = [path for path in changed[1].strip().split(", ") if not path.startswith("output/")]
        found += [f"{', '.join(own)} changed"] if own else []
    params = _PARAMS.search(reason)
    found += dict.fromkeys(_differences(rule, params[1])) if params else ()
    others = _BY_OTHERS.search(reason)
    if rule == "render_clip" and not found and others and "output/audio/" in others[1]:
        found.append("its sound is made anew")
    return "; ".join(found)


def subject(rule: str, scenes: Sequence[str], shape: str) -> str:
    """Return what a job is about: a part of a video, or scenes by their ids."""
    name = _DONE.get(rule, (rule.replace("_", " "), ""))[0]
    named = [scene for scene in scenes if scene]
    if named:
        name = f"scene {named[0]}" if len(named) == 1 else f"{len(named)} scenes ({', '.join(named)})"
    return f"{name}{_in(shape)}"


def verb(rule: str, again: bool) -> str:
    """Return what will be done to it."""
    return f"will be {_DONE.get(rule, ('', 'made'))[1]}{' again' if again else ''}"


def order(rule: str) -> int:
    """Return the place of a rule among all, as they follow each other."""
    return list(_DONE).index(rule) if rule in _DONE else len(_DONE)


def _in(shape: str) -> str:
    return f" in {shape.strip('.').replace('x', ':')}" if shape else ""


def _differences(rule: str, text: str) -> Iterator[str]:
    """Yield what differs between the params before and now, as Snakemake prints them."""
    keys = _KEYS if rule == "speak_scene" else {key: said for key, said in _KEYS.items() if key != "engine"}
    before, now = _parsed(text)
    for old in before:
        new = next((item for item in now if _alike(old, item)), None)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from (_change(keys, key, old.get(key), new.get(key)) for key in new if old.get(key) != new.get(key))
        elif new is not None:
            yield _value_change(old, new)
    if not before or not now:
        yield "its settings changed"


def _parsed(text: str) -> tuple[list[Any], list[Any]]:
    """A narration may hold the word that divides the two halves: the division is where both sides are values."""
    for mark in re.finditer(" now: ", text):
        halves = text[: mark.start()], text[mark.end() :].strip()
        try:
            before, now = (
                [] if half == "<nothing exclusive>" else list(ast.literal_eval(f"[{half}]")) for half in halves
            )
        except (ValueError, SyntaxError):
            continue
        return before, now
    return [], []


def _alike(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return bool(set(old) & set(new))
    return type(old) is type(new) and _is_digest(old) == _is_digest(new)


def _change(keys: Mapping[str, str], key: str, old: Any, new: Any) -> str:
    what = keys.get(key, f"{key} changed")
    if key == "scene" and isinstance(old, Mapping) and isinstance(new, Mapping):
        before, now = (half.get("visual_content") or {} for half in (old, new))
        fields = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        return f"{what} ({', '.join(fields)})" if fields else what
    values = (old, new)
    if key == "digest" or any(isinstance(value, Mapping | list | tuple) or value is None for value in values):
        return what
    return f"{what}: {_shown(old)} → {_shown(new)}"


def _value_change(old: Any, new: Any) -> str:
    """What has no name: a digest, a version of a stage (such as 3.1), or a setting."""
    if _is_digest(new):
        return "a file that it uses changed"
    if isinstance(new, str) and re.fullmatch(r"\d+(\.\d+)+", new):
        return f"this video-gen makes it in another way ({old} → {new})"
    what = "a setting or version" if isinstance(new, int) else "a setting"
    return f"{what} changed: {_shown(old)} → {_shown(new)}"


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"“{text}”" if isinstance(value, str) else text
