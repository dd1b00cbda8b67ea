"""Numbers as people of a language write them: decimal and group signs, millions and more, per cent and currencies.

The formats are those of the Unicode CLDR: its short words for large numbers, or its long ones where the short ones are Latin
letters or single ones (Hebrew, Malay, Thai, Vietnamese). English has the British `bn` and `tn`, and a capital M: m is a metre.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import floor, log10
from pathlib import Path

CURRENCIES = (
    "$",
    "€",
    "£",
    "¥",
    "₹",
    "₩",
    "₺",
    "₽",
    "₴",
    "R$",
    "CHF",
    "kr",
    "zł",
    "Kč",
    "Ft",
    "lei",
    "Rp",
    "RM",
    "₫",
    "฿",
    "₪",
)
_EXPONENT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Above and below these a number is written as a power of ten.
_HUGE, _TINY = 1e15, 1e-6
# A number so much smaller than the largest beside it is written out.
_SMALL_BESIDE = 0.1
# Before a word for millions and the like, four digits stand together: 1200万.
_LEAST_LARGE = 5


@dataclass(frozen=True)
class Format:
    """How a language writes numbers.

    decimal, group: signs. least: digits from which groups are set apart. sizes: of the groups from the right, the last goes on.
    percent, money: where the number (#) and the currency (¤) stand. large: from which size, divided by what, with which word.
    """

    decimal: str
    group: str
    least: int
    sizes: tuple[int, ...]
    percent: str
    money: str
    large: tuple[tuple[float, float, str], ...]


@cache
def _formats() -> dict[str, Format]:
    given = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {
        code: Format(**values | {"sizes": tuple(values["sizes"]), "large": tuple(map(tuple, values["large"]))})
        for code, values in given.items()
    }


def languages() -> tuple[str, ...]:
    """Codes of the languages whose numbers are known, a few with a region (`pt-pt`)."""
    return tuple(_formats())


def of(language: str) -> Format:
    """Return the format of a language code such as `de` or `pt-BR`; the English one for a language that has none."""
    code = language.replace("_", "-").lower()
    return _formats().get(code) or _formats().get(code.split("-")[0]) or _formats()["en"]


def written(
    value: float, decimals: int = 0, unit: str = "", language: str = "en", *, among: Iterable[float] = ()
) -> str:
    """Return a number as it stands on a picture: groups apart, a true minus, large ones in millions and more.

    among: the numbers that stand beside it; all of them are written in the word of the largest.
    """
    form, size = of(language), abs(value)
    largest = max([size, *map(abs, among)])
    text = (
        _large(size, largest, form) or _large(size, size, form) or _exponent(size, form) or _plain(size, decimals, form)
    )
    minus = "−" if value < 0 and any(c in "123456789" for c in text) else ""
    return _with_unit(minus, text, unit, form)


def _with_unit(minus: str, text: str, unit: str, form: Format) -> str:
    if unit == "%":
        return minus + form.percent.replace("#", text)
    if unit in CURRENCIES:
        # Letters never stand close to a number: kr 20.
        pattern = form.money.replace("¤#", "¤ #") if unit.isalpha() else form.money
        return minus + pattern.replace("#", text).replace("¤", unit)
    return f"{minus}{text}{'' if unit in ('°', '') else ' '}{unit}"


def _large(size: float, largest: float, form: Format) -> str:
    """Return a number in the word that suits the largest of its kind, "" for one that is written in another way."""
    if largest >= _HUGE:
        return ""
    found = next(((by, word) for least, by, word in reversed(form.large) if largest >= least), None)
    if not found or size / found[0] < _SMALL_BESIDE:
        return ""
    share = size / found[0]
    decimals = max(0, 3 - floor(log10(share) + 1e-9)) if share < 1000 else 0
    text = f"{share:.{min(decimals, 3)}f}"
    shown = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _, rest = shown.partition(".")
    return _grouped(whole, form, max(form.least, _LEAST_LARGE)) + (form.decimal + rest if rest else "") + found[1]


def _exponent(size: float, form: Format) -> str:
    """Return a number that is too large or too small to be written out as a power of ten, "" for any other."""
    if not size or _TINY <= size < _HUGE:
        return ""
    digits, _, power = f"{size:.2e}".partition("e")
    digits = digits.rstrip("0").rstrip(".").replace(".", form.decimal)
    return f"{digits}×10{str(int(power)).translate(_EXPONENT)}"


def _plain(size: float, decimals: int, form: Format) -> str:
    whole, _, rest = f"{size:.{decimals}f}".partition(".")
    return _grouped(whole, form) + (form.decimal + rest if rest else "")


def _grouped(digits: str, form: Format, least: int = 0) -> str:
    if len(digits) < (least or form.least):
        return digits
    groups: list[str] = []
    sizes = list(form.sizes)
    while digits:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        groups.insert(0, digits[-size:])
        digits = digits[:-size]
    return form.group.join(groups)
