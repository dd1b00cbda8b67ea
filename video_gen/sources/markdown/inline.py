"""Inline Markdown to plain text: links keep their text, marks and tags go, images keep their description."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

_SEPARATOR = re.compile(r"\s*(?:[:：]|\s[-–—]+(?=\s)|[–—])\s*|\n+")
_BADGE = re.compile(r"badge|shields\.io|/actions/workflows/|travis|codecov|coveralls|\.svg($|\?)", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Inline:
    """The text of an inline token; its line breaks are kept.

    lead, rest: a bold, linked or code beginning and what follows its colon or dash; both "" where there is none.
    pictures: descriptions and addresses of the images where the text holds nothing else. anchors: whether all of it is
    one link to a place in the document. navigation: whether it is a row of links and nothing else.
    """

    text: str
    lead: str = ""
    rest: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    anchors: bool = False
    navigation: bool = False


def read(token: Token) -> Inline:
    """Return what an inline token says."""
    children = token.children or []
    text = _text(children)
    if not text.strip():
        images = [child for child in children if child.type == "image"]
        named = [(one_line(image.content), str(image.attrGet("src"))) for image in images if image.content]
        shown = tuple((alt, source) for alt, source in named if not is_badge(source))
        return Inline("", pictures=shown)
    lead, rest = _lead(children)
    links = [str(child.attrGet("href")) for child in children if child.type == "link_open"]
    whole = bool(children) and children[0].type == "link_open" and children[-1].type == "link_close"
    return Inline(
        text.strip(),
        lead,
        rest,
        anchors=whole and len(links) == 1 and links[0].startswith("#"),
        navigation=len(links) > 1 and not _outside_links(children),
    )


def is_badge(source: str) -> bool:
    """Whether the address of an image is that of a badge, or of a kind that pictures are not made from."""
    return bool(_BADGE.search(source))


def _outside_links(children: Sequence[Token]) -> bool:
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link_") else 0
        if depth == 0 and child.type in ("text", "code_inline") and any(c.isalnum() for c in child.content):
            return True
    return False


def one_line(text: str) -> str:
    """Return the text with every run of white space as one blank."""
    return " ".join(text.split())


def _text(children: Sequence[Token]) -> str:
    parts: list[str] = []
    spoken = any(c.type in ("text", "code_inline") and c.content.strip() for c in children)
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _BREAK.match(child.content)):
            parts.append("\n")
        elif child.type == "image" and spoken and "".join(parts).strip() and not is_badge(str(child.attrGet("src"))):
            parts.append(child.content)
    return "".join(parts)


def _lead(children: Sequence[Token]) -> tuple[str, str]:
    """Return the marked beginning and the rest, if a colon, a dash or a line break stands between them."""
    tokens = [c for c in children if not (c.type == "text" and not c.content.strip() and c is children[0])]
    end = _end_of_lead(tokens)
    if not end:
        return "", ""
    lead, rest = one_line(_text(tokens[:end])), _text(tokens[end:])
    separator = _SEPARATOR.match(rest)
    if lead.endswith((":", "：", ".")) and rest.strip():
        return lead.rstrip(":：. "), one_line(rest)
    if not separator or not rest[separator.end() :].strip():
        return "", ""
    return lead, one_line(rest[separator.end() :])


def _end_of_lead(tokens: Sequence[Token]) -> int:
    """Return the number of tokens that the marked beginning consists of, 0 for none."""
    depth = 0
    for place, token in enumerate(tokens):
        if place == 0 and token.type not in ("strong_open", "link_open", "code_inline", "em_open"):
            return 0
        depth += token.nesting
        if depth == 0:
            return place + 1
    return 0
