"""The whole story: title scene, the sections' scenes with their ids, and the outro."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from video_gen.script.narration import befriended, estimated_duration, narrate, word_count
from video_gen.script.narration.wording import bare, sentence
from video_gen.sources.markdown import condense
from video_gen.sources.markdown.blocks import Code, Paragraph, Picture, Quote
from video_gen.sources.markdown.scenes import Draft, Teller, renumber
from video_gen.sources.markdown.sections import Section
from video_gen.sources.markdown.wording import sentences, shorten, slug

TITLE_WORDS = 45
SUBTITLE_CHARACTERS = 160
USUAL_MAX_DURATION = 15.0


@dataclass
class Story:
    """A document's sections on their way to scenes. warnings: filled by `scenes`."""

    file: str
    title: str
    fields: dict[str, Any]
    sections: Sequence[Section]
    limits: condense.Limits
    warnings: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.fields["language"]

    @property
    def style(self) -> str:
        return self.fields.get("style", "plain")

    def scenes(self) -> list[dict[str, Any]]:
        """Return the scenes in the spelling of the video YAML, condensed to the limits."""
        full = drafts = self._drafts(brief=self.style == "brief")
        reason = self._exceeded(full)
        if reason and self.style != "brief":
            drafts = self._drafts(brief=True)
        opening, *body = drafts
        body = condense.fit(body, self.limits, lambda told: self._frame(opening, told), self.language)
        if reason:
            self._warn_condensed(full, drafts, [opening, *body], reason)
        renumber(body)
        headings = [s.title for s in dict.fromkeys(draft.section for draft in body) if s.level]
        return [self._scene(draft) for draft in [opening, *body, self._outro(opening, headings)]]

    def _warn(self, section: Section, line: int, message: str) -> None:
        name = section.title or self.title
        self.warnings.append(f"{self.file}, line {line}, section “{shorten(name, 80)}”: {message}.")

    def _drafts(self, *, brief: bool) -> list[Draft]:
        """Return the title scene and the scenes of all sections, with their ids."""
        self.warnings.clear()
        teller = Teller(self.file, self.language, brief, self._warn, style=self._own_style)
        lead, *others = self.sections
        opening, lead = self._opening(replace(lead, title=self.title), brief)
        drafts = [opening]
        for section in [lead, *others]:
            drafts += teller.tell(section)
        name_scenes(drafts[1:])
        return [self._styled(draft) for draft in drafts]

    @property
    def _own_style(self) -> str:
        """The style in which scenes are told before friendly words are put around them."""
        return "brief" if self.style == "brief" else "plain"

    def _styled(self, draft: Draft) -> Draft:
        """Say the scene in the style of the document, where that is not the one that scripts are written in by themselves."""
        if self.style == "plain":
            return draft
        told = draft.narration or narrate(draft.scene_type, draft.content, self.language, self._own_style)
        if self.style == "friendly":
            place = {"title": "first", "outro": "last"}.get(draft.scene_id, "" if draft.section.level else "lead")
            place = place if told.startswith(sentence(draft.section.title)) or place != "lead" else ""
            told = befriended(
                told, draft.scene_type, draft.content, self.language, heading=draft.section.title, place=place
            )
        draft.narration = told
        return draft

    def _opening(self, lead: Section, brief: bool) -> tuple[Draft, Section]:
        """Return the title scene, which says the first sentences of the lead, and the lead without them."""
        blocks = list(lead.blocks)
        place = next((n for n, b in enumerate(blocks) if _is_lead(b)), None)
        content = {"title": shorten(self.title, 200)}
        line = lead.line
        draft = Draft("title", "title", content, line, line, lead, scene_id="title")
        if place is None or any(not isinstance(b, Paragraph | Quote | Code | Picture) for b in blocks[:place]):
            if description := self.fields.get("description"):
                content["subtitle"] = shorten(description, SUBTITLE_CHARACTERS)
            return draft, replace(lead, blocks=blocks)
        first = blocks[place]
        said, rest = _opening_sentences(first.text, 1 if brief else None)  # type: ignore[union-attr]
        content["subtitle"] = _subtitle(said)
        if content["subtitle"] != " ".join(said):
            spoken = {**content, "subtitle": " ".join(said)}
            draft.narration = narrate("title", spoken, self.language)
        remains = Paragraph(" ".join(rest), start=first.start, end=first.end)
        blocks[place : place + 1] = [remains] if rest and not brief else []
        draft.start, draft.end = min(line, first.start), max(line, first.end)
        return draft, replace(lead, blocks=blocks)

    def _outro(self, opening: Draft, headings: Sequence[str]) -> Draft:
        content = {"main_text": opening.content["title"]}
        if subtitle := opening.content.get("subtitle"):
            content["sub_text"] = subtitle
        draft = Draft("outro", "outro", content, opening.start, opening.end, opening.section, scene_id="outro")
        closing = narrate("outro", {"main_text": self.title}, self.language)
        if self.language.split("-")[0] == "en":
            if closing == sentence(self.title) and not closing.endswith(("?", "!")):
                closing = f"That was “{bare(self.title)}”."
            closing = f"{closing} {_recap(headings) if self.style != 'brief' else ''}".strip()
        draft.narration = closing
        return self._styled(draft)

    def _frame(self, opening: Draft, headings: Sequence[str]) -> float:
        return condense.total([opening, self._outro(opening, headings)], self.language)

    def _exceeded(self, drafts: Sequence[Draft]) -> str:
        headings = [s.title for s in self.sections[1:]]
        length = condense.total(drafts[1:], self.language) + self._frame(drafts[0], headings)
        return self.limits.exceeded(length, len(drafts) + 1)

    def _warn_condensed(
        self, full: Sequence[Draft], brief: Sequence[Draft], kept: Sequence[Draft], reason: str
    ) -> None:
        """Warn for each section of what it lost: all of it, its end, or all but the first sentences."""
        words = [_by_section(drafts, self.language) for drafts in (full, brief, kept)]
        stays = {id(draft) for draft in kept}
        for line, (section, count) in words[0].items():
            shortened, told = (each.get(line, (section, 0))[1] for each in words[1:])
            if told == 0:
                self._warn(section, line, f"left out to keep to {reason}")
                continue
            if shortened < count:
                self._warn(section, line, f"told by first sentences only to keep to {reason}")
            if told < shortened:
                lost = min(d.start for d in brief if d.section.line == line and id(d) not in stays)
                self._warn(section, lost, f"left out from this line on to keep to {reason}")

    def _scene(self, draft: Draft) -> dict[str, Any]:
        scene: dict[str, Any] = {
            "scene_id": draft.scene_id,
            "scene_type": draft.scene_type,
            "visual_content": draft.content,
        }
        said = draft.narration or narrate(draft.scene_type, draft.content, self.language)
        if draft.narration:
            scene["narration"] = draft.narration
        if (needed := estimated_duration(said)) > USUAL_MAX_DURATION:
            scene["max_duration"] = min(300.0, 15.0 * -(-needed * 1.2 // 15))
        scene["source"] = {"file": self.file, "line_start": draft.start, "line_end": max(draft.start, draft.end)}
        return scene


def _is_lead(block: object) -> bool:
    return isinstance(block, Paragraph) or (isinstance(block, Quote) and not block.attribution and not block.label)


def _opening_sentences(text: str, most: int | None) -> tuple[list[str], list[str]]:
    """Return the sentences that the title scene says, and the others."""
    found = sentences(text)
    taken, words = 0, 0
    for each in found[:most]:
        words += word_count(each)
        if taken and words > TITLE_WORDS:
            break
        taken += 1
    return found[:taken], found[taken:]


def _subtitle(said: Sequence[str]) -> str:
    both = " ".join(said[:2])
    return both if len(both) <= SUBTITLE_CHARACTERS * 3 // 4 else shorten(said[0], SUBTITLE_CHARACTERS)


def _recap(headings: Sequence[str]) -> str:
    """Name the first headings that are short enough to be listed."""
    short = (bare(heading).rstrip("!?:") for heading in dict.fromkeys(headings) if len(heading.split()) <= 6)
    names = list(islice(short, 4))
    if len(names) < 2:
        return ""
    listed = ", ".join(names[:3]) + " and more" if len(names) > 3 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"You have seen {listed}."


def _by_section(drafts: Sequence[Draft], language: str) -> dict[int, tuple[Section, int]]:
    """Return the number of spoken words of each section, by the line of its heading."""
    words: dict[int, tuple[Section, int]] = {}
    for draft in drafts:
        said = draft.narration or narrate(draft.scene_type, draft.content, language)
        section, count = words.get(draft.section.line, (draft.section, 0))
        words[draft.section.line] = section, count + word_count(said)
    return words


def name_scenes(drafts: Sequence[Draft]) -> None:
    """Give every scene an id made from its heading and kind, which no other section's coming or going changes."""
    owners: dict[str, int] = {}
    taken = {"title", "outro"}
    for draft in drafts:
        section = draft.section
        base = slug(section.title) if section.level else "intro"
        if owners.setdefault(base, section.line) != section.line and section.path:
            base = f"{slug(section.path[-1], 16)}_{base}"
        name = wanted = f"{base}_{draft.kind}"
        count = 1
        while name in taken:
            count += 1
            name = f"{wanted}_{count}"
        taken.add(name)
        draft.scene_id = name
