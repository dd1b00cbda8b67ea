"""Headings for the parts of a talk: a phrase of the talk itself that is said in this part and hardly elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from video_gen.sources.transcript import english, lexicon, terms
from video_gen.speech.voices import base

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|[.,;:!?…。、！？]|\d\S*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u30a1-\u30fa\u30fc々]{2,10}")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_BEFORE_NOUNS = {
    "de": "der die das den dem des ein eine einen einem einer kein keine im am zum zur vom mit von für",
    "es": "el la los las un una unos unas del al de en con por sin su sus",
    "fr": "le la les l' un une des du au aux de en avec par sans son sa ses ce cette",
    "it": "il lo la i gli le un uno una del della dei delle al alla nel nella di con",
    "pt": "o a os as um uma do da dos das no na nos nas de em com por",
    "nl": "de het een van in op met voor geen",
}
_BEFORE_VERBS = {
    "de": "ich du wir ihr sie er es man zu nicht",
    "es": "yo tú nosotros ellos se no me te lo",
    "fr": "je tu nous vous ils il elle on se ne",
    "it": "io tu noi voi loro si non",
    "pt": "eu nós eles ele ela se não",
    "nl": "ik jij wij zij hij het je we te niet",
}
_AND = {
    "en": " and ",
    "de": " und ",
    "es": " y ",
    "fr": " et ",
    "it": " e ",
    "pt": " e ",
    "nl": " en ",
    "ja": "と",
    "zh": "和",
}
# The second word of a heading is worth at least this share of the first.
SECOND = 0.45

_NO_NAMES = frozenset(
    "thing things way ways people time times day days year years lot bit kind sort part parts point idea fact example today"
    " something everything nothing anything someone everyone talk video question questions answer course minute minutes hour"
    " hours week weeks month months reason case problem end side number half third quarter tenth percent cent cause"
    " cosa cosas vez veces año años día días gente forma manera chose choses fois jour jours année gens"
    " ding dinge jahr jahre tag tage leute beispiel".split()
)


def names(parts: Sequence[Sequence[str]], language: str) -> list[str]:
    """Return a heading for each part of a talk, "" where no phrase of it would read well; no word comes in two of them.

    parts: the sentences of each. A phrase is taken that is said at least twice in its part, most of all there; two single words
    are better than one.
    """
    texts = [" ".join(part) for part in parts]
    nouns = _nouns(texts, language)
    found = [_han_phrases(text) if _is_unspaced(text) else _phrases(text, language, nouns) for text in texts]
    taken: set[str] = set()
    chosen = []
    for place, phrases in enumerate(found):
        others = [other for number, other in enumerate(found) if number != place]
        worths = {p: _worth(p, phrases, others) for p, count in phrases.items() if count > 1}
        ranked = sorted((p for p in worths if worths[p] > 0), key=lambda p: (-worths[p], p))
        picked = _pick(ranked, worths, taken, language)
        chosen.append(_AND.get(base(language), " · ").join(_written(p, texts[place], n) for n, p in enumerate(picked)))
    return chosen


def _pick(ranked: Sequence[str], worths: dict[str, float], taken: set[str], language: str) -> list[str]:
    """Return the best phrase, and the second best where both are of one word; what they hold is then taken."""
    picked: list[str] = []
    for phrase in ranked:
        fresh = not _stems(phrase, language) & taken
        if fresh and (not picked or (" " not in phrase and worths[phrase] > SECOND * worths[picked[0]])):
            picked.append(phrase)
            taken |= _stems(phrase, language)
            if " " in phrase or len(picked) == 2:
                break
    return picked


def _worth(phrase: str, here: Counter[str], elsewhere: Sequence[Counter[str]]) -> float:
    """Return how telling a phrase is: often here, seldom elsewhere, and rather of two words than of one."""
    there = sum(other[phrase] for other in elsewhere) / max(len(elsewhere), 1)
    words = len(phrase.split()) if " " in phrase else 1 + (len(phrase) > 3 and bool(_UNSPACED.search(phrase)))
    return (here[phrase] - there) * log(1 + here[phrase] / (there + 0.5)) * (1.0, 2.2, 2.4)[min(words, 3) - 1]


def _stems(name: str, language: str) -> set[str]:
    return set(terms.of_text(name, language))


def _is_unspaced(text: str) -> bool:
    return len(_UNSPACED.findall(text)) * 2 > len(text)


def _phrases(text: str, language: str, nouns: Counter[str]) -> Counter[str]:
    """Count the phrases of one to three words that carry meaning and end with a noun."""
    found: Counter[str] = Counter()
    for words in _stretches(text, language):
        for first in range(len(words)):
            for last in range(first + 1, min(first + 3, len(words)) + 1):
                phrase = words[first:last]
                if nouns[phrase[-1]] > 0 and phrase[-1] not in _NO_NAMES and all(_may_stand(w, nouns) for w in phrase):
                    found[" ".join(phrase)] += 1
    return found


def _may_stand(word: str, nouns: Counter[str]) -> bool:
    return len(word) > 2 and nouns[word] >= 0 and not word.endswith("ly") and word not in _NO_NAMES


def _stretches(text: str, language: str) -> Iterator[list[str]]:
    """Yield words in small letters that follow one another without a function word or a stop between them."""
    stopped = lexicon.function_words(language)
    stretch: list[str] = []
    for token in [*_TOKEN.findall(text), "."]:
        word = token.lower().replace("’", "'")
        if word[0].isalpha() and word not in stopped and "'" not in word:
            stretch.append(word)
        elif stretch:
            yield stretch
            stretch = []


def _nouns(texts: Sequence[str], language: str) -> Counter[str]:
    """Weigh words by what they follow: above 0 what is used as a noun, below what is used as a verb."""
    if base(language) == "en":
        return english.nouns(
            [token.lower().replace("’", "'") for text in texts for token in _TOKEN.findall(text) if token[0].isalpha()]
        )
    code = base(language)
    before_nouns, before_verbs = (frozenset(t.get(code, "").split()) for t in (_BEFORE_NOUNS, _BEFORE_VERBS))
    weights: Counter[str] = Counter()
    for text in texts:
        tokens = [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]
        for place, (before, word) in enumerate(pairwise(tokens)):
            earlier = tokens[place - 1] if place else ""
            if before in before_verbs:
                weights[word] -= 1
            elif before in before_nouns or not before_nouns:
                weights[word] += 1
            elif earlier in before_nouns and before not in before_verbs:
                weights[word] += 0.5  # type: ignore[assignment]
    return weights


def _han_phrases(text: str) -> Counter[str]:
    """Count stretches of Chinese signs and katakana; where they run on as in Chinese, what comes again in them."""
    found: Counter[str] = Counter()
    for stretch in _HAN.findall(text):
        for size in range(2, min(len(stretch), 6) + 1):
            found.update(stretch[place : place + size] for place in range(len(stretch) - size + 1))
    inside = {part for whole, n in found.items() for part in (whole[1:], whole[:-1]) if found.get(part) == n}
    return Counter({phrase: n for phrase, n in found.items() if phrase not in inside})


def _written(phrase: str, text: str, place: int) -> str:
    """Write a phrase as the talk does most often, with a capital where it stands first."""
    forms = Counter(form.lower() for form in re.findall(rf"\b{re.escape(phrase)}(?:e?s)?\b", text, re.IGNORECASE))
    phrase = max(forms, key=lambda form: (forms[form] * (2 if form.endswith("s") else 1), form), default=phrase)
    written = Counter(re.findall(rf"(?<![.?!] )\b{re.escape(phrase)}\b", text, re.IGNORECASE)).most_common(1)
    shown = written[0][0] if written else phrase
    return shown if place else shown[0].upper() + shown[1:]
