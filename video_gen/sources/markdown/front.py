"""Front matter: what the author of a document says about its video."""

import re
from datetime import date, datetime
from typing import Any

import yaml

from video_gen.script.narration import STYLES

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?$")
_LENGTHS = {"title": 500, "description": 5_000, "accent_color": 20, "voice": 100}
MAX_DURATION = 36_000


def read(text: str, file: str) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the known fields of the front matter and warnings of values that cannot be used.

    The fields are None where the text is no mapping and so no front matter at all.
    """
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, [f"{file}, line 1: the front matter is not valid YAML and is taken as text."]
    if found is None:
        return {}, []
    if not isinstance(found, dict):
        return None, []
    fields: dict[str, Any] = {}
    warnings = []
    for name, value in found.items():
        if name in ("language", "style", "target_duration", *_LENGTHS) and value not in (None, ""):
            usable = _usable(name, value)
            if usable is None:
                warnings.append(f"{file}, front matter: {name} {value!r} cannot be used and is ignored.")
            else:
                fields[name] = usable
    return fields, warnings


def _usable(name: str, value: Any) -> Any:
    if name == "target_duration":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if number and 0 < value <= MAX_DURATION else None
    if isinstance(value, int | float | date | datetime) and name in ("title", "description") and value is not True:
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return None
    text = " ".join(value.split())
    if name == "language":
        return text if _LANGUAGE.match(text) else None
    if name == "style":
        return text if text in STYLES else None
    return text if len(text) <= _LENGTHS[name] else None
