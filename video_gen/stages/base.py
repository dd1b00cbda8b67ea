"""The base class of a stage, and what it says of itself."""

import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, ClassVar

from video_gen.pipeline.state import StageResult
from video_gen.stages.context import StageContext


class Stage:
    """A step of one's own in the making of a video. A subclass gives `name`, `output` and `run`, and what else it needs.

    name: of the rule and of its log; letters, digits and `_`.
    input, output: name → pattern of a file, with `{video}`, and with `{scene}` for one job a scene. The inputs of a stage that
    runs once a video may have `{scene}`: it gets the files of all scenes, in order. An input without `{video}` is a file of
    your own.
    params: plain values; when one changes, the stage runs again, as it does when the file of its class changes.
    version: a number or text to change when something else changes what the stage makes.
    message: what it does, in a few words, for the progress line.
    programs, modules: what must be installed → how to get it.
    retries: how often a failed job is tried again. threads: cores that it uses. resources: as in a Snakemake rule.
    """

    name: ClassVar[str]
    input: ClassVar[Mapping[str, str]] = {}
    output: ClassVar[Mapping[str, str]]
    params: ClassVar[Mapping[str, Any]] = {}
    version: ClassVar[int | str] = 1
    message: ClassVar[str] = ""
    programs: ClassVar[Mapping[str, str]] = {}
    modules: ClassVar[Mapping[str, str]] = {}
    retries: ClassVar[int] = 0
    threads: ClassVar[int] = 1
    resources: ClassVar[Mapping[str, int | str]] = {}

    def run(self, context: StageContext) -> StageResult | None:
        """Write every file of `context.output`.

        Fail by an exception, best a StageError whose message says what helps, or by a result with the status `failed`. A result
        without a status, or none at all, is a success; its metadata go to the log and to the events.
        """
        raise NotImplementedError

    def needs(self) -> list[str]:
        """Return what is lacking on this machine, each with its remedy; asked before anything runs."""
        programs = [
            f"the program {name} is not installed. {how}"
            for name, how in self.programs.items()
            if not shutil.which(name)
        ]
        modules = [
            f"the Python module {name} is not installed. {how}"
            for name, how in self.modules.items()
            if not _found(name)
        ]
        return programs + modules

    @classmethod
    def is_per_scene(cls) -> bool:
        """Return whether it runs once a scene and not once a video."""
        return any("{scene}" in pattern for pattern in cls.output.values())


def _found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it would be part of
        return False
