"""A section to scenes: what is shown of each block, and what is said where the picture does not hold all the words."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from video_gen.errors import InputError
from video_gen.scenes import words
from video_gen.script.narration import narrate
from video_gen.script.narration.wording import ENDS, plain, stop
from video_gen.sources.markdown import code, items, shown
from video_gen.sources.markdown.blocks import (
    Block,
    Code,
    Comparison,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from video_gen.sources.markdown.pairs import compared, merged_commands
from video_gen.sources.markdown.prose import DESCRIPTION_CHARACTERS, grouped, remark_after, speaker_before
from video_gen.sources.markdown.sections import Section
from video_gen.sources.markdown.wording import sentences, shorten

CARD_CHARACTERS = 180
MAX_PARTS = 3

_HEADERS = {"title": "title"}
_FILE_NAME = re.compile(r"(?:title|file|filename)=\"?([\w./ -]{1,80}?\.\w+)\"?(?:[\s}]|$)")
_PART = re.compile(r"(.+) \(\d+/\d+\)", re.DOTALL)
_LATER_PART = re.compile(r"\((?:[2-9]|\d\d+)/\d+\)$")


@dataclass
class Draft:
    """A scene in the making. kind: the last part of its id. narration: "" leaves the words to `narrate`."""

    kind: str
    scene_type: str
    content: dict[str, Any]
    start: int
    end: int
    section: Section
    narration: str = ""
    scene_id: str = ""


@dataclass
class Teller:
    """Makes the scenes of sections.

    file: the document's path, beside which its pictures lie. brief: tell only the first sentence of each paragraph.
    warn: takes a section, a line and what is missing. style: of what is told in other words, see `narrate`.
    """

    file: str
    language: str
    brief: bool
    warn: Callable[[Section, int, str], None]
    drafts: list[Draft] = field(default_factory=list)
    style: str = "plain"

    def tell(self, section: Section) -> list[Draft]:
        """Return the scenes of a section in order."""
        self.drafts = []
        prose: list[Paragraph] = []
        blocks = compared(section.blocks)
        for place, block in enumerate(blocks):
            match block:
                case Paragraph():
                    prose.append(self._brief(block))
                case Picture():
                    if path := shown.picture(self.file, block.source):
                        self._prose(section, prose)
                        prose = []
                        self._picture(section, block, path)
                    else:
                        self.warn(section, block.start, f"the picture “{block.alt}” is not shown")
                case Quote():
                    speaker, before = speaker_before(block, prose)
                    self._prose(section, before)
                    self._quote(section, replace(block, attribution=block.attribution or speaker))
                case Code() | ListBlock() | Table() | Comparison():
                    introduction, before = self._introduction(prose)
                    self._prose(section, before)
                    remark = None
                    if isinstance(block, Code | Comparison) and (remark := remark_after(blocks[place + 1 : place + 3])):
                        blocks[place + 1] = replace(remark, text="")
                        remark = self._brief(remark)
                    self._shown(section, block, introduction, remark)
                    prose = []
                    continue
            if not isinstance(block, Paragraph | Picture):
                prose = []
        self._prose(section, prose)
        return self._spoken(section, merged_commands(self.drafts))

    def _brief(self, paragraph: Paragraph) -> Paragraph:
        if not self.brief or len(found := sentences(paragraph.text)) < 2:
            return paragraph
        return replace(paragraph, text=found[0])

    def _introduction(self, prose: Sequence[Paragraph]) -> tuple[Paragraph | None, list[Paragraph]]:
        """Return the words that lead to the next block, and the prose before them that gets a scene of its own."""
        kept = [paragraph for paragraph in prose if paragraph.text]
        if not kept:
            return None, []
        last = kept[-1]
        if len(last.text) <= DESCRIPTION_CHARACTERS:
            return last, kept[:-1]
        *head, tail = sentences(last.text)
        if head and tail.endswith((":", "：")) and len(tail) <= DESCRIPTION_CHARACTERS:
            return replace(last, text=tail), [*kept[:-1], replace(last, text=" ".join(head))]
        return None, kept

    def _draft(self, section: Section, kind: str, scene_type: str, content: dict[str, Any], lines: Any) -> Draft:
        kept = {key: value for key, value in content.items() if value not in ("", None)}
        draft = Draft(kind, scene_type, kept, lines.start, lines.end, section)
        self.drafts.append(draft)
        return draft

    def _prose(self, section: Section, paragraphs: Iterable[Paragraph], kind: str = "text", header: str = "") -> None:
        """Show the key sentences, say all of them."""
        for group in grouped(paragraphs):
            found = [sentence for paragraph in group for sentence in sentences(paragraph.text)]
            lines = Paragraph("", start=group[0].start, end=group[-1].end)
            title = self._title(section, header)
            if len(found) == 1 and len(found[0]) <= CARD_CHARACTERS:
                content: dict[str, Any] = {"title": title or found[0], "subtitle": found[0] if title else ""}
                draft = self._draft(section, kind, "title", content, lines)
            else:
                content = {"header": title, "items": [shorten(sentence) for sentence in found]}
                draft = self._draft(section, kind, "list", content, lines)
            spoken = [_stopped(plain(sentence)) for sentence in found if plain(sentence)]
            draft.narration = " ".join([f"{header}:"] * bool(header) + spoken)

    def _title(self, section: Section, title: str = "") -> str:
        text = title or section.title
        if len(text) > 200:
            self.warn(section, section.line, "its heading is shortened")
        return shorten(text, 200)

    def _quote(self, section: Section, quote: Quote) -> None:
        if quote.label:
            label = words.of(self.language).get(quote.label.lower(), quote.label)
            said = self._brief(Paragraph(quote.text, start=quote.start, end=quote.end))
            self._prose(section, [said], "note", label)
            return
        groups = grouped([Paragraph(quote.text, start=quote.start, end=quote.end)])
        for place, group in enumerate(groups):
            attribution = shorten(quote.attribution, 200) if place == len(groups) - 1 else ""
            content = {"quote_text": " ".join(p.text for p in group), "attribution": attribution}
            self._draft(section, "quote", "quote", content, quote)

    def _shown(self, section: Section, block: Block, before: Paragraph | None, after: Paragraph | None) -> None:
        """Make the scenes of a block, with the words that lead to it and those that speak of it afterwards."""
        said, remark = before.text if before else "", after.text if after else ""
        both = " ".join(filter(None, [_stopped(said) if said else "", remark]))
        ends = [each for each in (before, block, after) if each]
        lines = Paragraph("", start=min(b.start for b in ends), end=max(b.end for b in ends))
        match block:
            case Comparison():
                self._comparison(section, block, both, lines)
            case Code() if kind := self._diagram_kind(section, block):
                self._diagram(section, block, kind, both, lines)
            case Code() if code.is_terminal(block):
                self._terminal(section, block, said, remark, lines)
            case Code():
                self._code(section, block, both, lines)
            case ListBlock():
                self._items(section, "list", items.from_list(block, self.brief), said, lines)
            case Table() if shown.is_tabular(block):
                self._table(section, block, said, lines)
            case Table():
                self._items(section, "table", items.from_table(block), said, lines)

    def _items(self, section: Section, kind: str, groups: Sequence[items.Group], said: str, lines: Paragraph) -> None:
        if len(groups) == 1 and len(groups[0].entries) == 1 and isinstance(only := groups[0].entries[0], str):
            self._told(section, [said, groups[0].title, groups[0].description, only], lines)
            return
        for group in groups:
            if said and (group.title or group.description):
                self._told(section, [said], lines)
                said = ""
            said = said or group.description
            if len(said) > DESCRIPTION_CHARACTERS:
                self._told(section, [said], lines)
                said = ""
            parts = items.pages(group.entries)
            for number, part in enumerate(parts, 1):
                header = _numbered(group.title or self._title(section), number, len(parts))
                self._draft(section, kind, "list", {"header": header, "description": said, "items": part}, lines)
                said = ""

    def _picture(self, section: Section, block: Picture, path: str) -> None:
        content = {
            "image": path,
            "header": self._title(section),
            "caption": shorten(block.alt, 200),
            "alt": block.alt[:5000],
        }
        self._draft(section, "picture", "image", content, block)

    def _diagram_kind(self, section: Section, block: Code) -> str:
        try:
            return shown.diagram(block)
        except InputError as error:
            self.warn(section, block.start, f"a diagram is shown as text ({error})")
            return ""

    def _diagram(self, section: Section, block: Code, kind: str, said: str, lines: Paragraph) -> None:
        if len(said) > DESCRIPTION_CHARACTERS:
            self._told(section, [said], lines)
            said = ""
        content = {"header": self._title(section), "description": said, kind: block.text}
        self._draft(section, "diagram", "diagram", content, lines)

    def _table(self, section: Section, table: Table, said: str, lines: Paragraph) -> None:
        if len(said) > DESCRIPTION_CHARACTERS:
            self._told(section, [said], lines)
            said = ""
        parts = shown.parts(table)
        for number, rows in enumerate(parts, 1):
            content = {
                "header": _numbered(self._title(section), number, len(parts)),
                "description": said if number == 1 else "",
                "columns": list(table.columns),
                "rows": rows,
            }
            self._draft(section, "table", "table", content, lines)

    def _told(self, section: Section, texts: Sequence[str], lines: Paragraph) -> None:
        self._prose(section, [Paragraph(text, start=lines.start, end=lines.end) for text in texts if text])

    def _terminal(self, section: Section, block: Code, said: str, remark: str, lines: Paragraph) -> None:
        parts = self._parts(section, block, code.terminal_lines(block), code.COMMAND_LINES)
        for number, part in enumerate(parts, 1):
            content = {
                "header": _numbered(self._title(section), number, len(parts)),
                "description": said if number == 1 else "",
                "commands": part,
                "key_points": remark if number == len(parts) else "",
            }
            self._draft(section, "commands", "command", content, lines)

    def _code(self, section: Section, block: Code, said: str, lines: Paragraph) -> None:
        parts = self._parts(section, block, block.text.split("\n"), code.CODE_LINES)
        for number, part in enumerate(parts, 1):
            content = {
                "header": _numbered(self._title(section), number, len(parts)),
                "description": said if number == 1 else "",
                "code": "\n".join(part),
                "language": block.language[:40],
                "filename": named[1] if (named := _FILE_NAME.search(block.mark)) else "",
            }
            self._draft(section, "code", "code", content, lines)

    def _parts(self, section: Section, block: Code, rows: list[str], limit: int) -> list[list[str]]:
        if any(len(row) > code.MAX_LINE for row in rows):
            self.warn(section, block.start, f"lines of code are cut after {code.MAX_LINE} characters")
            rows = [row if len(row) <= code.MAX_LINE else row[: code.MAX_LINE - 1] + "…" for row in rows]
        wide = max(len(row) for row in rows) > 200
        parts = code.chunks(rows, limit // 2 if wide else limit)
        if len(parts) > MAX_PARTS:
            left_out = sum(len(part) for part in parts[MAX_PARTS:])
            self.warn(section, block.start, f"the last {left_out} lines of a long code block are left out")
        return parts[:MAX_PARTS]

    def _comparison(self, section: Section, block: Comparison, said: str, lines: Paragraph) -> None:
        content = {
            "header": self._title(section),
            "before_code": block.before,
            "after_code": block.after,
            "before_label": block.labels[0],
            "after_label": block.labels[1],
            "improvement": said,
            "language": block.language[:40],
        }
        self._draft(section, "comparison", "code_comparison", content, lines)

    def _spoken(self, section: Section, drafts: list[Draft]) -> list[Draft]:
        """Say the heading with the first scene of the section only, after the headings above it that nothing tells."""
        for place, draft in enumerate(drafts):
            if place == 0:
                above = " ".join(_stopped(plain(title)) for title in section.untold)
                if draft.narration:
                    draft.narration = f"{spoken_heading(section.title, draft.narration)} {draft.narration}".strip()
                elif draft.scene_type == "quote" or above:
                    told = narrate(draft.scene_type, draft.content, self.language, self.style)
                    heading = spoken_heading(section.title, told) if draft.scene_type == "quote" else ""
                    draft.narration = f"{heading} {told}".strip()
                draft.narration = f"{above} {draft.narration}".strip()
            elif not draft.narration:
                draft.narration = narrate(draft.scene_type, _without_header(draft), self.language, self.style)
        return drafts


def _without_header(draft: Draft) -> dict[str, Any]:
    key = _HEADERS.get(draft.scene_type, "header")
    header = str(draft.content.get(key, ""))
    if _LATER_PART.search(header) or not header.startswith(shorten(draft.section.title, 200)):
        return draft.content
    return {k: v for k, v in draft.content.items() if k != key}


def _stopped(text: str) -> str:
    if text.endswith(ENDS):
        return text
    kept = text.rstrip(" :：,;")
    return kept + stop(kept)


def spoken_heading(title: str, following: str) -> str:
    """Return the heading as a sentence, or "" where what follows begins with the same words."""
    words = [word for word in re.findall(r"\w+", title.lower()) if len(word) > 2]
    opening = following[: 2 * len(title) + 60].lower()
    return "" if not title or (words and all(word in opening for word in words)) else _stopped(plain(title))


def renumber(drafts: Sequence[Draft]) -> None:
    """Let the parts that stayed of what was split count themselves: "Setup (1/3)" is "Setup" where the others have left."""
    parts: dict[tuple[int, str], list[Draft]] = {}
    for draft in drafts:
        header = str(draft.content.get("header", ""))
        if header != draft.section.title and (part := _PART.fullmatch(header)):
            parts.setdefault((id(draft.section), part[1]), []).append(draft)
    for (_, title), own in parts.items():
        for number, draft in enumerate(own, 1):
            draft.content["header"] = _numbered(title, number, len(own))


def _numbered(title: str, number: int, count: int) -> str:
    return f"{title} ({number}/{count})" if count > 1 else title
