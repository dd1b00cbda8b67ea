"""How the items of a list are said in English: in one sentence, as steps, or one after the other."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from video_gen.script.narration.wording import bare, choose, inner, is_instruction, joined, plain, sentence

_SHORT_WORDS = 5
_CELL = re.compile(r"^(\w[\w /()-]{0,30}): (?=\S)(.*)$")
_STEPS = (("First", "Then", "Next", "After that", "Finally"), ("To begin", "Next", "Then", "After that", "In the end"))
_POINTS = (("First", "Second", "Third", "Next", "Finally"), ("To begin with", "Then", "Also", "Next", "And finally"))


def enumerate_items(items: Sequence[Any], *, introduced: bool) -> str:
    """Return sentences that name all items in their order.

    items: texts or {title, description}. introduced: whether a heading or a sentence about them was said before.
    """
    pairs = [(_title(item), _description(item)) for item in items]
    pairs = [(title, text) for title, text in pairs if title or text]
    if not pairs:
        return ""
    plain_items = [title for title, text in pairs if not text]
    if len(plain_items) == len(pairs) and all(len(bare(t).split()) <= _SHORT_WORDS for t in plain_items):
        return _short(plain_items, introduced)
    if len(pairs) == 1:
        return _item(*pairs[0])
    can_follow = all(inner(title)[0].islower() for title in plain_items if title)
    if len(plain_items) < len(pairs) or not can_follow or any(map(_is_full_sentence, plain_items)):
        return " ".join(_item(*pair) for pair in pairs)
    return _connected(plain_items)


def _short(items: Sequence[str], introduced: bool) -> str:
    if len(items) > 1 and all(is_instruction(item) for item in items):
        return _connected(items)
    named = joined([bare(items[0]), *(inner(item) for item in items[1:])])
    return named + "." if named[-1] not in ".!?" else named


def _connected(items: Sequence[str]) -> str:
    """Say longer items as sentences of their own, each with the word that shows its place."""
    steps = all(is_instruction(item) for item in items)
    first, second, third, later, last = choose_words(steps, items)
    said = []
    for place, item in enumerate(items):
        if place == len(items) - 1:
            lead = last if len(items) > 2 else second
        else:
            lead = (first, second, third)[place] if place < 3 else later if place % 2 else ""
        said.append(sentence(f"{lead}, {inner(item)}") if lead else sentence(item))
    return " ".join(said)


def choose_words(steps: bool, items: Sequence[str]) -> tuple[str, ...]:
    """Return the five words of order that fit the items: for steps in time, or for points side by side."""
    kinds = _STEPS if steps else _POINTS
    return kinds[int(choose("01", *items))]


def _item(title: str, description: str) -> str:
    if not title or not description:
        return sentence(title or description)
    if title.endswith("…"):
        return sentence(f"{title[:-1]} {description}")
    if title[-1] in ".!?":
        return f"{sentence(title)} {sentence(description)}"
    if description.lower().startswith(bare(title).lower()):
        return sentence(description)
    return f"{bare(title)}: {_said(description)}"


def _said(description: str) -> str:
    """Say the cells of a table without their punctuation: "Height: 40 cm; Days: 60" → "height 40 cm, days 60"."""
    parts = [bare(part) for part in description.split("; ")]
    if not all(len(part.split()) <= 16 for part in parts):
        return sentence(description)
    return sentence(", ".join(_cell(part, place) for place, part in enumerate(parts)))


def _cell(part: str, place: int) -> str:
    named = _CELL.match(part)
    return f"{_small(named[1])} {named[2]}" if named else inner(part) if place else part


def _small(name: str) -> str:
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _is_full_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in (".", "!", "?") and len(text.split()) > 3


def _title(item: Any) -> str:
    return plain(item.get("title") if isinstance(item, Mapping) else item)


def _description(item: Any) -> str:
    return plain(item.get("description")) if isinstance(item, Mapping) else ""
