"""Patterns of files: texts with `{video}` and `{scene}`."""

import keyword
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from video_gen.errors import ConfigError
from video_gen.schema import suggest

WILDCARDS = ("video", "scene")
_ANY = re.compile(r"\{([^{}]*)\}")
_RESERVED = frozenset(dir(list)) | {"get", "keys", "items", "values"}


def wildcards(pattern: str) -> list[str]:
    """Return what stands between braces in a pattern."""
    return _ANY.findall(pattern)


def check(use: str, inputs: object, outputs: object) -> None:
    """Raise ConfigError unless the patterns of the stage `use` can be those of a rule."""
    _check_map(f"stages: {use}: input", inputs, "{'video': 'output/videos/{video}.mp4'}")
    given = _check_map(f"stages: {use}: output", outputs, "{'teaser': 'output/teasers/{video}.gif'}")
    if not given:
        raise ConfigError(f"stages: {use}: output is empty. Name at least one file to make.")
    for pattern in given.values():
        _check_output(f"stages: {use}: output {pattern!r}", pattern)
    if len({frozenset(wildcards(pattern)) for pattern in given.values()}) > 1:
        raise ConfigError(f"stages: {use}: either all outputs have {{scene}} or none. Make two stages of it.")


def sample(pattern: str) -> str:
    """Return a path that a pattern stands for."""
    return pattern.replace("{video}", "video").replace("{scene}", "scene")


def _check_map(where: str, given: object, example: str) -> Mapping[str, str]:
    if not isinstance(given, Mapping) or not all(isinstance(text, str) for pair in given.items() for text in pair):
        raise ConfigError(f"{where}: must be a map of names to patterns, such as {example}.")
    for name, pattern in given.items():
        _check_name(f"{where} {name!r}", name)
        _check_wildcards(f"{where} {pattern!r}", pattern)
    return given


def _check_name(where: str, name: str) -> None:
    if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED or name.startswith("_"):
        raise ConfigError(f"{where} cannot be a name here. Take another word of letters, digits and _.")


def _check_wildcards(where: str, pattern: str) -> None:
    if not pattern.strip() or pattern != pattern.strip() or set(_ANY.sub("", pattern)) & set("{}\n"):
        raise ConfigError(f"{where}: is no pattern of a path. Each {{ needs its }}, with video or scene between.")
    for name in wildcards(pattern):
        if name not in WILDCARDS:
            raise ConfigError(f"{where}: has the unknown wildcard {{{name}}}. {suggest(name, WILDCARDS)}")


def _check_output(where: str, pattern: str) -> None:
    path = PurePosixPath(pattern)
    if "video" not in wildcards(pattern):
        raise ConfigError(f"{where}: has no {{video}}, so all videos would write one file. Write it into the pattern.")
    if path.is_absolute() or ".." in path.parts or path.parts[0] in ("inputs", ".snakemake", "~"):
        raise ConfigError(f"{where}: must lie in this folder and not among the sources. Put it below output/.")
