"""What is known of writing systems beside their fonts: direction, signs that are one, brackets that turn."""

import re
import unicodedata
from itertools import groupby

_JOINERS = "\u200c\u200d"
# A joiner has a shape only between two signs of a script that joins (or two emoji).
_IDLE_JOINERS = re.compile(f"(?<![^\x00-\x7f\\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\x00-\x7f\\s{_JOINERS}])")
# A key of a keyboard, or a sign with the skin colours and further signs that are joined to it.
_UNIT = re.compile(f"[0-9#*]\u20e3|[^{_JOINERS}](?:[\U0001f3fb-\U0001f3ff]|[{_JOINERS}]+[^{_JOINERS}])*", re.DOTALL)
_TURNED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPEN, _CLOSED = "([{«‹", ")]}»›"
_ENDS = ".,:;!?… "


def clean(text: str) -> str:
    """Return `text` as it is drawn: composed, tabs as 4 blanks, without control and variation characters and idle joiners."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if c == "\n" or _is_drawn(c))
    return _IDLE_JOINERS.sub("", kept)


def _is_drawn(character: str) -> bool:
    code = ord(character)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return character in _JOINERS or not (selector or hidden)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    if text.isascii():
        return False
    for c in text:
        direction = unicodedata.bidirectional(c)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def phrases(text: str) -> list[str]:
    """Part a left to right line into what stands in it as it is, and right to left phrases, each to be ordered as a whole.

    To a phrase belong the blanks and signs between two of its words, digits after one, and the bracket that closes one opened
    in it. (Unicode's bidirectional algorithm, UAX #9, knows further cases.)
    """
    inside = _in_phrases(text)
    return ["".join(text[place] for place in group) for _, group in groupby(range(len(text)), inside.__contains__)]


def _in_phrases(text: str) -> set[int]:
    found: set[int] = set()
    waiting: list[int] = []
    open_at: list[int] = []
    within = False
    for place, character in enumerate(text):
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            within, waiting, open_at = False, [], []
        elif direction in ("R", "AL") or (within and direction in ("EN", "AN", "NSM")):
            found |= {*waiting, place}
            within, waiting = True, []
        elif within:
            waiting.append(place)
            if character in _OPEN:
                open_at.append(place)
            elif character in _CLOSED and open_at and open_at.pop() in found:
                found.update(waiting)
                waiting = []
    return found


def units(text: str) -> list[str]:
    """Part `text` into the signs that one font has to draw: single characters, and those joined to one (a family)."""
    return [text] if len(text) == 1 else list(text) if text.isascii() else _UNIT.findall(text)


def joined(before: str, after: str) -> bool:
    """Whether two characters are parts of one sign."""
    return before in _JOINERS or after in _JOINERS or after == "\u20e3" or "\U0001f3fb" <= after <= "\U0001f3ff"


def visible(unit: str) -> str:
    """Return a sign without its joiners, which no font needs to have."""
    return unit.translate({ord(c): None for c in _JOINERS})


def inside_backwards(run: str) -> str:
    """Return a left to right run as it stands in a right to left line.

    What belongs to the line and not to the run's words changes sides and turns round: the blanks at its two ends, the end of a
    sentence, and brackets whose other half is elsewhere.
    """
    lone = _lone_brackets(run)
    first = 0
    # A full stop right before a word belongs to it: .env
    while first < len(run) and (
        first in lone or run[first] == " " or (run[first] in _ENDS and run[first + 1 :][:1] in " ")
    ):
        first += 1
    last = len(run)
    while last > first and (last - 1 in lone or run[last - 1] in _ENDS):
        last -= 1
    return run[last:][::-1].translate(_TURNED) + run[first:last] + run[:first][::-1].translate(_TURNED)


def _lone_brackets(run: str) -> set[int]:
    """Return the places of the brackets that the run opens and does not close, or closes and did not open."""
    open_at: list[int] = []
    lone = set()
    for place, character in enumerate(run):
        if character in _OPEN:
            open_at.append(place)
        elif character in _CLOSED and open_at:
            open_at.pop()
        elif character in _CLOSED:
            lone.add(place)
    return lone | set(open_at)
