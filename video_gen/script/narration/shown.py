"""Narration of pictures, tables, code, charts and diagrams: what is seen there, put into words."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from video_gen.scenes.charts_data import Data, Series, decimals_of, read
from video_gen.scenes.numbers import written
from video_gen.script.narration.english import described_code, later_part, said_heading, shown_code
from video_gen.script.narration.neutral import named_code
from video_gen.script.narration.nodes import nodes
from video_gen.script.narration.wording import bare, choose, inner, joined, number, paragraphs, plain, sentence

Content = Mapping[str, Any]

# A column of such a name needs no naming when its cell is said beside the first.
PLAIN_COLUMNS = {
    "description",
    "meaning",
    "purpose",
    "what it does",
    "explanation",
    "details",
    "notes",
    "note",
    "use",
    "",
}

_UNITS = {"%": "percent", "°C": "degrees Celsius", "°F": "degrees Fahrenheit", "°": "degrees"}
_RANKS = (
    "The highest is {0} with {1}, the lowest {2} with {3}.",
    "{0} comes first with {1}; {2} is lowest with {3}.",
    "At the top is {0} with {1}, at the bottom {2} with {3}.",
)
_PEAKS = (
    "The peak is {0} with {1}, the low {2} with {3}.",
    "Its highest point is {0} with {1}, its lowest {2} with {3}.",
)
_FEW_ROWS = 6
_SHORT_CELL = 14
_MOST_NODES = 8


def _image(content: Content) -> str:
    told = sentence(content.get("alt")) or sentence(content.get("caption"))
    return paragraphs(said_heading(content.get("header"), told), told)


def _clip(content: Content) -> str:
    return "" if content.get("sound") == "on" else _image(content)


def _table(content: Content) -> str:
    columns = [plain(name) for name in content.get("columns") or []]
    rows = [[plain(cell) for cell in row] for row in content.get("rows") or [] if any(map(plain, row))]
    description = sentence(content.get("description"))
    told = _rows_in_words(columns, rows, _key_rows(rows, content.get("highlight") or {}))
    opening = _columns_in_words(columns, len(rows), description)
    return paragraphs(said_heading(content.get("header"), f"{description} {opening}"), description, opening, told)


def _columns_in_words(columns: Sequence[str], count: int, description: str) -> str:
    named = [_small(name) for name in columns if name]
    if count <= _FEW_ROWS or description or len(named) < 2:
        return ""
    rows = f"{number(count)} rows"
    phrases = ("The table gives {1} for each {0}.", "For each {0} you see {1}.", "Listed by {0}: {1}, in {2}.")
    return choose(phrases, *columns).format(named[0], joined(named[1:]), rows)


def _key_rows(rows: Sequence[Sequence[str]], highlight: Content) -> list[int]:
    """Return the places of the rows that are told: all of a few, else those set off, else the first, some, the last."""
    if len(rows) <= _FEW_ROWS:
        return list(range(len(rows)))
    given = highlight.get("rows", [])
    wanted = given if isinstance(given, list) else [given]
    firsts = [row[0] for row in rows if row]
    lit = {n - 1 if isinstance(n, int) else firsts.index(n) for n in wanted if isinstance(n, int) or n in firsts}
    return sorted(lit)[:_FEW_ROWS] or [0, 1, len(rows) - 1]


def _rows_in_words(columns: Sequence[str], rows: Sequence[Sequence[str]], chosen: Sequence[int]) -> str:
    said = [_row_in_words(columns, rows[n], alone=len(columns) <= 2) for n in chosen]
    if len(said) > 2 and chosen[-1] == len(rows) - 1 and len(rows) > _FEW_ROWS:
        said[-1] = f"And last, {said[-1]}"
    return " ".join(said)


def _row_in_words(columns: Sequence[str], row: Sequence[str], *, alone: bool) -> str:
    """Say a row: its first cell, then the others with the names of their columns where their words need one."""
    parts = []
    for name, cell in zip(columns[1:], row[1:], strict=False):
        if not cell or cell in "-–—":
            continue
        bare_cell = alone or name.lower() in PLAIN_COLUMNS or (len(cell) > _SHORT_CELL and len(cell.split()) > 3)
        parts.append(bare(cell) if bare_cell else f"{_small(name)} {bare(cell)}")
    first = bare(row[0]) if row else ""
    if not parts:
        return sentence(first)
    return sentence(f"{first}: {', '.join(parts)}" if first else ", ".join(parts))


def _small(name: str) -> str:
    """Return the name of a column as it stands inside a sentence: "CPU" keeps its capitals."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _code(content: Content) -> str:
    given = content.get("code") or ""
    code = given if isinstance(given, str) else "\n".join(map(str, given))
    description = sentence(content.get("description"))
    notes = [sentence(step.get("note")) for step in content.get("steps") or []]
    if description or any(notes):
        return paragraphs(said_heading(content.get("header"), description), description, *notes)
    told = described_code(code, content.get("language"))
    if later_part(content.get("header")):
        return told or "The code goes on."
    return paragraphs(said_heading(content.get("header"), ""), told or shown_code(code, content.get("language")))


