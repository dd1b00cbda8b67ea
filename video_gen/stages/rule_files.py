"""What is wrong with a rule file of the user's: where it stands, in the lines of the file and not of what is made of it."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from tokenize import TokenError

from video_gen.errors import ConfigError

_SAID = {
    "EOF in multi-line statement": "a bracket is opened and not closed",
    "EOF in multi-line string": "a text in quotes is not closed",
}


def fault(error: Exception, path: str | Path, lines: Mapping[str, Mapping[int, int]]) -> ConfigError:
    """Return what to tell the user of an error that reading the rule file `path` raised.

    lines: of each file that was read, the line of the file by that of the Python text made of it.
    """
    file, line = _place(error, str(path), lines)
    shown = Path(file).relative_to(Path.cwd()) if Path(file).is_relative_to(Path.cwd()) else file
    place = f"{shown}, line {line}" if line else str(shown)
    return ConfigError(f"rules: {place}: {_words(error)}. Mend it there.")


def _place(error: Exception, path: str, lines: Mapping[str, Mapping[int, int]]) -> tuple[str, int | None]:
    if isinstance(error, TokenError):
        return path, None  # it tells where the file ends
    if isinstance(error, SyntaxError):
        file, line = error.filename or path, error.lineno
        if error.offset is None:  # of Snakemake's own reader, which counts the lines of the file
            return file, None if str(error.msg) in _SAID else line
        return file, _mapped(lines, file, line)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == path or (frame.filename in lines and Path(frame.filename).parent == Path(path).parent):
            return frame.filename, _mapped(lines, frame.filename, frame.lineno)
    return path, _mapped(lines, path, getattr(error, "lineno", None))


def _mapped(lines: Mapping[str, Mapping[int, int]], file: str, line: int | None) -> int | None:
    return lines.get(file, {}).get(line or 0, line)


def _words(error: Exception) -> str:
    text = str(error.args[0] if isinstance(error, TokenError) else getattr(error, "msg", None) or error)
    text = _SAID.get(text, text)
    name = type(error).__name__
    of_the_file = isinstance(error, SyntaxError | TokenError) or name == "WorkflowError" or name.endswith("Exception")
    return f"{'' if of_the_file else name}: {text}".strip(": ").partition("\n")[0].rstrip(". ")
