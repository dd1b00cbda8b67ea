"""Snakemake's own error messages, as a user can make use of them."""

import re

OF_A_JOB = "RuleException:"  # a job's command or code failed
KILLED = "was ended by the signal"
NO_RULE = "there is no rule that makes"
_PLACE = re.compile(
    r'^\w+(?: in (?:rule|checkpoint) (?P<rule>\S+))? in file "(?P<file>.+)", line (?P<line>\d+):\n', re.MULTILINE
)
_NO_RULE = re.compile(r"No rule to produce (.+?) \(if you use")
_SIGNAL = re.compile(r"^Command .* died with <Signals\.(\w+)", re.DOTALL)
_NO_INPUT = re.compile(r"Missing input files for rule (\S+):.*affected files:\n(.*)", re.DOTALL)
_SHELL = "set -euo pipefail;  "  # what Snakemake puts before a command


def plain(message: str) -> str:
    """Return a message of Snakemake's without tracebacks and names of classes: place first, no stop at its end."""
    message = message.strip()
    if message.startswith("Traceback"):
        return message.splitlines()[-1].strip()  # an error that Snakemake itself did not expect
    place = _PLACE.search(message)
    text = message[place.end() :] if place else re.sub(r"^(\w+(Exception|Error)):?\n", "", message)
    text = re.split(r"\n(?:  File |Traceback)", text)[0].replace(_SHELL, "")
    if killed := _SIGNAL.search(text):
        return f"{KILLED} {killed[1]}"
    if missing := _NO_RULE.search(text):
        text = f"{NO_RULE} {missing[1]}. Check its name: `video-gen stages` lists what can be made"
    elif lacking := _NO_INPUT.search(text):
        text = f"the rule {lacking[1]} needs {', '.join(lacking[2].split())}, which is not there and no rule makes"
    return f"{_at(place)}{text.strip().rstrip('.')}"


def _at(place: re.Match[str] | None) -> str:
    return f"{place['file']}, line {place['line']}: " if place else ""