def _chart(content: Content) -> str:
    description = sentence(content.get("description"))
    if not {"csv", "data", "values"} & set(content):
        return paragraphs(said_heading(content.get("header"), description), description)
    data, unit = read(content), _spoken_unit(content.get("unit"))
    if content.get("kind") == "pie":
        told = _shares(data)
    elif len(data.series) > 1:
        told = paragraphs(*(_series_in_words(data, series, unit) for series in data.series))
    else:
        told = _extremes(data, data.series[0], unit, _PEAKS if content.get("kind") == "line" else _RANKS)
        if content.get("kind") == "line":
            told = paragraphs(_trend(data.series[0], data, unit), told)
    opening = said_heading(content.get("header"), description)
    return paragraphs(opening, description, told)


def _spoken_unit(unit: object) -> str:
    text = str(unit or "").strip()
    return _UNITS.get(text, plain(text))


def _amount(value: float, unit: str) -> str:
    return bare(written(value, decimals_of(value), unit).replace("−", "minus "))


def _extremes(data: Data, series: Series, unit: str, phrases: Sequence[str]) -> str:
    values = series.values
    amounts = [_amount(value, unit) for value in values]
    if len(values) <= 2 or len(set(values)) == 1:
        return sentence(joined([f"{plain(t)} {a}" for t, a in zip(data.labels, amounts, strict=True)]))
    top, low = max(range(len(values)), key=values.__getitem__), min(range(len(values)), key=values.__getitem__)
    names = [bare(label) for label in data.labels]
    told = choose(phrases, *names, *amounts).format(names[top], amounts[top], names[low], amounts[low])
    between = [n for n in range(len(values)) if n not in (top, low)]
    if len(values) <= 5:
        rest = joined([f"{names[n]} with {amounts[n]}" for n in between])
        return paragraphs(told, f"Between them {'is' if len(between) == 1 else 'are'} {rest}.")
    return told


def _trend(series: Series, data: Data, unit: str) -> str:
    """Say where a line begins and ends, and which way it goes."""
    first, last = series.values[0], series.values[-1]
    if len(series.values) < 3:
        return ""
    spread = max(series.values) - min(series.values)
    steps = [b - a for a, b in zip(series.values, series.values[1:], strict=False)]
    ends = f"from {_amount(first, unit)} to {_amount(last, unit)}"
    if spread == 0:
        return f"It stays at {_amount(first, unit)} throughout."
    if abs(last - first) < 0.1 * spread:
        return f"It goes up and down and ends about where it began, at {_amount(last, unit)}."
    way = "rises" if last > first else "falls"
    steady = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    return f"It {way} steadily {ends}." if steady else f"With ups and downs it {way} {ends}."


def _series_in_words(data: Data, series: Series, unit: str) -> str:
    name, values = bare(series.name), series.values
    if len(values) == 1 or len(set(values)) == 1:
        return sentence(f"{name}: {_amount(values[0], unit)}")
    top, low = max(range(len(values)), key=values.__getitem__), min(range(len(values)), key=values.__getitem__)
    ends = (
        _amount(values[low], unit),
        bare(data.labels[low]),
        _amount(values[top], unit),
        bare(data.labels[top]),
    )
    phrases = (
        "{0} ranges from {1} in {2} to {3} in {4}.",
        "{0} is lowest in {2} with {1} and highest in {4} with {3}.",
    )
    if all(re.fullmatch(r"[\w.]{1,12}", label) for label in (ends[1], ends[3])):
        return choose(phrases, name, data.labels).format(name, *ends)
    return f"{name}: lowest {ends[1]} with {ends[0]}, highest {ends[3]} with {ends[2]}."


