"""Spelling out English: versions, flags, paths, units, dates, money, acronyms and code as plain words.

Single capital letters in what is spoken are said as letters; the article is always a small `a`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from video_gen.speech import spell_numbers as numbers
from video_gen.speech.spell_code import Words, any_of
from video_gen.speech.spell_other import finder, load

_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SIGN = {"-": "minus", "−": "minus", "+": "plus", "~": "about", "≈": "about", "±": "plus or minus", "<": "less than",
         ">": "more than", "≤": "at most", "≥": "at least", "": ""}  # fmt: skip
_PREFIX = r"([-−+~≈±<>≤≥]?)"
_MONTH = "|".join(numbers.MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_BIG = r"hundred|thousand|million|billion|trillion|[kKMB](?!\w)|bn|tn"
_BIG_WORDS = {"k": "thousand", "K": "thousand", "M": "million", "B": "billion", "bn": "billion", "tn": "trillion"}

Rule = tuple[re.Pattern[str], Callable[["English", re.Match[str]], str | None]]


class English(Words):
    """The speller of English."""

    def __init__(self, language: str, pronunciations: Mapping[str, str]):
        del language  # one table serves every region
        super().__init__(pronunciations)
        self.find = finder(self.own)

    def phrase(self, text: str, at: int) -> tuple[int, str] | None:
        """Return the end and the words of a number, date, unit, address or abbreviation that begins at `at`."""
        match = self.find.match(text, at) if self.find else None
        if match:
            return match.end(), self.own[" ".join(match[0].lower().split())]
        for pattern, say in _rules():
            match = pattern.match(text, at)
            if match:
                spoken = say(self, match)
                if spoken is not None:
                    return match.end(), spoken
        return None

    def abbreviation(self, match: re.Match[str]) -> str:
        """Also ends the sentence where its dot stands at the end of one."""
        said = (self.table["abbreviations"] | self.table["abbreviations_inside"])[match[0].lower()]
        ends = match[0].endswith(".") and match[0].lower() in ("etc.", "a.m.", "p.m.", "u.s.", "u.k.", "ph.d.")
        behind = match.string[match.end() :].lstrip()
        return f"{said}." if ends and (not behind or behind[0].isupper()) else said

    def address(self, match: re.Match[str]) -> str:
        """A web address without its scheme and query."""
        return self.code(re.sub(r"^(?:https?://)?(?:www\.)?|[?#].*$|/+$", "", match[0]))

    def mail(self, match: re.Match[str]) -> str:
        """user@host"""
        return f"{self.code(match[1])} at {self.code(match[2])}"

    def iso_date(self, match: re.Match[str]) -> str | None:
        """2024-11-24"""
        return _date(int(match[1]), int(match[2]), int(match[3]))

    def month_day(self, match: re.Match[str]) -> str | None:
        """March 3, 2024"""
        said = _date(int(match[3] or 0), _month(match[1]), int(match[2]))
        return said

    def day_month(self, match: re.Match[str]) -> str | None:
        """3 March 2024"""
        return _date(int(match[3] or 0), _month(match[2]), int(match[1]))

    def clock(self, match: re.Match[str]) -> str | None:
        """14:30, 3:05 pm, 9 am"""
        hour, minute, second, half = int(match[1]), match[2], match[3], match[4]
        if hour > 24 or int(minute or 0) > 59:
            return None
        said = [numbers.cardinal(hour)]
        if minute and int(minute):
            said.append(("oh " if int(minute) < 10 else "") + numbers.cardinal(int(minute)))
        elif minute and not half:
            said.append("o'clock" if 0 < hour < 13 else "hundred")
        if second:
            said.append("and " + _counted(second, ["second", "seconds"]))
        return " ".join([*said, *([f"{half[0].upper()} M"] if half else [])])

    def money(self, match: re.Match[str]) -> str:
        """$9.99, €5 million, 20 EUR"""
        mark, amount, big = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], None)
        one, many, cent, cents = self.table["currencies"][mark]
        if big:
            return f"{numbers.spoken(amount)} {_BIG_WORDS.get(big, big)} {many}"
        whole, _, part = amount.partition(".")
        said = _counted(whole, [one, many])
        if len(part) != 2:
            return said if not part else f"{numbers.spoken(amount)} {many}"
        coins = _counted(part.lstrip("0") or "0", [cent, cents])
        if part == "00":
            return said
        return coins if whole == "0" else f"{said} and {coins}"

    def version(self, match: re.Match[str]) -> str:
        """v2.1.0, 3.11.4-rc.1"""
        said = numbers.dotted(match[2])
        before = match.string[: match.start()].rstrip().lower()
        named = match[1] and not before.endswith("version")
        return " ".join(
            filter(None, ["version" if named else "", said, self.code(match[3].lstrip("-")) if match[3] else ""])
        )

    def size(self, match: re.Match[str]) -> str:
        """1920x1080, 3 × 4"""
        return f"{numbers.paired(match[1])} by {numbers.paired(match[2])}"

    def ratio(self, match: re.Match[str]) -> str:
        """16:9 is the shape of a picture, 3:1 a ratio."""
        between = "by" if match[0] in ("16:9", "9:16", "4:3", "3:4", "21:9") else "to"
        return f"{numbers.spoken(match[1])} {between} {numbers.spoken(match[2])}"

    def range(self, match: re.Match[str]) -> str:
        """10-20, 5–10 GB, 2020-2024"""
        unit = match[3]
        say = numbers.bare if not unit else numbers.spoken
        behind = f" {self.table['units'][unit][1]}" if unit else ""
        return f"{say(match[1])} to {say(match[2])}{behind}"

    def measure(self, match: re.Match[str]) -> str | None:
        """5 GB, ~30 fps, -16 LUFS, 1080p, 95%"""
        sign, amount, gap, unit = match.groups()
        if gap and unit in ("us", "p", "K", "x", "M"):
            return None  # "tell 5 us", "x" and "M" stand for other things than units where a blank is before them
        if unit in ("p", "K"):
            return f"{numbers.paired(amount)} {unit.upper()}"
        return f"{_SIGN[sign]} {_counted(amount, self.table['units'][unit])}"

    def nth(self, match: re.Match[str]) -> str:
        """3rd"""
        return numbers.ordinal(int(match[1].replace(",", "")))

    def decade(self, match: re.Match[str]) -> str:
        """1990s"""
        said = numbers.year(int(match[1]))
        return said[:-1] + "ies" if said.endswith("y") else said + "s"

    def roman(self, match: re.Match[str]) -> str:
        """Chapter IV"""
        return f"{self.word(match[1])} {numbers.cardinal(numbers.roman(match[2]))}"

    def fraction(self, match: re.Match[str]) -> str:
        """3/4, 3/10"""
        above, below = int(match[1]), int(match[2])
        names = {2: "half", 3: "third", 4: "quarter"}
        if above < below and below in names:
            return f"{numbers.cardinal(above)} {names[below]}{'s' if above > 1 else ''}"
        return f"{numbers.cardinal(above)} of {numbers.cardinal(below)}"

    def number(self, match: re.Match[str]) -> str:
        """42, 1,234.5, +3, #7"""
        if match[1] == "#":
            return f"number {numbers.spoken(match[2])}"
        return f"{_SIGN[match[1]]} {numbers.bare(match[2])}".strip() + (" plus" if match[3] else "")

    def article(self, match: re.Match[str]) -> str | None:
        """The capital A of a sentence's first word is the article, any other the letter."""
        before = match.string[: match.start()].rstrip(" \"'“‘(")
        return "a" if not before or before[-1] in ".!?:;" else None

    def sign(self, match: re.Match[str]) -> str:
        """A sign that stands alone."""
        return self.table["symbols"][match[0]]


