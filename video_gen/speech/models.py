"""Model files and packages that the user brings: found, or missed with the way to get them."""

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from video_gen.errors import EngineError


def need_package(engine: str, module: str) -> None:
    """Raise EngineError, with the command that installs it, if an engine's package is not there."""
    if find_spec(module) is None:
        raise EngineError(
            f"{engine}: is not installed. Run `pip install 'video-gen[{engine}]'` or choose another engine (`engine: auto`)."
        )


def need_file(engine: str, setting: str, path: str | None, what: str) -> Path:
    """Return the path of a model file. Raises EngineError, with the setting that names it, if it is not there.

    setting: its name under `narration: models:`. what: for example "the .onnx file of a Piper voice".
    """
    where = f"`narration: {{models: {{{engine}: {{{setting}: PATH}}}}}}`"
    if not path:
        raise EngineError(f"{engine}: needs {what}. Set {where}, or choose another engine (`engine: auto`).")
    file = Path(path).expanduser()
    if not file.is_file():
        raise EngineError(f"{engine}: there is no file {path}, which should be {what}. Mend {where}.")
    return file


def fingerprint(path: Path) -> str:
    """Return the first digits of the SHA-256 of a file's content."""
    status = path.stat()
    return _fingerprint(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _fingerprint(path: Path, mtime: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
