"""`themes`: their names, whether they are light or dark, and what their files say of themselves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from video_gen.errors import ConfigError
from video_gen.scenes import theme, theme_files


@dataclass(frozen=True)
class Look:
    """A theme. look: `dark` or `light`, or `broken`; about: the first lines of its file, or what is wrong with it."""

    name: str
    look: str
    about: str
    file: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def listing() -> Sequence[Look]:
    """Return the themes that can be named here."""
    return [_look(name, path) for name, path in theme_files.known().items()]


def _look(name: str, path: Path) -> Look:
    try:
        look = "dark" if theme.load(name).dark else "light"
    except ConfigError as error:
        return Look(name, "broken", str(error), str(path))
    return Look(name, look, _about(path), str(path))


def _about(path: Path) -> str:
    """The comment that a theme's file begins with, up to an empty line."""
    lines = takewhile(lambda line: line.startswith("# "), path.read_text("utf-8").splitlines())
    return " ".join(line[2:].strip() for line in lines)
