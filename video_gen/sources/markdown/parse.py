"""Markdown text to blocks, by markdown-it-py: CommonMark with tables, strikethrough, footnotes and front matter."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from video_gen.errors import InputError
from video_gen.sources.markdown import inline, markup
from video_gen.sources.markdown.blocks import Block, Code, Heading, Item, ListBlock, Paragraph, Picture, Quote, Table
from video_gen.sources.markdown.inline import Inline, one_line

MAX_TEXT = 2_000_000
MAX_PARAGRAPH = 20_000
MAX_NESTING = 60

_DATA_ADDRESS = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]+")
_ALERT = re.compile(r"^\[!(\w+)\]\s*|^(Note|Tip|Important|Warning|Caution)\b:?\s*\n", re.IGNORECASE)
_ADMONITION = re.compile(r"\{(note|tip|hint|important|warning|caution|danger|attention)\}$")
_TASK = re.compile(r"^\[([ xX])\]\s+")


def parse(text: str, file: str, *, front_matter: bool = True) -> tuple[str, list[Block]]:
    """Return the front matter (YAML text) and the blocks of a document.

    Raises InputError for what would take markdown-it very long: a huge text, a huge paragraph, absurd nesting.
    """
    if len(text) > MAX_TEXT:
        raise InputError(
            f"{file}: has {len(text):,} characters, more than {MAX_TEXT:,}. Split it into several documents."
        )
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False)
    if front_matter:
        markdown.use(front_matter_plugin)
    markdown.core.ruler.before("inline", "limits", lambda state: _check(state, file))
    tokens = markdown.parse(_DATA_ADDRESS.sub("data:,", text))
    return next((t.content for t in tokens if t.type == "front_matter"), ""), _Reader(text).blocks(tokens)


def _check(state: StateCore, file: str) -> None:
    for token in state.tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline" and len(token.content) > MAX_PARAGRAPH:
            raise InputError(
                f"{file}, line {line}: this paragraph has {len(token.content):,} characters, "
                f"more than {MAX_PARAGRAPH:,}. Break it up with blank lines, or set it as a code block."
            )
        if token.level >= MAX_NESTING - 2:
            raise InputError(
                f"{file}, line {line}: lists or quotes are nested too deeply. Flatten them to a few levels."
            )


class _Reader:
    """Turns the flat stream of tokens into blocks."""

    def __init__(self, text: str):
        self.lines = re.split(r"\r\n?|\n", text)

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        found: list[Block] = []
        for token, content in _groups(tokens):
            found.extend(self._block(token, content))
        # Footnotes come last in the stream; they belong where they are written.
        return sorted(found, key=lambda block: block.start)

    def _span(self, token: Token, within: Sequence[Token] = ()) -> dict[str, int]:
        """Return the lines of a token without the blank ones at its end."""
        maps = [t.map for t in (token, *within) if t.map]
        start, end = (min(m[0] for m in maps), max(m[1] for m in maps)) if maps else (0, 1)
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1
        return {"start": start + 1, "end": end}

    def _block(self, token: Token, content: Sequence[Token]) -> list[Block]:
        where = self._span(token, content)
        match token.type:
            case "heading_open":
                text = one_line(inline.read(content[0]).text)
                return [Heading(int(token.tag[1]), text, **where)] if text else []
            case "paragraph_open":
                return _paragraph(inline.read(content[0]), where)
            case "fence" | "code_block":
                language, _, mark = token.info.strip().partition(" ")
                if language == "{toctree}":
                    return []
                if remark := _ADMONITION.match(language):
                    return [Quote(one_line(token.content), "", remark[1].capitalize(), **where)]
                text = token.content.rstrip("\n").expandtabs(4)
                return [Code(text, language.strip("{}.").lower(), mark, **where)] if text.strip() else []
            case "html_block":
                return markup.read(token.content, where["start"])
            case "bullet_list_open" | "ordered_list_open":
                return self._list(content, where)
            case "blockquote_open":
                return self._quote(content, where)
            case "table_open":
                return _table(content, where)
            case "footnote_block_open":
                return self._footnotes(content)
        return []

    def _list(self, content: Sequence[Token], where: dict[str, int]) -> list[Block]:
        """Return one list, or its items one after the other where some of them hold code or quotes."""
        entries = [within for _, within in _groups(content)]
        if any(
            t.type in ("fence", "code_block", "table_open", "blockquote_open") for within in entries for t in within
        ):
            return [block for within in entries for block in self._item_blocks(within)]
        items = tuple(item for within in entries if (item := self._item(within)))
        inlines = [inline.read(t) for within in entries for t in within if t.type == "inline"]
        return [ListBlock(items, bool(inlines) and all(i.anchors for i in inlines), **where)] if items else []

    def _item_blocks(self, within: Sequence[Token]) -> list[Block]:
        """Return an item as blocks of its own; one of plain text stays a list of one, to be joined with its like."""
        blocks = self.blocks(within)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and (item := self._item(within)):
            return [ListBlock((item,), start=blocks[0].start, end=blocks[0].end)]
        return blocks

    def _item(self, within: Sequence[Token]) -> Item | None:
        lead = ""
        texts: list[str] = []
        children: list[Item] = []
        for token, content in _groups(within):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                children += [item for _, inner in _groups(content) if (item := self._item(inner))]
                continue
            if token.type == "paragraph_open":
                read = inline.read(content[0])
                if not texts and not lead and read.lead:
                    lead, text = read.lead, read.rest
                else:
                    text = one_line(read.text) or one_line(" ".join(alt for alt, _ in read.pictures))
                texts.append(text)
            else:
                texts += [b.text for b in self._block(token, content) if isinstance(b, Paragraph | Heading)]
        text, done = _task(" ".join(filter(None, texts)))
        return Item(_task(lead)[0], done + text, tuple(children)) if lead or text or children else None

    def _quote(self, content: Sequence[Token], where: dict[str, int]) -> list[Block]:
        """Return a quotation of prose; one that holds lists or code is taken as if it were not quoted."""
        if any(t.type not in ("paragraph_open", "inline", "paragraph_close") for t in content):
            return self.blocks(content)
        texts = [text for t in content if t.type == "inline" and (text := inline.read(t).text)]
        label = ""
        if texts and (alert := _ALERT.match(texts[0])):
            label = (alert[1] or alert[2]).capitalize()
            texts[0] = texts[0][alert.end() :]
        lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
        attribution = ""
        if len(lines) > 1 and (signed := re.match(r"(?:—|–|--|―)\s*(\S.*)", lines[-1])):
            attribution = signed[1]
            lines.pop()
        return [Quote(" ".join(lines), attribution, label, **where)] if lines else []

    def _footnotes(self, content: Sequence[Token]) -> list[Block]:
        return [block for _, within in _groups(content) for block in self.blocks(within)]


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield every token of the outermost level with the tokens between it and its closing one."""
    depth, start = 0, 0
    for place, token in enumerate(tokens):
        if depth == 0:
            start = place
        depth += token.nesting
        if depth == 0:
            yield tokens[start], tokens[start + 1 : place]


def _paragraph(read: Inline, where: dict[str, int]) -> list[Block]:
    if read.text:
        return [] if read.navigation else [Paragraph(one_line(read.text), **where)]
    return [Picture(alt, source, **where) for alt, source in read.pictures]


def _table(content: Sequence[Token], where: dict[str, int]) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for token, within in _groups([t for t in content if t.type.split("_")[0] not in ("thead", "tbody")]):
        if token.type == "tr_open":
            rows.append(tuple(one_line(inline.read(t).text) for t in within if t.type == "inline"))
    return [Table(rows[0], tuple(row for row in rows[1:] if any(row)), **where)] if len(rows) > 1 else []


def _task(text: str) -> tuple[str, str]:
    """Return the text without the box of a task, and a tick where the box is ticked."""
    box = _TASK.match(text)
    return (text[box.end() :], "✓ " if box[1] in "xX" else "") if box else (text, "")
