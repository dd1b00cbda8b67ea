"""Source code as coloured lines."""

import re
from collections.abc import Mapping
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import _TokenType
from pygments.util import ClassNotFound

from video_gen.scenes.model import Colour
from video_gen.scenes.scripts import clean
from video_gen.scenes.theme import Theme
from video_gen.scenes.wrap import Spans

# Pygments' own guess takes a wrong language over none and imports hundreds of lexers; these signs are rarely wrong.
_SIGNS = {
    "python": r"^\s*(def \w+\(|class \w+.*:$|from [\w.]+ import |import [\w.]+$|(if|for|while) .*:$|elif |print\()",
    "javascript": r"(\b(const|let|var) \w+ =|=> ?[{(]|\bfunction\b ?\w*\(|console\.log\(|require\(['\"]|===)",
    "java": r"(\b(public|private|protected) (static |final )*[\w<>\[\]]+ \w+|System\.out\.|@Override)",
    "c": r"(^#include [<\"]|\bint main\(|\bprintf\(|\bmalloc\()",
    "go": r"(^package \w+$|\bfunc (\(\w+ \*?\w+\) )?\w+\(|:= |\bfmt\.)",
    "rust": r"(\bfn \w+[<(]|\blet mut \w+|\bimpl\b.*\{|println!\(|->.*\{$)",
    "sql": r"(?i)^\s*(select\b.* from |select$|from \w+|insert into |update \w+ set |create table |where )",
    "html": r"(<!doctype html|</(div|p|a|body|html|head|span|ul|li|h[1-6])>)",
    "json": r"^\s*(\{|\"[^\"]+\": )",
    "yaml": r"^\s*(- )?[\w-]+:( [^{;]*)?$",
    "bash": r"^\s*(#!.*sh$|sudo |apt |pip install |npm |git |docker |cd |export \w+=|echo |curl |if \[|fi$|done$)",
}


def highlight(code: str, language: str, theme: Theme) -> list[Spans]:
    """Return the lines of `code`, each as coloured stretches; plain where the language is unknown or unsure.

    Blank lines at the beginning and the end are left out.
    """
    text = clean(code).strip("\n").rstrip()
    plain = theme.code["Token"]
    lexer = _lexer(language.strip().lower()) or _lexer(guess(text))
    if lexer is None:
        return [((part, plain),) for part in text.split("\n")]
    lines: list[list[tuple[str, Colour]]] = [[]]
    for token, value in lexer.get_tokens(text):
        for n, part in enumerate(value.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append((part, _colour(token, theme.code)))
    return [tuple(spans) or (("", plain),) for spans in lines]


def guess(code: str) -> str:
    """Return the name of the language whose signs stand in most lines of `code`; empty when unsure."""
    lines = [text for text in code.split("\n") if text.strip()]
    hits = {name: sum(bool(re.search(sign, text)) for text in lines) for name, sign in _SIGNS.items()}
    best = max(hits, key=lambda name: hits[name])
    sure = hits[best] and (hits[best] >= 2 or len(lines) <= 4) and list(hits.values()).count(hits[best]) == 1
    return best if sure else ""


@lru_cache(maxsize=32)
def _lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False) if name else None
    except ClassNotFound:
        return None


def _colour(token: _TokenType, colours: Mapping[str, Colour]) -> Colour:
    while str(token) not in colours and token.parent is not None:
        token = token.parent
    return colours[str(token)]
