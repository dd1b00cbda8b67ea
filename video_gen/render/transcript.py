"""The transcript of a video, for readers and search engines, and its chapters as a list for a video site."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from video_gen.files import write_text

# What means something in CommonMark or in GitHub's dialect wherever it stands, and what does so only first in a block.
_INLINE = re.compile(r"[\\`*_\[\]<>&#~|$]|(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_FIRST = re.compile(r"^(?:[-+=]|(?P<number>\d{1,9})(?=[.)]))")

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; font: 1.1rem/1.6 system-ui, sans-serif;
  color: #1f2328; background: #ffffff; overflow-wrap: anywhere; }}
h1, h2 {{ line-height: 1.25; }}
h2 {{ margin-top: 2rem; font-size: 1.25rem; }}
time {{ color: #59636e; font-variant-numeric: tabular-nums; font-weight: normal; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6edf3; background: #0d1117; }} time {{ color: #9198a1; }} }}
</style>
</head>
<body>
<main>
<h1 dir="auto">{title}</h1>
{sections}
</main>
</body>
</html>
"""

_SECTION = """\
<section>
<h2 dir="auto"><time datetime="PT{seconds}S">[{stamp}]</time> {title}</h2>
<p dir="auto">{text}</p>
</section>"""


def write_markdown(path: str | Path, report: Mapping[str, Any], chapters: Sequence[str]) -> None:
    """Write a heading with time stamp and chapter title and a paragraph a scene. chapters: a title a scene.

    Whatever could be Markdown or HTML in the texts is escaped.
    """
    blocks = [f"# {_markdown(report['title'])}"]
    for start, title, text in _parts(report, chapters):
        blocks += [f"## [{stamp(start)}] {_markdown(title)}".rstrip(), _markdown(text)]
    write_text(path, "\n\n".join(filter(None, blocks)) + "\n")


def write_html(path: str | Path, report: Mapping[str, Any], chapters: Sequence[str]) -> None:
    """Write the transcript as one page that needs no other file and runs nothing. chapters: a title a scene."""
    sections = [
        _SECTION.format(seconds=int(start), stamp=stamp(start), title=escape(title), text=escape(text))
        for start, title, text in _parts(report, chapters)
    ]
    language, title = escape(report["language"]), escape(_folded(report["title"]))
    write_text(path, _PAGE.format(language=language, title=title, sections="\n".join(sections)))


def chapter_list(report: Mapping[str, Any], chapters: Sequence[str]) -> str:
    """Return a line `0:00 Title` a scene, to be pasted into a video site's description. chapters: a title a scene."""
    return "".join(f"{stamp(start)} {title}\n" for start, title, _ in _parts(report, chapters))


def stamp(seconds: float) -> str:
    """Return M:SS, from one hour on H:MM:SS; the second that a time lies in."""
    # Times are rounded to a microsecond: 2.999999 is the frame at 3.
    minutes, rest = divmod(int(seconds + 1e-5), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"


def _parts(report: Mapping[str, Any], chapters: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """Yield start in seconds, title and text of every scene, each on one line."""
    for scene, title in zip(report["scenes"], chapters, strict=True):
        yield scene["start_time"], _folded(title), _folded(" ".join(word["text"] for word in scene["words"]))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _markdown(text: str) -> str:
    escaped = _INLINE.sub(lambda found: "\\" + found[0], _folded(text))
    return _FIRST.sub(lambda found: f"{found['number']}\\" if found["number"] else "\\" + found[0], escaped)
