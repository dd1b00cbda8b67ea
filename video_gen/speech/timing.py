"""Word times where an engine gives fewer of them than there are pieces."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from video_gen.speech.model import Piece, Word

Span = tuple[float, float]


def weight(piece: Piece) -> float:
    """Return how long a piece takes to say, in letters; punctuation counts as the short rest that it makes."""
    letters = sum(character.isalnum() for character in piece.spoken)
    return max(1.0, letters + 1.5 * sum(character in ",;:" for character in piece.spoken))


def spread(start: float, end: float, weights: Sequence[float]) -> list[Span]:
    """Divide the seconds from `start` to `end` in proportion to the weights, one span a weight."""
    share = (end - start) / sum(weights)
    bounds = [start, *(start + share * done for done in accumulate(weights))]
    return list(pairwise(bounds))


def fill(spans: Sequence[Span | None], weights: Sequence[float], length: float) -> list[Span]:
    """Give a span to every item: those without one share the span before them (at the beginning: the one after).

    length: seconds of the whole sound, shared by all where no item has a span.
    """
    first = next((index for index, span in enumerate(spans) if span is not None), None)
    if first is None:
        return spread(0.0, length, weights)
    heads = [0, *(index for index, span in enumerate(spans) if span is not None and index > first)]
    filled: list[Span] = []
    for head, following in zip(heads, [*heads[1:], len(spans)], strict=True):
        span = spans[max(head, first)]
        assert span is not None
        filled += spread(*span, weights[head:following])
    return filled


def words(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Word]:
    """Return one word a piece."""
    return [Word(piece.text, start, end) for piece, (start, end) in zip(pieces, spans, strict=True)]
