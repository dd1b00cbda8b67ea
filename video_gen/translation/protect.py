"""Texts taken apart for a translator that knows nothing of marks, code and terms, and put together again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from video_gen.translation import words

_MARK = "XQ{}"  # looks like a name, which translators leave alone
_MARKED = re.compile(r"XQ\s?(\d+)", re.IGNORECASE)
_BREAK = re.compile(rf"({words.PAUSE.pattern}|\n+)")
_LEAD = re.compile(r"(?:[\s:;,—–]|[.!?]+(?!\S))*")  # what stands before the words


@dataclass(frozen=True)
class Piece:
    """A stretch of a text. masked: with marks in place of what must not change, which are `kept`. before, after: put back as is."""

    before: str
    masked: str
    after: str
    kept: tuple[str, ...]

    @property
    def translatable(self) -> bool:
        return words.has_words(_MARKED.sub(" ", self.masked))

    def fragments(self) -> list[str]:
        """Return what stands between the marks."""
        return _MARKED.split(self.masked)[::2]

    def restored(self, translation: str) -> str | None:
        """Return the translation with all that was kept in its place again, None if a mark is lost or doubled."""
        numbers = [int(number) for number in _MARKED.findall(translation)]
        if sorted(numbers) != list(range(len(self.kept))):
            return None
        return self._framed(_MARKED.sub(lambda mark: self.kept[int(mark[1])], translation.strip()))

    def joined(self, translations: Mapping[str, str]) -> str:
        """Return the translation from those of the fragments, as `core` gives them."""
        parts = _MARKED.split(self.masked)
        parts[::2] = [_reframed(fragment, translations) for fragment in parts[::2]]
        parts[1::2] = [self.kept[int(number)] for number in parts[1::2]]
        return self._framed("".join(parts))

    def _framed(self, text: str) -> str:
        return self.before + text + self.after


def _reframed(fragment: str, translations: Mapping[str, str]) -> str:
    begin, inner, end = _edges(fragment)
    return begin + translations.get(inner, inner) + end


def core(fragment: str) -> str:
    """Return a fragment without blanks and commas at its ends."""
    return _edges(fragment)[1]


def _edges(text: str) -> tuple[str, str, str]:
    begin = _LEAD.match(text).end()  # type: ignore[union-attr]
    inner = text[begin:].rstrip()
    return text[:begin], inner, text[begin + len(inner) :]


def pieces(text: str, glossary: Mapping[str, str], phrases: Iterable[str]) -> list[Piece]:
    """Divide a text at its pauses and line ends, and around phrases of their own.

    phrases: texts that stand on the picture: where one of them is a whole clause of the text it is a piece, so that it is
    translated as on the picture and comes in when it is said.
    """
    clauses = _clauses(phrases)
    found = []
    for stretch in _BREAK.split(text):
        if _BREAK.fullmatch(stretch):
            found.append(Piece(stretch, "", "", ()))
            continue
        for part in clauses.split(stretch) if clauses else [stretch]:
            found += [_masked(part, glossary)] if part else []
    return found


def _clauses(phrases: Iterable[str]) -> re.Pattern[str] | None:
    known = {form for phrase in phrases for form in (phrase.strip(), phrase.strip().rstrip("."))} - {""}
    if not known:
        return None
    either = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"(?:^|(?<=[.!?:;—–]\s))({either})(?:(?<=[.!?])(?!\S)|(?=\s*(?:[.!?:;—–]|$)))")


def _masked(text: str, glossary: Mapping[str, str]) -> Piece:
    before, inner, after = _edges(text)
    masked: list[str] = []
    kept: list[str] = []
    end = 0
    for start, stop, to in _spans(inner, glossary):
        masked += [inner[end:start], _MARK.format(len(kept))]
        kept.append(to)
        end = stop
    return Piece(before, "".join([*masked, inner[end:]]), after, tuple(kept))


def _spans(text: str, glossary: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Return what is masked, (start, end, what stands there afterwards), without overlap."""
    spans = [(start, stop, text[start:stop]) for start, stop in words.kept(text)]
    spans += [(*match.span(), match[0]) for match in _MARKED.finditer(text)]  # what looks like a mark
    spans += _terms(text, glossary)
    found: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _terms(text: str, glossary: Mapping[str, str]) -> list[tuple[int, int, str]]:
    if not glossary:
        return []
    by_case = {term.casefold(): to for term, to in glossary.items()}
    terms = "|".join(map(re.escape, sorted(glossary, key=len, reverse=True)))
    found = []
    for match in re.finditer(rf"(?<!\w)(?:{terms})(?!\w)", text, re.IGNORECASE):
        to = by_case.get(match[0].casefold(), match[0])
        found.append((*match.span(), to[:1].upper() + to[1:] if match[0][:1].isupper() else to))
    return found


def plain(found: Sequence[Piece]) -> list[str]:
    """Return the masked texts of the pieces that a translator is asked for."""
    return [piece.masked for piece in found if piece.translatable]