def _shares(data: Data) -> str:
    whole = sum(data.values) or 1.0
    order = sorted(range(len(data.labels)), key=lambda n: -data.values[n])
    parts = [f"{bare(data.labels[n])} with {round(100 * data.values[n] / whole)} percent" for n in order]
    if len(parts) == 1:
        return sentence(parts[0])
    phrases = ("The largest share is {}, then {}.", "Most of it is {}, followed by {}.", "First comes {}, then {}.")
    pool = phrases if data.values[order[0]] > whole / 2 else (phrases[0], phrases[2])
    rest = parts[1:4]
    left = len(parts) - 4
    return choose(pool, *data.labels).format(parts[0], joined([*rest, f"{number(left)} more"] if left > 0 else rest))


def _diagram(content: Content) -> str:
    told = paragraphs(sentence(content.get("description")), sentence(content.get("caption")))
    if not told:
        told = _nodes_in_words(nodes(content))
    opening = said_heading(content.get("header"), told)
    return paragraphs(opening, told) or "Here is how the parts fit together."


def _nodes_in_words(names: Sequence[str]) -> str:
    if len(names) < 2:
        return sentence("".join(names))
    kept = [inner(name) for name in names[:_MOST_NODES]]
    more = [f"{number(len(names) - _MOST_NODES)} more"] if len(names) > _MOST_NODES else []
    phrases = ("The diagram shows {}.", "You see {}.", "It connects {}.")
    return choose(phrases, *names).format(joined([*kept, *more]))


def _neutral(content: Content, names: Sequence[str]) -> str:
    return paragraphs(*(sentence(content.get(name)) for name in names))


def _neutral_table(content: Content) -> str:
    rows = [[plain(cell) for cell in row] for row in content.get("rows") or [] if any(map(plain, row))]
    told = _neutral(content, ("header", "description"))
    chosen = _key_rows(rows, content.get("highlight") or {})
    return paragraphs(told, *(_row_in_words([""] * len(rows[n]), rows[n], alone=True) for n in chosen))


def _neutral_code(content: Content) -> str:
    notes = [sentence(step.get("note")) for step in content.get("steps") or []]
    given = content.get("code") or ""
    code = given if isinstance(given, str) else "\n".join(map(str, given))
    told = paragraphs(_neutral(content, ("header", "description")), *notes)
    return told or named_code(content.get("language"), code)


def neutral_chart(content: Content, language: str) -> str:
    """Return the words of a chart without connecting phrases, its numbers as the language writes them."""
    told = _neutral(content, ("header", "description"))
    if not {"csv", "data", "values"} & set(content):
        return told
    data, unit = read(content), plain(content.get("unit"))
    if len(data.series) > 1:
        return paragraphs(told, *(sentence(series.name) for series in data.series))
    pairs = list(zip(data.labels, data.series[0].values, strict=True))
    order = pairs if len(pairs) <= _FEW_ROWS else [max(pairs, key=lambda p: p[1]), min(pairs, key=lambda p: p[1])]
    # Groups set apart by blanks would be heard as several numbers.
    amounts = [written(v, data.decimals, unit, language).replace("\u00a0", "") for _, v in order]
    return paragraphs(told, *(sentence(f"{plain(t)}: {bare(a)}") for (t, _), a in zip(order, amounts, strict=True)))


def _neutral_diagram(content: Content) -> str:
    told = _neutral(content, ("header", "description", "caption"))
    return told or paragraphs(*(sentence(name) for name in nodes(content)[:_MOST_NODES]))


def _neutral_image(content: Content) -> str:
    return paragraphs(sentence(content.get("header")), sentence(content.get("alt")) or sentence(content.get("caption")))


def _neutral_clip(content: Content) -> str:
    return "" if content.get("sound") == "on" else _neutral_image(content)


ENGLISH: dict[str, Callable[[Content], str]] = {
    "image": _image,
    "clip": _clip,
    "table": _table,
    "code": _code,
    "chart": _chart,
    "diagram": _diagram,
}
NEUTRAL: dict[str, Callable[[Content], str]] = {
    "image": _neutral_image,
    "clip": _neutral_clip,
    "table": _neutral_table,
    "code": _neutral_code,
    "diagram": _neutral_diagram,
}
