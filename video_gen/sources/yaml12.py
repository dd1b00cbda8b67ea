"""YAML 1.2 as people expect it: `no` is a word, `12:30` is text, a duplicate key is an error, lines are kept."""

import math
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, ClassVar

import yaml

from video_gen.errors import InputError
from video_gen.files import read_text

MAX_BYTES = 10_000_000
MAX_DEPTH = 50
MAX_NODES = 500_000


class Mapping(dict):
    """A dict that knows the line (from 1) of each of its keys and of its own start."""

    def __init__(self, *args: Any, line: int | None = None, lines: dict | None = None):
        super().__init__(*args)
        self.line = line
        self.lines = lines or {}


class Sequence(list):
    """A list that knows the line (from 1) of each of its items."""

    def __init__(self, *args: Any, lines: list[int] | None = None):
        super().__init__(*args)
        self.lines = lines or []


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with the scalars of the 1.2 core schema."""

    yaml_implicit_resolvers: ClassVar[dict] = {}


_SCALARS = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
}
for _tag, (_pattern, _first) in _SCALARS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
_PLAIN_TEXT = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _SCALARS.values()))


def _integer(loader: Any, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    if text.startswith(("0o", "0x")):
        return int(text, 0)
    return int(text)


def _mapping(loader: Any, node: yaml.MappingNode) -> Any:
    result = Mapping(line=node.start_mark.line + 1)
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, Hashable):
            raise yaml.YAMLError(f"line {line}: a list or a map cannot be a key")
        if key in result:
            raise yaml.YAMLError(f"line {line}: the key {key!r} is given twice (first in line {result.lines[key]})")
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = line


def _sequence(loader: Any, node: yaml.SequenceNode) -> Any:
    result = Sequence(lines=[item.start_mark.line + 1 for item in node.value])
    yield result
    result.extend(loader.construct_object(item, deep=True) for item in node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def parse(text: str, path: str | Path) -> Any:
    """Return the value of one YAML document; maps and lists are `Mapping` and `Sequence`.

    Raises InputError that names the file, the line and what is wrong.
    """
    if len(text.encode()) > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES // 1_000_000} MB. Split it into several files.")
    try:
        value = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
        _measure(value)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InputError(
            f"{path}{place}: is not valid YAML: {error.problem or error.context}. {_hint(text, mark)}"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{path}: cannot be used as YAML: {' '.join(str(error).split())}. Mend it there.") from error
    return value


def _measure(value: Any) -> None:
    """Refuse what explodes when its aliases are written out, or recursion could not walk."""
    stack, nodes = [(value, 0)], 0
    while stack:
        item, depth = stack.pop()
        nodes += 1
        if isinstance(item, float) and not math.isfinite(item):
            raise yaml.YAMLError(f"it holds {item}, which is no number to count with")
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise yaml.YAMLError(f"it nests deeper than {MAX_DEPTH} levels or expands to over {MAX_NODES:,} values")
        children = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        stack.extend((child, depth + 1) for child in children)


def load(path: str | Path) -> Any:
    """Read and parse a YAML file, as `parse` does."""
    return parse(read_text(path), path)


def line_at(document: Any, path: Iterable[str | int]) -> int | None:
    """Return the line of the deepest part of a path in a parsed document that is known."""
    line, at = getattr(document, "line", None), document
    for part in path:
        lines = getattr(at, "lines", None)
        if isinstance(lines, dict):
            line = lines.get(part) or line
        elif isinstance(lines, list) and isinstance(part, int) and part < len(lines):
            line = lines[part]
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            break
        line = getattr(at, "line", None) or line
    return line


def _hint(text: str, mark: Any) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "Indent with blanks, not with tabs."
    if re.search(r":\s.*:\s", line):
        return "Put quotes around a text that holds a colon."
    return "Check the indentation, quotes and brackets there."


class _Dumper(yaml.SafeDumper):
    """Quotes the words that YAML 1.1 would misread (the dumper's own rules) and those that 1.2 would."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None
    if re.search(r"[\x85\u2028\u2029\ufeff]", value):
        style = '"'
    elif _PLAIN_TEXT.fullmatch(value):
        style = "'"
    elif "\n" in value and not re.search(r"[ \t]\n", value):
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Mapping, lambda dumper, value: dumper.represent_dict(dict(value)))
_Dumper.add_representer(Sequence, lambda dumper, value: dumper.represent_list(list(value)))


def dump(value: Any) -> str:
    """Return YAML text that a person can read, keys in the given order."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
