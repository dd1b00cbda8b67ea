"""How terminal lines are spoken: by their comment where there is one, else by the program and its plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from video_gen.script.narration.wording import bare, choose, is_third_person, number, plain, sentence

MAX_NAMED = 6

_PLAIN_WORD = re.compile(r"[A-Za-z0-9][\w.+-]*(/[\w.-]+)?$")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=\S*$")
_OPERATOR = re.compile(r"\s(?:\||\|\||&&|;|>|>>|<)\s|[;|]")
_ALONE = ("{}.", "Simply {}.", "Just {}.")
_TWO = ("{}, then {}.", "First {}, and then {}.", "{}, and after that {}.")
_SEVERAL = ("{}, then {}, and finally {}.", "First {}, then {}, and at the end {}.", "{}, next {}, and to finish {}.")


@dataclass(frozen=True)
class Step:
    """One command with the comment above it (or either of the two alone)."""

    comment: str = ""
    command: str = ""


def split_lines(lines: Sequence[str]) -> tuple[list[Step], list[str]]:
    """Return the steps of a terminal scene and the lines of success and remark that are said after them."""
    steps: list[Step] = []
    remarks: list[str] = []
    comment, continues = "", False
    for raw in lines:
        line = raw.strip()
        if continues:
            continues = line.endswith("\\")
        elif line.startswith("#"):
            comment = " ".join(filter(None, [comment, line.lstrip("# ")]))
        elif line.startswith(("✓", "- ")):
            remarks.append(line[1:].strip())
        elif line and not line.startswith(("→", "```")):
            steps.append(Step(plain(comment), line.removeprefix("$").strip()))
            comment, continues = "", line.endswith("\\")
    if comment:
        steps.append(Step(plain(comment)))
    return steps, remarks


def spoken_command(command: str) -> str:
    """Return the program and the plain words that follow it, at most four, as one would name the command aloud."""
    words = _OPERATOR.split(command, maxsplit=1)[0].split()
    while words and (words[0] == "sudo" or _ASSIGNMENT.match(words[0])):
        words = words[1:]
    if not words:
        return ""
    kept = [words[0].rsplit("/", 1)[-1]]
    for word in words[1:4]:
        if not _PLAIN_WORD.match(word):
            break
        kept.append(word)
    return " ".join(kept) if any(c.isalnum() for c in kept[0]) else ""


def spoken_steps(steps: Sequence[Step]) -> str:
    """Return the sentences that lead through the commands in their order."""
    if any(step.comment for step in steps):
        return " ".join(filter(None, (_with_comment(step) for step in steps)))
    names = [name for name in dict.fromkeys(spoken_command(step.command) for step in steps) if name]
    actions = _actions(names[:MAX_NAMED])
    if len(names) > MAX_NAMED:
        actions.append(f"{number(len(names) - MAX_NAMED)} more")
    if not actions:
        return ""
    if len(actions) == 1:
        return capital(choose(_ALONE, *names).format(actions[0]))
    if len(actions) == 2:
        return capital(choose(_TWO, *names).format(*actions))
    return capital(choose(_SEVERAL, *names).format(actions[0], ", ".join(actions[1:-1]), actions[-1]))


def _with_comment(step: Step) -> str:
    """Say what the comment says; add the command where it is short enough to be remembered."""
    name = spoken_command(step.command)
    if not step.comment or not name:
        return capital(sentence(step.comment)) or (f"{capital(_action(name))}." if name else "")
    says_little = " " not in name and " " in step.command
    if says_little or len(step.command.split()) > 6 or name.lower() in step.comment.lower():
        return capital(sentence(step.comment))
    if is_third_person(step.comment):
        return f"{capital(_action(name))}, which {bare(step.comment)}."
    return f"{capital(bare(step.comment))}: {_action(name)}."


def _action(name: str) -> str:
    program, _, rest = name.partition(" ")
    return f"change into {rest}" if program == "cd" and rest else f"run {name}"


def _actions(names: Sequence[str]) -> list[str]:
    """Name each command; the verb is repeated only where it changes."""
    actions: list[str] = []
    running = False
    for name in names:
        action = _action(name)
        actions.append(action.removeprefix("run ") if running else action)
        running = action.startswith("run ")
    return actions


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]
