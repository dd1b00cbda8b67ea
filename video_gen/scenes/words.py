"""The words that pictures add themselves (`Quiz`, `Up next`, …), and the labels of remarks (`Note`, …), by language."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, dict[str, str]]:
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """Codes of the languages that have words of their own."""
    return tuple(_all())


def of(language: str) -> Mapping[str, str]:
    """Return the words of a language code such as `de` or `pt-BR`; English for a language that has none."""
    return _all().get(language.replace("_", "-").split("-")[0].lower(), _all()["en"])
