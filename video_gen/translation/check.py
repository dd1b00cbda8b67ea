"""Whether a translation can stand for its source: marks, code and limits kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from video_gen.translation import words

_LONG = 40  # characters from which on a text that did not change is suspicious
_GROWTH = 4  # times that a translation may be longer than its source
_SPARE = 200  # characters that it may be longer besides


def faults(texts: Sequence[Mapping[str, Any]], found: Mapping[str, str]) -> list[str]:
    """Return what is wrong with translations, one sentence a fault.

    texts: as of `texts_of`. found: source → translation.
    """
    faulty = {text["source"]: fault for text in texts if (fault := _fault(text, found[text["source"]]))}
    return [f"{quoted(source)}: {fault}" for source, fault in faulty.items()]


def _fault(text: Mapping[str, Any], translation: str) -> str:
    source, limit = text["source"], text["limit"]
    if not translation.strip():
        return "its translation is empty."
    if len(translation) > limit:
        return f"its translation has {len(translation):,} characters; at most {limit:,} are allowed."
    if len(translation) > _GROWTH * len(source) + _SPARE:
        return "its translation is many times longer than it."
    return lost_marks(source, translation)


def lost_marks(source: str, translation: str) -> str:
    """Return a sentence on the pause marks and code that a translation does not have as its source has them, else ""."""
    wanted, got = words.marks(source), words.marks(translation)
    if wanted["pauses"] != got["pauses"]:
        return f"its translation has the pauses {_listed(got['pauses'])} in place of {_listed(wanted['pauses'])}."
    if wanted["code"] != got["code"]:
        return f"its translation has the code {_listed(got['code'])} in place of {_listed(wanted['code'])}."
    return ""


def doubles(texts: Sequence[Mapping[str, Any]], found: Mapping[str, str]) -> list[str]:
    """Return the sources whose translation another one has already, where the texts of a group must differ."""
    again: dict[str, None] = {}
    first: dict[tuple[str, str], str] = {}
    for text in texts:
        source = text["source"]
        if text["among"] and first.setdefault((text["among"], found[source]), source) != source:
            again[source] = None
    return list(again)


def warnings(found: Mapping[str, str]) -> list[str]:
    """Return a sentence on each long text that did not change."""
    same = (source for source, translation in found.items() if len(source) >= _LONG and translation == source)
    return [f"{quoted(source)} was left as it is by the translator." for source in same]


def quoted(text: str) -> str:
    """Return the beginning of a text, for a message."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= 60 else f"“{text[:59].rstrip()}…”"


def _listed(marks: Sequence[str]) -> str:
    return ", ".join(marks[:5]) or "none"
