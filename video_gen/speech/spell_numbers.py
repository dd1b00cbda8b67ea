"""English numbers as plain words: no digits, hyphens or commas."""

import re

from num2words import num2words

MONTHS = "January February March April May June July August September October November December".split()
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def cardinal(number: int) -> str:
    """12 gives "twelve"; 1234 "one thousand two hundred thirty four"."""
    return _plain(num2words(number))


def ordinal(number: int) -> str:
    """23 gives "twenty third"."""
    return _plain(num2words(number, to="ordinal"))


def year(number: int) -> str:
    """2024 gives "twenty twenty four", 1905 "nineteen oh five", 2005 "two thousand five"."""
    return _plain(num2words(number, to="year"))


def digits(text: str) -> str:
    """ "007" gives "zero zero seven"."""
    return " ".join(cardinal(int(digit)) for digit in text if digit.isdigit())


def spoken(text: str) -> str:
    """A number as written: "1,234", "3.14", "007", "-5"."""
    text = text.replace(",", "")
    if text[0] in "-−":
        return "minus " + spoken(text[1:])
    whole, _, fraction = text.partition(".")
    by_digits = len(whole) > 15 or (len(whole) > 1 and whole[0] == "0")
    said = digits(whole) if by_digits else cardinal(int(whole or "0"))
    return f"{said} point {digits(fraction)}" if fraction else said


def bare(text: str) -> str:
    """A number with nothing behind it: four digits from 1900 to 2099 are a year."""
    return year(int(text)) if re.fullmatch(r"19\d\d|20\d\d", text) else spoken(text)


def paired(text: str) -> str:
    """Digits as a name says them: "264" gives "two sixty four", "1080" "ten eighty", "90" "ninety"."""
    if len(text) not in (3, 4) or text[0] == "0" or text.endswith("00"):
        return spoken(text) if len(text) < 7 else digits(text)
    head, tail = text[:-2], text[-2:]
    return f"{cardinal(int(head))} {'oh ' if tail[0] == '0' else ''}{cardinal(int(tail))}"


def dotted(text: str) -> str:
    """A version such as "2.1.0": "two point one point zero"."""
    return " point ".join(spoken(part) for part in text.split("."))


def roman(text: str) -> int:
    """The value of a Roman numeral."""
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[-,]|\band\b", " ", words).split())
