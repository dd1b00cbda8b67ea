"""Numbers along a track of any length, read by parts: as much memory for an hour as for a minute."""

import tempfile
from typing import Protocol

import numpy as np


class Curve(Protocol):
    """A gain over time: one value at each edge of the hops of a track, linear in between."""

    def part(self, first: int, last: int) -> np.ndarray:
        """Return the values from edge `first` to before edge `last`, float32 of shape (last - first,)."""
        ...


class Spool:
    """A float32 number for each hop, kept in a file without a name that goes with this object."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, values: np.ndarray) -> None:
        """Add numbers at the end."""
        self._file.seek(4 * self._count)
        self._file.write(values.astype(np.float32).tobytes())
        self._count += len(values)

    def part(self, first: int, last: int) -> np.ndarray:
        """Return the numbers from place `first` to before `last`, shape (n,); less where there are no more."""
        self._file.seek(4 * first)
        return np.frombuffer(self._file.read(4 * max(0, min(last, self._count) - first)), np.float32)
