"""Choosing the scale: the largest at which all rows fit one picture, else the largest with the fewest pictures."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from video_gen.scenes.layout import Builder, Page, Row, Sheet, beside, height, paginate, runs_backwards


def balanced(rows: Sequence[Row], room: float) -> list[Page]:
    """Put rows on as few pages as `paginate`, filled as evenly as can be."""
    pages = paginate(rows, room)
    low, high = room / 4, room
    while len(pages) > 1 and high - low > room / 64:
        middle = (low + high) / 2
        tried = paginate(rows, middle)
        if len(tried) == len(pages) and all(height(p) <= room for p in tried):
            pages, high = tried, middle
        else:
            low = middle
    return pages


def fit(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> list[list[Page]]:
    """Return each builder's pages at the largest scale, one for all of them, that needs the fewest pages."""
    theme = sheets[0].theme
    best: list[list[Row]] = []
    chosen: Sequence[Sheet] = sheets
    fewest = 0
    scales = theme.upright_scales + theme.scales if sheets[0].tall else theme.scales
    for scale in scales:
        scaled, flows = _unbroken(builders, [sheet.at(scale=scale) for sheet in sheets], room)
        count = max(len(paginate(rows, room)) for rows in flows)
        if not fewest or count < fewest:
            best, fewest, chosen = flows, count, scaled
        if count <= 1:
            break
    if fewest == 1 and chosen[0].scale >= theme.scales[0]:
        best = _aired(builders, chosen, room) or best
    return [balanced(thinned(rows, theme.most_states), room) for rows in best]


Laid = tuple[list[Sheet], list[list[Row]]]


def _unbroken(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> Laid:
    """Return the sheets and the rows with code as large as can be had without a broken line.

    Where only few lines are too long, and the code would be much smaller for them, they are broken instead.
    """
    theme = sheets[0].theme
    usual = _tightened(builders, sheets, 1.0)
    if not any(row.code for rows in usual[1] for row in rows):
        return usual
    if not _broken(usual):
        larger = (_tightened(builders, sheets, tight) for tight in theme.tights if tight > 1)
        fits = (laid for laid in larger if not _broken(laid) and max(map(height, laid[1])) <= room)
        return next(fits, usual)
    last = usual
    for tight in (t for t in theme.tights if t < 1):
        few = _broken(last) <= theme.few_broken * sum(row.code for rows in last[1] for row in rows)
        if _broken(last) > theme.most_broken or (few and tight * sheets[0].scale < theme.least_code):
            break
        last = _tightened(builders, sheets, tight)
        if not _broken(last):
            return last
    return usual


def _tightened(builders: Sequence[Builder], sheets: Sequence[Sheet], tight: float) -> Laid:
    tightened = [replace(sheet, tight=tight) for sheet in sheets]
    return tightened, [build(sheet) for build, sheet in zip(builders, tightened, strict=True)]


def _broken(laid: Laid) -> int:
    return sum(row.broken for rows in laid[1] for row in rows)


def _aired(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> list[list[Row]]:
    """Return the rows with the most air that leaves a part of the room free; empty where none does."""
    theme = sheets[0].theme
    for air in theme.airs:
        flows = [build(sheet.at(air=air)) for build, sheet in zip(builders, sheets, strict=True)]
        if max(height(rows) for rows in flows) <= room * theme.filled:
            return flows
    return []


def settled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without any step."""
    return [replace(row, parts=tuple(replace(part, step=False) for part in row.parts)) for row in rows]


def thinned(rows: Sequence[Row], most: int) -> list[Row]:
    """Return the rows with at most `most` steps: of more, every second, third … one is kept."""
    steps = sum(part.step for row in rows for part in row.parts)
    each, seen, found = -(-steps // most), 0, []
    if each <= 1:
        return list(rows)
    for row in rows:
        parts = []
        for part in row.parts:
            parts.append(replace(part, step=part.step and seen % each == 0))
            seen += part.step
        found.append(replace(row, parts=tuple(parts)))
    return found


def columns(builders: Sequence[Builder], shares: Sequence[float], sheet: Sheet, room: float) -> list[Page]:
    """Return pages on which each builder's rows flow in a column of their own; `shares` are the columns' widths."""
    gap = sheet.theme.gap * sheet.unit
    free = sheet.width - gap * (len(builders) - 1)
    widths = [free * share / sum(shares) for share in shares]
    lefts = [sum(widths[:n]) + gap * n for n in range(len(widths))]
    flows = fit(builders, [sheet.at(width=width) for width in widths], room)
    if flows and flows[0] and runs_backwards(flows[0][0]):
        lefts = [sheet.width - left - width for left, width in zip(lefts, widths, strict=True)]
    pages: list[Page] = []
    for cells in zip_longest(*flows, fillvalue=[]):
        shown = [(cell, left) for cell, left in zip(cells, lefts, strict=True) if cell]
        least = max((row.frame.least for cell, _ in shown for row in cell if row.frame), default=0.0) * room
        pages.append([beside([cell for cell, _ in shown], [left for _, left in shown], least)])
    return pages
