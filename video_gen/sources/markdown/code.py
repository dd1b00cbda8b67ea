"""What a code block is: terminal lines, a change from one state to another, or code to show."""

import re
from collections.abc import Iterator, Sequence

from video_gen.sources.markdown.blocks import Code

COMMAND_LINES = 12
CODE_LINES = 20
MAX_LINE = 400

_SHELLS = {"bash", "sh", "shell", "zsh", "fish", "console", "terminal", "shell-session", "shellsession", "powershell",
           "pwsh", "ps1", "bat", "batch", "cmd", "dos"}  # fmt: skip
_UNNAMED = {"", "text", "txt", "plain", "plaintext", "none"}
_PROGRAMS = re.compile(
    r"(?:sudo\s+)?(?:apt|apt-get|brew|bundle|bun|cargo|cd|chmod|choco|composer|conda|cp|curl|deno|dnf|docker|docker-compose|"
    r"dotnet|export|gem|git|go|gradle|helm|kubectl|make|mamba|mkdir|mvn|node|npm|npx|nix|pacman|pip|pip3|pipx|pnpm|podman|"
    r"poetry|pytest|python|python3|rustup|scoop|snakemake|ssh|systemctl|tar|terraform|uv|uvx|wget|winget|yarn|yum)(?:\s+\S|$)"
)
_PROMPT = re.compile(
    r"\s*(?:\$|PS(?: [A-Z]:[^>]*)?>|[A-Z]:\\[^>]*>|(?:\([\w.-]+\)\s*)?[\w.-]+@[\w.-]+[^$#]*[$#]|❯|➜)\s+"
)
_SCRIPT = re.compile(
    r"^(?:#!|(?:if|for|while|case|until)\b.*|function\s|\w+\s*\(\)\s*\{|done\b|fi\b|esac\b|\})|<<-?\s*['\"]?\w", re.M
)
_OUTPUT_MARKS = ("→", "✓")
_BEFORE = re.compile(r"(?:before|old|bad|wrong|without|instead of|previously|don'?t)\b|❌|👎|🚫", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|new|good|better|right|with|now|use|write|becomes?|do)\b|✅|👍", re.IGNORECASE)
_BEHIND = re.compile(r"(\s*[^\s#].*?)\s+#\s+(\S.*)")
_LINE_COMMENT = re.compile(r"\s*(?:#|//|--|/\*|<!--|;)+\s*(.{1,60})")


def is_terminal(code: Code) -> bool:
    """Whether the block shows commands typed at a prompt; a shell script with control flow is code."""
    lines = [line for line in code.text.split("\n") if line.strip()]
    if code.language in _SHELLS:
        return any(_PROMPT.match(line) for line in lines) or not _SCRIPT.search(code.text)
    if lines[0].lstrip().startswith("$ "):
        return True
    commands = [line for line in lines if not line.lstrip().startswith("#")]
    typed = code.language in _UNNAMED and bool(commands) and all(_PROGRAMS.match(c.strip()) for c in commands)
    return typed and not _SCRIPT.search(code.text)


def terminal_lines(code: Code) -> list[str]:
    """Return the lines as a terminal scene has them: `$ ` before commands, `→ ` before output, `#` before comments."""
    lines = code.text.split("\n")
    prompted = any(_PROMPT.match(line) for line in lines)
    shown: list[str] = []
    continued = False
    for line in _apart(lines):
        text = line.strip()
        prompt = _PROMPT.match(line)
        if not text or text.startswith("#") or text.startswith(_OUTPUT_MARKS):
            shown.append(text)
        elif continued:
            shown.append(f"    {text}")
        elif prompt:
            shown.append(f"$ {line[prompt.end() :].strip()}")
        elif prompted:
            shown.append(f"→ {text}")
        else:
            shown.append(f"$ {text}")
        continued = (
            text.endswith(("\\", "`")) and not text.startswith("#") and (continued or not shown[-1].startswith("→"))
        )
    return shown


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """Put the comment behind a command on a line of its own before it: both are then drawn larger."""
    for line in lines:
        behind = _BEHIND.fullmatch(line)
        if behind and all(behind[1].count(quote) % 2 == 0 for quote in "'\"`"):
            yield f"# {behind[2]}"
            line = behind[1]
        yield line


def chunks(lines: Sequence[str], limit: int) -> list[list[str]]:
    """Return the lines in parts of at most `limit`, cut at blank lines or before comments where there are any."""
    parts: list[list[str]] = []
    rest = list(lines)
    while len(rest) > limit:
        cut = max((i for i in range(limit // 3, limit + 1) if _may_begin(rest, i)), default=limit)
        parts.append(_trimmed(rest[:cut]))
        rest = _trimmed(rest[cut:])
    return [part for part in [*parts, _trimmed(rest)] if part]


def _may_begin(lines: Sequence[str], place: int) -> bool:
    return not lines[place].strip() or not lines[place - 1].strip() or lines[place].startswith("#")


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def from_diff(code: Code) -> tuple[str, str] | None:
    """Return the code before and after a change, from a diff that takes something away and adds something."""
    if code.language not in ("diff", "patch"):
        return None
    before, after = [], []
    for line in code.text.split("\n"):
        if line.startswith(("@@", "+++", "---", "diff ", "index ")):
            continue
        if not line.startswith("+"):
            before.append(line[1:] if line.startswith(("-", " ")) else line)
        if not line.startswith("-"):
            after.append(line[1:] if line.startswith(("+", " ")) else line)
    if before == after or not any(map(str.strip, before)) or not any(map(str.strip, after)):
        return None
    return "\n".join(before).strip("\n"), "\n".join(after).strip("\n")


def side(code: Code, introduction: str = "") -> str:
    """Return "before" or "after" where the fence, its first comment or its introduction says so, else ""."""
    comment = _LINE_COMMENT.match(code.text)
    said = introduction if len(introduction.split()) <= 8 else ""
    for words in (code.mark.strip("{}[] ").removeprefix('title="'), comment[1] if comment else "", said):
        if _BEFORE.match(words.strip()):
            return "before"
        if _AFTER.match(words.strip()):
            return "after"
    return ""


def label(mark: str, introduction: str) -> str:
    """Return how one side of a comparison is to be called: as the document calls it, if that is short."""
    for words in (mark.strip("{}[] ").removeprefix('title="').rstrip('"'), introduction):
        text = words.strip(" :.❌✅👎👍🚫")
        if 0 < len(text) <= 40 and (_BEFORE.match(words.strip()) or _AFTER.match(words.strip())):
            return text[:1].upper() + text[1:]
    return ""
