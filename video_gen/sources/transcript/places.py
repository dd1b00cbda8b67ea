"""Where captions stand in the transcript file."""

import json
from collections.abc import Mapping
from typing import Any


class Lines:
    """The lines of each caption in the file that `video_gen.files.write_json` writes of a transcript.

    A caption takes a line for each of its fields and two for its braces: `start`, the time in the talk, stands in its second line.
    """

    def __init__(self, transcript: Mapping[str, Any]):
        head = {key: value for key, value in transcript.items() if key != "snippets"}
        before = list(transcript)[: list(transcript).index("snippets")]
        text = json.dumps({key: head[key] for key in before}, indent=2)
        opening = len(text.splitlines()) if before else 2
        self.first, place = [], opening + 1
        for snippet in transcript["snippets"]:
            self.first.append(place)
            place += len(snippet) + 2
        self.end = place

    def of(self, first: int, last: int) -> tuple[int, int]:
        """Return the lines from the first to the last of some captions, from 1, both included."""
        last = max(first, last)
        return self.first[first], (self.first[last + 1] if last + 1 < len(self.first) else self.end) - 1
