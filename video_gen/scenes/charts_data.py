"""What a chart shows: labels and series of numbers, from the scene itself or from a CSV file."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import floor, isfinite, log10
from typing import Any

from video_gen.errors import InputError
from video_gen.files import read_text

MOST_LABELS = 24
MOST_POINTS = 400
MOST_SERIES = 8
MOST_CHARACTERS = 100
_MOST_BYTES = 2_000_000
_MOST_DECIMALS = 2


@dataclass(frozen=True)
class Series:
    """Numbers, one a label. name: "" where there is only one series and nobody named it."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Data:
    """Labels with the values of each series.

    labels: 1 to 24 texts, to 400 for a line from a file. series: 1 to 8. decimals: as many as all values have, at most two where
    none is small.
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def values(self) -> list[float]:
        return [value for series in self.series for value in series.values]

    @property
    def decimals(self) -> int:
        largest = max(map(abs, self.values))
        # Of shares of a hundredth and less, the first three digits tell them apart.
        most = _MOST_DECIMALS if largest >= 0.1 or not largest else min(9, _MOST_DECIMALS - floor(log10(largest)))
        return max(decimals_of(value, most) for value in self.values)


def read(content: Mapping[str, Any]) -> Data:
    """Return the data of a chart scene: of `csv`, else `data`, else `values`.

    Raises InputError for a file that is missing or not what the scene says, series of different lengths, numbers that
    cannot be drawn, and for more labels or series than a picture can hold.
    """
    most = MOST_LABELS
    if "csv" in content:
        most = MOST_POINTS if content.get("kind") == "line" else MOST_LABELS
        data = _from_csv(content["csv"], str(content.get("x", "")), content.get("y", ""), most)
    elif "data" in content:
        given = content["data"]
        series = [Series(str(s.get("name", "")), tuple(map(float, s["values"]))) for s in given["series"]]
        data = Data(tuple(map(str, given["labels"])), tuple(series))
    else:
        values = content.get("values", {})
        data = Data(tuple(map(str, values)), (Series("", tuple(map(float, values.values()))),))
    return _checked(data, content.get("csv", "chart"), most)


def decimals_of(value: float, most: int = _MOST_DECIMALS) -> int:
    """Return how many decimals a number has, at most `most`."""
    text = f"{value:.{most}f}".rstrip("0")
    return len(text.partition(".")[2])


def _checked(data: Data, place: str, most: int) -> Data:
    count = len(data.labels)
    if not 1 <= count <= most:
        raise InputError(
            f"{place}: has {count} labels; a chart shows 1 to {most}. Group the data, or split it into scenes."
        )
    if not 1 <= len(data.series) <= MOST_SERIES:
        raise InputError(f"{place}: has {len(data.series)} series; a chart shows 1 to {MOST_SERIES}.")
    for series in data.series:
        if len(series.values) != count:
            raise InputError(
                f"{place}: the series {series.name!r} has {len(series.values)} values for {count} labels. "
                "Give each label one value."
            )
        if not all(isfinite(value) and abs(value) < 1e30 for value in series.values):
            raise InputError(f"{place}: the series {series.name!r} holds a value that is no finite number.")
    long = next((t for t in (*data.labels, *(s.name for s in data.series)) if len(t) > MOST_CHARACTERS), "")
    if long:
        raise InputError(f"{place}: {long[:40]!r}… is longer than {MOST_CHARACTERS} characters. Shorten it.")
    return data


def _from_csv(path: str, x: str, y: str | Sequence[str], most: int) -> Data:
    text = read_text(path)
    if len(text) > _MOST_BYTES:
        raise InputError(f"{path}: is larger than {_MOST_BYTES // 1_000_000} MB. Keep the rows that the chart shows.")
    try:
        rows = [(n, row) for n, row in _rows(text) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{path}: is not valid CSV ({error}). Save it as CSV with commas.") from error
    if len(rows) < 2:
        raise InputError(f"{path}: holds no rows. Write the names of the columns in its first line, data below.")
    names = [name.strip() for name in rows[0][1]]
    twice = next((name for n, name in enumerate(names) if name and name in names[:n]), "")
    if twice:
        raise InputError(f"{path}, line 1: has two columns {twice!r}. Give each a name of its own.")
    at = _column(x or names[0], names, path)
    wanted = [y] if isinstance(y, str) else list(y)
    chosen = [name for name in wanted if name] or [name for n, name in enumerate(names) if name and n != at]
    columns = [_column(name, names, path) for name in chosen]
    if len(rows) - 1 > most:
        raise InputError(
            f"{path}: has {len(rows) - 1} rows; such a chart shows at most {most}. Group or shorten the data."
        )
    labels = tuple(_cell(row, at) for _, row in rows[1:])
    series = [Series(names[c], tuple(_number(row, c, path, n, names[c]) for n, row in rows[1:])) for c in columns]
    return Data(labels, tuple(series))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    return [(reader.line_num, row) for row in reader]


def _column(name: str, names: Sequence[str], path: str) -> int:
    if name in names:
        return names.index(name)
    near = get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise InputError(f"{path}, line 1: has no column {name!r}.{hint} Its columns: {', '.join(names)}.")


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _number(row: Sequence[str], column: int, path: str, line: int, name: str) -> float:
    text = _cell(row, column)
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise InputError(
            f"{path}, line {line}: {text!r} in the column {name!r} is no number. Write it as 1234.5."
        ) from None
