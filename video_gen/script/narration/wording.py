"""Small pieces of wording shared by every narration: clean text, sentences, enumerations, steady choices."""

import re
import unicodedata
import zlib
from collections.abc import Sequence

MAX_CHARACTERS = 50_000

_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:(?!\w)")
_MARKS = re.compile(r"`+|\*\*|__(?=\w)|(?<=\w)__(?!\w)|~~")
_SPACE_BEFORE_STOP = re.compile(r"\s+([,.;!?])(?=\s|$)")
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ARROWS = ("→", "->", "=>", "⇒", "-->", "==>")
_SPOKEN_SYMBOLS = ("&", "+", "=", "–", "—", "−", "×")
_CLOSERS = "\"'”’»)]」』）"

_INSTRUCTIONS = """
add allow apply ask avoid build call change check choose clone collect compare compile configure connect copy
create customise customize define delete deploy describe design download draw edit enable ensure explain export
fetch find fix follow generate get give go handle identify implement import improve install join keep know learn
let list load look make manage measure merge move name open parse pass pick place plan play prepare print
produce provide publish push put read recognise recognize record remove render repeat replace report reset
restart return review run save search see select send set share show solve sort speak split start stop store
take test track train trace try turn type understand update upload use validate verify view wait watch work
write
"""
_FUNCTION_WORDS = """
a an the this that these those it its they you your we our there no not all any each every some many most more
one two three four five if when while with without for from to in on at by of as or and but so both only also
just how what why where which who be have help support fast faster simple easy small large full built automatic
optional new old clear kind name number whether
"""

_VERBS = frozenset(_INSTRUCTIONS.split())
# First words that may lose their capital inside a sentence; a name such as "Python" must keep it.
_COMMON = _VERBS | frozenset(_FUNCTION_WORDS.split())
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


# Silence before the answer of a quiz.
TO_THINK = "[pause 2]"


def plain(value: object) -> str:
    """Return text fit to be spoken: no Markdown marks, pictographs, lone symbols or line breaks."""
    text = _SHORTCODE.sub(" ", "" if value is None else str(value))
    text = _MARKS.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(c if not _is_pictograph(c) else " " for c in text)
    words = ["," if word in _ARROWS else word for word in kept.split()]
    spoken = [word for word in words if word in _SPOKEN_SYMBOLS or any(map(_is_spoken, word)) or _is_stop(word)]
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(spoken)).strip()


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) in ("So", "Cs", "Co") or code in (0x200D, 0x20E3) or 0xFE00 <= code <= 0xFE0F


def _is_spoken(character: str) -> bool:
    return character.isalnum() or character in "%°" or unicodedata.category(character) == "Sc"


def _is_stop(word: str) -> bool:
    return all(c in ".,;:!?…" for c in word) and len(word) <= 3


def sentence(value: object) -> str:
    """Return the text as a sentence with its stop, or "" when nothing is left to say."""
    text = plain(value).rstrip(" ,;:–—-")
    if not text:
        return ""
    return text if text.rstrip(_CLOSERS).endswith(ENDS) else text + stop(text)


def stop(text: str) -> str:
    """Return the sign that ends a sentence in the script of a text's last character."""
    return "。" if _IDEOGRAPHIC.match(text.rstrip(_CLOSERS)[-1:]) else "."


def bare(value: object) -> str:
    """Return the text without its stop, to stand inside a sentence."""
    text = plain(value).rstrip(" ,;:–—-")
    return text.rstrip(".") if text.endswith(".") and not text.endswith("..") else text


def inner(value: object) -> str:
    """Return `bare` text with a small first letter where the first word is a common one."""
    text = bare(value)
    first = text.split(" ", 1)[0]
    if first.lower() in _COMMON and not first[1:].isupper():
        return text[0].lower() + text[1:]
    return text


def is_instruction(value: object) -> bool:
    """Whether the text begins with a verb that asks to do something."""
    return plain(value).split(" ", 1)[0].lower() in _VERBS


def is_third_person(value: object) -> bool:
    """Whether the text says what something does: "installs what is missing"."""
    first = plain(value).split(" ", 1)[0]
    return first not in _VERBS and (first.removesuffix("s") in _VERBS or first.removesuffix("es") in _VERBS)


def paragraphs(*parts: str) -> str:
    """Join the parts that are not empty; a very long whole ends with its last full sentence that fits."""
    text = " ".join(part for part in parts if part)
    if len(text) <= MAX_CHARACTERS:
        return text
    cut = text[:MAX_CHARACTERS]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut.rsplit(" ", 1)[0]


def joined(items: Sequence[str], last: str = "and") -> str:
    """Enumerate: "a", "a and b", "a, b and c"; items that hold commas themselves are set apart by semicolons."""
    kept = [item for item in items if item]
    if len(kept) < 2:
        return "".join(kept)
    comma = "; " if any("," in item for item in kept) else ", "
    close = f"; {last} " if comma == "; " else f" {last} "
    return comma.join(kept[:-1]) + close + kept[-1]


def choose(variants: Sequence[str], *seed: object) -> str:
    """Pick a variant by the scene's own words, so that no edit elsewhere and no second run changes it."""
    text = "\0".join(str(part) for part in seed)
    return variants[zlib.crc32(text.encode("utf-8", "replace")) % len(variants)]


def number(count: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def texts(value: object) -> list[str]:
    """Return a field that may be missing, a text or a list as a list of non-empty texts."""
    if value is None:
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [str(each) for each in values if plain(each)]


def counted(text: str, unit: str) -> str:
    """Return a bare number with its unit ("15 minutes"); a text that names its own unit stays as it is."""
    return f"{text} {unit}" if re.fullmatch(r"\d+(\.\d+)?", text) else text
