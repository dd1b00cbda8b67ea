"""The project's look for Mermaid: its settings, its colours, and rules for what it has no settings for."""

from typing import Any

from video_gen.scenes.charts_axes import palette
from video_gen.scenes.colours import mix, on, readable, to_hex
from video_gen.scenes.layout import Sheet
from video_gen.scenes.model import Colour
from video_gen.scenes.pictures import ground

SIZE = 16.0
"""Size of the text in a diagram's own units: that for which Mermaid's own distances are made."""
_ON_LINES = (".edgeLabel", '[data-merman-source-classes~="edgeLabel"]')
# Beside large shapes text is to be larger, beside small ones smaller.
_SIZES = {"pie": 20.0, "timeline": 24.0, "journey": 20.0, "quadrantChart": 20.0, "gitGraph": 12.0}
# Their names of relations have little room between the signs at the ends of a line.
_SMALLER = {"erDiagram": 13.0, "classDiagram": 14.0}


def measured(kind: str) -> float:
    """Return the size of text for which a kind of Mermaid diagram is laid out."""
    return _SIZES.get(kind, SIZE)


def drawn(kind: str) -> float:
    """Return the size at which the text of a kind of Mermaid diagram is drawn."""
    return _SMALLER.get(kind, measured(kind))


def wheel(sheet: Sheet) -> list[Colour]:
    """Return twelve colours around the wheel, the accent first, as fills that the theme's text is read on."""
    return [_calm(sheet, colour) for colour in palette(sheet, 12)]


def _calm(sheet: Sheet, colour: Colour) -> Colour:
    strengths = (n / 20 for n in range(11, 0, -1))
    tints = (mix(sheet.theme.surface, colour, strength) for strength in strengths)
    return next((t for t in tints if readable(sheet.theme.text, t) == sheet.theme.text), sheet.theme.surface)


def settings(sheet: Sheet, kind: str, family: str, *, tight: bool) -> dict[str, Any]:
    """Return Mermaid's configuration for text in the font `family`; `tight` with narrow boxes close together."""
    size = measured(kind)
    variables: dict[str, Any] = {key: to_hex(colour) for key, colour in _colours(sheet).items()}
    variables |= {"darkMode": sheet.theme.dark, "fontFamily": family, "fontSize": f"{size:g}px", "pieOpacity": "1"}
    variables |= {"xyChart": _xychart(sheet)}
    room = {"wrappingWidth": 120, "rankSpacing": 26, "nodeSpacing": 20, "padding": 8}
    return {
        "theme": "base",
        "look": "classic",
        "themeVariables": variables,
        "flowchart": {"htmlLabels": False, "minNodeWidth": 70}
        | (room if tight else {"wrappingWidth": 220, "rankSpacing": 40, "nodeSpacing": 32, "padding": 11}),
        "sequence": {"actorMargin": 40 if tight else 60, "messageMargin": 30},
        "gantt": {"fontSize": SIZE, "sectionFontSize": SIZE, "barHeight": 32, "barGap": 8, "leftPadding": 130},
        "journey": {"width": 170, "leftMargin": 110, "taskFontSize": size},
        "xyChart": {"width": 640, "height": 400, "titleFontSize": SIZE}
        | {f"{axis}Axis": {"labelFontSize": SIZE, "titleFontSize": SIZE} for axis in "xy"},
        "quadrantChart": dict.fromkeys(("titleFontSize", "quadrantLabelFontSize", "pointLabelFontSize"), size)
        | {"xAxisLabelFontSize": size, "yAxisLabelFontSize": size, "pointTextPadding": size * 0.6},
    }


