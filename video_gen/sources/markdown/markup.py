"""Raw HTML in Markdown: tags go, their text stays, and headings, lists, tables and folds keep their meaning."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from video_gen.sources.markdown.blocks import Block, Code, FoldEnd, Heading, Item, ListBlock, Paragraph, Picture, Table
from video_gen.sources.markdown.inline import is_badge, one_line

_HEADING = re.compile(r"h([1-6])$")
_BREAKING = {
    "p",
    "div",
    "ul",
    "ol",
    "blockquote",
    "section",
    "center",
    "table",
    "dl",
    "dt",
    "dd",
    "figure",
    "hr",
    "picture",
}
_SILENT = {"script", "style", "template", "svg", "head"}


class _Reader(HTMLParser):
    """Collects blocks; `first` is the line of the file on which the HTML begins."""

    def __init__(self, first: int):
        super().__init__()
        self.first = self.opened = first
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.items: list[Item] = []
        self.cells: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self.silent = 0
        self.links = 0
        self.in_link = False
        self.outside = False
        self.code = False
        self.language = ""

    @property
    def line(self) -> int:
        return self.first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "a":
            self.links, self.in_link = self.links + 1, True
        elif tag == "img":
            self._picture(dict(attrs))
        elif tag == "br":
            self.words.append("\n" if self.code else " ")
        elif tag in _BREAKING or tag in ("summary", "pre", "li", "tr", "td", "th", "details") or _HEADING.match(tag):
            self._paragraph()
            self.code = tag == "pre"
            self.opened = self.line
        if tag in ("pre", "code") and self.code:
            given = dict(attrs)
            self.language = given.get("lang") or (given.get("class") or "").removeprefix("language-") or self.language

    def handle_endtag(self, tag: str) -> None:
        heading = _HEADING.match(tag)
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a":
            self.in_link = False
        elif heading or tag == "summary":
            self._heading(int(heading[1]) if heading else 0)
        elif tag == "pre":
            self._code()
        elif tag == "li":
            self._keep(lambda text: self.items.append(Item("", text)))
        elif tag in ("td", "th"):
            self.cells.append(one_line("".join(self.words)))
            self.words.clear()
        elif tag == "tr":
            self.rows.append(tuple(self.cells))
            self.cells = []
        elif tag in _BREAKING:
            self._paragraph()
        elif tag == "details":
            self._paragraph()
            self.blocks.append(FoldEnd(start=self.line, end=self.line))
        if tag in ("ul", "ol", "table"):
            self._collected()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)
            self.outside |= not self.in_link and any(character.isalnum() for character in data)

    def close(self) -> None:
        super().close()
        self._paragraph()
        self._collected()

    def _keep(self, take: Callable[[str], None]) -> None:
        text = one_line("".join(self.words))
        self.words.clear()
        if text:
            take(text)

    def _heading(self, level: int) -> None:
        where = {"start": self.opened, "end": self.line}
        self._keep(lambda text: self.blocks.append(Heading(level, text, **where)))

    def _paragraph(self) -> None:
        where = {"start": self.opened, "end": max(self.opened, self.line)}
        if self.links > 1 and not self.outside:
            self.words.clear()
        self._keep(lambda text: self.blocks.append(Paragraph(text, **where)))
        self.links, self.in_link, self.outside = 0, False, False

    def _picture(self, given: dict[str, str | None]) -> None:
        """Keep an image of the document's own that has a description; badges and remote ones are left out."""
        alt, source = one_line(given.get("alt") or ""), given.get("src") or ""
        if alt and source and "//" not in source and not is_badge(source) and not self.silent:
            self.blocks.append(Picture(alt, source, start=self.line, end=self.line))

    def _code(self) -> None:
        text = "".join(self.words).strip("\n")
        self.words.clear()
        self.code = False
        if text.strip():
            self.blocks.append(Code(text, self.language, start=self.opened, end=self.line))

    def _collected(self) -> None:
        where = {"start": self.first, "end": max(self.first, self.line)}
        if self.items:
            self.blocks.append(ListBlock(tuple(self.items), False, **where))
        rows = [row for row in self.rows if any(row)]
        if len(rows) > 1 and len({len(row) for row in rows}) == 1:
            self.blocks.append(Table(rows[0], tuple(rows[1:]), **where))
        else:
            self.blocks.extend(Paragraph(", ".join(filter(None, row)), **where) for row in rows)
        self.items, self.rows = [], []


def read(html: str, first: int) -> list[Block]:
    """Return the blocks of a stretch of HTML that begins on line `first`.

    Comments, scripts, badges and remote images are left out.
    """
    reader = _Reader(first)
    reader.feed(html)
    reader.close()
    return reader.blocks
