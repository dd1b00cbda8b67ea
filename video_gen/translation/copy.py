"""The engine `copy`: the texts as they are, for a person to translate."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_gen.translation.model import Check, Engine, Task


@dataclass
class Copy(Engine):
    url: str = ""
    model: str = ""

    def translate(self, texts: Sequence[str], task: Task, check: Check) -> list[str]:
        """Return the texts."""
        return list(texts)
