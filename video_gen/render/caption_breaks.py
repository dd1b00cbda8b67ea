"""Where a caption's text may be broken: how bad a break between two words is in their language."""

import re
import unicodedata

from video_gen.render.caption_words import BOUND, LEADS

# The order of preference. FORBIDDEN is finite, so that text which fits in no other way is still shown.
SENTENCE, CLAUSE, BRACKET, LEAD, PLAIN, DANGLING, FORBIDDEN = 0.0, 2.0, 3.0, 5.0, 8.0, 16.0, 1000.0

_NONE: frozenset[str] = frozenset()

_CLOSING = r"[\"'”’»›)\]}」』）】》]*$"
_SENTENCE_END = re.compile(r"[.!?…。！？｡؟۔।։]" + _CLOSING)
_CLAUSE_END = re.compile(r"[,;:、，；：،؛—–]" + _CLOSING + r"|^-{1,3}$")
_DASH = re.compile(r"[-–—]{1,3}$")
_ABBREVIATION = re.compile(
    r"\W*(?:\w\.|(?:\w\.){2,}|(?:dr|mr|mrs|ms|prof|st|no|vs|etc|approx|fig|cf|bzw|ca|nr|usw|z|sog|inkl|vgl|m|mme|sr|sra|dott)\.)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[(\[~≈<>≤≥+\-−±$€£¥]*\d[\d.,:/'×x\-–]*$")
_CURRENCY = re.compile(r"(?:[A-Z]{0,3}[$€£¥]|EUR|USD|GBP|CHF|JPY)$")
_ORDINAL_POINT = frozenset({"de", "da", "no", "cs", "fi", "hu", "pl"})


def penalty(before: str, after: str, language: str, *, glued: bool = False, tied: bool = False) -> float:
    """Return how bad a break between two neighbouring stretches of text is, 0 (the best) to FORBIDDEN.

    language: a code such as `pt-BR`. glued: no blank stands between the two. tied: they are one spoken word.
    """
    base = language.partition("-")[0]
    if _is_sentence_end(before, base):
        return CLAUSE if after[0].islower() else SENTENCE
    if _DASH.match(after):
        return DANGLING
    if _CLAUSE_END.search(before):
        return CLAUSE
    if glued:
        return _inside(before[-1], after[0])
    if tied or _is_bound(before, after, base):
        return FORBIDDEN
    if before[-1] in ")]" or after[0] in "([":
        return BRACKET
    return _by_word_class(before, after, base)


def _is_sentence_end(word: str, base: str) -> bool:
    if not _SENTENCE_END.search(word) or _ABBREVIATION.match(word):
        return False
    return not (base in _ORDINAL_POINT and word[:-1].isdigit())


def _inside(before: str, after: str) -> float:
    """Text without blanks: a Japanese phrase mostly ends in hiragana, and the next begins with other characters."""
    kinds = [unicodedata.name(character, "").partition(" ")[0] for character in (before, after)]
    if kinds[0] == kinds[1]:
        return PLAIN if kinds[0] == "CJK" else DANGLING
    if "HIRAGANA" in kinds:
        return LEAD if kinds[0] == "HIRAGANA" else DANGLING
    return PLAIN


def _is_bound(before: str, after: str, base: str) -> bool:
    """Whether the two are parts of a name, or a number and its unit."""
    known = LEADS.get(base, _NONE) | BOUND.get(base, _NONE)
    if _bare(before) in known or _bare(after) in known:
        return False
    if _NUMBER.match(before):
        return after[0].isalpha() or after[0] in "%°€$£¥‰"
    if _CURRENCY.match(before):
        return bool(_NUMBER.match(after))
    open_ended = before[-1].isalnum() or _ABBREVIATION.match(before)
    return bool(_capitalised(before) and open_ended and _capitalised(after))


def _capitalised(word: str) -> bool:
    letters = word.lstrip("\"'“‘«„([")
    return bool(letters) and letters[0].isupper()


def _by_word_class(before: str, after: str, base: str) -> float:
    leads, bound = LEADS.get(base, _NONE), BOUND.get(base, _NONE)
    if _bare(before) in leads or _bare(before) in bound or _NUMBER.match(after):
        return DANGLING
    return LEAD if _bare(after) in leads else PLAIN


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word).lower()
