"""Where English sentences may begin in speech without full stops, by the word classes of a tagger trained on such text."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np

from video_gen.sources.transcript.captions import Token

# The tagger knows words only: "that's" is tagged as "that is".
_CONTRACTED = {"'m": "am", "'re": "are", "'s": "is", "'ve": "have", "'ll": "will", "'d": "would"}
_NEGATED = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"}

_FILLED = frozenset("DET ADJ NUM NOUN PROPN ADP ADV".split())
_OPEN_ENDED = frozenset("DET CCONJ SCONJ PART".split())
_NO_END = frozenset(
    "a an the of to at by for from with into onto upon as than and or but nor if because while where which who whose whom is"
    " are was were am be been being my your our their very quite i we he she they whether let let's get gets every really"
    " so most how what why it's i'm we're they're you're he's she's that that's there's what's".split()
)
_NO_START = frozenset(
    "of than me him us them who whom whose which that to into with or is are was were be been am as 's by"
    " until off out up down".split()
)
_SUBORDINATORS = frozenset("when if while because although though once unless until since whenever as where".split())
# Those of them that rather begin a sentence than lead to a second clause.
_FRONTED = frozenset("when if once whenever although".split())
_LEADS = frozenset("so but and now then okay well however anyway yeah alright today tonight finally".split())
_ADVERBIAL_LEADS = frozenset("and but or finally honestly basically".split())
_PRONOUNS = frozenset("i we you he she it they there this that these those nobody everybody everyone people".split())
_COMPLEMENTS = frozenset(
    "think thought know knew guess say said mean means believe hope sure see find found tell told show remember imagine way time"
    " moment reason everything all anything something thing part".split()
)
_QUESTIONS = frozenset("what how why where".split())
_PARTICLES = frozenset("up out off down away back".split())
_CONNECTING = frozenset(
    "and but or so that which who what how why where when if because than as while until unless though".split()
)


@cache
def _tagger():
    from denckring_en_pos import tagger  # reads its model, which only speech without stops needs

    return tagger()


class Grammar:
    """What the classes of the words of a run say of its sentences."""

    def __init__(self, tokens: Sequence[Token]):
        self.words = [token.text.lower().replace("’", "'").strip(",;:") for token in tokens]
        self.tags, self.finite = _tagged(self.words)
        self.verbs, self.links = (
            np.array([0, *accumulate(map(int, each))]) for each in (self.finite, (w in _CONNECTING for w in self.words))
        )
        self.clauses = [self._begins_clause(place) for place in range(len(self.words))]
        self.leads = np.array([word in _LEADS for word in self.words])
        self.heads = self._heads()
        self.subordinate = np.array([self.words[head] in _SUBORDINATORS for head in self.heads])

    def price(self, place: int) -> float:
        """Return what a cut before a word costs, beside what all cuts cost; below 0 where a sentence is likely to begin."""
        before, word = self.words[place - 1], self.words[place]
        lead = place + 1 if word in _LEADS and place + 1 < len(self.words) else place
        price = (
            self._torn(place) + 9 * (before in _NO_END or self.tags[place - 1] in _OPEN_ENDED) + 7 * (word in _NO_START)
        )
        if self.clauses[lead]:
            return price - self._clause_credit(place, lead)
        if lead > place and self.words[lead] == "to":  # "so to sum up"
            return price - 2.0
        if self.words[lead] in _FRONTED:
            return price - (2.5 if lead == place else 3.5)
        if self.words[lead] in _QUESTIONS and any(self.finite[lead + 1 : lead + 4]) and before not in _COMPLEMENTS:
            return price - (1.5 if lead == place else 3.0)
        return price

    def _torn(self, place: int) -> float:
        """Return the price of parting what belongs together: "rubber | band", "how warm | the kitchen"."""
        pair, before = (self.tags[place - 1], self.tags[place]), self.words[place - 1]
        if (
            pair[0] == "AUX"
            or before in _ADVERBIAL_LEADS
            or (pair[0] == "ADV" and self.words[place - 2 : place - 1] in (["and"], ["but"]))
        ):
            return 6.0
        if self.finite[place] and not self.clauses[place] and before in _PRONOUNS:
            return 8.0
        if self.words[place : place + 2] == ["at", "all"]:
            return 9.0
        if before in _COMPLEMENTS and self.words[place] in _QUESTIONS:
            return 4.0
        if pair[1] == "VERB" and self.words[place].endswith("ing"):
            return 3.0
        if pair[0] == "ADP" and before not in _PARTICLES and not self._is_pronoun(place):
            return 5.0
        if pair[0] in ("ADJ", "NUM") and (pair[1] in ("NOUN", "PROPN") or self.words[place - 2 : place - 1] == ["how"]):
            return 5.0
        if pair[0] in ("VERB", "AUX") and pair[1] == "ADP":
            return 2.0
        return 1.0 if pair == ("NOUN", "NOUN") else 3.0 if pair == ("NUM", "NUM") else 0.0

    def span_prices(self, first: np.ndarray, last: int) -> np.ndarray:
        """Return what stretches cost as sentences: each wants a finite verb, two if it begins with "when", and no unlinked one."""
        verbs = self.verbs[last] - self.verbs[first]
        price = np.where(verbs > 0, 2.5 * self.run_on(first, last), 8.0)
        short = 8.0 * (verbs < 2) + 4.0 * (last - self.heads[first] < 7)
        return price + self.subordinate[first] * short

    def run_on(self, first: np.ndarray, last: int) -> np.ndarray:
        """Return how many finite verbs stretches have beyond what their linking words and one main clause account for."""
        links = self.links[last] - self.links[first] - self.leads[first]
        return np.maximum(self.verbs[last] - self.verbs[first] - links - 1, 0)

    def _heads(self) -> np.ndarray:
        """Return for each word the first at or behind it that is no leading one."""
        heads = list(range(len(self.words)))
        for place in range(len(self.words) - 2, -1, -1):
            if self.words[place] in _LEADS:
                heads[place] = heads[place + 1]
        return np.array(heads)

    def _clause_credit(self, place: int, lead: int) -> float:
        before, tag, own = self.words[place - 1], self.tags[place - 1], self.tags[place]
        if lead > place:
            return 3.0 if self.words[place] == "and" else 5.0
        if before in _COMPLEMENTS or before in _SUBORDINATORS or before in _QUESTIONS or self._completes(place):
            return 0.0
        after_verb = tag in ("VERB", "AUX", "ADP") and before not in _PARTICLES
        if self._is_pronoun(place):
            return 4.5
        if after_verb:
            return 0.5
        return {"DET": 3.5, "PRON": 3.0, "ADJ": 2.5, "NUM": 2.0, "ADP": 1.5, "ADV": 1.0}.get(own, 1.0)

    def _completes(self, place: int) -> bool:
        """Whether the clause is the main one of "when it rains, we stay in": the other begins shortly before and has its verb."""
        for start in range(place - 2, max(place - 12, -1), -1):
            if self.words[start] in _SUBORDINATORS - {"because", "as", "until", "since"}:
                return bool(self.verbs[place] - self.verbs[start] == 1)
        return False

    def _is_pronoun(self, place: int) -> bool:
        return self.words[place].partition("'")[0] in _PRONOUNS

    def _begins_clause(self, place: int) -> bool:
        """Whether a subject begins here that a finite verb follows."""
        if self.words[place] in _NO_START or self.tags[place] not in _FILLED | {"PRON"}:
            return False
        if self.finite[place]:
            return "'" in self.words[place] and self._is_pronoun(place)
        alone = self._is_pronoun(place) and self.words[place] not in ("this", "that", "these", "those", "people")
        for after in range(place + 1, min(place + (4 if alone else 12), len(self.words))):
            if self.finite[after]:
                return self.tags[after - 1] != "DET"
            allowed = ("ADV",) if alone else _FILLED
            if self.tags[after] not in allowed and not (self.tags[after] == "PRON" and self.tags[after - 1] == "ADP"):
                return False
        return False


def nouns(words: Sequence[str]) -> Counter[str]:
    """Weigh words by how often each is used as a noun, less how often as something else."""
    weights: Counter[str] = Counter()
    for word, tag in zip(words, _tagged(words)[0], strict=True):
        weights[word] += 1 if tag in ("NOUN", "PROPN") else -1
    return weights


def _tagged(words: Sequence[str]) -> tuple[list[str], list[bool]]:
    """Return the class of each word, and whether it is or holds a finite verb."""
    plain, owners = [], []
    for place, word in enumerate(words):
        parts = _parts(word)
        plain += parts
        owners += [place] * len(parts)
    tags, finite = [""] * len(words), [False] * len(words)
    for place, label in zip(owners, _tagger().tag(plain), strict=True):
        tag, _, form = label.partition("|")
        tags[place] = tags[place] or tag
        finite[place] |= form == "Fin"
    return tags, finite


def _parts(word: str) -> list[str]:
    if word in _NEGATED or word.endswith("n't"):
        return [_NEGATED.get(word, word.removesuffix("n't")), "not"]
    match = re.fullmatch(r"(\w+)('\w+)", word)
    if match and match[2] in _CONTRACTED and (match[2] != "'s" or match[1] in _PRONOUNS | _QUESTIONS | {"here", "let"}):
        return [match[1], _CONTRACTED[match[2]]]
    return [word]
