"""Sentences and phrases: how prose is cut into what is shown and what is said."""

import re
import unicodedata
import zlib
from pathlib import PurePosixPath

SENTENCE_ON_PICTURE = 140
MAX_SENTENCE = 1_000

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|no|nr|fig|sec|mr|mrs|ms|dr|prof|st|z\.b|d\.h|bzw|ca|usw)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[.!?…؟۔।])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W_a-z])|(?<=[。！？])")
_CLAUSE = re.compile(
    r"\s+[–—-]\s+|;\s+|:\s+|\s+\(|,\s+(?=(?:which|who|so|but|and|because|while|where|since|such|for)\b)|,\s+"
)
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, none over 1,000 characters; "e.g." and single initials end no sentence."""
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        head = text[start : stop.end()].strip()
        if head and not _is_abbreviated(head):
            found.append(head)
            start = stop.end()
    rest = text[start:].strip()
    return [part for sentence in [*found, rest] for part in portions(sentence, MAX_SENTENCE)]


def portions(text: str, limit: int) -> list[str]:
    """Return the text in parts of at most `limit` characters, cut between words; no part for no text."""
    parts, rest = [], text
    while len(rest) > limit:
        head = rest[:limit].rsplit(" ", 1)[0] or rest[:limit]
        parts.append(head)
        rest = rest[len(head) :].strip()
    return [*parts, rest] if rest else parts


def _is_abbreviated(head: str) -> bool:
    """A lone capital ends a sentence only where it stands for more than an initial, as in "written in C."."""
    match = _ABBREVIATION.search(head)
    return match is not None and not (len(match[0]) == 2 and len(head.split()) > 3)


def shorten(text: str, limit: int = SENTENCE_ON_PICTURE) -> str:
    """Return the text or its beginning up to a clause (else a word) that fits `limit`, with an ellipsis."""
    if len(text) <= limit:
        return text
    cuts = [m for m in _CLAUSE.finditer(text[: limit + 1]) if m.start() >= limit // 3]
    strong = [m for m in cuts if not m[0].startswith(",")]
    best = strong or cuts
    head = text[: best[-1].start()] if best else text[:limit].rsplit(" ", 1)[0]
    return head[: limit - 1].rstrip(" ,;:–—-(") + "…"


def split_item(text: str, limit: int = SENTENCE_ON_PICTURE) -> tuple[str, str]:
    """Return a long item as a short beginning and the rest of it; ("", text) where it need not be split."""
    if len(text) <= limit:
        return "", text
    first, *others = sentences(text)
    if others and len(first) <= limit:
        return first, " ".join(others)
    for cut in re.finditer(r":\s+|\s+[–—]\s+|;\s+", text[:limit]):
        if cut.start() >= 3:
            return text[: cut.start()], text[cut.end() :]
    return "", text


def slug(text: str, limit: int = 36) -> str:
    """Return a heading as an id: ASCII words joined by `_`; one that leaves nothing gets a checksum of itself."""
    ascii_text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "_", ascii_text).strip("_").lower()
    if len(words) > limit:
        words = words[:limit].rsplit("_", 1)[0] if "_" in words[:limit] else words[:limit]
    letters = sum(character.isalnum() for character in text)
    if not words or len(words) * 3 < letters <= limit:
        return f"section_{zlib.crc32(text.encode()):08x}" if letters else "section"
    return words


def readable_name(file: str) -> str:
    """Return a title from the file's name; a README is named after the folder around it."""
    path = PurePosixPath(file.replace("\\", "/"))
    stem = path.parent.name if path.stem.lower() in ("readme", "index") and path.parent.name else path.stem
    words = re.sub(r"[_\-.\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else "Untitled"
