"""Which sentences of a talk are told: the most telling ones, spread over its parts, each where it can be understood."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from video_gen.sources.transcript import sentences, terms, worth
from video_gen.sources.transcript.sentences import Sentence
from video_gen.sources.transcript.topics import Topic

# By how much sentences are worth more for being told together; longer stretches where it is not sure where sentences end, so
# that few of these places matter.
TOGETHER = (1.0, 1.18, 1.2)
TOGETHER_UNSURE = (0.8, 1.0, 1.1, 1.15, 1.15)
LEAST_WORDS, MOST_WORDS = 7, 60
# How much less than in proportion longer parts are told.
WEIGHT = 0.7
# What is worth less is told only where nothing else of its part is.
LEAST_WORTH = 0.2
# Words that even a small part may take.
LEAST_SHARE = 28


class Chooser:
    """Chooses among the sentences of the parts of a talk."""

    def __init__(self, topics: Sequence[Topic], language: str):
        self.topics, self.language = topics, language
        rows = terms.vectors([sentence.text for topic in topics for sentence in topic.sentences], language)
        sizes = np.cumsum([0, *(len(topic.sentences) for topic in topics)])
        self.rows = [rows[a:b] for a, b in pairwise(sizes)]
        whole = terms.scaled(rows.sum(0, keepdims=True))[0]
        self.worth = [worth.of_part(t, r, whole, language) for t, r in zip(topics, self.rows, strict=True)]
        self.telling = [[not worth.is_aside(s, language) for s in topic.sentences] for topic in topics]
        if not any(map(any, self.telling)):
            self.telling = [[True] * len(each) for each in self.telling]
        self.alone = [[worth.by_itself(s, language) for s in topic.sentences] for topic in topics]
        self.closing = [[worth.closing(s) for s in topic.sentences] for topic in topics]
        unsure = any(sentence.begins < 1 for topic in topics for sentence in topic.sentences)
        self.together = TOGETHER_UNSURE if unsure else TOGETHER

    def choose(self, words: int, parts: int) -> list[list[int]]:
        """Return which sentences of each part are told, in order: about `words` words of at most `parts` parts."""
        if words >= sum(topic.words for topic in self.topics):
            return [[n for n, told in enumerate(telling) if told] for telling in self.telling]
        weights = np.array([topic.words * any(t) for topic, t in zip(self.topics, self.telling, strict=True)]) ** WEIGHT
        weights[np.argsort(-weights, kind="stable")[parts:]] = 0
        chosen: list[list[int]] = [[] for _ in self.topics]
        shares = np.maximum(weights / max(weights.sum(), 1) * words, LEAST_SHARE)
        left = self._spend(chosen, words, weights, shares)
        self._spend(chosen, left, weights, np.full(len(weights), np.inf))
        return chosen

    def _spend(self, chosen: list[list[int]], words: int, weights: np.ndarray, shares: np.ndarray) -> int:
        """Choose further sentences, of the part first that is told least for its weight; return how many words are left.

        words: of all. weights: of the parts. shares: words that each part is given at most.
        """
        spent = np.array([sum(t.sentences[n].words for n in c) for t, c in zip(self.topics, chosen, strict=True)])
        waiting = np.where(weights > 0, spent / np.maximum(weights, 1e-9), np.inf)
        while np.isfinite(waiting).any():
            place = int(np.argmin(np.where(np.isfinite(waiting), waiting - weights / weights.max() * 1e-6, np.inf)))
            best = self._best(place, chosen[place], min(words, shares[place] - spent[place]))
            if not best:
                waiting[place] = np.inf
                continue
            chosen[place] = sorted([*chosen[place], *best])
            cost = sum(self.topics[place].sentences[n].words for n in best)
            spent[place] += cost
            words -= cost
            waiting[place] = spent[place] / weights[place]
        return words

    def told(self, place: int, chosen: Sequence[int]) -> list[tuple[Sentence, str]]:
        """Return the chosen sentences of a part with the words that each is told in."""
        own = self.topics[place].sentences
        told = [(own[n], own[n].text if n - 1 in chosen else own[n].alone) for n in chosen]
        return sentences.joined(told, self.language)

    def _best(self, place: int, chosen: Sequence[int], words: float) -> range:
        """Return the stretch of a part that is worth most beside what is chosen, at most so many words; it may be empty."""
        own = self.topics[place].sentences
        fitting = (s for s in self._stretches(place) if sum(own[n].words for n in s) <= words)
        free = (stretch for stretch in fitting if not set(stretch) & set(chosen))
        worth, best = max(
            ((self._value(place, stretch, chosen), stretch) for stretch in free),
            key=lambda pair: pair[0],
            default=(0.0, range(0)),
        )
        return best if worth >= LEAST_WORTH or not chosen else range(0)

    def _stretches(self, place: int) -> Iterator[range]:
        """Yield sentences that may be told together: none that speaks to the audience, no question without what follows."""
        own, telling = self.topics[place].sentences, self.telling[place]
        for first in range(len(own)):
            words = 0
            for last in range(first, min(first + len(self.together), len(own))):
                words += own[last].words
                if not telling[last] or (last > first and words > MOST_WORDS):
                    break
                if words >= LEAST_WORDS and not own[last].text.endswith(("?", "？", ":", "：")):
                    yield range(first, last + 1)

    def _value(self, place: int, stretch: range, chosen: Sequence[int]) -> float:
        """Return the worth of a stretch: less where it says the same as what is chosen, hangs in the air or is torn off."""
        own, rows = self.topics[place].sentences, self.rows[place]
        value = sum(self.worth[place][n] for n in stretch) / len(stretch) * self.together[len(stretch) - 1]
        if stretch[0] - 1 not in chosen:
            value *= self.alone[place][stretch[0]] * own[stretch[0]].begins
        if stretch[-1] + 1 not in chosen:
            value *= self.closing[place][stretch[-1]]
        if chosen:
            value *= 1 - 0.8 * float((rows[list(stretch)] @ rows[list(chosen)].T).max())
        return value
