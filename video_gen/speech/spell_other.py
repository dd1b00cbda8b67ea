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
_LETTERS = re.compile(r"[A-Z]{2,5}")


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
        core = _CAMEL.sub(" ", core)
        return " ".join(self._part(part) for part in core.split())

    def _part(self, part: str) -> str:
        if _LETTERS.fullmatch(part):
            return part if len(part) > 3 and re.search("[AEIOUY]", part) else " ".join(part)
        return "".join(self._character(part, index) for index in range(len(part)))

    def _character(self, part: str, index: int) -> str:
        character = part[index]
        if character.isalnum() or character in "'’" or unicodedata.category(character).startswith("M"):
            return character
        between_digits = part[index - 1 : index].isdigit() and part[index + 1 : index + 2].isdigit()
        if character in ".,:" and (between_digits or part[index + 1 : index + 2].isalnum()):
            return character
        if character in self.signs:
            return f" {self.signs[character]} "
        return character if character in "%€$£¥" or (character in "-−" and index == 0 and len(part) > 1 and part[1].isdigit()) else " "
