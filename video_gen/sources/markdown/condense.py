"""Fitting a story to a length: first shorter paragraphs, then fewer sections (the rule is told in the package)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from video_gen.script.narration import WORDS_PER_MINUTE, narrate, word_count
from video_gen.sources.markdown.scenes import Draft
from video_gen.sources.markdown.sections import Section

MAX_SCENES = 100
SHORTEST = 3.0
PADDING = 1.0


@dataclass(frozen=True)
class Limits:
    """What a story must fit: seconds (None for no limit) and scenes, both with title and outro."""

    duration: float | None
    scenes: int

    def exceeded(self, seconds: float, scenes: int) -> str:
        """Return what is to be kept to ("120 s", "100 scenes"), or "" when it is kept."""
        reasons = []
        if self.duration is not None and seconds > self.duration:
            reasons.append(f"{self.duration:g} s")
        if scenes > self.scenes:
            reasons.append(f"{self.scenes} scenes")
        return " and ".join(reasons)


def seconds(draft: Draft, language: str) -> float:
    """Return the estimated length of a scene."""
    words = word_count(draft.narration or narrate(draft.scene_type, draft.content, language))
    return max(SHORTEST, words / WORDS_PER_MINUTE * 60 + PADDING)


def total(drafts: Sequence[Draft], language: str) -> float:
    """Return the estimated length of a story."""
    return sum(seconds(draft, language) for draft in drafts)


def fit(drafts: Sequence[Draft], limits: Limits, frame: Callable[[list[str]], float], language: str) -> list[Draft]:
    """Return the drafts that stay when the story is cut down to its limits.

    drafts: all scenes but the title scene and the outro. frame: seconds of these two, given the headings that are told.
    """
    lengths = {id(draft): seconds(draft, language) for draft in drafts}
    by_section: dict[Section, list[Draft]] = {}
    for draft in drafts:
        by_section.setdefault(draft.section, []).append(draft)
    length, count = sum(lengths.values()), len(drafts)
    kept = set(map(id, drafts))
    for leaving in _order(by_section):
        headings = [s.title for s, own in by_section.items() if s.level and id(own[0]) in kept]
        if not limits.exceeded(length + frame(headings), count + 2):
            break
        for draft in leaving:
            if id(draft) in kept:
                kept.discard(id(draft))
                length, count = length - lengths[id(draft)], count - 1
    return [draft for draft in drafts if id(draft) in kept]


def _order(by_section: dict[Section, list[Draft]]) -> Iterator[list[Draft]]:
    """Yield what leaves, in turn: subsections by depth, ends of sections, sections from the end, the lead."""
    sections = list(by_section)
    first = next((place for place, section in enumerate(sections) if section.level), len(sections))
    others = sections[first + 1 :]
    top = min((section.level for section in others), default=0)
    for place in sorted(range(len(others)), key=lambda place: (others[place].level, place), reverse=True):
        if others[place].level > top:
            yield by_section[others[place]]
    main = [section for section in sections if section.level <= top or section not in others]
    for size in range(max(map(len, by_section.values()), default=1), 1, -1):
        for section in reversed(main):
            yield by_section[section][size - 1 : size]
    for section in reversed([section for section in others if section.level == top]):
        yield by_section[section]
    for section in sections[:first] if first < len(sections) else []:
        yield by_section[section]
