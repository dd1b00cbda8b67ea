"""The classes that the setting `stages` names: found, and checked before anything runs."""

import importlib
import inspect
import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from video_gen.errors import ConfigError
from video_gen.files import digest
from video_gen.schema import suggest
from video_gen.stages import patterns
from video_gen.stages.base import Stage

StageClass = type[Stage]


def load_all(uses: Iterable[str]) -> dict[str, StageClass]:
    """Return the stages by `module:Class`, checked, in their order.

    Raises ConfigError for what cannot be used, and for what a stage lacks on this machine.
    """
    stages = {use: load(use) for use in uses}
    names: dict[str, str] = {}
    for use, stage in stages.items():
        if stage.name in names:
            raise ConfigError(
                f"stages: {names[stage.name]} and {use} are both called {stage.name!r}. Change the `name` of one of them."
            )
        names[stage.name] = use
    return stages


def load(use: str) -> StageClass:
    """Return the class of `module:Class`. Its module is looked for in the working directory and where Python finds modules.

    Raises ConfigError if it cannot be used.
    """
    module_name, _, class_name = use.partition(":")
    module = _module(module_name, use)
    stage = getattr(module, class_name, None)
    file = getattr(module, "__file__", None) or module_name
    if stage is None:
        known = [name for name, value in vars(module).items() if _is_stage(value)]
        hint = suggest(class_name, known) if known else "It has no subclass of video_gen.stages.Stage."
        raise ConfigError(f"stages: {use}: there is no class {class_name!r} in {file}. {hint}")
    if not _is_stage(stage):
        raise ConfigError(
            f"stages: {use}: {class_name} in {file} is no subclass of video_gen.stages.Stage. Make it one."
        )
    _check(use, stage)
    return stage


def lacking(stages: Mapping[str, StageClass]) -> list[str]:
    """Return what the stages need and this machine lacks, one message each."""
    return [f"stages: {use}: {lack}" for use, stage in stages.items() for lack in stage().needs()]


def source_digest(stage: StageClass) -> str:
    """Return the SHA-256 of the files that define a class and the classes of the user's that it builds on."""
    own = [parent for parent in stage.__mro__ if issubclass(parent, Stage) and parent is not Stage]
    return digest(sorted({inspect.getfile(parent) for parent in own}))


def _is_stage(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Stage) and value is not Stage


def _module(name: str, use: str) -> object:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)  # at the end: a file of the user's must not hide a module that Snakemake itself imports
    importlib.invalidate_caches()
    try:
        with _no_bytecode():
            module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ConfigError(f"stages: {use}: {_not_found(name, error.name or name)}") from error
    except (Exception, SystemExit) as error:  # the module is the user's, and may raise anything
        raise ConfigError(
            f"stages: {use}: {name}{_line(error, name)} cannot be imported ({error!r}). Mend it."
        ) from error
    _is_not_hidden(name, use)
    return module


def _not_found(name: str, missing: str) -> str:
    if name == missing or name.startswith(f"{missing}."):
        return (
            f"there is no module {name!r} in {Path.cwd()}, nor among the installed ones. Check the name, or install it."
        )
    return f"{name} imports {missing!r}, which is not installed. Install it, or import it inside of run()."


def _line(error: BaseException, name: str) -> str:
    """The last line of the user's own module in the traceback."""
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if f"/{name.replace('.', '/')}" in frame.filename]
    return f", line {lines[-1]}" if lines else ""


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """No cache files in the user's folder, and none that hides an edit made within the same second."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _is_not_hidden(name: str, use: str) -> None:
    """Raise ConfigError if the user has a module of that name and Python took another one. Either may be a link."""
    top = name.partition(".")[0]
    own = Path.cwd() / top
    place = getattr(sys.modules[top], "__file__", None)
    hidden = [path for path in (own.with_suffix(".py"), own / "__init__.py") if path.is_file()]
    if hidden and not any(place and Path(place).exists() and path.samefile(place) for path in hidden):
        raise ConfigError(
            f"stages: {use}: {hidden[0]} is hidden by an installed module of that name. Give it another name."
        )


def _check(use: str, stage: StageClass) -> None:
    if not isinstance(getattr(stage, "name", None), str) or not stage.name.isidentifier():
        raise ConfigError(f"stages: {use}: needs a `name` of letters, digits and _, such as name = 'teaser'.")
    if stage.run is Stage.run:
        raise ConfigError(f"stages: {use}: has no method run(self, context). Write it.")
    patterns.check(use, stage.input, stage.output)
    try:
        json.dumps(stage.params, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ConfigError(
            f"stages: {use}: params must be plain values: texts, numbers, lists and maps ({error})."
        ) from error
    for key in ("threads", "retries"):
        if not isinstance(getattr(stage, key), int) or getattr(stage, key) < (key == "threads"):
            raise ConfigError(f"stages: {use}: `{key}` must be a whole number, not {getattr(stage, key)!r}.")
