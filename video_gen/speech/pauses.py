"""Pauses in a narration: `[pause 0.8]`, `[pause]`, and blank lines."""

import re
from collections.abc import Iterator

PARAGRAPH = 0.6  # seconds of a blank line
MARK = 0.5  # seconds of a [pause] without a number
LONGEST = 30.0  # seconds

_BREAK = re.compile(r"\[pause(?::?\s*(\d+(?:\.\d+)?|\.\d+)\s*s?)?\]|\n[^\S\n]*\n\s*", re.IGNORECASE)


def stretches(text: str) -> Iterator[tuple[str, float]]:
    """Divide a narration at its pauses: each stretch with the seconds of silence behind it."""
    begin = 0
    for match in _BREAK.finditer(text):
        pause = PARAGRAPH if "\n" in match[0] else float(match[1] or MARK)
        yield text[begin : match.start()], min(pause, LONGEST)
        begin = match.end()
    yield text[begin:], 0.0
