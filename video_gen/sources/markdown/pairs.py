"""Neighbouring blocks that belong on one picture: code before and after a change, short commands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from video_gen.sources.markdown import code
from video_gen.sources.markdown.blocks import Block, Code, Comparison, Paragraph

MAX_COMPARED = 24
MERGED_LINES = 10
MERGED_WORDS = 10


def compared(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with diffs, and with pairs of code marked or introduced as before and after, as comparisons."""
    found: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Code) and (change := code.from_diff(block)) and _fits(*change):
            block = Comparison(*change, "", ("", ""), start=block.start, end=block.end)
        elif pair := _pair(blocks[place : place + 3], found):
            comparison, taken, used = pair
            if used:
                found.pop()
            found.append(comparison)
            place += taken
            continue
        found.append(block)
        place += 1
    return found


def _pair(window: Sequence[Block], before: Sequence[Block]) -> tuple[Comparison, int, bool] | None:
    """Return a comparison, the blocks it takes and whether it uses up the introduction before them."""
    between = window[1] if len(window) == 3 and isinstance(window[1], Paragraph) else None
    second = window[2] if between else window[1] if len(window) > 1 else None
    first = window[0] if window else None
    if not isinstance(first, Code) or not isinstance(second, Code) or not _fits(first.text, second.text):
        return None
    lead = before[-1] if before and isinstance(before[-1], Paragraph) else None
    said, then = lead.text if lead else "", between.text if isinstance(between, Paragraph) else ""
    both = not then and first.language == second.language and "before" in said.lower() and "after" in said.lower()
    if not both and (code.side(first, said), code.side(second, then)) != ("before", "after"):
        return None
    labelled = code.label(first.mark, said), code.label(second.mark, then)
    used = bool(lead) and not both and bool(code.side(replace(first, mark="", text=""), said))
    start = lead.start if lead and used else first.start
    comparison = Comparison(first.text, second.text, second.language, labelled, start=start, end=second.end)
    return comparison, 3 if between else 2, used


def _fits(*texts: str) -> bool:
    return all(text.count("\n") < MAX_COMPARED and len(text) <= 4_000 for text in texts)


def merged_commands(drafts: Sequence[Any]) -> list[Any]:
    """Join small terminal scenes that follow one another; their introductions become comments above the commands."""
    merged: list[Any] = []
    for draft in drafts:
        last = merged[-1] if merged else None
        if last and last.scene_type == draft.scene_type == "command" and _small(last) and _small(draft):
            rows = [*_commented(last), "", *_commented(draft)]
            if len(rows) <= MERGED_LINES:
                content = {k: v for k, v in last.content.items() if k != "description"}
                last.content, last.end = {**content, "commands": rows}, draft.end
                continue
        merged.append(draft)
    return merged


def _small(draft: Any) -> bool:
    return "key_points" not in draft.content and len(draft.content.get("description", "").split()) <= MERGED_WORDS


def _commented(draft: Any) -> list[str]:
    said = draft.content.get("description", "").rstrip(" :.")
    return [f"# {said}", *draft.content["commands"]] if said else draft.content["commands"]
