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
        if self.duration is not None and seconds > self.duration:
            return f"{self.duration:g} s"
        return f"{self.scenes} scenes" if scenes > self.scenes else ""


def seconds(draft: Draft, language: str) -> float:
    """Return the estimated length of a scene."""
    words = word_count(draft.narration or narrate(draft.scene_type, draft.content, language))
    return max(SHORTEST, words / WORDS_PER_MINUTE * 60 + PADDING)


def total(drafts: Sequence[Draft], language: str) -> float:
    """Return the estimated length of a story."""
    return sum(seconds(draft, language) for draft in drafts)


def fit(
    drafts: Sequence[Draft],
    limits: Limits,
    frame: Callable[[list[str]], float],
    language: str,
    warn: Callable[[Section, int, str], None],
) -> list[Draft]:
    """Return the drafts that stay: sections go, deepest level first and last first, until the story fits.

    frame: seconds of the title scene and the outro, given the headings that are told. Every loss is warned.
    """
    lengths = {id(draft): seconds(draft, language) for draft in drafts}
    by_section: dict[Section, list[Draft]] = {}
    for draft in drafts:
        by_section.setdefault(draft.section, []).append(draft)
    length, count = sum(lengths.values()), len(drafts)
    kept = set(map(id, drafts))

    def over() -> str:
        headings = [s.title for s, own in by_section.items() if s.level and id(own[0]) in kept]
        return limits.exceeded(length + frame(headings), count + 2)

    for leaving in _order(by_section):
        if not (reason := over()):
            break
        section = leaving[0].section
        part = "" if len(leaving) == len(by_section[section]) else "the end of it "
        warn(section, leaving[0].start if part else section.line, f"{part}left out to keep to {reason}")
        for draft in leaving:
            kept.discard(id(draft))
            length, count = length - lengths[id(draft)], count - 1
    return [draft for draft in drafts if id(draft) in kept]


def _order(by_section: dict[Section, list[Draft]]) -> Iterator[list[Draft]]:
    """Yield what leaves, in turn: subsections by depth, sections from the end, then the ends of the first two."""
    sections = list(by_section)
    first = next((place for place, section in enumerate(sections) if section.level), len(sections))
    protected, others = sections[: first + 1], sections[first + 1 :]
    for section in reversed(sorted(others, key=lambda s: s.level)):
        yield by_section[section]
    for section in reversed(protected):
        own = by_section[section]
        is_first = section is protected[-1]
        for draft in reversed(own[1:] if is_first else own):
            yield [draft]