def _date(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{numbers.MONTHS[month - 1]} {numbers.ordinal(day)}"
    return f"{said}, {numbers.year(year)}" if year else said


def _month(name: str) -> int:
    return next(i for i, month in enumerate(numbers.MONTHS, 1) if month.startswith(name[:3]))


def _counted(amount: str, unit: list[str]) -> str:
    return f"{numbers.spoken(amount)} {unit[amount != '1']}"


@cache
def _rules() -> list[Rule]:
    """The forms in the order in which they are tried."""
    table = load("english.yaml")
    units, money = any_of(table["units"]), any_of(table["currencies"])
    inside = any_of(table["abbreviations_inside"])
    return [
        (re.compile(rf"(?i:{any_of(table['abbreviations'])})(?!\w)"), English.abbreviation),
        (re.compile(rf"(?i:{inside})(?=\s+[a-z\d])"), English.abbreviation),
        (re.compile(r"(?:https?://|www\.)[^\s<>\"]*[\w/]"), English.address),
        (re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)"), English.mail),
        (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\w-])"), English.iso_date),
        (
            re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?![\w:.,]*\d|%)"),
            English.month_day,
        ),
        (re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?(?:,?\s+(\d{{4}}))?(?!\w)"), English.day_month),
        (re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s?([AaPp])\.?[Mm](?!\w))?(?![\w:])"), English.clock),
        (re.compile(r"(\d{1,2})()()\s?([AaPp])\.?[Mm](?!\w)"), English.clock),
        (re.compile(rf"({money})\s?({_NUM})(?:\s?({_BIG}))?(?!\w)|({_NUM})\s?({money})(?!\w)"), English.money),
        (re.compile(r"([vV])\.?(\d+(?:\.\d+)*)((?:-?(?:alpha|beta|rc|dev|post|a|b)[\w.]*)?)(?!\w)"), English.version),
        (
            re.compile(r"()(\d+\.\d+\.\d+(?:\.\d+)*)((?:-?(?:alpha|beta|rc|dev|post|a|b)[\w.]*)?)(?!\w)"),
            English.version,
        ),
        (re.compile(r"(\d+)\s?[x×]\s?(\d+)(?!\w)"), English.size),
        (re.compile(r"(\d+):(\d+)(?![\w:])"), English.ratio),
        (re.compile(rf"({_NUM})\s?[-–]\s?({_NUM})(?:\s?({units}))?(?![\w-])"), English.range),
        (re.compile(r"([12]\d{3})s(?!\w)"), English.decade),
        (re.compile(rf"{_PREFIX}({_NUM})([-\s]?)({units})(?![\w/])"), English.measure),
        (re.compile(r"(\d[\d,]*)(?:st|nd|rd|th)(?!\w)"), English.nth),
        (re.compile(rf"((?i:{any_of(table['roman_after'])}))\s+([IVXLC]+)(?!\w)"), English.roman),
        (re.compile(r"(\d{1,3})/(\d{1,3})(?![\w/])"), English.fraction),
        (re.compile(rf"([-−+~≈±<>≤≥#]?)({_NUM})(\+?)(?!\w)"), English.number),
        (re.compile(r"A(?=\s+\w)"), English.article),
        (re.compile(rf"(?:{any_of(table['symbols'])})(?=\s|$)"), English.sign),
    ]
