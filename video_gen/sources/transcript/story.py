"""A talk as a story: the scenes that the Markdown story makes of prose, between a title and an outro that name the talk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from video_gen.script.narration import narrate
from video_gen.script.narration.wording import bare, sentence
from video_gen.sources.markdown.blocks import Block, Paragraph
from video_gen.sources.markdown.scenes import Draft, Teller
from video_gen.sources.markdown.sections import Section
from video_gen.sources.markdown.story import Story, name_scenes
from video_gen.sources.markdown.wording import shorten

QUOTE_CHARACTERS = 240


@dataclass
class Talk(Story):
    """The told sections of a talk on their way to scenes.

    author: "" where it is not known. address: where the talk is, as it is shown. whole: whether all of it is told.
    """

    author: str = ""
    address: str = ""
    whole: bool = False

    def fits(self) -> bool:
        """Whether the story keeps to its limits."""
        return not self._exceeded(self._drafts(brief=False))

    def _drafts(self, *, brief: bool) -> list[Draft]:
        teller = Teller(self.file, self.language, brief, self._warn)
        lead, *others = self.sections
        opening = teller.tell(replace(lead, title=""))
        told = [teller.tell(section) for section in others]
        for draft in opening:
            if draft.scene_type == "list":
                draft.content["header"] = shorten(self.title, 200)
        if len(opening) == 1 and others:
            self._quote(opening[0], lead)
        if len(told) > 1 and len(told[-1]) == 1 and len(others[-1].blocks) == 1:
            self._quote(told[-1][0], others[-1])
        drafts = [self._title_scene(lead), *opening, *(draft for each in told for draft in each)]
        name_scenes(drafts[1:])
        return drafts

    def _quote(self, draft: Draft, section: Section) -> None:
        """Show what opens or closes a talk, where it is short, as the words of the talk that they are; "…" stands for a gap."""
        text, end = "", 0
        for block in section.blocks:
            if isinstance(block, Paragraph):
                gap = " … " if text and block.start > end + 1 else " "
                text, end = f"{text}{gap}{block.text}".strip(), block.end
        if len(text) <= QUOTE_CHARACTERS:
            draft.scene_type, draft.kind = "quote", "quote"
            draft.content = {"quote_text": text} | ({"attribution": shorten(self.author, 200)} if self.author else {})

    def _title_scene(self, lead: Section) -> Draft:
        content = {"title": shorten(self.title, 200)}
        by = f"by {self.author}" if self.is_english else self.author
        if self.author:
            content["subtitle"] = by
        draft = Draft("title", "title", content, lead.line, lead.line, lead, scene_id="title")
        draft.narration = narrate("title", {"title": self.title, "subtitle": by[:1].upper() + by[1:]}, self.language)
        return draft

    def _outro(self, opening: Draft, headings: Sequence[str]) -> Draft:
        content = {"main_text": opening.content["title"]}
        if shown := " · ".join(filter(None, [self.author, self.address])):
            content["sub_text"] = shown
        draft = Draft("outro", "outro", content, opening.start, opening.end, opening.section, scene_id="outro")
        by = f" by {bare(self.author)}" if self.author else ""
        if not self.is_english:
            draft.narration = " ".join(filter(None, [sentence(self.title), sentence(self.author)]))
        elif self.whole:
            draft.narration = f"That was “{bare(self.title)}”{by}."
        else:
            where = " The whole talk is at the address below." if self.address else ""
            draft.narration = f"That was “{bare(self.title)}”{by}, in short.{where}"
        return draft

    def _warn_condensed(self, *stages: object) -> None:
        """What is left out of a talk is told once for all of it."""

    @property
    def is_english(self) -> bool:
        return self.language.split("-")[0] == "en"


def section(title: str, level: int, told: Sequence[tuple[str, int, int]], line: int) -> Section:
    """Return a section of told sentences, each with its first and last line in the file. line: of the section itself."""
    blocks: list[Block] = [Paragraph(text, start=start, end=end) for text, start, end in told]
    return Section(title, level, line, blocks=blocks)
