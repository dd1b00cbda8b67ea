"""Formats of one video: the main size, and further aspect ratios laid out from the same script with the same speech."""

import re

RATIOS = ("16:9", "9:16", "1:1", "4:5")


def suffix(ratio: str) -> str:
    """Return what a ratio such as `9:16` adds to the name of its files: `.9x16`."""
    return f".{ratio.replace(':', 'x')}"


def size(of: str, width: int, height: int) -> tuple[int, int]:
    """Return width and height in pixels, even, of a file suffix: the main size for "", else one with the same short side."""
    if not of:
        return width, height
    across, down = map(int, re.findall(r"\d+", of))
    short = min(width, height)
    long = round(short * max(across, down) / min(across, down) / 2) * 2
    return (long, short) if across >= down else (short, long)
