"""Sentences in speech that is written without full stops, found by pauses, linking words and length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from video_gen.sources.transcript import english, lexicon
from video_gen.sources.transcript.captions import IS_UNSPACED, Run, Token
from video_gen.speech.voices import base

LONGEST = 40
USUAL = 13
A_CUT = 3.0
UNCUT = 0.8
LONG_PAUSE = 0.35

_POLITE = re.compile(
    r"(?:です|ます|ました|でした|ません|ましょう|でしょう|ください)(?:ね|よ|よね|か)?(?!が|けど|から|ので|し|ね|よ|か|と|の|け|ん)"
)
_QUESTION = re.compile(
    r"(?:so |and |but )*(?:(?:what|how|why|where|when|who|which)(?: \w+)? (?:is|are|was|were|do|does|did|can|could|would|should"
    r"|will|has|have)"
    r"|what's|how's|who's|(?:is|are|do|does|did|can|could|would|should|will) (?:it|this|that|there|you|we|they|i|the|a))\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\bi(?='|\b)")
_CLAUSE = re.compile(
    r"(?<=\w{2}) (but|which|because|so (?=i |we |you |they |it |the |he |she ))(?=\s?\w+ \w+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Span:
    """A stretch of text that is taken for a sentence. begins, ends, whole: how sure each is, 0 to 1."""

    first: int
    last: int
    begins: float = 1.0
    ends: float = 1.0
    whole: float = 1.0


def split(run: Run, language: str) -> list[Span]:
    """Return the sentences of a run."""
    if len(IS_UNSPACED.findall(run.text)) * 2 > len(run.text):
        return _unspaced(run)
    division = _Division(run.tokens, language)
    offsets = [*run.offsets, len(run.text) + 1]
    return [
        Span(offsets[a], offsets[b] - 1, division.sureness(a), division.sureness(b), division.smoothness(a, b))
        for a, b in pairwise(division.cuts())
    ]


def written(text: str, language: str) -> str:
    """Return words as a sentence: a capital first and a stop last."""
    if IS_UNSPACED.search(text[-1]):
        thai = "\u0e00" <= text[-1] <= "\u17ff"
        return text if thai or text.endswith(("。", "！", "？")) else text.rstrip("、，") + "。"
    mark = "."
    if base(language) == "en":
        text = _FIRST_PERSON.sub("I", text)
        mark = "?" if _QUESTION.match(text) else "."
        head, *rest = re.split(r"(?<=\w) ", text, maxsplit=3)
        text = " ".join([head, *rest[:2], *(_CLAUSE.sub(_comma, " " + part)[1:] for part in rest[2:])])
    return text[:1].upper() + text[1:].rstrip(" ,;:-–") + mark


def _comma(match: re.Match[str]) -> str:
    return f", {match[1]}" if match[1].lower() != "because" else match[0]


class _Division:
    """The cheapest division of words into sentences, by prices of cuts and of what lies between them."""

    def __init__(self, tokens: Sequence[Token], language: str):
        self.tokens, self.language = tokens, language
        self.grammar = english.Grammar(tokens) if base(language) == "en" else None
        self.prices = np.array([0.0, *(self._price(place) for place in range(1, len(tokens))), 0.0])
        self.spans = [self._spans(last) for last in range(1, len(tokens) + 1)]

    def cuts(self) -> list[int]:
        """Return where sentences begin, and the end."""
        size = len(self.tokens)
        best, origin = np.zeros(size + 1), np.zeros(size + 1, int)
        for last in range(1, size + 1):
            first = max(last - LONGEST, 0)
            costs = best[first:last] + self.spans[last - 1]
            origin[last] = first + int(np.argmin(costs))
            best[last] = costs[origin[last] - first] + self.prices[last]
        found = [size]
        while found[-1]:
            found.append(int(origin[found[-1]]))
        return found[::-1]

    def sureness(self, cut: int) -> float:
        """Return how sure a cut is, 0 to 1."""
        return max(0.1, min(1.0, 0.9 - float(self.prices[cut]) / 4))

    def smoothness(self, first: int, last: int) -> float:
        """Return how sure it is that no sentence ends inside of a stretch, 0 to 1."""
        inside = float(min(self.prices[first + 1 : last], default=A_CUT))
        run_on = int(self.grammar.run_on(np.array([first]), last)[0]) if self.grammar else 0
        return (0.6 if inside < UNCUT else 1.0) * 0.5**run_on

    def _spans(self, last: int) -> np.ndarray:
        first = np.arange(max(last - LONGEST, 0), last)
        words = last - first
        price = np.where(words < 5, (5 - words) * 2.0, np.maximum(words - USUAL, 0) ** 2 / 60)
        return price + self.grammar.span_prices(first, last) if self.grammar else price

    def _price(self, place: int) -> float:
        """Return what it costs to begin a sentence at a word."""
        before, token = self.tokens[place - 1].text.lower(), self.tokens[place]
        word = token.text.lower()
        price = A_CUT - 5 * min(token.pause, 1.0) - 2 * (token.text[:1].isupper() and not word.startswith("i"))
        if self.grammar:
            return price + self.grammar.price(place)
        price += 6 * (len(before) < 4 and before in lexicon.function_words(self.language))
        return price - 2.5 * (word in lexicon.openers(self.language))


def _unspaced(run: Run) -> list[Span]:
    """Cut where polite Japanese sentences end, else between snippets: at a pause, or when it has become long."""
    cuts = {0: 1.0, len(run.text): 1.0}
    cuts.update({match.end(): 0.9 for match in _POLITE.finditer(run.text)})
    begin = 0
    for token, offset in zip(run.tokens, run.offsets, strict=True):
        begin = max([cut for cut in cuts if cut <= offset and cut < len(run.text)])
        if offset - begin >= 12 and (token.pause > LONG_PAUSE or offset - begin >= 45):
            cuts[offset] = 0.9 if token.pause > LONG_PAUSE else 0.4
    places = sorted(cuts)
    return [Span(a, b, cuts[a], cuts[b]) for a, b in pairwise(places) if run.text[a:b].strip()]
