"""Spelling out for languages other than English: marks go, signs become words, the engine reads the numbers."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from video_gen.speech.voices import base

DATA = Path(__file__).with_name("data")

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACRONYM = re.compile(r"(?<![^\W\d_])[A-Z]{2,5}(?![^\W\d_])")


@cache
def load(name: str) -> dict[str, Any]:
    """Return a YAML file of the data folder; every value in it is text, so that `no` and `on` are words."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds text only


def finder(keys: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return a pattern that matches any of the keys as a whole word, whatever its case; None without keys."""
    if not keys:
        return None
    longest_first = sorted(keys, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(_flexible(key) for key in longest_first)})(?!\w)", re.IGNORECASE)


def _flexible(key: str) -> str:
    return r"\s+".join(re.escape(part) for part in key.split())


def folded(pronunciations: Mapping[str, str]) -> dict[str, str]:
    """Return the pronunciations with keys in lower case and single blanks; empty keys are dropped."""
    return {" ".join(key.lower().split()): _plain(value) for key, value in pronunciations.items() if key.strip()}


def _plain(spoken: str) -> str:
    """Letters, digits, apostrophes and blanks only: nothing that an engine could take for a mark-up of its own."""
    return " ".join(re.sub(r"[^\w\s'’]|_", " ", spoken).split())


class Other:
    """The speller of every language but English."""

    def __init__(self, language: str, pronunciations: Mapping[str, str]):
        self.signs: dict[str, str] = load("symbols.yaml").get(base(language), {})
        self.own = folded(pronunciations)
        self.find = finder(self.own)

    def phrase(self, text: str, at: int) -> tuple[int, str] | None:
        """Return a form of the pronunciation list that begins at `at`."""
        match = self.find.match(text, at) if self.find else None
        return (match.end(), self.own[" ".join(match[0].lower().split())]) if match else None

    def word(self, core: str) -> str:
        """Return the word with signs as words; code is divided, short acronyms are said as letters."""
        if self.find:
            core = self.find.sub(lambda match: f" {self.own[' '.join(match[0].lower().split())]} ", core)
        if re.match(r"https?://|www\.", core):
            core = re.sub(r"^https?://(?:www\.)?|/$", "", core)
        core = _ACRONYM.sub(_letters, _CAMEL.sub(" ", core))
        return " ".join("".join(self._character(core, index) for index in range(len(core))).split())

    def _character(self, core: str, index: int) -> str:
        character, before, behind = core[index], core[index - 1 : index], core[index + 1 : index + 2]
        if character.isalnum() or character in "'’" or unicodedata.category(character).startswith("M"):
            return character
        if character in ".,:" and before.isalnum() and behind.isalnum():
            return character
        if character in "-‐‑" and before.isalpha() and behind.isalpha():
            return "-"
        if character in "-−" and not before and behind.isdigit():
            return "-"
        if character in self.signs:
            return f" {self.signs[character]} "
        return character if character in "%€$£¥" else " "


def _letters(acronym: re.Match[str]) -> str:
    """Long acronyms with vowels are words."""
    return acronym[0] if len(acronym[0]) > 3 and re.search("[AEIOUY]", acronym[0]) else " ".join(acronym[0])