def _colours(sheet: Sheet) -> dict[str, Colour]:
    theme = sheet.theme
    fill = mix(theme.surface, sheet.style.accent, 0.16)
    tints = wheel(sheet)
    urgent = mix(theme.surface, theme.danger, 0.3)
    colours: dict[str, Colour] = {
        "background": theme.ground,
        "primaryColor": fill,
        "primaryTextColor": theme.text,
        "primaryBorderColor": sheet.mark(sheet.style.accent),
        "secondaryColor": theme.bar,
        "tertiaryColor": theme.surface,
        "lineColor": theme.faint,
        "textColor": theme.text,
        "titleColor": theme.text,
        "nodeTextColor": theme.text,
        "clusterBkg": theme.surface,
        "clusterBorder": theme.edge,
        "edgeLabelBackground": ground(sheet),
        "signalColor": theme.faint,
        "signalTextColor": theme.text,
        "loopTextColor": theme.muted,
        "noteBkgColor": theme.bar,
        "noteTextColor": theme.text,
        "noteBorderColor": theme.edge,
        "actorLineColor": theme.edge,
        "labelBoxBkgColor": theme.bar,
        "labelBoxBorderColor": theme.faint,
        "activationBkgColor": theme.bar,
        "sectionBkgColor": theme.surface,
        "sectionBkgColor2": theme.surface,
        "altSectionBkgColor": theme.well,
        "gridColor": theme.edge,
        "taskBkgColor": fill,
        "taskTextColor": theme.text,
        "taskTextOutsideColor": theme.text,
        "taskTextDarkColor": theme.text,
        "activeTaskBkgColor": tints[0],
        "doneTaskBkgColor": theme.bar,
        "critBkgColor": urgent,
        "critBorderColor": theme.danger,
        "todayLineColor": theme.danger,
        "pieTitleTextColor": theme.text,
        "pieLegendTextColor": theme.text,
        "pieSectionTextColor": theme.text,
        "pieStrokeColor": theme.ground,
        "commitLabelColor": theme.text,
        "commitLabelBackground": theme.surface,
        "tagLabelColor": theme.text,
        "tagLabelBackground": fill,
        "tagLabelBorder": theme.edge,
        "quadrantPointFill": sheet.accent,
        "quadrantPointTextFill": theme.text,
        "requirementBackground": fill,
        "requirementBorderColor": sheet.mark(sheet.style.accent),
        "relationColor": theme.faint,
    }
    for n in range(4):
        colours |= {f"quadrant{n + 1}Fill": (theme.surface, theme.bar)[n % 2], f"quadrant{n + 1}TextFill": theme.muted}
    for n, tint in enumerate(tints):
        colours |= {f"cScale{n}": tint, f"cScaleLabel{n}": theme.text, f"cScaleInv{n}": theme.edge}
        colours |= {f"cScalePeer{n}": mix(tint, theme.text, 0.3), f"pie{n + 1}": tint, f"fillType{n}": tint}
        if n < 8:
            colours |= {f"git{n}": tint, f"gitBranchLabel{n}": on(tint), f"actor{n}": tint}
    return colours


def _xychart(sheet: Sheet) -> dict[str, str]:
    theme = sheet.theme
    parts = ("XAxis", "YAxis")
    inks = {f"{axis[0].lower()}{axis[1:]}{part}": theme.text for axis in parts for part in ("LabelColor", "TitleColor")}
    lines = {f"{axis[0].lower()}{axis[1:]}{part}": theme.faint for axis in parts for part in ("TickColor", "LineColor")}
    plots = ",".join(to_hex(colour) for colour in palette(sheet, 6))
    found = inks | lines | {"backgroundColor": ground(sheet), "titleColor": theme.text}
    return {name: to_hex(colour) for name, colour in found.items()} | {"plotColorPalette": plots}


def rules(sheet: Sheet, family: str, size: float) -> str:
    """Return CSS over Mermaid's own: one size and font for all text, lines that are seen on a screen."""
    theme = sheet.theme
    line, edge, quiet = to_hex(theme.faint), to_hex(theme.edge), to_hex(ground(sheet))
    return "".join(
        f"#merman {names}{{{style}}}"
        for names, style in (
            ("text", f'font-size:{size:g}px!important;font-family:"{family}"!important'),
            ("tspan", f'font-size:{size:g}px!important;font-family:"{family}"!important'),
            (".edge-thickness-normal", "stroke-width:1.8px!important"),
            (".edgeLabel rect", f"opacity:1!important;fill:{quiet}!important"),
            # A rim in the colour of the ground keeps a name on a line apart from it.
            *((f"{place} text", f"paint-order:stroke;stroke:{quiet};stroke-width:5px") for place in _ON_LINES),
            ('marker circle[fill="white"]', f"fill:{quiet}!important"),
            (".loopLine", f"stroke:{line}!important"),
            (".actor-line", f"stroke:{edge}!important;stroke-width:1.5px!important"),
            (".messageLine0", "stroke-width:1.8px!important"),
            (".messageLine1", "stroke-width:1.8px!important"),
            (".lineWrapper line", f"stroke:{line}!important"),
            (".grid .tick line", f"stroke:{edge}!important;opacity:1!important"),
            (".grid path", "stroke:none!important"),
        )
    )
