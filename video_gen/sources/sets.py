"""Sets: several videos in one YAML file, or a folder with `set_config.yaml` beside one YAML a video."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from video_gen import schema
from video_gen.errors import InputError
from video_gen.names import WILDCARD, video_name
from video_gen.sources import video_yaml, yaml12
from video_gen.sources.yaml12 import Mapping

FOLDER_FILE = "set_config.yaml"
_SET_KEY = re.compile(rb"""^["']?(videos|set_id|set)["']?[ \t]*:""", re.MULTILINE)


@dataclass(frozen=True)
class Member:
    """One video of a set: its document (None: all of its file), the file it stands in, and what the set says of it."""

    document: Any
    file: str
    defaults: dict = field(default_factory=dict)
    overrides: dict = field(default_factory=dict)


def may_be_set(path: str | Path) -> bool:
    """Return whether a YAML file has a key of a set at its top level; cheap, since every start asks it of every file."""
    try:
        return bool(_SET_KEY.search(Path(path).read_bytes()))
    except OSError:  # told when its video is made, so that one file stops no others
        return False


def members(path: str | Path) -> dict[str, Member]:
    """Return the videos of a set by name, in order.

    In one file a video's name is its id. In a folder it is the name of its file, after the prefix and number (01, 02, … by
    ascending priority, then by place) that `naming` asks for. Raises InputError.
    """
    path = Path(path)
    document = yaml12.load(path)
    if not isinstance(document, dict):
        raise InputError(f"{path}: holds no set. Write `set_id:`, `name:` and `videos:` there.")
    described = _described(document, str(path))
    found: dict[str, Member] = {}
    listed = _from_folder if path.name == FOLDER_FILE else _from_file
    for name, member in listed(described, path):
        if not re.fullmatch(WILDCARD, name):
            raise InputError(f"{path}: the video id {name!r} cannot be a file name. Use letters, digits, _ and - only.")
        if name in found:
            raise InputError(f"{path}: two videos of the set are called {name!r}. Give each its own id.")
        found[name] = member
    return found


def video(member: Member) -> dict:
    """Return a member as a normalised, checked video: set defaults below it, overrides above it."""
    document = yaml12.load(member.file) if member.document is None else member.document
    result = video_yaml.normalise(document, member.file)
    for key in ("accent_color", "voice", "target_duration"):
        if key in member.defaults:
            result.setdefault(key, member.defaults[key])
    for key in ("min", "max"):
        if f"{key}_scene_duration" in member.defaults:
            for scene in result["scenes"]:
                scene.setdefault(f"{key}_duration", member.defaults[f"{key}_scene_duration"])
    result = merged(result, member.overrides)
    video_yaml.check(result, member.file)
    return result


def merged(below: dict, above: dict) -> dict:
    """Return a deep merge: maps recurse, lists concatenate, other values of `above` win."""
    result = Mapping(below, line=getattr(below, "line", None), lines=getattr(below, "lines", {}))
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = merged(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            result[key] = [*old, *value]
        else:
            result[key] = value
    return result


def _described(document: dict, where: str) -> dict:
    inner = document.get("set")
    both = (
        {**{key: value for key, value in document.items() if key != "set"}, **inner}
        if isinstance(inner, dict)
        else document
    )
    described = {"id" if key == "set_id" else key: value for key, value in both.items() if value is not None}
    schema.check(
        described,
        "set",
        where,
        InputError,
        lambda path: getattr(inner or document, "lines", {}).get(path[0]) if path else None,
    )
    return described


def _from_file(described: dict, path: Path) -> list[tuple[str, Member]]:
    found = []
    for document in described["videos"]:
        inner = document.get("video") if isinstance(document.get("video"), dict) else document
        name = inner.get("video_id", inner.get("id"))
        if not isinstance(name, str):
            line = f", line {document.line}" if getattr(document, "line", None) else ""
            raise InputError(f"{path}{line}: a video of the set has no id. Write `id: a_name` there.")
        found.append((name, Member(document, str(path), defaults=described.get("defaults", {}))))
    return found


def _from_folder(described: dict, path: Path) -> list[tuple[str, Member]]:
    naming, entries = described.get("naming", {}), described["videos"]
    for index, entry in enumerate(entries):
        schema.check(entry, "set#member", f"{path}: videos[{index}]", InputError)
    entries = sorted(entries, key=lambda entry: entry.get("priority", 0))
    found = []
    for number, entry in enumerate(entries, 1):
        file = path.parent / entry["file"]
        if not file.resolve().is_relative_to(path.parent.resolve()):
            raise InputError(f"{path}: {entry['file']!r} lies outside of the set's folder. Move the file into it.")
        parts = [naming.get("prefix", ""), f"{number:02d}" if naming.get("use_numbers") else "", video_name(file.stem)]
        name = naming.get("separator", "_").join(part for part in parts if part)
        member = Member(None, str(file), described.get("defaults", {}), entry.get("overrides", {}))
        found.append((name, member))
    return found
