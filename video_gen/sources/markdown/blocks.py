"""What a Markdown document consists of, freed of its marks. Lines are 1-based and inclusive."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Where a block stands in the file."""

    start: int
    end: int


@dataclass(frozen=True)
class Heading(Lines):
    """A heading. level: 1 to 6, or 0 for the summary of a fold (`<details>`), one below the heading around it."""

    level: int
    text: str


@dataclass(frozen=True)
class FoldEnd(Lines):
    """The end of a fold: what follows belongs to the section around it again."""


@dataclass(frozen=True)
class Paragraph(Lines):
    """Prose as one line of text."""

    text: str


@dataclass(frozen=True)
class Picture(Lines):
    """A paragraph of nothing but an image that is no badge. source: its address as written in the document."""

    alt: str
    source: str = ""


@dataclass(frozen=True)
class Item:
    """An item of a list. lead: its bold, linked or code beginning where one is set off from the text that follows."""

    lead: str
    text: str
    children: tuple["Item", ...] = ()


@dataclass(frozen=True)
class ListBlock(Lines):
    """A list. contents: whether it only links to places in the same document."""

    items: tuple[Item, ...]
    contents: bool = False


@dataclass(frozen=True)
class Table(Lines):
    """A table; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Code(Lines):
    """A code block. language: as written in the document. mark: what else stands on the line of the fence."""

    text: str
    language: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Quote(Lines):
    """A quotation or, with a label such as "Note", a remark of the document's own."""

    text: str
    attribution: str = ""
    label: str = ""


@dataclass(frozen=True)
class Comparison(Lines):
    """Two code blocks that show the same before and after a change."""

    before: str
    after: str
    language: str
    labels: tuple[str, str]


Block = Heading | FoldEnd | Paragraph | Picture | ListBlock | Table | Code | Quote | Comparison
