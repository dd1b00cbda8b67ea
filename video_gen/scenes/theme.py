"""The look in one place: fonts, type scale, colours, spacing, elevation, background, logo, footer and motion.

Themes are YAML files (`themes/`, described in docs/themes.md); here they are values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from video_gen.scenes import colours
from video_gen.scenes.colours import Colour

DEFAULT = "midnight"
Appearance = Literal["auto", "light", "dark"]
Background = Literal["plain", "glow", "rings", "grid", "dots", "aurora"]
# The names of the colours in the files, by their names here.
SHADES = {
    "ground": "background",
    "ground_end": "background_end",
    "surface": "surface",
    "bar": "raised",
    "well": "sunken",
    "edge": "border",
    "text": "text",
    "muted": "muted",
    "faint": "faint",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
}
PANEL_SHADES = {
    "well": "background",
    "bar": "bar",
    "edge": "border",
    "text": "text",
    "muted": "muted",
    "faint": "faint",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
}
TOKENS = {
    "Token.Comment": "comment",
    "Token.Keyword": "keyword",
    "Token.Keyword.Constant": "constant",
    "Token.Literal.String": "string",
    "Token.Literal.Number": "number",
    "Token.Name.Function": "function",
    "Token.Name.Class": "class",
    "Token.Name.Builtin": "builtin",
    "Token.Name.Decorator": "decorator",
    "Token.Name.Tag": "tag",
    "Token.Name.Attribute": "attribute",
    "Token.Operator": "operator",
    "Token.Operator.Word": "keyword",
    "Token.Punctuation": "punctuation",
    "Token.Generic.Deleted": "danger",
    "Token.Generic.Inserted": "success",
}


@dataclass(frozen=True)
class Role:
    """A kind of text: which of the theme's fonts, its weight, size in reference pixels, line height in sizes."""

    family: str
    weight: int
    size: float
    leading: float


@dataclass(frozen=True)
class Shadow:
    """What lifts cards off the background. drop, blur: reference pixels. opacity: 0 (none) to 1."""

    drop: float = 0.0
    blur: float = 0.0
    opacity: float = 0.0


@dataclass(frozen=True)
class Logo:
    """A picture in a corner of every picture; no path, no logo. height: reference pixels."""

    path: str = ""
    corner: str = "top-right"
    height: float = 48.0


@dataclass(frozen=True)
class Theme:
    """All settings of a look. Lengths are in reference pixels: the picture's shorter side counts 1080 of them.

    fonts: a packaged family or the path of a font file for each of `heading`, `text` and `code`. tint: how far the
    hues of backgrounds and surfaces turn to that of the accent (0..1). ground and ground_end are the ends of the background's
    gradient; surface, bar (raised) and well (sunken) are what text stands on beside it. panels: the colours inside windows of
    code (`code`) and of commands (`terminal`). speed: of motions, 1 as usual, 0 for none.

    The settings after `speed` belong to the layout and are the same in all themes.
    """

    ground: Colour
    ground_end: Colour
    surface: Colour
    bar: Colour
    well: Colour
    edge: Colour
    text: Colour
    muted: Colour
    faint: Colour
    success: Colour
    warning: Colour
    danger: Colour
    fonts: Mapping[str, str] = field(hash=False)
    roles: Mapping[str, Role] = field(hash=False)
    code: Mapping[str, Colour] = field(hash=False)
    panels: Mapping[str, Mapping[str, Colour]] = field(hash=False)
    tint: float
    backdrop: Background
    glow: float
    shadow: Shadow
    radius: float
    line: float
    gap: float
    pad: float
    margin_x: float
    margin_y: float
    logo: Logo
    footer: str
    page_number: bool
    speed: float
    floor: float = 24.0
    scales: tuple[float, ...] = (1.25, 1.12, 1.0, 0.9, 0.8, 0.71, 0.63)
    upright_scales: tuple[float, ...] = (1.55, 1.4)
    roomy_scales: tuple[float, ...] = (1.75, 1.55, 1.4)
    sparse: float = 0.6
    most_wider: float = 1.5
    most_code: float = 54.0
    least_code: float = 25.0
    least_upright_code: float = 34.0
    few_broken: float = 0.25
    airs: tuple[float, ...] = (2.0, 1.7, 1.4, 1.2)
    filled: float = 0.86
    safe: float = 0.05
    most_states: int = 12

    @property
    def dark(self) -> bool:
        """Whether the text is lighter than the background."""
        return colours.luminance(self.text) > colours.luminance(self.ground)

    @property
    def grounds(self) -> tuple[Colour, ...]:
        """What text stands on."""
        return self.ground, self.ground_end, self.surface, self.bar, self.well

    @property
    def hardest(self) -> Colour:
        """The one of the grounds on which it is hardest to read."""
        return (max if self.dark else min)(self.grounds, key=colours.luminance)


