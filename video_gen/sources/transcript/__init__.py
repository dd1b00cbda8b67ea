"""The transcript of a talk to a video: a title scene, its key sentences under the headings of its chapters, and an outro.

The talk is told in its own words. Captions become sentences (where they are written without full stops, by pauses, linking
words and length), freed of hesitations and of what is said to the audience alone. The parts are the chapters; without
chapters they are found by where the words change, and named by a phrase of the talk. Of each part the sentences are told
that are nearest to what the part and the talk are about, none that points back to one that is left out where another one
is there to be told, and more of the longer parts than of the shorter ones. How much of the talk is told is one warning.

The lines of a scene are those of its captions in the transcript file as `video_gen.files.write_json` writes it; each caption
there holds its `start` in seconds, which is the time in the talk.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from video_gen.errors import InputError
from video_gen.script.narration import WORDS_PER_MINUTE, word_count
from video_gen.sources.markdown.condense import MAX_SCENES, Limits
from video_gen.sources.markdown.sections import Section
from video_gen.sources.markdown.wording import readable_name
from video_gen.sources.transcript import choice, places, sentences, story, topics
from video_gen.speech.voices import base, region

__all__ = ["to_video"]

USUAL_DURATION = 180.0
SCENE_WORDS = 40
PART_WORDS = 30
LEAST_WORDS = 30


def to_video(
    transcript: Mapping[str, Any],
    file: str,
    video_id: str,
    *,
    target_duration: float | None = None,
    max_scenes: int | None = None,
    language: str = "en",
) -> tuple[dict[str, Any], list[str]]:
    """Return the video of a talk (schemas/video.schema.json) and a warning of how much of it is told.

    transcript: as schemas/transcript.schema.json. file: its path, kept as the source of the scenes and named in messages.
    target_duration: seconds, 180 where none is given. max_scenes: with title and outro, at least 3. language: of a transcript
    that names none. Raises InputError for a transcript in which nothing is said.
    """
    code = _language(str(transcript.get("language") or language))
    said = sentences.of_talk(transcript["snippets"], code)
    if not said:
        raise InputError(f"{file}: holds no words to tell. Take a video in which somebody speaks.")
    limits = Limits(target_duration or USUAL_DURATION, min(max(max_scenes or MAX_SCENES, 3), MAX_SCENES))
    title = str(transcript.get("title") or "").strip() or readable_name(video_id)
    author, address = str(transcript.get("author") or "").strip(), _address(transcript)
    talk = _fitted(transcript, said, story.Talk(file, title, {"language": code}, [], limits, [], author, address))
    description = " · ".join(filter(None, [title, author, address]))
    video: dict[str, Any] = {
        "video_id": video_id,
        "title": title[:500],
        "description": description[:5000],
        "language": code,
    }
    video |= {"source": file, "target_duration": limits.duration, "scenes": talk.scenes()}
    return video, _warnings(talk, said)


def _fitted(transcript: Mapping[str, Any], said: Sequence[sentences.Sentence], talk: story.Talk) -> story.Talk:
    """Choose as many words as the limits leave room for."""
    assert talk.limits.duration is not None
    room = talk.limits.duration / 60 * WORDS_PER_MINUTE
    most = min(max(int(room / PART_WORDS / 1.5), 1), talk.limits.scenes - 2)
    parts = topics.of_talk(said, transcript.get("chapters") or [], talk.language, most)
    chooser = choice.Chooser(parts, talk.language)
    lines = places.Lines(transcript)
    words = int(room)
    while True:
        chosen = chooser.choose(words, max(min(most, words // PART_WORDS), 1))
        talk.sections = _sections(chooser, chosen, lines)
        talk.whole = words >= sum(each.words for each in said)
        if words <= LEAST_WORDS or talk.fits():
            return talk
        words = max(int(words * 0.96), LEAST_WORDS)


def _sections(chooser: choice.Chooser, chosen: Sequence[Sequence[int]], lines: places.Lines) -> list[Section]:
    """Return the lead, which may be empty, and the sections of what is told."""
    sections = [story.section("", 0, [], 1)]
    for place, (topic, numbers) in enumerate(zip(chooser.topics, chosen, strict=True)):
        told = [(text, *lines.of(own.first, own.last)) for own, text in chooser.told(place, numbers)]
        if told and topic.title:
            sections.append(story.section(topic.title, 1, told, lines.of(topic.sentences[0].first, 0)[0]))
        elif told:
            sections[0].blocks.extend(story.section("", 0, told, 1).blocks)
    return sections


def _language(code: str) -> str:
    """Return a caption language in the spelling of videos: zh-Hans gives zh."""
    spelled = region(code)
    return (
        spelled
        if len(spelled.partition("-")[2]) in (0, 2) and spelled.partition("-")[2].isalpha() | ("-" not in spelled)
        else base(code)
    )


def _address(transcript: Mapping[str, Any]) -> str:
    """Return the short form of the link."""
    link, video_id = str(transcript.get("link") or ""), str(transcript.get("video_id") or "")
    if video_id and ("youtu" in link or not link):
        return f"youtu.be/{video_id}"
    return link.partition("://")[2] or link


def _warnings(talk: story.Talk, said: Sequence[sentences.Sentence]) -> list[str]:
    whole = sum(each.words for each in said)
    told = sum(word_count(getattr(block, "text", "")) for section in talk.sections for block in section.blocks)
    if talk.whole or told >= whole:
        return []
    share = max(round(100 * told / whole), 1)
    return [
        f"{talk.file}: {share} % of the talk is told ({told} of {whole} words), to keep to {talk.limits.duration:g} s."
    ]
