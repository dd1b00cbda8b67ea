"""What sentences are about, as vectors of the words that tell it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import snowballstemmer

from video_gen.sources.transcript import lexicon
from video_gen.speech.voices import base

_STEMMERS = {
    **{
        "en": "english",
        "es": "spanish",
        "fr": "french",
        "de": "german",
        "pt": "portuguese",
        "it": "italian",
        "nl": "dutch",
    },
    **{"ru": "russian", "sv": "swedish", "no": "norwegian", "da": "danish", "fi": "finnish", "hu": "hungarian"},
    **{"ro": "romanian", "tr": "turkish", "ar": "arabic", "el": "greek", "id": "indonesian", "hi": "hindi"},
    **{"cs": "czech", "pl": "polish"},
}
_WORD = re.compile(r"[^\W\d_][\w'’-]*\w|\d[\d.,]*")
# Of scripts without blanks: stretches of Chinese signs and katakana; of Thai and its neighbours all letters.
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+|[\u30a1-\u30fa\u30fc]{2,}")
_LETTERS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")


def of_text(text: str, language: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    stopped = lexicon.function_words(language)
    found = [
        _stem(word, base(language))
        for word in _WORD.findall(text.lower())
        if word not in stopped and word.isascii() | (not _is_unspaced(word))
    ]
    for stretch in _HAN.findall(text) + _LETTERS.findall(text):
        found += [stretch[place : place + 2] for place in range(max(len(stretch) - 1, 1))]
    return found


def _is_unspaced(word: str) -> bool:
    return bool(_HAN.search(word) or _LETTERS.search(word) or re.search(r"[\u3040-\u30ff]", word))


@cache
def _stemmer(code: str):
    known = snowballstemmer.algorithms()
    return snowballstemmer.stemmer(_STEMMERS[code]) if _STEMMERS.get(code) in known else None


@lru_cache(maxsize=50_000)
def _stem(word: str, code: str) -> str:
    stemmer = _stemmer(code)
    return stemmer.stemWord(word) if stemmer else word


def vectors(texts: Sequence[str], language: str) -> np.ndarray:
    """Return a row of unit length for each text, its terms weighed by how few texts have them; zeros for no term.

    Terms of one text alone say nothing of what texts share: where there are many texts they have no column.
    """
    counts = [Counter(of_text(text, language)) for text in texts]
    spread = Counter(term for count in counts for term in count)
    least = 2 if len(texts) > 8 else 1
    columns = {term: place for place, term in enumerate(term for term, n in spread.items() if n >= least)}
    rows = np.zeros((len(texts), max(len(columns), 1)), np.float32)
    for row, count in zip(rows, counts, strict=True):
        for term, times in count.items():
            if term in columns:
                row[columns[term]] = (1 + np.log(times)) * np.log(1 + len(texts) / spread[term])
    return scaled(rows)


def scaled(rows: np.ndarray) -> np.ndarray:
    """Return rows of unit length; zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)
