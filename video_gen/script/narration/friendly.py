"""The style `friendly`: the plain narration with words around it that speak to the viewer. English.

Which turn of phrase is taken depends on the scene's own words alone; the pools are large, so that a video repeats little.
"""

import re
from collections.abc import Mapping
from typing import Any

from video_gen.script.narration import phrases
from video_gen.script.narration.wording import bare, choose, inner, is_instruction, plain, sentence

_MOST_WORDS = 9  # of a heading that fits into a phrase
_HEADINGS = {"title": "title", "solution": "title"}  # fields that are headings, else `header`
_CONTINUED = re.compile(r"\((\d+)(?:/| of )(\d+)\)$|^(more|even more|and)\b", re.IGNORECASE)
_GERUND = re.compile(r"[A-Z]?[a-z]{3,}ing\b")
_ASKING = re.compile(r"(how|what|where|who|which|why)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(you|we|it|i|there|this|that|they|is|are|do|does|can|should)\b", re.IGNORECASE)
_AMBIGUOUS = re.compile(
    r"(from|for|when|with|without|in|on|at|by|after|before|if|to|as|under|over|about|between|beside|beyond|not|no|"
    r"less|more|fewer|better|faster|simpler|easier|just|only)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"(read (on|more)|see also|further reading|learn more|more information|references|links)$", re.IGNORECASE
)
_THINGS = re.compile(r"(the|a|an|our|your|its|some|all|two|three|four|five|six|seven)\b", re.IGNORECASE)

_TOLD_OTHERWISE = frozenset(phrases.BEFORE) - {"quote"}


def knows(language: str) -> bool:
    """Return whether there are words for a language."""
    return language.split("-")[0].lower() == "en"


def dressed(told: str, scene_type: str, content: Mapping[str, Any], *, heading: str = "", place: str = "") -> str:
    """Return a plain narration with friendly words around it; "" stays "".

    heading: with whose sentence the narration may begin, in place of the scene's own. place: `first` or `last` scene of the video;
    `lead`: what follows the title scene under the same heading.
    """
    if not told:
        return ""
    heading = heading or plain(content.get(_HEADINGS.get(scene_type, "header")))
    rest = told[len(sentence(heading)) :].lstrip() if heading and told.startswith(sentence(heading)) else None
    if place == "last" and scene_type == "outro":
        return f"{told} {choose(phrases.GOODBYES if _has_thanked(told) else phrases.THANKS, told)}"
    if place == "first":
        said = _subject(heading) if scene_type == "title" and rest is not None else ""
        return f"{_greeting(told)} {_joined(said, rest or '') if said else told}"
    if place == "lead":
        return _joined(choose(phrases.BEGINNINGS, told), told if rest is None else rest)
    led_to = plain(content.get("topic")) or plain(content.get("context"))  # the scene opens with words of its own
    before = choose(phrases.BEFORE[scene_type], told) if scene_type in phrases.BEFORE and not led_to else ""
    after = choose(phrases.AFTER[scene_type], told, "after") if scene_type in phrases.AFTER else ""
    if rest is not None and not led_to and scene_type not in _TOLD_OTHERWISE and (opened := opening(heading)):
        before, told = opened, rest
    return _joined(before, told, after)


def opening(heading: str) -> str:
    """Return a heading as a sentence that speaks to the viewer, "" for one that should stay as it is."""
    text = bare(heading)
    if not text or _CONTINUED.search(text):
        return ""
    if len(text.split()) > _MOST_WORDS or _CLAUSE.match(text) or re.search(r"[:;.!…]|, ", text):
        return f"{choose(phrases.LINKS, text)} {sentence(heading)}"
    if text.endswith("?"):
        return choose(phrases.QUESTIONS, text).format(text)
    pool, said = _worded(text)
    return choose(pool, text, "opening").format(said)


def _worded(text: str) -> tuple[tuple[str, ...], str]:
    """Return the phrases that fit a heading, and the heading as it stands inside of them."""
    small, several = text[0].lower() + text[1:], len(text.split()) > 1
    if re.match(r"why\b", text, re.IGNORECASE):
        return (phrases.WHY, small) if len(text.split()) <= 3 else (phrases.TO_SEE, small)
    if _ASKING.match(text):
        return phrases.TO_SEE, small
    if _FURTHER.match(text):
        return phrases.TO_GO_FURTHER, small
    if is_instruction(text) and text[0].isupper():
        return (phrases.TO_DO, small) if several and not _is_name(text) else (phrases.AFTER_A_COLON, text)
    if _AMBIGUOUS.match(text):
        return phrases.AFTER_A_COLON, text
    if _GERUND.match(text) and not (several and _is_name(text)):
        return phrases.OF_ACTIVITIES, small
    return (phrases.OF_THINGS if _THINGS.match(text) else phrases.OF_NAMES), inner(text)


def _subject(title: str) -> str:
    """Return the title of a video as what it is about, "" for one that should stay as it is."""
    text = bare(title)
    if len(text.split()) > _MOST_WORDS or re.search(r"[:;?!]|, ", text) or _CLAUSE.match(text) or _ASKING.match(text):
        return ""
    pool, said = _worded(text)
    if pool is phrases.TO_DO:
        return choose(("Let's {}.", "Ready to {}?", "Today, let's {}."), text).format(said)
    return "" if pool is phrases.AFTER_A_COLON else choose(phrases.ABOUT, text).format(said)


def _is_name(text: str) -> bool:
    """Whether the second word has a capital, too, as in "Build Status": then the first is no verb for sure."""
    return all(word[0].isupper() for word in text.split()[1:2] if word[0].isalpha())


def _greeting(told: str) -> str:
    kept = [each for each in phrases.GREETINGS if "welcome" not in each or not told.startswith("Welcome")]
    return choose(kept, told)


def _has_thanked(told: str) -> bool:
    return re.search(r"\b(thank|thanks|see you|goodbye|bye)\b", told, re.IGNORECASE) is not None


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
