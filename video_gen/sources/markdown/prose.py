"""Paragraphs between other blocks: what goes on one picture, and what belongs to the block beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from video_gen.script.narration import word_count
from video_gen.sources.markdown.blocks import Block, Code, Comparison, ListBlock, Paragraph, Quote, Table
from video_gen.sources.markdown.wording import sentences

PROSE_WORDS = 50
PROSE_SENTENCES = 5
DESCRIPTION_CHARACTERS = 220


def grouped(paragraphs: Iterable[Paragraph]) -> list[list[Paragraph]]:
    """Return prose in groups that one picture holds: whole paragraphs where they are small, else even parts of one."""
    groups: list[list[Paragraph]] = []
    size, count = 0, 0
    for paragraph in paragraphs:
        for piece in _pieces(paragraph):
            words, number = word_count(piece.text), len(sentences(piece.text))
            if groups and size + words <= PROSE_WORDS and count + number <= PROSE_SENTENCES:
                groups[-1].append(piece)
                size, count = size + words, count + number
            else:
                groups.append([piece])
                size, count = words, number
    return groups


def _pieces(paragraph: Paragraph) -> list[Paragraph]:
    found = sentences(paragraph.text)
    words = [word_count(sentence) for sentence in found]
    parts = max(-(-sum(words) // PROSE_WORDS), -(-len(found) // PROSE_SENTENCES))
    if parts < 2:
        return [paragraph] if found else []
    share, taken = sum(words) / parts, 0.0
    pieces: list[list[str]] = [[]]
    for sentence, count in zip(found, words, strict=True):
        if pieces[-1] and (taken + count / 2 > share * len(pieces) or len(pieces[-1]) == PROSE_SENTENCES):
            pieces.append([])
        pieces[-1].append(sentence)
        taken += count
    return [replace(paragraph, text=" ".join(piece)) for piece in pieces]


def remark_after(following: Sequence[Block]) -> Paragraph | None:
    """Return the short paragraph behind a block, if it speaks of that block and does not lead to the next one."""
    if not following or not isinstance(remark := following[0], Paragraph) or not remark.text:
        return None
    leads_on = len(following) > 1 and isinstance(following[1], Code | ListBlock | Table | Comparison)
    return None if leads_on or remark.text.endswith(":") or len(remark.text) > DESCRIPTION_CHARACTERS else remark


def speaker_before(quote: Quote, prose: Sequence[Paragraph]) -> tuple[str, Sequence[Paragraph]]:
    """Return the name in the paragraph that leads to a quote ("Ada Lovelace, mathematician:"), and the other prose."""
    said = prose[-1].text if prose else ""
    named = said.endswith((":", "：")) and said[0].isupper() and len(said.split()) <= 12 and "." not in said
    if quote.attribution or quote.label or not named:
        return "", prose
    return said.rstrip(":： "), prose[:-1]
