"""Blocks to sections: one for every heading, what stands under the title first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from video_gen.sources.markdown import code
from video_gen.sources.markdown.blocks import Block, Code, FoldEnd, Heading, ListBlock


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands under it, up to the next heading.

    level: of the heading, 0 for the lead, which stands under the title of the document. line: of the heading.
    path: the headings above it. untold: those of them that have no text of their own, so that nothing else tells them.
    """

    title: str
    level: int
    line: int
    path: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)


def split(blocks: Sequence[Block], title: str) -> list[Section]:
    """Return the lead and the sections that hold something, in order; the lead comes first and may be empty.

    title: the title given by the front matter, which stands for a single heading of level 1; "" takes it from the first
    such heading, if there is one.
    """
    tops = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    main = next((block for block in tops if title in ("", block.text) or len(tops) == 1), None)
    lead = Section(title or (main.text if main else ""), 0, main.start if main else 1)
    sections, folds = [lead], []
    for block in blocks:
        if block is main:
            sections.append(replace(lead, blocks=lead.blocks))
        elif isinstance(block, Heading):
            if not block.level:
                folds.append(sections[-1])
            sections.append(Section(block.text, block.level or max(sections[-1].level, 1) + 1, block.start))
        elif isinstance(block, FoldEnd):
            if folds:
                around = folds.pop()
                sections.append(replace(around, blocks=around.blocks if around is lead else []))
        else:
            _add(sections[-1].blocks, block)
    return [lead, *_joined_sides(_placed(sections[1:], lead))]


def _add(blocks: list[Block], block: Block) -> None:
    """Add a block; tables of contents are left out, and lists that follow one another are one."""
    if isinstance(block, ListBlock):
        if block.contents:
            return
        if blocks and isinstance(last := blocks[-1], ListBlock):
            blocks[-1] = replace(last, items=last.items + block.items, end=block.end)
            return
    blocks.append(block)


def _placed(sections: Sequence[Section], lead: Section) -> list[Section]:
    """Return the sections that hold something, each knowing the headings above it."""
    placed: list[Section] = []
    above: list[Section] = []
    told: set[int] = set()
    for section in sections:
        if section.blocks is lead.blocks:
            above = []
            continue
        above = [s for s in above if s.level < section.level]
        if section.blocks:
            untold = tuple(s.title for s in above if not s.blocks and id(s) not in told)
            told.update(id(s) for s in above)
            placed.append(replace(section, path=tuple(s.title for s in above), untold=untold))
        above.append(section)
    return placed


def _joined_sides(sections: Sequence[Section]) -> list[Section]:
    """Join a section "Before" and the section "After" behind it, where each holds one code block."""
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        if last and last.level == section.level and _side(last) == "before" and _side(section) == "after":
            first, second = _marked(last), _marked(section)
            joined[-1] = replace(last, title=f"{last.title} / {section.title}", blocks=first + second)
        else:
            joined.append(section)
    return joined


def _side(section: Section) -> str:
    held = [block for block in section.blocks if isinstance(block, Code)]
    return code.side(replace(held[0], mark=section.title)) if len(held) == 1 and len(section.blocks) <= 2 else ""


def _marked(section: Section) -> list[Block]:
    return [replace(b, mark=section.title) if isinstance(b, Code) else b for b in section.blocks]
