"""Caption files: WebVTT, with or without a time for every word, and SubRip."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from video_gen.files import write_text
from video_gen.render.caption_model import Cue

# Unseen, but it parts what a player of SubRip, a format without escapes, would take for a tag or a time line.
_JOINER = "\u2060"


def write_vtt(path: str | Path, cues: Iterable[Cue], language: str) -> None:
    """Write captions as WebVTT; the language stands in a note, since the format has no field for it."""
    _write_vtt(path, ((cue, "\n".join(map(_escaped, cue.lines))) for cue in cues), language)


def write_karaoke_vtt(path: str | Path, cues: Iterable[Cue], language: str = "") -> None:
    """Write captions as WebVTT with a time stamp before every word that begins later than the one before it."""
    _write_vtt(path, ((cue, "\n".join(_stamped(cue))) for cue in cues), language)


def write_srt(path: str | Path, cues: Iterable[Cue]) -> None:
    """Write captions as SubRip.

    An invisible word joiner after `<` and `{` and inside `-->` keeps players from taking text for tags or times.
    """
    blocks = (
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n" + "\n".join(map(_untagged, cue.lines)) + "\n"
        for number, cue in enumerate(cues, 1)
    )
    write_text(path, "\n".join(blocks))


def _write_vtt(path: str | Path, texts: Iterable[tuple[Cue, str]], language: str) -> None:
    head = ["WEBVTT\n", *([f"NOTE Language: {_escaped(' '.join(language.split()))}\n"] if language else [])]
    blocks = [f"{_time(cue.start)} --> {_time(cue.end)}\n{text}\n" for cue, text in texts]
    write_text(path, "\n".join(head + blocks))


def _time(seconds: float, point: str = ".") -> str:
    rest, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, seconds = divmod(rest, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{point}{milliseconds:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _untagged(text: str) -> str:
    return re.sub(r"([<{])(?=\S)", rf"\1{_JOINER}", text).replace("-->", f"--{_JOINER}>")


def _stamped(cue: Cue) -> Iterator[str]:
    """Yield the lines with their time stamps, which must grow strictly and lie inside the cue."""
    words = iter(cue.words)
    last = round(cue.start * 1000)
    for line in cue.lines:
        parts: list[str] = []
        rest = line
        while rest:
            word = next(words)
            at = round(word.start * 1000)
            if last < at < round(cue.end * 1000):
                parts.append(f"<{_time(word.start)}>")
                last = at
            text, rest = _taken(rest, word.text)
            parts.append(_escaped(text))
        yield "".join(parts)


def _taken(line: str, word: str) -> Sequence[str]:
    """Return the word with the blank after it, and the rest of the line."""
    length = len(word) + line[len(word) :].startswith(" ")
    return line[:length], line[length:]
