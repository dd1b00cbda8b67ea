"""A video's script in another language: its texts, who translates them, and the video put together from their translations."""

import importlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from video_gen.errors import ConfigError, EngineError
from video_gen.speech import voices
from video_gen.translation import check, stored
from video_gen.translation.model import Engine, Task
from video_gen.translation.stored import read, remember
from video_gen.translation.texts import texts_of, texts_of_head
from video_gen.translation.video import translated

PLAN = "VIDEO_GEN_PLAN"  # set where it is only found out what would be made: no translator is asked
_LABEL = 100  # characters of a text that may be found again in another one
# Every start of Snakemake imports this package: what asks a server comes in where it is needed.
_CLASSES = {"chat": "Chat", "libretranslate": "LibreTranslate", "copy": "Copy"}
NAMES = tuple(_CLASSES)

__all__ = [
    "NAMES",
    "Engine",
    "Task",
    "engine",
    "read",
    "remember",
    "settings",
    "terms",
    "texts_of",
    "texts_of_head",
    "translate",
    "translated",
]


def engine(name: str, url: str = "", model: str = "") -> Engine:
    """Return the translator of that name. Raises ConfigError for an unknown one and for settings that it cannot work with."""
    if not name:
        raise ConfigError(
            "nobody is set to translate. Set translation.engine in config.yaml, or take the languages out (docs/translation.md)."
        )
    if name not in _CLASSES:
        raise ConfigError(f"unknown translator {name!r}. Known: {', '.join(NAMES)}.")
    module = importlib.import_module(f"video_gen.translation.{name}")
    return getattr(module, _CLASSES[name])(url=url, model=model)


def settings(resources: Any) -> dict[str, str]:
    """Return who translates, as `translate` takes it, from an object with the attributes translation_engine, _url and _model."""
    found = {name: getattr(resources, f"translation_{name}", None) or "" for name in ("engine", "url", "model")}
    return found | {"engine": "copy"} if found["engine"] and os.environ.get(PLAN) else found


def terms(
    glossary: Mapping[str, str | Mapping[str, str]], language: str, texts: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Return the terms of a glossary that stand in the texts, with their translation to the language.

    glossary: term → translation, or → {language: translation}, where pt holds for pt-BR too. texts: as of `texts_of`.
    """
    said = "\n".join(text["source"] for text in texts)
    found = {}
    for term, given in glossary.items():
        to = given if isinstance(given, str) else given.get(language) or given.get(voices.base(language))
        if to and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", said, re.IGNORECASE):
            found[term] = to
    return found


def translate(
    texts: Sequence[Mapping[str, Any]],
    *,
    source: str,
    target: str,
    glossary: Mapping[str, str] | None = None,
    engine: str = "",
    url: str = "",
    model: str = "",
    known: str | Path | None = None,
    by_hand: bool = False,
) -> tuple[dict[str, Any], list[str]]:
    """Return the translations of a scene's texts as they are kept (schemas/translation.schema.json), and warnings.

    texts: as of `texts_of` or `texts_of_head`. source, target: languages. glossary: of `terms`. engine, url, model: who
    translates. known: the file of `remember`, from which texts are taken that were translated or mended before. by_hand: that the
    engine is `copy`, told for the rule alone. Nobody is asked where there is nothing to translate or both languages are the same.
    Raises ConfigError for the settings, EngineError where the translator fails or its translation cannot stand for the texts.
    """
    asked = list(dict.fromkeys(text["source"] for text in texts))
    if not asked or voices.region(source) == voices.region(target):
        found, translator = dict(zip(asked, asked, strict=True)), "copy"
        warnings = [f"is in {target!r} already: its texts are left as they are."] if _is_head(texts) else []
    else:
        before = stored.known(known, source, target, glossary or {}) if known else {}
        found = {text: before[text] for text in asked if text in before}
        new = [text for text in texts if text["source"] not in found]
        kept = {term: term for text in new for term in text["keep"]}
        # What stands on the picture already is said in the same words.
        told = {**_labels(found, new), **(glossary or {}), **kept}
        more, warnings = _asked(new, source, target, told, engine, url, model) if new else ({}, [])
        found, translator = found | more, f"{engine} {model}".strip()
    return stored.document(texts, found, source, target, translator, glossary or {}), warnings


def _labels(found: Mapping[str, str], texts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the translated texts that stand in others as they are, in the same case."""
    said = "\n".join(text["source"] for text in texts)
    short = (text for text in found if len(text) <= _LABEL)
    return {text: found[text] for text in short if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)}


def _is_head(texts: Sequence[Mapping[str, Any]]) -> bool:
    """What is true of all scenes is told once, with the title."""
    return any(text["at"] == "title" for text in texts)


def _narration(texts: Sequence[Mapping[str, Any]], asked: Sequence[str]) -> int | None:
    return next((asked.index(text["source"]) for text in texts if text["at"] == "narration"), None)


def _asked(
    texts: Sequence[Mapping[str, Any]],
    source: str,
    target: str,
    glossary: Mapping[str, str],
    name: str,
    url: str,
    model: str,
) -> tuple[dict[str, str], list[str]]:
    asked = list(dict.fromkeys(text["source"] for text in texts))
    task = Task(source, target, _narration(texts, asked), glossary)

    def faults(answers: Sequence[str]) -> list[str]:
        given = dict(zip(asked, answers, strict=True))
        again = check.doubles(texts, given)
        return check.faults(texts, given) + [
            f"{check.quoted(source)}: another text, from which it must differ, has the same translation."
            for source in again
        ]

    found = dict(zip(asked, engine(name, url, model).translate(asked, task, faults), strict=True))
    doubles = check.doubles(texts, found)
    found |= {source: source for source in doubles}
    if wrong := check.faults(texts, found):
        raise EngineError(
            f"{name} gave a translation to {task.target!r} that cannot be used:\n" + "\n".join(wrong[:5]) + "\n"
            "Try another model or translator, or translate this scene by hand (docs/translation.md)."
        )
    if name == "copy":
        return found, ["its texts wait for their translation, in output/translations/."] if _is_head(texts) else []
    left = [f"{check.quoted(s)} is left as it is: its translation is that of another text beside it." for s in doubles]
    return found, left + check.warnings({source: text for source, text in found.items() if source not in doubles})
