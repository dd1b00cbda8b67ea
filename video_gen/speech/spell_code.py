"""English words and code: names of the trade, acronyms, identifiers, flags, paths, one written word at a time."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from video_gen.speech import spell_numbers as numbers
from video_gen.speech.spell_other import folded, load

_CODE = re.compile(
    r"\d+(?:[.,]\d+)*|[A-Z]{2,}s(?![a-zA-Z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:'[a-z]+)?|[A-Z]+|[^\W\d_]+|_+|[^\w\s]+"
)
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_SOUNDS = {"hmm", "shh", "psst", "brr", "grr", "pfft"}


class Words:
    """Spells out single written words, with a list of pronunciations that wins over the table."""

    def __init__(self, pronunciations: Mapping[str, str]):
        self.table = load("english.yaml")
        self.own = folded(pronunciations)
        self.acronyms = set(self.table["spoken_acronyms"])
        self.shouted = set(self.table["shouted"])

    def word(self, core: str) -> str:
        """Return the words of one written word, plain or code."""
        core = "".join(c for c in unicodedata.normalize("NFKD", core) if not unicodedata.combining(c))
        core = core.replace("’", "'")
        known = self._known(core)
        if known:
            return known
        possessive = re.fullmatch(r"(.+)'s", core)
        if possessive:
            return self.word(possessive[1]) + "'s"
        if len(core) == 1 and core.isalpha():
            return core if core == "a" else core.upper()
        if re.fullmatch(r"[^\W\d_]+(?:'[^\W\d_]+)*", core) and (core.islower() or core[1:].islower()):
            return self._atom(core)
        return self.code(core)

    def _known(self, word: str) -> str | None:
        table = self.table
        return self.own.get(word.lower()) or table["exact"].get(word) or table["words"].get(word.lower())

    def code(self, core: str) -> str:
        """Words, numbers and signs of a flag, path, file name or identifier."""
        parts = [known if (known := self._known(part)) else part for part in re.split(r"(?<=\w)-(?=[^\W\d_])", core)]
        out: list[str] = []
        for part in parts:
            if self._known(part) or " " in part:
                out.append(self._known(part) or part)
                continue
            for match in _CODE.finditer(part):
                out.append(self._bit(match, part))
        return " ".join(filter(None, out)).replace(" ,", ",")

    def _bit(self, match: re.Match[str], whole: str) -> str:
        bit = match[0]
        if bit[0].isdigit():
            return numbers.dotted(bit) if "." in bit else numbers.paired(bit.replace(",", ""))
        if bit[0].isalpha():
            return bit.upper() if len(bit) == 1 else self._atom(bit)
        if bit[0] == "_":
            return ""
        return " ".join(self._signs(bit, match.start(), whole))

    def _signs(self, run: str, at: int, whole: str) -> list[str]:
        """Signs between the words of code; at = where the run begins in the whole."""
        behind = whole[at + len(run) : at + len(run) + 1]
        if re.fullmatch("-+", run):
            if at == 0:
                return ["minus"] if behind.isdigit() else ["dash"] * len(run)
            return ["dash"] * len(run) if len(run) > 1 else []
        out = []
        for sign in _sign_pattern().findall(run):
            if sign == ".":
                out.append("dot")
            elif sign == "-":
                out.append("dash")
            elif sign == "#":
                out.append("hash" if at else "number")
            elif sign in "—–,;":
                out.append(",")
            elif sign not in "<>":
                out.append(self.table["symbols"].get(sign, ""))
        return out

    def _atom(self, word: str) -> str:
        """A run of letters: known, an acronym, or a plain word."""
        known = self._known(word)
        if known:
            return known
        plural = re.fullmatch(r"([A-Z]{2,})s", word)
        if plural:
            return self._atom(plural[1]) + "'s"
        if not word.isascii():
            return word
        if word.isupper() and len(word) > 1:
            lower = word.lower()
            if lower in self.acronyms or lower in self.shouted or (len(word) > 4 and _VOWEL.search(word)):
                return lower
            return " ".join(word)
        if 1 < len(word) <= 5 and not _VOWEL.search(word) and word.lower() not in _SOUNDS:
            return " ".join(word.upper())
        return word


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _sign_pattern() -> re.Pattern[str]:
    return re.compile(any_of(load("english.yaml")["symbols"]) + "|.")
