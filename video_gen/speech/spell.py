"""Narration to pieces: what is shown, and what is to be said for it, before any engine hears it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, Protocol

from video_gen.errors import InputError
from video_gen.speech.model import Piece
from video_gen.speech.pauses import LONGEST, stretches
from video_gen.speech.spell_en import English
from video_gen.speech.spell_other import Other
from video_gen.speech.voices import base

_TAGS = "a|b|i|u|em|strong|br|hr|p|code|pre|kbd|sub|sup|span|div|img|li|ul|ol|h[1-6]|details|summary"
_HTML = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>|<!--|-->", re.IGNORECASE)
_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\]\[[^\]\s]*\]")
_BLOCK = re.compile(r"#{1,6}|>+|[-*+•‣▪|]|`{3,}\S*|~{3,}\S*|[-*_=]{3,}|\|?:?-{3,}:?\|?")
_NUMBERED = re.compile(r"\d{1,3}[.)]")
_BOLD = re.compile(r"\*\*(\w[^*\s]*)\*\*")
_EMPHASIS = re.compile(r"^(?:\*+|_+|~~)(?=[^\s*_])|(?<=[^\s*_])(?:\*+|_+|~~)(?=\W*$)|`+|\(\)")
# Pictographs, dingbats, flags, and the invisible signs that join or vary them. Arrows and mathematics stay.
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\U000e0000-\U000e007f\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u25a0-\u25ff"
    "\ufe00-\ufe0f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u20e3\u00ad\ufeff\x00-\x1f\x7f]"
)
_LEAD = re.compile(r"[\"'“”„‘’«»‹›(\[{¿¡]*!?\[?")
_TRAIL = re.compile(r"[\"'“”‘’«»‹›)\]}>.,;:!?…。！？،؛؟।、，；：]*$")
_LETTER_A = re.compile(r"\bA\b(?!')")
_DASH = re.compile(r"[-‐‑‒–—―−]+")
_STOPS = {
    "。": ".",
    "！": "!",
    "？": "?",
    "؟": "?",
    "।": ".",
    "…": ".",
    "،": ",",
    "、": ",",
    "，": ",",
    "；": ";",
    "؛": ";",
}


class Speller(Protocol):
    """How one language is spelled out."""

    def phrase(self, text: str, at: int) -> tuple[int, str] | None:
        """Return the end and the spoken words of a form that begins at `at` and may cover blanks, or None."""

    def word(self, core: str) -> str:
        """Return the spoken words of a word without marks and punctuation."""


class _Token(NamedTuple):
    """A word as shown, and without its marks: opening punctuation, then the rest. closes: a block ends behind it."""

    text: str
    lead: str
    rest: str
    closes: bool = False


def pieces(text: str, language: str, pronunciations: Mapping[str, str] | None = None) -> list[Piece]:
    """Return the narration in pieces, spelled out for speech.

    `[pause 0.8]` and paragraph breaks become the pause of the piece before them (of an empty piece at the beginning).
    pronunciations: written word or words to spoken words, whatever their case; they win over what is built in.
    """
    speller: Speller = (English if base(language) == "en" else Other)(language, pronunciations or {})
    out: list[Piece] = []
    for stretch, pause in stretches(text.strip()):
        out += _pieces(stretch, speller)
        if pause and not out:
            out.append(Piece("", "", pause))
        elif pause:
            out[-1] = replace(out[-1], pause=min(LONGEST, out[-1].pause + pause))
    return out


def speakable(spelled: Sequence[Piece]) -> list[Piece]:
    """Join pieces that are not spoken (emoji, dashes, marks) to their neighbours, so that each piece is heard.

    Raises InputError if nothing is spoken at all.
    """
    out: list[Piece] = []
    waiting = ""
    for piece in spelled:
        if piece.spoken:
            out.append(replace(piece, text=f"{waiting} {piece.text}".strip()))
            waiting = ""
        elif out:
            text = f"{out[-1].text} {piece.text}".strip()
            out[-1] = Piece(text, out[-1].spoken, min(LONGEST, out[-1].pause + piece.pause))
        else:
            waiting = f"{waiting} {piece.text}".strip()
    if not out:
        raise InputError(f"the narration {waiting[:60]!r} holds no words that can be spoken. Write a sentence.")
    return out


def clear_letters(spelled: Sequence[Piece]) -> list[Piece]:
    """Return English pieces for engines that take the letter A for the article, with the letter as they say it."""
    return [replace(piece, spoken=_LETTER_A.sub("eh", piece.spoken)) for piece in spelled]


def _pieces(stretch: str, speller: Speller) -> list[Piece]:
    tokens = list(_tokens(stretch))
    text = " ".join(token.lead + token.rest for token in tokens)
    ends = list(accumulate((len(token.lead + token.rest) + 1 for token in tokens), initial=-1))[1:]
    out: list[Piece] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if "(" in token.lead or not token.rest or _DASH.fullmatch(token.rest):
            _rest(out, token)
        last, spoken = _said(text, ends, index, token, speller)
        out.append(Piece(" ".join(t.text for t in tokens[index : last + 1]), spoken))
        if tokens[last].closes:
            _mark(out, ".")
        index = last + 1
    return out


def _said(text: str, ends: list[int], index: int, token: _Token, speller: Speller) -> tuple[int, str]:
    """Return the last token of the piece that begins at `index`, and what is spoken for it."""
    at = ends[index] - len(token.rest)
    if not token.rest or _DASH.fullmatch(token.rest):
        return index, ""
    phrase = speller.phrase(text, at)
    if phrase:
        end, spoken = phrase
        last = next(i for i, e in enumerate(ends) if e >= end)
        trail = text[end : ends[last]]
        if _TRAIL.fullmatch(trail):
            return last, _joined(spoken, _stop(trail))
    trail = _TRAIL.search(token.rest)[0]  # type: ignore[index]  # matches the empty string as well
    core = token.rest.removesuffix(trail) if trail else token.rest
    return index, _joined(speller.word(core), _stop(trail)) if core else ""


def _tokens(stretch: str) -> Iterator[_Token]:
    lines = [line.split() for line in stretch.splitlines() if line.strip()]
    blocks = [bool(_BLOCK.fullmatch(line[0]) or _NUMBERED.fullmatch(line[0])) for line in lines]
    for line, block, next_block in zip(lines, blocks, [*blocks[1:], False], strict=False):
        for number, word in enumerate(line, 1):
            clean = "" if number == 1 and _BLOCK.fullmatch(word) else _clean(word)
            lead = _LEAD.match(clean)[0] if len(clean) > 1 else ""  # type: ignore[index]  # matches the empty string
            yield _Token(word, lead, clean[len(lead) :], closes=number == len(line) and (block or next_block))


def _clean(token: str) -> str:
    """Drop Markdown marks, HTML tags, emoji and invisible signs from a word."""
    token = unicodedata.normalize("NFC", token)
    token = _BOLD.sub(r"\1", _LINK.sub("", _HTML.sub("", token)))
    return _PICTURES.sub("", _EMPHASIS.sub("", token.replace("➜", "→").replace("➔", "→")))


def _stop(trail: str) -> str:
    """The one punctuation mark that an engine is to hear."""
    marks = [_STOPS.get(character, character) for character in trail]
    for wanted in "?!.;:,":
        if wanted in marks:
            return wanted
    return "," if ")" in marks else ""


def _joined(spoken: str, stop: str) -> str:
    spoken = " ".join(spoken.split()).rstrip(",")
    if not any(character.isalnum() for character in spoken):
        return ""
    return spoken if spoken[-1] in ".?!" else spoken + stop


def _rest(out: list[Piece], token: _Token) -> None:
    """A dash or an opening bracket is a short rest: a comma behind the word before it."""
    dash = bool(token.rest) and bool(_DASH.fullmatch(token.rest))
    if dash or "(" in token.lead:
        _mark(out, ",")


def _mark(out: list[Piece], mark: str) -> None:
    """Put a punctuation mark behind what is spoken last, unless there is one."""
    if out and out[-1].spoken and out[-1].spoken[-1].isalnum():
        out[-1] = replace(out[-1], spoken=out[-1].spoken + mark)
