"""Reading and writing artifacts so that no half-written file ever stands under a final name."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from video_gen.errors import InputError


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path`, on any error it is removed.

    The temporary name keeps the suffix of `path`, since encoders choose the container by it.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(path)  # nobody else knows the temporary name
        raise
    finally:
        part.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends, whole or not at all."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: str | Path, value: Any) -> None:
    """Write JSON that a person can read and edit: indented, keys in the given order, no escapes."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def read_text(path: str | Path) -> str:
    """Return a UTF-8 text file (a byte order mark is dropped).

    Raises InputError if the file is missing, cannot be read or is not text.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name and the permissions.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text (byte {error.start} does not fit). Save it as UTF-8.") from error
    if "\0" in text:
        raise InputError(f"{path}: is not text (it holds zero bytes). Give a text file saved as UTF-8.")
    return text


def read_json(path: str | Path) -> Any:
    """Return the value of a JSON file. Raises InputError that names the line of a syntax error."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path}, line {error.lineno}: is not valid JSON ({error.msg}). Mend it or delete the file."
        ) from error


def digest(paths: Iterable[str | Path]) -> str:
    """Return the SHA-256 of the files' contents; a missing file counts as empty, one that cannot be read by its date and size.

    Of that the job tells which reads it.
    """
    return _digest(tuple((str(path), _state(Path(path))) for path in paths))


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes with a file's content, empty for a missing file."""
    if not path.is_file():
        return ()
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@lru_cache(maxsize=10_000)  # Snakemake asks for the same films and pictures many times over
def _digest(files: tuple[tuple[str, tuple[int, ...]], ...]) -> str:
    sha = hashlib.sha256()
    for path, state in files:
        if state:
            try:
                with Path(path).open("rb") as file:
                    while block := file.read(1 << 20):
                        sha.update(block)
            except OSError as error:
                sha.update(f"{error.errno} {state}".encode())
        sha.update(b"\0")
    return sha.hexdigest()
