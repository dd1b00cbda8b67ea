"""The interface of every translator: texts in, texts out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

# What is wrong with the translations of the texts, in their order; nothing if all is well.
Check = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Task:
    """What is asked of a translator.

    source, target: language codes such as en or pt-BR. spoken: the place of the narration among the texts, None if there is none.
    glossary: term → its translation.
    """

    source: str
    target: str
    spoken: int | None = None
    glossary: Mapping[str, str] = field(default_factory=dict)


class Engine(Protocol):
    """One translator. Raises EngineError, `temporary` where trying again may help."""

    def translate(self, texts: Sequence[str], task: Task, check: Check) -> list[str]:
        """Return a translation for each of the texts, which differ from one another."""
