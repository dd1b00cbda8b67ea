"""What the engines share that speak from phonemes: sentences of a bearable length, and which phonemes are which word."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from video_gen.speech import timing

RESTS = ";:,.!?¡¿—…\"'«»“”()"  # marks among the phonemes that are silence, or nothing at all
FEWEST = 3  # words that a phonemizer may run together, or parts that it may divide a word into
BAND = 30  # how far the two may run apart, in groups
JOINT = 1.0  # what doing so costs, in phonemes


def chunks(groups: Sequence[str], most: int) -> Iterator[list[str]]:
    """Divide words' phonemes into sentences of at most `most`; too long ones at clauses, or anywhere if need be."""
    sentence: list[str] = []
    for group in groups:
        sentence.append(group)
        if group.endswith((".", "!", "?", "…")):
            yield from _parts(sentence, most)
            sentence = []
    if sentence:
        yield from _parts(sentence, most)


def _parts(sentence: list[str], most: int) -> Iterator[list[str]]:
    while sum(len(group) + 1 for group in sentence) > most:
        ends = list(accumulate(len(group) + 1 for group in sentence))
        fitting = [i for i, end in enumerate(ends) if end <= most] or [0]
        clauses = [i for i in fitting if sentence[i].endswith((",", ";", ":", "—"))]
        cut = (clauses or fitting)[-1] + 1
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def length(group: str) -> int:
    """Return how many phonemes are heard in a group."""
    return max(1, sum(phoneme not in RESTS for phoneme in group))


def paired(words: Sequence[int], groups: Sequence[int]) -> list[tuple[int, int]]:
    """Return steps (words, groups) that go through both: one word is one group, unless lengths say otherwise.

    A phonemizer runs short words together ("of the") and divides long ones. words, groups: numbers of phonemes, of each word
    said alone and of each group of the text. Returns [] where no way fits.
    """
    moves = [(1, 1), *((n, 1) for n in range(2, FEWEST + 1)), *((1, n) for n in range(2, FEWEST + 1))]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(words) + 1):
        middle = round(i * len(groups) / max(1, len(words)))
        for j in range(max(0, middle - BAND), min(len(groups), middle + BAND) + 1):
            options = [
                (
                    best[i - a, j - b][0] + abs(sum(words[i - a : i]) - sum(groups[j - b : j])) + JOINT * (a + b - 2),
                    (a, b),
                )
                for a, b in moves
                if (i - a, j - b) in best
            ]
            if options:
                best[i, j] = min(options)
    return _traced(best, len(words), len(groups))


def _traced(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int) -> list[tuple[int, int]]:
    steps: list[tuple[int, int]] = []
    while (i, j) in best and (i, j) != (0, 0):
        steps.append(best[i, j][1])
        i, j = i - steps[-1][0], j - steps[-1][1]
    return steps[::-1]


def spans(counts: Sequence[int], words: Sequence[int], groups: Sequence[tuple[int, timing.Span]]) -> list[timing.Span]:
    """Return a span a piece of the narration, or [] if words and groups cannot be paired.

    counts: spoken words of each piece. words: phonemes of each word. groups: phonemes and span of each group that was said.
    """
    found: list[timing.Span] = []
    at = 0
    for many, wide in paired(words, [phones for phones, _ in groups]):
        start, end = groups[at][1][0], groups[at + wide - 1][1][1]
        found += timing.spread(start, end, words[len(found) : len(found) + many])
        at += wide
    if len(found) != len(words):
        return []
    bounds = pairwise(accumulate(counts, initial=0))
    return [(found[first][0], found[behind - 1][1]) for first, behind in bounds]
