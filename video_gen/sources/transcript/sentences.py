"""Sentences of a talk with their times, and what each would be if it were told alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from video_gen.script.narration import word_count
from video_gen.sources.markdown import wording
from video_gen.sources.transcript import captions, lexicon, punctuation
from video_gen.speech.voices import base

SURE = 0.6
GAP = 1.5
LONGEST = 40

_NEEDLESS = re.compile(
    r",? ?\b(?:you know|i mean|i think|i guess|i suppose|like i said|by the way|as i said|or something|if you like|let's say),"
    r"|,\s*(?:you know|i mean|i think|by the way|right|okay|you see|if you like)(?=[.?!]?$)"
    r"|\byou know\b(?! (?:that|the|what|how|why|if|a|an|this|it|who|where|when|about|your|my|which|them|him|her)\b)(?=\s)"
    r"|(?<!\ba )(?<!this )(?<!that )(?<!what )(?<!some )(?<!any )(?<!every )(?<!the )(?<!one )\b(?:kind|sort) of (?=\w+)"
    r"|\bi mean\b(?=\s)|\b(?:actually|basically|literally|honestly|obviously)\b,?(?=\s)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:(?:okay|ok|alright|all right|yeah|oh|right|well|anyway|of course|(?:so|and|now),? (?:yeah|okay|well))\b,?\s+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[, ]+(?:(?:so|and) )?(?:yeah|okay|ok|alright|anyway|so|and|but)$", re.IGNORECASE)
_TWICE = re.compile(r"\b(\w+)(?:,? \1\b)+", re.IGNORECASE)
_MEANT_TWICE = frozenset("that had very more many again so no bye".split())
_STRAY = re.compile(r"\s+(?=[,.;:!?])|(?<=^)[\s,.;:–—-]+")
_HESITATING = re.compile(r"(?:えーっと|えーと|えっと|ええと|えー|あのー|あの、|うーん|まあ、|嗯|呃)[、，]?")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a talk.

    text: as it follows the one before. alone: without the words that link it to that one. start, end: seconds.
    first, last: indices of its snippets. begins, ends, whole: how sure it is, 0 to 1, that a sentence begins and ends where this
    one does, and that none ends in it. opens: whether a speaker or a part begins with it.
    """

    text: str
    alone: str
    start: float
    end: float
    first: int
    last: int
    begins: float = 1.0
    ends: float = 1.0
    whole: float = 1.0
    opens: bool = False

    @cached_property
    def words(self) -> int:
        return word_count(self.text)


def of_talk(snippets: Sequence[Mapping[str, Any]], language: str) -> list[Sentence]:
    """Return the sentences of a talk in order, freed of what is only a habit of speech. Music and noises are none."""
    runs = captions.runs(snippets, language)
    has_stops = captions.has_stops(runs)
    found = []
    for run in runs:
        spans = _punctuated(run.text) if has_stops else punctuation.split(run, language)
        for number, span in enumerate(spans):
            text = _finished(run.text[span.first : span.last], language, has_stops)
            if word_count(text) < 2:
                continue
            start, end = run.token_at(span.first), run.token_at(span.last - 1)
            alone = _alone(text, language)
            times = (start.start, end.end, start.snippet, end.snippet)
            found.append(Sentence(text, alone, *times, span.begins, span.ends, span.whole, opens=number == 0))
    return found


def _punctuated(text: str) -> list[punctuation.Span]:
    spans, place = [], 0
    for sentence in wording.sentences(text):
        first = text.index(sentence, place)
        place = first + len(sentence)
        ended = sentence.rstrip("\"'”’»)]」』").endswith((".", "!", "?", "…", "。", "！", "？"))
        spans.append(punctuation.Span(first, place, ends=1.0 if ended else 0.4))
    return spans


def _finished(text: str, language: str, has_stops: bool) -> str:
    text = _HESITATING.sub("", text)
    if base(language) == "en":
        text = _LEADS.sub("", text, count=1) if _LEADS.match(text) else text
        text = _NEEDLESS.sub(" ", text)
        text = text if has_stops else _TRAILING.sub("", text)
        text = _TWICE.sub(lambda m: m[0] if m[1].lower() in _MEANT_TWICE else m[1], text)
    text = _STRAY.sub("", " ".join(text.split()))
    if not text:
        return ""
    return text[0].upper() + text[1:] if has_stops else punctuation.written(text, language)


def _alone(text: str, language: str) -> str:
    match = lexicon.link(language).match(text)
    rest = text[match.end() :] if match else text
    return rest[:1].upper() + rest[1:] if word_count(rest) > 3 else text


def joined(told: Sequence[tuple[Sentence, str]], language: str) -> list[tuple[Sentence, str]]:
    """Join sentences that follow one another where it is unsure that one ends there, up to a length that can be said."""
    found: list[tuple[Sentence, str]] = []
    for sentence, text in told:
        before, said = found[-1] if found else (sentence, "")
        follows = said and text == sentence.text and 0 <= sentence.start - before.end < GAP and not said.endswith("?")
        if follows and sentence.begins < SURE and word_count(said) + sentence.words <= LONGEST:
            small = text if re.match(r"I\b|[^\W\d_]+['’]?\w*[A-Z]", text) else text[0].lower() + text[1:]
            link = ", " if lexicon.link(language).match(text) else " "
            found[-1] = replace(before, end=sentence.end, last=sentence.last), said.rstrip(".。") + link + small
        else:
            found.append((sentence, text))
    return found
