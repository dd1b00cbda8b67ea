"""Documents held against the JSON Schemas in `schemas/`, with messages a person can act on."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from video_gen.errors import VideoGenError
from video_gen.paths import workflow_dir

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

Path = tuple[str | int, ...]
MOST = 20


@cache
def load(name: str) -> dict:
    """Return a schema of `schemas/` by its name, for example `video`."""
    return json.loads((workflow_dir() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # slow to import, and not every job checks a document

    file, _, part = name.partition("#")
    return Draft202012Validator({"$defs": load(file)["$defs"], "$ref": f"#/$defs/{part}"} if part else load(file))


def check(
    document: Any,
    name: str,
    where: str,
    error: type[VideoGenError],
    line_of: Callable[[Path], int | None] = lambda path: None,
) -> None:
    """Raise `error` if the document does not fit the schema `name`, or its definition `name#definition`.

    The message names the file (`where`), the line if `line_of` knows it for a path, the place in the document and what would
    be right; up to MOST problems, one a line.
    """
    problems = sorted(
        _leaves(_validator(name).iter_errors(document)), key=lambda problem: _sortable(problem.absolute_path)
    )
    if not problems:
        return
    lines = dict.fromkeys(line for problem in problems for line in _describe(problem, where, line_of).split("\n"))
    shown = list(lines)[:MOST]
    if len(lines) > MOST:
        shown.append(f"… and {len(lines) - MOST} more.")
    raise error("\n".join(shown))


def _sortable(path: Iterable[str | int]) -> list[str]:
    return [f"{part:09d}" if isinstance(part, int) else part for part in path]


def _leaves(problems: Iterable[ValidationError]) -> Iterable[ValidationError]:
    for problem in problems:
        yield from _leaves(problem.context) if problem.validator == "allOf" and problem.context else [problem]


def _describe(problem: ValidationError, where: str, line_of: Callable[[Path], int | None]) -> str:
    path = tuple(problem.absolute_path)
    texts = list(_unknown_keys(problem)) if problem.validator == "additionalProperties" else [(path, _text(problem))]
    return "\n".join(_sentence(where, at, line_of(at), text) for at, text in texts)


def _sentence(where: str, path: Path, line: int | None, text: str) -> str:
    place = f"{where}, line {line}" if line else where
    return f"{place}: {dotted(path)}{text}" if path else f"{place}: {text.lstrip(': ')}"


def _unknown_keys(problem: ValidationError) -> Iterable[tuple[Path, str]]:
    instance, _, rule = _parts(problem)
    known = sorted(rule.get("properties", {}))
    for key in instance:
        if key not in known:
            yield (*problem.absolute_path, key), f" is an unknown key. {suggest(str(key), known)}"


def _text(problem: ValidationError) -> str:
    value, limit, rule = _parts(problem)
    shown = _shown(value)
    match problem.validator:
        case "required":
            missing = re.match(r"'(.*)' is a required", problem.message)
            return f": the key {missing[1] if missing else ''!r} is missing. Add it."
        case "type":
            wanted = limit if isinstance(limit, str) else " or ".join(limit)
            return f" is {shown}, but should be of type {_TYPES.get(wanted, wanted)}.{_quote_hint(value, wanted)}"
        case "enum":
            known = [str(item) for item in limit]
            return f" is {shown}, which is unknown. {suggest(str(value), known)}"
        case "minLength" | "minItems":
            return f" is empty or too short. Give at least {limit}."
        case "maxLength":
            return f" has {len(value):,} characters; at most {limit:,} are allowed. Shorten it."
        case "maxItems":
            return f" has {len(value)} items; at most {limit} are allowed. Split it up."
        case "minimum" | "exclusiveMinimum" | "maximum":
            return f" is {shown}; it must be {_BOUNDS[problem.validator]} {limit}."
        case "uniqueItems":
            return " has the same item twice. Each must differ from the others."
        case "pattern":
            return f" is {shown}, which does not fit. {rule.get('description', f'It must match {limit}.')}"
        case "oneOf" | "anyOf":
            return f" is {shown}, which fits none of the forms allowed here. {_forms(problem)}"
    return f": {problem.message}"


def _parts(problem: ValidationError) -> tuple[Any, Any, Any]:
    return problem.instance, problem.validator_value, problem.schema


_TYPES = {
    "object": "map (key: value)",
    "array": "list (- item)",
    "string": "text",
    "number": "number",
    "integer": "whole number",
}
_BOUNDS = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}


def _forms(problem: ValidationError) -> str:
    by_form: dict[int, list[ValidationError]] = {}
    for child in problem.context or []:
        by_form.setdefault(int(child.relative_schema_path[0]), []).append(child)
    texts = []
    for children in by_form.values():
        first = children[0]
        if first.validator == "additionalProperties":
            texts += [f"{dotted(path[-1:])}{text}" for path, text in _unknown_keys(first)]
        else:
            texts.append(f"{dotted(tuple(first.relative_path)) or 'It'}{_text(first)}")
    return " Or: ".join(dict.fromkeys(texts))


def _quote_hint(value: Any, wanted: str) -> str:
    return " Put quotes around it." if "string" in wanted and isinstance(value, bool | int | float) else ""


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict | list):
        return "a map" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest known name and the list of all."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    start = f"Did you mean {near[0]!r}? " if near else ""
    return f"{start}Known: {', '.join(known)}."


def dotted(path: Path) -> str:
    """Return a path in a document as people write it: `scenes[2].title` (items counted from 0)."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
