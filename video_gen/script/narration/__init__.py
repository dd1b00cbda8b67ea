"""The words spoken over a scene that brings no narration of its own, made from the scene's fields alone.

`narrate` depends on nothing but its arguments: the choice between turns of phrase is taken from a checksum of the
scene's own words, so a second run says the same and an edit elsewhere changes nothing. What stands on the picture is
named in the order in which it appears there. Code is described and commands are named; symbols are not read aloud.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from video_gen.speech.pauses import stretches

WORDS_PER_MINUTE = 135
STYLES = ("plain", "brief", "friendly")

_WORD = re.compile(r"\S*\w\S*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def narrate(
    scene_type: str, content: Mapping[str, Any], language: str = "en", style: str = "plain", *, place: str = ""
) -> str:
    """Return the narration of a scene as plain text, at most 50,000 characters.

    content: the fields of `visual_content`; every field may be missing. Languages other than English get the scene's
    own words without connecting phrases. style: `plain`; `brief`, without descriptions and remarks; `friendly`, which speaks to
    the viewer, in English alone. place: "first" or "last" for the scenes at the ends of a video, which are friendly in their
    own way. The result is "" only where the scene holds no word at all. Raises ValueError for an unknown scene type.
    """
    if style == "brief":
        from video_gen.script.narration import brief

        if told := _plain(scene_type, brief.reduced(scene_type, content), language):
            return told
    told = _plain(scene_type, content, language)
    return befriended(told, scene_type, content, language, place=place) if style == "friendly" else told


def befriended(
    told: str, scene_type: str, content: Mapping[str, Any], language: str, *, heading: str = "", place: str = ""
) -> str:
    """Return a plain narration in the style `friendly`; as it is in languages that have no such words.

    heading: with whose sentence the narration may begin, in place of the scene's own. place: as in `narrate`.
    """
    from video_gen.script.narration import friendly

    if not friendly.knows(language):
        return told
    return friendly.dressed(told, scene_type, content, heading=heading, place=place)


def _plain(scene_type: str, content: Mapping[str, Any], language: str) -> str:
    # Slow to import, with all that they tell of; where words are given they are not needed.
    from video_gen.script.narration import english, neutral, shown

    is_english = language.split("-")[0].lower() == "en"
    neutrally = shown.NEUTRAL | {"chart": partial(shown.neutral_chart, language=language)}
    wording = english.WORDING | shown.ENGLISH if is_english else neutral.WORDING | neutrally
    if scene_type not in wording:
        raise ValueError(f"unknown scene type {scene_type!r}; known are {', '.join(sorted(wording))}")
    return wording[scene_type](content)


def word_count(text: str) -> int:
    """Return the number of spoken words; scripts without blanks count two ideographs or five letters as a word."""
    text = " ".join(stretch for stretch, _ in stretches(text))
    ideographs = len(_IDEOGRAPH.findall(text))
    letters = len(_UNSPACED.findall(text))
    spaced = _UNSPACED.sub(" ", _IDEOGRAPH.sub(" ", text))
    return len(_WORD.findall(spaced)) + -(-ideographs // 2) + -(-letters // 5)


def estimated_duration(text: str) -> float:
    """Return the speaking time in seconds at 135 words a minute, with the pauses, to a tenth."""
    silence = sum(pause for _, pause in stretches(text))
    return round(word_count(text) / WORDS_PER_MINUTE * 60 + silence, 1)
