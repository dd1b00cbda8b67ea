"""Choosing the scale: the largest at which all rows fit one picture, else the largest with the fewest pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from video_gen.scenes.layout import Builder, Page, Row, Sheet, beside, height, paginate, runs_backwards

# The longest line that two rows hold, in rows: the second one is indented, and both may end early.
_TWO_ROWS = 1.6


@dataclass(frozen=True)
class Fitted:
    """Each builder's pages; the sheet that they were laid out for; how many lines of code are broken, -1 without code."""

    pages: list[list[Page]]
    sheet: Sheet
    broken: int = -1

    @property
    def code(self) -> float:
        """Size of the code, in sizes of the role."""
        return self.sheet.scale * self.sheet.tight


def better(one: Fitted, other: Fitted) -> bool:
    """Whether code is laid out better in one way than in another, which is kept where the gain is small."""
    (mine,), theirs = one.pages, max(map(len, other.pages))
    if len(mine) != theirs or one.broken != other.broken:
        return (len(mine), one.broken) < (theirs, other.broken)
    return one.code > 1.2 * other.code


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


def fit(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float, most: float = 0.0) -> Fitted:
    """Return each builder's pages at the largest scale, one for all of them, that needs the fewest pages.

    most: the largest scale above the usual ones, for so little text that much of the room stays free at it.
    """
    theme = sheets[0].theme
    best: list[list[Row]] = []
    chosen: Sequence[Sheet] = sheets
    fewest = 0
    usual = theme.upright_scales + theme.scales if sheets[0].tall else theme.scales
    larger = (scale for scale in theme.roomy_scales if usual[0] < scale <= most)
    for scale in (*larger, *usual):
        scaled, flows = _unbroken(builders, [sheet.at(scale=scale) for sheet in sheets], room)
        count = max(len(paginate(rows, room)) for rows in flows)
        if scale > usual[0] and max(map(height, flows)) > room * theme.sparse:
            continue
        if not fewest or count < fewest:
            best, fewest, chosen = flows, count, scaled
        if count <= 1:
            break
    fills = _fills(best)
    if fewest == 1 and chosen[0].scale >= theme.scales[0]:
        best = _aired(builders, chosen, room) or best
    broken = sum(fill > 1 for fill in fills) if fills else -1
    return Fitted([balanced(thinned(rows, theme.most_states), room) for rows in best], chosen[0], broken)


Laid = tuple[list[Sheet], list[list[Row]]]


def _unbroken(builders: Sequence[Builder], sheets: Sequence[Sheet], room: float) -> Laid:
    """Return the sheets and the rows with code as large as can be had without a broken line.

    Where it would be too small for that, a few lines are broken, or all that are longer than a line of the least size.
    """
    theme, usual = sheets[0].theme, _tightened(builders, sheets, 1.0)
    fills = _fills(usual[1])
    if not fills:
        return usual
    if fills[0] <= 1:
        larger = (_tightened(builders, sheets, tight) for tight in _wider(sheets[0], fills[0]))
        fits = (laid for laid in larger if _fills(laid[1])[0] <= 1 and max(map(height, laid[1])) <= room * theme.filled)
        return next(fits, usual)
    floor = theme.least_upright_code if sheets[0].portrait else theme.least_code
    least = min(1.0, floor / (theme.roles["code"].size * sheets[0].scale))
    for longest, smallest, broken in _ways(fills, least, max(1, int(theme.few_broken * len(fills)))):
        # Glyphs are not scaled quite evenly: a hair less is tried as well.
        for tight in (min(1.0, share / longest) for share in (1, 0.97)):
            if tight >= smallest:
                laid = _tightened(builders, sheets, tight)
                if sum(fill > 1 for fill in _fills(laid[1])) <= broken:
                    return laid
    return _tightened(builders, sheets, least)


def _ways(fills: Sequence[float], least: float, few: int) -> Iterator[tuple[float, float, int]]:
    """Yield which share of the room is to become all of it, how small code may be for that, and how many lines are broken."""
    yield fills[0], least, 0
    if few < len(fills):
        # In two rows rather than in three, where the others stay large enough for it.
        yield max(fills[few], fills[0] / _TWO_ROWS), 1.2 * least, few
        yield fills[few], least, few


def _wider(sheet: Sheet, longest: float) -> Iterator[float]:
    """Yield how much larger code may be whose longest line takes this share of the width, the largest first."""
    size = sheet.theme.roles["code"].size * sheet.scale
    most = min(sheet.theme.most_wider, 0.99 / longest, sheet.theme.most_code / size)
    while most > 1.03:
        yield most
        most *= 0.92


def _tightened(builders: Sequence[Builder], sheets: Sequence[Sheet], tight: float) -> Laid:
    tightened = [replace(sheet, tight=tight) for sheet in sheets]
    return tightened, [build(sheet) for build, sheet in zip(builders, tightened, strict=True)]


def _fills(flows: Sequence[Sequence[Row]]) -> list[float]:
    """Return which share of its room each line of code takes, the longest first."""
    return sorted((row.fill for rows in flows for row in rows if row.fill), reverse=True)


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


def columns(
    builders: Sequence[Builder], shares: Sequence[float], sheet: Sheet, room: float
) -> tuple[Fitted, list[Page]]:
    """Return what was fitted, and pages on which each builder's rows flow in a column of their own.

    shares: the columns' widths.
    """
    gap = sheet.theme.gap * sheet.unit
    free = sheet.width - gap * (len(builders) - 1)
    widths = [free * share / sum(shares) for share in shares]
    lefts = [sum(widths[:n]) + gap * n for n in range(len(widths))]
    fitted = fit(builders, [sheet.at(width=width) for width in widths], room)
    flows = fitted.pages
    if flows and flows[0] and runs_backwards(flows[0][0]):
        lefts = [sheet.width - left - width for left, width in zip(lefts, widths, strict=True)]
    pages: list[Page] = []
    for cells in zip_longest(*flows, fillvalue=[]):
        shown = [(cell, left) for cell, left in zip(cells, lefts, strict=True) if cell]
        least = max((row.frame.least for cell, _ in shown for row in cell if row.frame), default=0.0) * room
        pages.append([beside([cell for cell, _ in shown], [left for _, left in shown], least)])
    return fitted, pages
