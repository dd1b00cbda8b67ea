"""Lists and tables to the items of list scenes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from video_gen.script.narration import word_count
from video_gen.script.narration.shown import PLAIN_COLUMNS
from video_gen.sources.markdown.blocks import Item, ListBlock, Table
from video_gen.sources.markdown.wording import portions, sentences, shorten, split_item

ITEMS = 6
PAGE_WORDS = 90
MAX_TITLE = 200
MAX_DESCRIPTION = 1_000
NESTED_WORDS = 30
GROUP_TITLE = 70

Entry = str | dict[str, str]


@dataclass
class Group:
    """A list to show. title, description: of a nested list, the words of the item around it."""

    title: str = ""
    description: str = ""
    entries: list[Entry] = field(default_factory=list)


def from_list(block: ListBlock, brief: bool = False) -> list[Group]:
    """Return the lists to show: the list itself in stretches, and between them the longer ones nested in it.

    brief: keep of each description its first sentence.
    """
    groups = [Group()]
    for item in block.items:
        _place(item, groups, brief)
    return [group for group in groups if group.entries]


def _place(item: Item, groups: list[Group], brief: bool) -> None:
    """Add an item to the list in the making; a large nested list becomes a list of its own under the item's words."""
    nested = _flat(item.children)
    title, text = (item.lead, item.text) if item.lead else split_item(item.text)
    if brief and title:
        text = next(iter(sentences(text)), "")
    if word_count(nested) > NESTED_WORDS:
        words = f"{title}: {text}" if item.lead and text else f"{title} {text}".strip()
        short = title if item.lead else words
        groups.append(Group(short, text if item.lead else "") if len(short) <= GROUP_TITLE else Group("", words))
        for child in item.children:
            _place(child, groups, brief)
        groups.append(Group())
        return
    if nested and not title:
        title, text = text, ""
    groups[-1].entries.extend(_entries(title, _run_on([text, nested])))


def _flat(children: Sequence[Item]) -> str:
    """Return nested items as one text: "a; b: c, d"."""
    parts = []
    for child in children:
        own = f"{child.lead}: {child.text}" if child.lead and child.text else child.lead or child.text
        inner = _flat(child.children).replace("; ", ", ")
        parts.append(f"{own}: {inner}" if own and inner else own or inner)
    return _run_on(parts)


def _run_on(parts: Sequence[str]) -> str:
    """Join what are sentences by blanks, what are phrases by semicolons."""
    kept = [part for part in parts if part]
    return "".join(
        part + ("" if place == len(kept) - 1 else " " if part.endswith((".", "!", "?", ":")) else "; ")
        for place, part in enumerate(kept)
    )


def _entries(title: str, text: str) -> list[Entry]:
    """Return one entry, or several where the words are too many for one."""
    if not title:
        title, text = split_item(text)
    if not title:
        if len(text) <= 500:
            return [text] if text else []
        title, text = shorten(text, MAX_TITLE), text[len(shorten(text, MAX_TITLE)) - 1 :].lstrip(" ,;:–—-")
    if len(title) > MAX_TITLE:
        return [*_entries("", title), *_entries("", text)]
    if not text:
        return [title]
    first, *rest = portions(_capitalised(text), MAX_DESCRIPTION)
    return [{"title": title, "description": first}, *({"title": "…", "description": more} for more in rest)]


def _capitalised(text: str) -> str:
    """Begin with a capital, unless the first word is no plain word but a name such as `file.py`."""
    return text[0].upper() + text[1:] if re.match(r"[a-z]+( [a-z]|, )", text) else text


def from_table(table: Table) -> list[Group]:
    """Return the rows as items: the first cell as the title, the others as "column: value"."""
    entries: list[Entry] = []
    for row in table.rows:
        first, *others = row
        cells = [_cell(name, value) for name, value in zip(table.columns[1:], others, strict=False) if value]
        title = first or (cells.pop(0) if cells else "")
        entries.extend(_entries(_capitalised(title), _run_on(cells)))
    return [Group(entries=entries)] if entries else []


def _cell(column: str, value: str) -> str:
    return value if column.lower() in PLAIN_COLUMNS else f"{column}: {value}"


def pages(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the items in even parts that stay legible and short: at most six, fewer where they are long."""
    weights = [0.5 + _length(entry) / 90 for entry in entries]
    words = sum(word_count(entry if isinstance(entry, str) else " ".join(entry.values())) for entry in entries)
    count = max(-(-len(entries) // ITEMS), round(sum(weights) / 9 + 0.4), -(-words // PAGE_WORDS), 1)
    size = -(-len(entries) // count)
    return [list(entries[start : start + size]) for start in range(0, len(entries), size)]


def _length(entry: Entry) -> int:
    return len(entry) if isinstance(entry, str) else sum(map(len, entry.values()))
