"""The storyboard as one HTML page that needs no other file and runs nothing."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from video_gen.files import write_text
from video_gen.render.preview import Board, Shot
from video_gen.render.transcript import stamp

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Storyboard: {title}</title>
<style>
:root {{ color-scheme: light dark; --text: #1f2328; --quiet: #59636e; --ground: #f6f7f9; --card: #ffffff; --line: #d8dde3;
  --warn: #7a4b00; --warn-ground: #fff4d6; }}
@media (prefers-color-scheme: dark) {{ :root {{ --text: #e6edf3; --quiet: #9198a1; --ground: #0d1117; --card: #161b22;
  --line: #30363d; --warn: #f2cc60; --warn-ground: #2d2410; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground);
  overflow-wrap: anywhere; }}
main {{ max-width: 90rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }}
h1 {{ margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }}
h2 {{ margin: 0; font-size: 1.1rem; line-height: 1.3; }}
header p {{ margin: 0; }}
.quiet, time {{ color: var(--quiet); font-variant-numeric: tabular-nums; }}
section {{ margin-top: 1.25rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; }}
section > div {{ display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }}
.said {{ max-width: 60rem; margin: .5rem 0 1rem; white-space: pre-line; }}
.warning {{ margin: .5rem 0; padding: .4rem .75rem; border-radius: .4rem; color: var(--warn);
  background: var(--warn-ground); }}
.warning::before {{ content: "⚠ "; }}
ol {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min({column}rem, 100%), 1fr)); gap: 1rem; margin: 0;
  padding: 0; list-style: none; }}
figure {{ margin: 0; break-inside: avoid; }}
img {{ display: block; width: 100%; height: auto; border-radius: .4rem; border: 1px solid var(--line); }}
figcaption {{ margin-top: .35rem; font-size: .875rem; line-height: 1.4; }}
@media print {{
  :root {{ --text: #000; --quiet: #444; --ground: #fff; --card: #fff; --line: #bbb; --warn: #000; --warn-ground: #eee; }}
  main {{ max-width: none; padding: 0; }} section {{ padding: .5rem 0; border-width: 1px 0 0; border-radius: 0; }}
  section > div, .said, h2 {{ break-after: avoid; }} ol {{ grid-template-columns: repeat({printed}, 1fr); }}
}}
</style>
</head>
<body>
<main>
<header>
<h1 dir="auto">{title}</h1>
<p class="quiet">{summary}</p>
</header>
{sections}
</main>
</body>
</html>
"""

_SECTION = """\
<section id="{scene_id}">
<div><h2>{number}. {scene_id}</h2> <span class="quiet">{scene_type} · {span}</span></div>
{warnings}<p class="said" dir="auto">{narration}</p>
<ol>
{shots}
</ol>
</section>"""

_SHOT = """\
<li><figure><img src="data:image/jpeg;base64,{data}" width="{width}" height="{height}" alt="{alt}">
<figcaption dir="auto"><time>{time}</time> {words}</figcaption></figure></li>"""


def write(path: str | Path, boards: Sequence[Board], *, title: str, language: str, width: int, height: int) -> None:
    """Write the page of a storyboard. width, height: size of the video's pictures."""
    tall = height > width
    sections = [_section(board, number, width, height) for number, board in enumerate(boards, 1)]
    write_text(
        path,
        _PAGE.format(
            title=escape(" ".join(title.split())),
            language=escape(language),
            summary=escape(summary(boards, width, height)),
            column=13 if tall else 20,
            printed=4 if tall else 3,
            sections="\n".join(sections),
        ),
    )


def summary(boards: Sequence[Board], width: int, height: int) -> str:
    """Return one line about the whole video."""
    shots = sum(len(board.shots) for board in boards)
    length = stamp(boards[-1].end) if boards else "0:00"
    counts = f"{len(boards)} scene{'s' * (len(boards) != 1)} · {shots} picture{'s' * (shots != 1)}"
    return f"{counts} · about {length} · {width} × {height} · times estimated at 135 words a minute, before speech"


def span(board: Board) -> str:
    """Return when a scene is shown, and for how long."""
    return f"{stamp(board.start)} – {stamp(board.end)} · {board.end - board.start:.0f} s"


def _section(board: Board, number: int, width: int, height: int) -> str:
    return _SECTION.format(
        number=number,
        scene_id=escape(board.scene_id),
        scene_type=escape(board.scene_type),
        span=span(board),
        warnings="".join(f'<p class="warning">{escape(warning)}</p>\n' for warning in board.warnings),
        narration=escape(board.narration.strip()),
        shots="\n".join(
            _shot(shot, f"Scene {number}, picture {n}", width, height) for n, shot in enumerate(board.shots, 1)
        ),
    )


def _shot(shot: Shot, alt: str, width: int, height: int) -> str:
    data, words = b64encode(shot.jpeg).decode("ascii"), escape(shot.words)
    return _SHOT.format(data=data, width=width, height=height, alt=alt, time=f"{stamp(shot.start)}", words=words)
