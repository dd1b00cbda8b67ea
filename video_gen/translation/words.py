"""What in a text is words of a human language, and what every translation keeps as it is."""

import re

# Marks that a translation has exactly as its source has them.
PAUSE = re.compile(r"\[[Pp][Aa][Uu][Ss][Ee][^\]\n]{0,20}\]")
CODE = re.compile(r"`[^`\n]+`")
PLACEHOLDER = re.compile(r"\$?\{[\w.|]+\}")
# The marks, and everything else that may be a name. All in one pass, so that no text takes long.
_PARTS = re.compile(
    rf"{PAUSE.pattern}|{CODE.pattern}|{PLACEHOLDER.pattern}|(?P<token>[A-Za-z0-9_./~:@%+=&?#$!,;*^|\\-]+(?:\(\))?)"
)
_LONGEST_NAME = 300
# Addresses, options, paths, file names, identifiers: no language has other words for them.
_NAME = re.compile(
    r"https?://.+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|--?[A-Za-z][\w-]*(?:=.*)?"
    r"|(?:~|\.{1,2})?/.*\w.*"
    r"|[\w.-]+/"
    r"|[\w.~-]+/.*(?:/|_|\.[A-Za-z]).*"
    r"|[\w.-]+\.[a-z][a-z0-9]{0,5}"
    r"|\.[A-Za-z][\w-]*"
    r"|\w+_[\w./-]+"
    r"|\w+(?:::\w+)+"
    r"|\w+\(\)"
    r"|[A-Za-z]*[a-z][A-Z]\w*"
)
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")  # e.g. would pass for the name of a file
_NUMBER = re.compile(r"\b[vV]?\d(?:[\w.,:/-]*\w)?")
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")


def has_words(text: str) -> bool:
    """Return whether anything is left to translate beside code, marks, addresses, names of files, numbers and single letters."""
    left, end = [], 0
    for start, stop in kept(text):
        left.append(text[end:start])
        end = stop
    return bool(_WORD.search(_NUMBER.sub(" ", " ".join([*left, text[end:]]))))


def kept(text: str) -> list[tuple[int, int]]:
    """Return where the stretches are, (start, end), that every translation has as they are."""
    found = []
    for part in _PARTS.finditer(text):
        inner = part[0].rstrip(".,;:!?") if part["token"] else part[0]
        if not part["token"] or _is_name(inner):
            found.append((part.start(), part.start() + len(inner)))
    return found


def _is_name(token: str) -> bool:
    return len(token) <= _LONGEST_NAME and bool(_NAME.fullmatch(token)) and not _ABBREVIATION.fullmatch(token)


def marks(text: str) -> dict[str, list[str]]:
    """Return the pauses in their order, and the code and placeholders, which a language may put in another one."""
    code = CODE.findall(text)
    return {"pauses": PAUSE.findall(text), "code": sorted([*code, *PLACEHOLDER.findall(CODE.sub(" ", text))])}
