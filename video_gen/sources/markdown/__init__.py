"""Markdown to a video: a title scene, fitting scenes for each section in the document's order, and an outro.

Prose is spoken in the document's own words while its key sentences are shown; lists (and tables of long texts) become
list scenes, small tables are shown as tables and told by their key rows, shell lines become terminal scenes, Mermaid and
Graphviz fences become diagrams, other code is shown with the paragraph beside it as its description, quotes stay quotes,
and the document's own pictures are shown with their descriptions. Tables of contents, badges, comments, link targets and
remote pictures are not told. Of one code block at most three pictures are shown.

A document that is too long is condensed by this rule, and every loss is warned by its section:

1. Each paragraph and each description in a list is told by its first sentence only.
2. Subsections leave: those of the deepest heading level first, the last of them first.
3. The main sections lose scenes from their ends, the one with the most scenes first, until each has one.
4. Main sections leave, the last first. The title, the first section and the outro always stay.

In the style `brief` every document is told by first sentences; in the style `friendly` words that speak to the viewer stand
around the document's own.

Too long means more than `target_duration` seconds, estimated at 135 words a minute with 1 s between scenes and 3 s a
scene at least, or more than `max_scenes` scenes (100 at most). `target_duration` in the front matter wins over the
argument: the author of the document knows best.
"""

from typing import Any

from video_gen.errors import InputError
from video_gen.sources.markdown import front, story
from video_gen.sources.markdown.condense import MAX_SCENES, Limits
from video_gen.sources.markdown.parse import parse
from video_gen.sources.markdown.sections import split
from video_gen.sources.markdown.wording import readable_name

__all__ = ["to_video"]


def to_video(
    text: str,
    file: str,
    video_id: str,
    *,
    target_duration: float | None = None,
    max_scenes: int | None = None,
    language: str = "en",
    style: str = "plain",
) -> tuple[dict[str, Any], list[str]]:
    """Return the video of a Markdown document (schemas/video.schema.json) and warnings of what it leaves out.

    file: the document's path, kept as the source of the scenes and named in messages. target_duration: seconds.
    max_scenes: with title and outro, at least 3. language, style (see `narrate`): of the document, where its front matter names
    none.
    Raises InputError for a document without content and for one too large to be read.
    """
    matter, blocks = parse(text, file)
    fields, warnings = front.read(matter, file) if matter else ({}, [])
    if fields is None:
        fields, (_, blocks) = {}, parse(text, file, front_matter=False)
    if not blocks:
        raise InputError(f"{file}: holds no text to tell. Write at least a heading and a paragraph.")
    sections = split(blocks, fields.get("title", ""))
    target = fields.get("target_duration", target_duration)
    limits = Limits(target, min(max(max_scenes or MAX_SCENES, 3), MAX_SCENES))
    title = sections[0].title or readable_name(file)
    told = story.Story(file, title, {"language": language, "style": style} | fields, sections, limits)
    video = {"video_id": video_id, "title": title[:500], **fields, "source": file}
    if target:
        video["target_duration"] = target
    video["scenes"] = told.scenes()
    return video, warnings + told.warnings
