"""What a caption is: a few words, on one or two lines, from one time to another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A stretch of caption text that is spoken as one, with seconds from the start of the video."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Cue:
    """One caption.

    start, end: seconds from the start of the video, in whole milliseconds. lines: one or two, none of them empty.
    words: the same text in order with its times; a word never reaches over a line end.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    words: tuple[Word, ...]