@lru_cache(maxsize=32)
def within(theme: Theme, panel: str) -> Theme:
    """Return the theme as it is inside a window: of code (`code`) or of commands (`terminal`)."""
    shades: dict[str, Any] = dict(theme.panels[panel])
    return replace(theme, **shades, ground=shades["well"], ground_end=shades["well"], surface=shades["bar"])


@lru_cache(maxsize=32)
def tinted(theme: Theme, accent: Colour) -> Theme:
    """Return the theme with its backgrounds and surfaces turned to the hue of the accent as far as its `tint` says."""
    if not theme.tint or colours.strength(accent) < 0.02:
        return theme
    angle = _between(colours.hue(theme.ground), colours.hue(accent)) * theme.tint
    names = ("ground", "ground_end", "surface", "bar", "well", "edge", "muted", "faint")
    panels = {name: _turned(shades, ("well", "bar", "edge"), angle) for name, shades in theme.panels.items()}
    shades: dict[str, Any] = {name: colours.turned(getattr(theme, name), angle) for name in names}
    return replace(theme, panels=panels, **shades)


def _turned(shades: Mapping[str, Colour], names: tuple[str, ...], angle: float) -> dict[str, Colour]:
    return dict(shades) | {name: colours.turned(shades[name], angle) for name in names}


def _between(start: float, end: float) -> float:
    """Return the shorter way from one angle to another, in radians."""
    half = 3.141592653589793
    return (end - start + half) % (2 * half) - half


def from_dict(data: Mapping[str, Any]) -> Theme:
    """Return the theme of what `read` returned."""
    shape, layout, shown = data["shape"], data["spacing"], data["colors"]
    shades: dict[str, Any] = {ours: colours.from_hex(shown[theirs]) for ours, theirs in SHADES.items()}
    tokens = {token: colours.from_hex(data["code"][name]) for token, name in TOKENS.items()}
    return Theme(
        **shades,
        fonts=dict(data["fonts"]),
        roles={name: Role(r["font"], r["weight"], r["size"], r["leading"]) for name, r in data["type"].items()},
        code={"Token": colours.from_hex(data["code"]["text"]), **tokens},
        panels={name: _panel(data[name]) for name in ("code", "terminal")},
        tint=shown["tint"],
        backdrop=data["background"]["style"],
        glow=data["background"]["strength"],
        shadow=Shadow(**shape["shadow"]),
        radius=shape["radius"],
        line=shape["line"],
        gap=layout["gap"],
        pad=layout["padding"],
        margin_x=layout["margin_x"],
        margin_y=layout["margin_y"],
        logo=Logo(data["logo"]["image"] or "", data["logo"]["corner"], data["logo"]["height"]),
        footer=data["footer"],
        page_number=data["page_number"],
        speed=data["motion"]["speed"],
    )


def _panel(data: Mapping[str, str]) -> dict[str, Colour]:
    return {ours: colours.from_hex(data[theirs]) for ours, theirs in PANEL_SHADES.items()}


# Reading files needs the schemas, which take a third of a second to import; drawing with a theme at hand does not.


def names() -> tuple[str, ...]:
    """Names of the packaged themes and of those in the folder `themes` of the working directory."""
    from video_gen.scenes import theme_files

    return tuple(theme_files.known())


def read(name_or_path: str | Path, appearance: Appearance = "auto") -> dict[str, Any]:
    """Return all settings of a theme as plain values, with those that it takes over from others.

    appearance: `light` or `dark` asks for the theme's colours for that, `auto` for those that it has by itself.
    A digest of the logo and of the font files is among them, so that two results differ where pictures would.
    Raises ConfigError that names the file, the line and the remedy.
    """
    from video_gen.scenes import theme_files

    return theme_files.read(str(name_or_path), appearance)


def load(name_or_path: str | Path, appearance: Appearance = "auto") -> Theme:
    """Return a theme by its name or by the path of its file. Raises ConfigError as `read` does."""
    return from_dict(read(name_or_path, appearance))


@cache
def default() -> Theme:
    """The theme that pictures have where none is named."""
    return load(DEFAULT)
