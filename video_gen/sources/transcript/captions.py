"""Captions to running speech: what is said, freed of marks and hesitations, with the time of every piece."""

import html
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from video_gen.sources.transcript import lexicon

_SOUNDS = "laugh|applau|music|cheer|sigh|cough|audience|inaudible|crowd|clears|gasp|chuckl|silence|beep|whisper"
_MARKS = re.compile(
    rf"\[[^\]]*\]|【[^】]*】|\((?:[^()]*(?:{_SOUNDS})[^()]*|[A-Z\s]+)\)|<[^<>]*>|[\u200b-\u200f\ufeff]", re.I
)
_CAPITAL_MARK = re.compile(r"^\(?[A-Z][A-Z .]{1,30}:\s")
_SONG = re.compile(r"^\W*[♪♫🎵🎶]")
_CHANGE = re.compile(r"(?:^|\s)(?:>>+|[–—-]\s)")
_STOPS = re.compile(r"[.!?…。！？]")
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN = re.compile(rf"(?<=[{_UNSPACED}])\s+(?=[{_UNSPACED}])")
IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


# Seconds that a hesitation counts as a pause.
HESITATION = 0.3


@dataclass(frozen=True)
class Token:
    """A word, or a stretch of a script without blanks. snippet: its index. pause: seconds of silence
    before it, or near it where its place is not known."""

    text: str
    snippet: int
    start: float
    end: float
    pause: float = 0.0


@dataclass
class Run:
    """Speech without a change of speaker or a break. offsets: where each token begins in the text."""

    tokens: list[Token] = field(default_factory=list)
    text: str = ""
    offsets: list[int] = field(default_factory=list)

    def add(self, token: Token) -> None:
        glued = not self.text or (IS_UNSPACED.match(self.text[-1]) and IS_UNSPACED.match(token.text[0]))
        self.text += "" if glued else " "
        self.offsets.append(len(self.text))
        self.text += token.text
        self.tokens.append(token)

    def token_at(self, place: int) -> Token:
        return self.tokens[max(bisect_right(self.offsets, place) - 1, 0)]


def runs(snippets: Sequence[Mapping[str, Any]], language: str) -> list[Run]:
    """Return what is said, parted where another one begins to speak and where music or the like comes between."""
    found = [Run()]
    times = _times(snippets)
    pauses = _pauses(snippets, times)
    hesitations = lexicon.hesitations(language)
    shouted = _is_shouted(snippets)
    for index, (snippet, (start, end)) in enumerate(zip(snippets, times, strict=True)):
        text = " ".join(html.unescape(str(snippet["text"])).split())
        parts = [_clean(part) for part in _CHANGE.split(text)]
        if _SONG.match(text) or not any(parts):
            found.append(Run())
            continue
        pause = max(pauses[index][0], pauses[index - 1][1] if index else 0.0)
        for number, part in enumerate(parts):
            if number or _CHANGE.match(text):
                found.append(Run())
            for word, at, until in _words(part, start, end):
                word = _spelled_small(word, found[-1]) if shouted else word
                if word.lower().strip(",.…") in hesitations:
                    pause += HESITATION
                    continue
                found[-1].add(Token(word, index, at, until, pause))
                pause = pauses[index][1]
    return [run for run in found if run.tokens]


def has_stops(found: Sequence[Run]) -> bool:
    """Whether the speech is written with full stops: one in 40 words, or in 100 signs of a script without blanks."""
    text = " ".join(run.text for run in found)
    unspaced = len(IS_UNSPACED.findall(text))
    return len(_STOPS.findall(text)) >= max(
        1, (len(text.split()) / 40 if unspaced * 2 < len(text) else len(text) / 100)
    )


def _clean(text: str) -> str:
    text = _CAPITAL_MARK.sub("", _MARKS.sub(" ", text))
    return _BETWEEN.sub("", " ".join(text.split()))


def _words(text: str, start: float, end: float) -> list[tuple[str, float, float]]:
    """Return the words with their times, shared out by letters."""
    second = (end - start) / max(len(text), 1)
    return [(m[0], start + m.start() * second, start + m.end() * second) for m in re.finditer(r"\S+", text)]


def _spelled_small(word: str, run: Run) -> str:
    """Return a word of captions in capitals as it is usually written."""
    begins = not run.text or run.text.rstrip("\"'”’)").endswith((".", "!", "?"))
    return word.capitalize() if begins or re.match(r"I\b", word) else word.lower()


def _times(snippets: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Return start and end of every snippet; one that is shown on into the next has ended before it."""
    starts = [float(snippet["start"]) for snippet in snippets]
    ends = [start + float(snippet["duration"]) for start, snippet in zip(starts, snippets, strict=True)]
    following = [*starts[1:], *ends[-1:]]
    return [(a, max(a, min(b, c))) for a, b, c in zip(starts, ends, following, strict=True)]


def _pauses(snippets: Sequence[Mapping[str, Any]], times: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return for each snippet the silence before it and the silence somewhere in it.

    Where snippets overlap, as generated ones do, nothing tells where in one the silence is, only that it took longer than its
    letters take as a rule.
    """
    letters = [max(len(str(snippet["text"])), 1) for snippet in snippets]
    taken = [b[0] - a[0] for a, b in pairwise(times)]
    rate = median([t / n for t, n in zip(taken, letters, strict=False)] or [0.06])
    before = [0.0, *(max(b[0] - a[1], 0.0) for a, b in pairwise(times))]
    inside = [max(t - gap - n * rate, 0.0) for t, n, gap in zip(taken, letters, before[1:], strict=False)]
    return list(zip(before[: len(times)], [*inside, 0.0], strict=False))


def _is_shouted(snippets: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all is written in capitals, as older captions are."""
    text = "".join(str(snippet["text"]) for snippet in snippets)
    small, large = sum(map(str.islower, text)), sum(map(str.isupper, text))
    return large > 100 and small * 5 < large
