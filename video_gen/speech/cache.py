"""What was spoken once is not spoken again: a folder of entries by the content that they were made from."""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from video_gen import versions
from video_gen.speech.model import Piece

try:
    import fcntl
except ImportError:  # Windows: two jobs may speak the same words at the same time, and the later one keeps its own
    fcntl = None  # type: ignore[assignment]

MAX_BYTES = 500_000_000
SUFFIX = ".speech"
STALE = 3600.0  # seconds after which a half-written entry has nobody left who writes it


@dataclass(frozen=True)
class Entry:
    """An MP3 and what is known of it, without any text: {"engine", "duration", "exact", "spans": [[start, end], …]}."""

    mp3: bytes
    words: dict[str, Any]


def default_folder() -> Path:
    """Return the user's folder for it: ~/.cache/video-gen/speech, or below XDG_CACHE_HOME."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "video-gen" / "speech"


def key(pieces: Sequence[Piece], *, voice: str, language: str, engine: str, identity: str) -> str:
    """Return the SHA-256 of all that the sound depends on: the words as they are said, the pauses, and who says them.

    identity: of `Engine.identity`, so another version of an engine or another model is another entry.
    """
    said = [[piece.spoken, piece.pause] for piece in pieces]
    content = json.dumps([versions.SPEAK_SCENE, engine, identity, voice, language, said])
    return hashlib.sha256(content.encode()).hexdigest()


class Cache:
    """Entries in a folder, several processes at once; a folder that cannot be used is as good as an empty one.

    max_bytes: what all entries together may take; the least recently used go first.
    """

    def __init__(self, folder: str | Path, max_bytes: int = MAX_BYTES):
        self.folder = Path(folder).expanduser()
        self.max_bytes = max_bytes

    def get(self, key: str) -> Entry | None:
        """Return an entry and note its use; a broken one is dropped."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        entry = _unpacked(data)
        with contextlib.suppress(OSError):
            if entry:
                os.utime(path)
            else:
                path.unlink()
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry: it is there whole or not at all."""
        data = _packed(entry)
        if len(data) > self.max_bytes:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(part, self._path(key))
            finally:
                Path(part).unlink(missing_ok=True)
            self._shrink()

    @contextlib.contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Let one process at a time speak what has this key; the others wait, and then find the entry."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                # One of 256 files by the key's first digits: they stay, as nobody can tell when one is no longer waited for.
                lock = stack.enter_context((self.folder / f".{key[:2]}.lock").open("ab"))
                if fcntl:
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"

    def _shrink(self) -> None:
        """Drop the least recently used entries until the rest fits, and what a killed process left."""
        entries: list[tuple[float, int, Path]] = []
        for path in self.folder.iterdir():
            with contextlib.suppress(OSError):  # another process may have dropped it
                status = path.stat()
                if path.suffix == SUFFIX:
                    entries.append((status.st_mtime, status.st_size, path))
                elif path.suffix == ".part" and status.st_mtime < time.time() - STALE:
                    path.unlink()
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.max_bytes:
                break
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size


def _packed(entry: Entry) -> bytes:
    """A line with the SHA-256 of the rest, a line of JSON, the MP3."""
    rest = json.dumps(entry.words).encode() + b"\n" + entry.mp3
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _unpacked(data: bytes) -> Entry | None:
    digest, _, rest = data.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        return None
    words, _, mp3 = rest.partition(b"\n")
    return Entry(mp3, json.loads(words))
