"""How telling sentences are, and which of them can be understood by themselves."""

import re

import numpy as np

from video_gen.script.narration import word_count
from video_gen.sources.transcript import lexicon, terms
from video_gen.sources.transcript.sentences import Sentence
from video_gen.sources.transcript.topics import Topic
from video_gen.speech.voices import base

# What a sentence is worth more that holds all the words of the heading.
NAMED = 0.5

_SAID, _USUAL = (5, 34), (8, 26)

_TELLING = {
    "en": r"\b(turns out|the (key|reason|answer|result|lesson|trick|rule|secret|point|difference|truth)|matters?"
    r"|most important|in short|to sum up|remember|means that|that is why|never|always|cheapest|best|worst|biggest"
    r"|easiest|nothing|instead of|because)\b",
    "de": r"\b(wichtig\w*|grund|entscheidend\w*|ergebnis|bedeutet|immer|nie|nur|weil)\b",
    "es": r"\b(importante|clave|la razón|resulta que|significa|siempre|nunca|solo|porque)\b",
    "fr": r"\b(important\w*|clé|la raison|le résultat|signifie|toujours|jamais|seulement|parce que)\b",
}
_FIGURES = re.compile(r"\d|\b(per cent|percent|half|third|twice|times|hundred|thousand)\b")
_OF_MYSELF = re.compile(r"\b(?:I|my|me|I'm|I've)\b")
_LOOSE = re.compile(
    r"\b(it|they|them|he|she|him|this|that(?= (?:is|was|happens|works))|these|those|there|one|ones|of th(?:is|at))\b",
    re.I,
)
_LATER = re.compile(
    r"(\w+ ){0,2}also\b|(\w+ ){1,3}(later|earlier|after that|before that)\b|the (\w+ )?answer (is|was)\b", re.I
)
_ANNOUNCING = re.compile(
    r"\b(this is (the|where|how|what|why)|things (that )?(nobody|people|we|you|I)|the (other|first|second|next) (thing|reason)"
    r"|there (are|is) (two|three|four|five|several)|here('s| is)|the question)\b",
    re.I,
)
_EMPTY_IT = re.compile(
    r"\b(it (turns out|is|was|rain\w*|takes|costs|seems|depends|does not matter)|there (is|are|was|were)|this is|one of)\b",
    re.I,
)


def of_part(topic: Topic, rows: np.ndarray, whole: np.ndarray, language: str) -> list[float]:
    """Return how telling each sentence of a part is by itself: near what the part and the talk are about, and well said.

    rows: the vectors of the sentences. whole: of the talk.
    """
    sentences, named = topic.sentences, set(terms.of_text(topic.title, language))
    part = terms.scaled(rows.sum(0, keepdims=True))[0]
    near = rows @ (0.6 * part + 0.4 * whole)
    near = 0.25 + near / max(float(near.max(initial=0.0)), 1e-9)
    ends = {0, 1, len(sentences) - 1}
    return [
        float(near[place])
        * _well_said(sentence, language)
        * (1.15 if place in ends else 1.0)
        * (1 + NAMED * len(named.intersection(terms.of_text(sentence.text, language))) / max(len(named), 1))
        for place, sentence in enumerate(sentences)
    ]


def _well_said(sentence: Sentence, language: str) -> float:
    text, words = sentence.alone, word_count(sentence.alone)
    value = 0.5 + 0.5 * sentence.whole
    if not _SAID[0] <= words <= _SAID[1]:
        value *= 0.3
    elif not _USUAL[0] <= words <= _USUAL[1]:
        value *= 0.8
    telling = _TELLING.get(base(language))
    value *= 1.25 if telling and re.search(telling, text, re.I) else 1.0
    value *= 1.2 if _FIGURES.search(text) else 1.0
    return value * (0.8 if len(_OF_MYSELF.findall(text)) > 1 else 1.0)


def is_aside(sentence: Sentence, language: str) -> bool:
    """Whether a sentence speaks to the audience and not of the subject."""
    return bool(lexicon.aside(language).search(sentence.alone))


def by_itself(sentence: Sentence, language: str) -> float:
    """Return how well a sentence can be understood without those before it, 0 to 1."""
    text = sentence.alone
    if lexicon.back(language).match(text) and not _EMPTY_IT.match(text):
        return 0.15
    if base(language) != "en":
        return 1.0
    if _LATER.match(text):
        return 0.3
    return 0.6 if _LOOSE.search(_EMPTY_IT.sub("", " ".join(text.split()[:9]))) else 1.0


def closing(sentence: Sentence) -> float:
    """Return how well a sentence can be the last that is told before a gap, 0 to 1: not if it announces what follows."""
    return sentence.ends * (0.3 if _ANNOUNCING.search(sentence.text) else 1.0)
