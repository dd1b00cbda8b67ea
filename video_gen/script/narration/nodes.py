"""The names of what a diagram connects, read from its Mermaid or Graphviz text."""

import re
from collections.abc import Mapping
from typing import Any

from video_gen.script.narration.wording import plain

_LABEL = re.compile(
    r"\b[\w-]+\s*(?:\[\(|\(\[|\[\[|\(\(|\{\{|\[/|\[|\(|\{|>)\s*\"?([^\[\](){}\"|]{1,120}?)\"?\s*(?:\]|\)|\})"
)
_EDGE = re.compile(r"\s*(?:<?(?:--+|==+|-\.+-?|~~~)(?:[^|>\n]*?(?:--+|==+|\.-))?[>ox]?|->>?|-->>?)\s*(?:\|[^|]*\|)?\s*")
_LABELLED = re.compile(r"\"?([\w. -]+?)\"?\s*\[[^\]]*\blabel\s*=\s*\"?([^\"\],]*)")
_PARTICIPANT = re.compile(r"(?:participant|actor)\s+([\w.-]+)(?:\s+as\s+(.+))?$")
_KEYWORDS = {"subgraph", "end", "graph", "flowchart", "digraph", "direction", "style", "classdef", "class", "click",
             "linkstyle", "node", "edge", "strict", "note", "participant", "actor"}  # fmt: skip


def nodes(content: Mapping[str, Any]) -> list[str]:
    """Return the names that stand in the boxes of a Mermaid or Graphviz text, in their order, each once."""
    if content.get("graphviz"):
        found = _graphviz_names(str(content["graphviz"]))
    else:
        found = _mermaid_names(str(content.get("mermaid") or ""))
    cleaned = [plain(re.sub(r"<[^>]+>", " ", each)) for each in found]
    return list(dict.fromkeys(each for each in cleaned if each and each.lower() not in _KEYWORDS))


def _graphviz_names(text: str) -> list[str]:
    """Return the labels of the nodes, or the nodes' own names, in the order in which edges and nodes name them."""
    statements = [part.strip() for part in re.split(r"[\n;{}]", text)]
    labels = {named[1]: named[2] for part in statements if (named := _LABELLED.match(part))}
    found: list[str] = []
    for part in statements:
        bare_part = part.partition("[")[0]
        if re.search(r"-[->]", bare_part) or part.split("[")[0].strip(' "') in labels:
            found += [labels.get(name, name) for name in (n.strip(' "') for n in re.split(r"-[->]", bare_part)) if name]
    return found


def _mermaid_names(text: str) -> list[str]:
    lines = [line.strip() for line in re.split(r"[\n;]", text)]
    people = [who[2] or who[1] for line in lines if (who := _PARTICIPANT.match(line))]
    if people:
        return people
    found: list[str] = []
    for line in lines:
        first = (line.split() or [""])[0].lower()
        if first.startswith("%%") or (first in _KEYWORDS and "--" not in line):
            continue
        if labels := _LABEL.findall(line):
            found += labels
        elif re.search(r"--|->|==", line):
            parts = re.split(rf"{_EDGE.pattern}|&", line.partition(":")[0])
            found += [name for part in parts if re.fullmatch(r"\w[\w .-]{1,60}", name := part.strip())]
    return found
