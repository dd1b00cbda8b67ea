"""The parts of a talk: its chapters, or where it turns to something else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from video_gen.sources.transcript import headings, lexicon, terms
from video_gen.sources.transcript.sentences import Sentence

WORDS_A_TOPIC = 220
MOST_TOPICS = 8
LARGE_SHARE = 0.5

_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}:\d{2}(?::\d{2})?\)?|(?:chapter|part|kapitel|capítulo)?\s*\d{1,3}\s*[.):|–—-])\s*[-–—:|]?\s*",
    re.I,
)


@dataclass(frozen=True)
class Topic:
    """A part of a talk. title: "" for the one that introduces it."""

    title: str
    sentences: list[Sentence]

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


def of_talk(
    sentences: Sequence[Sentence], chapters: Sequence[Mapping[str, Any]], language: str, most: int
) -> list[Topic]:
    """Return the parts of a talk in order, at most `most` where they have to be found, none of them empty."""
    given = _given(sentences, chapters)
    if len(given) < 2:
        return _found(list(sentences), language, min(most, MOST_TOPICS))
    whole = sum(topic.words for topic in given)
    parted = []
    for topic in given:
        large = topic.words > max(LARGE_SHARE * whole, 3 * WORDS_A_TOPIC)
        parted += _parted(topic, language, most) if large else [topic]
    return parted


def _given(sentences: Sequence[Sentence], chapters: Sequence[Mapping[str, Any]]) -> list[Topic]:
    """Return the chapters that hold something; a sentence belongs to the one that its middle lies in."""
    known = sorted((max(float(c["start"]), 0.0), _cleaned(str(c["title"]))) for c in chapters)
    starts = np.array([start for start, _ in known])
    topics: dict[int, Topic] = {}
    for sentence in sentences:
        place = int(np.searchsorted(starts, (sentence.start + sentence.end) / 2, side="right")) - 1
        title = known[place][1] if place >= 0 else ""
        topics.setdefault(place, Topic(title, [])).sentences.append(sentence)
    kept = [topic for topic in topics.values() if not lexicon.ASIDE_CHAPTER.search(topic.title) or _summing_up(topic)]
    named = [_named(topic, place == 0) for place, topic in enumerate(kept)]
    return _joined(named)


def _cleaned(title: str) -> str:
    return " ".join(_NUMBERING.sub("", title).split()).rstrip(" :–—-") or " ".join(title.split())


def _summing_up(topic: Topic) -> bool:
    return any(lexicon.SUMMING_UP.match(sentence.alone) for sentence in topic.sentences)


def _named(topic: Topic, first: bool) -> Topic:
    if first and lexicon.OPENING.fullmatch(topic.title):
        return replace(topic, title="")
    if lexicon.ASIDE_CHAPTER.search(topic.title):
        place = next(n for n, s in enumerate(topic.sentences) if lexicon.SUMMING_UP.match(s.alone))
        said = [_summed(sentence) for sentence in topic.sentences[place:]]
        return Topic("In short", said)
    return topic


def _summed(sentence: Sentence) -> Sentence:
    rest = lexicon.SUMMING_UP.sub("", sentence.alone)
    rest = rest[:1].upper() + rest[1:]
    return replace(sentence, text=rest, alone=rest) if rest != sentence.alone else sentence


def _joined(topics: Sequence[Topic]) -> list[Topic]:
    """Join chapters of the same title, and what stands before the first chapter with it."""
    joined: list[Topic] = []
    for topic in topics:
        if joined and topic.title == joined[-1].title:
            joined[-1].sentences.extend(topic.sentences)
        else:
            joined.append(topic)
    return joined


def _parted(topic: Topic, language: str, most: int) -> list[Topic]:
    """Part a chapter that is most of the talk; its own title names the first part."""
    first, *others = _found(topic.sentences, language, min(most, MOST_TOPICS))
    return [replace(first, title=topic.title), *others]


def _found(sentences: list[Sentence], language: str, most: int) -> list[Topic]:
    words = sum(sentence.words for sentence in sentences)
    count = min(most, round(words / WORDS_A_TOPIC), len(sentences) // 4)
    if count < 2:
        return [Topic("", sentences)] if sentences else []
    parts = _segments(sentences, language, count)
    titles = headings.names([[s.text for s in part] for part in parts], language)
    topics: list[Topic] = []
    for title, part in zip(titles, parts, strict=True):
        if title or not topics:
            topics.append(Topic(title, part))
        else:
            topics[-1].sentences.extend(part)
    return topics


def _segments(sentences: list[Sentence], language: str, count: int) -> list[list[Sentence]]:
    """Cut into `count` parts so that the sentences of each are as alike as can be, none less than a third of an even share."""
    cuts = _best_cuts(*_coherence(sentences, language), count)
    return [sentences[a:b] for a, b in pairwise(cuts)]


def _coherence(sentences: Sequence[Sentence], language: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the summed likeness of all pairs before (i, j), the words before each sentence, and what each gains by opening."""
    rows = terms.vectors([sentence.text for sentence in sentences], language)
    blurred = rows.copy()
    for shift, weight in ((1, 0.6), (2, 0.3)):
        blurred[shift:] += weight * rows[:-shift]
        blurred[:-shift] += weight * rows[shift:]
    blurred = terms.scaled(blurred)
    alike = np.zeros((len(sentences) + 1,) * 2)
    alike[1:, 1:] = (blurred @ blurred.T).cumsum(0).cumsum(1)
    words = np.concatenate([[0], np.cumsum([sentence.words for sentence in sentences])])
    gains = np.array([0.0, *(_gain(a, b) for a, b in pairwise(sentences))])
    return alike, words, gains


def _gain(before: Sentence, sentence: Sentence) -> float:
    """Return what speaks for a new part: a speaker's beginning, a pause, a question, a word such as "okay" that was left out."""
    gap = min(max(sentence.start - before.end, 0.0), 2.0)
    return 1.5 * sentence.opens + 0.6 * gap + 0.7 * sentence.text.endswith(("?", "？")) - 1.0 * (sentence.begins < 0.5)


def _best_cuts(alike: np.ndarray, words: np.ndarray, gains: np.ndarray, count: int) -> list[int]:
    size = len(words) - 1
    least = words[-1] / count / 3
    best = np.full((count + 1, size + 1), -np.inf)
    origin = np.zeros((count + 1, size + 1), int)
    best[0, 0] = 0.0
    for part in range(1, count + 1):
        for last in range(part, size + 1):
            first = np.arange(last)
            inside = alike[last, last] - alike[first, last] - alike[last, first] + alike[first, first]
            value = best[part - 1, :last] + inside / (last - first) + gains[:last]
            value[words[last] - words[:last] < least] = -np.inf
            origin[part, last] = int(np.argmax(value))
            best[part, last] = value[origin[part, last]]
    while count > 1 and not np.isfinite(best[count, size]):
        count -= 1
    cuts = [size]
    for part in range(count, 0, -1):
        cuts.append(int(origin[part, cuts[-1]]))
    return cuts[::-1]
