"""Narration for languages without wording of their own: the scene's own words, in order, nothing added."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from video_gen.script.narration import commands
from video_gen.script.narration.code import defined_names, language_name
from video_gen.script.narration.wording import TO_THINK, bare, paragraphs, sentence, texts

_ORNAMENT = re.compile(r"^\s*[—–-]+\s*|\s*\(\d+/\d+\)$")
_FIELDS: dict[str, Sequence[str]] = {
    "title": ("title", "subtitle", "key_message"),
    "list": ("topic", "header", "description", "items"),
    "outro": ("main_text", "sub_text", "key_message"),
    "code_comparison": ("header", "before_label", "after_label", "improvement", "key_points"),
    "quote": ("context", "quote_text", "attribution"),
    "learning_objectives": ("lesson_title", "objectives", "lesson_info"),
    "problem": ("title", "problem_text"),
    "solution": ("title", "explanation"),
    "checkpoint": ("completed_topics", "review_questions", "next_topics"),
    "exercise": ("title", "instructions"),
}


def _spoken(value: Any) -> str:
    """Return a field of any shape as sentences."""
    if isinstance(value, list | tuple):
        return paragraphs(*(_spoken(each) for each in value))
    if isinstance(value, Mapping):
        if "title" in value:
            title, description = bare(value["title"]), sentence(value.get("description"))
            return f"{title}: {description}" if title and description else sentence(title) or description
        return _spoken(value.get("prerequisites"))
    return sentence(_ORNAMENT.sub("", "" if value is None else str(value)))


def _fields(names: Sequence[str], content: Mapping[str, Any]) -> str:
    return paragraphs(*(_spoken(content.get(name)) for name in names))


def _command(content: Mapping[str, Any]) -> str:
    steps, remarks = commands.split_lines(texts(content.get("commands")))
    named = [sentence(step.comment) or sentence(commands.spoken_command(step.command)) for step in steps]
    return paragraphs(
        _fields(("topic", "header", "description"), content),
        *dict.fromkeys(named),
        *(sentence(remark) for remark in remarks),
        _spoken(content.get("key_points")),
    )


def _solution(content: Mapping[str, Any]) -> str:
    code = "\n".join(texts(content.get("solution_code")))
    return _fields(_FIELDS["solution"], content) or named_code(content.get("language"), code)


def named_code(language: object, code: str) -> str:
    """Return what code is called where nothing else is said of it: its language, else what it defines."""
    return sentence(language_name(language)) or paragraphs(*map(sentence, defined_names(code)))


def _quiz(content: Mapping[str, Any]) -> str:
    answer = content.get("correct_answer") if content.get("show_answer", True) else None
    return paragraphs(_fields(("question", "options"), content), TO_THINK if answer else "", sentence(answer))


def _title(content: Mapping[str, Any]) -> str:
    """Leave the title to the subtitle where that begins with it."""
    title, subtitle = bare(content.get("title")), sentence(content.get("subtitle"))
    repeated = bool(title) and subtitle.lower().startswith(title.lower())
    return _fields(_FIELDS["title"][1 if repeated else 0 :], content)


WORDING: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{kind: partial(_fields, names) for kind, names in _FIELDS.items()},
    "title": _title,
    "command": _command,
    "solution": _solution,
    "quiz": _quiz,
}
