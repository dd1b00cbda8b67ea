"""Fonts for any script: text is split into runs by the fonts' character maps, since Pillow falls back to none."""

import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from math import ceil, floor
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTCollection, TTFont, TTLibError
from PIL import ImageDraw, ImageFont, features

from video_gen.errors import ConfigError, InputError
from video_gen.scenes.model import Colour
from video_gen.scenes.scripts import inside_backwards, is_right_to_left, phrases, units, visible

SUFFIXES = (".ttf", ".otf", ".ttc")
# The families that always come with the package; they draw what another family has not.
_FAMILIES = {"sans": "Inter", "mono": "JetBrains Mono"}
# Looked through in this order for a character that the family has not; packages that are not installed are passed over.
_FALLBACK_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
_SYSTEM_FOLDERS = {
    "win32": ("C:/Windows/Fonts",),
    "darwin": ("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
}
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH")
_RAQM = features.check("raqm")


@lru_cache(maxsize=1)
def system_files() -> tuple[Path, ...]:
    """Font files that the operating system has, in a fixed order."""
    folders = [Path(f).expanduser() for f in _SYSTEM_FOLDERS.get(sys.platform, _SYSTEM_FOLDERS["linux"])]
    return tuple(sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in SUFFIXES))


@lru_cache(maxsize=1)
def packaged_files() -> tuple[Path, ...]:
    """Font files of the installed packages: upright, those with the most common characters first."""
    found = [_family_file(family, 400) for family in _FAMILIES]
    for package in filter(find_spec, _FALLBACK_PACKAGES):
        names = [Path(str(p)) for p in files(package).iterdir() if p.name.endswith(SUFFIXES)]
        found += sorted((p for p in names if "Italic" not in p.name), key=lambda p: (len(p.stem), p.name))
    return tuple(found)


@lru_cache(maxsize=64)
def _family_file(family: str, weight: int) -> Path:
    """Return the font file of a family (`sans`, `mono`, the name of a packaged one, or the path of a file)."""
    if family.lower().endswith(SUFFIXES):
        return Path(family)
    return fontpkg.path(_FAMILIES.get(family, family), weight, nearest=True)


def check(family: str) -> None:
    """Raise ConfigError if a family is neither installed nor the path of a font file."""
    if family.lower().endswith(SUFFIXES):
        if not characters(Path(family)):
            raise ConfigError(f"{family} is no font file. Give the path of a .ttf or .otf file.")
        return
    try:
        fontpkg.family(_FAMILIES.get(family, family))
    except fontpkg.FamilyNotInstalled as error:
        installed = ", ".join(sorted(found.name for found in fontpkg.families().values()))
        package = f"fontpkg-{fontpkg.slugify(family)}"
        raise ConfigError(
            f"the font {family!r} is not installed. Install it (pip install {package}), give the path of a font file, "
            f"or use one of {installed}."
        ) from error


@lru_cache(maxsize=256)
def characters(path: Path) -> frozenset[int]:
    """Code points that a font file has; empty for a file that is no font (only its character map is read)."""
    try:
        if path.suffix.lower() == ".ttc":
            with TTCollection(path, lazy=True) as collection:
                return frozenset(collection.fonts[0].getBestCmap() or {})
        with TTFont(path, lazy=True) as font:
            # A colour bitmap font cannot be drawn at any size.
            return frozenset() if "CBDT" in font or "sbix" in font else frozenset(font.getBestCmap() or {})
    except (TTLibError, OSError):
        return frozenset()


@lru_cache(maxsize=4096)
def _fallback(sign: str) -> Path | None:
    for candidates in (packaged_files, system_files):
        for path in candidates():
            if _has(path, sign):
                return path
    return None


def _has(path: Path, sign: str) -> bool:
    return all(ord(c) in characters(path) for c in visible(sign))


def _missing(character: str, text: str) -> InputError:
    name = unicodedata.name(character, "a character without a name")
    what = f"{character!r} (U+{ord(character):04X}, {name}) in “{text[:60]}”"
    remedy = (
        "Install the Chinese, Japanese and Korean fonts: pip install manimgx-fonts-cjk."
        if name.startswith(_CJK)
        else "Install a font that has it, for example the Noto font of its script, in the system's font folder."
    )
    return InputError(f"No font that is installed can draw {what}. {remedy} Or write the text without it.")


@lru_cache(maxsize=512)
def _load(path: Path, size: float, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    try:
        axes = font.get_variation_axes()
    except OSError:  # not a variable font
        return font
    wanted = {"opsz": size, "optical size": size, "wght": weight, "weight": weight}
    values = []
    for axis in axes:
        name = axis["name"].decode("ascii", "replace") if isinstance(axis["name"], bytes) else str(axis["name"])
        least, most = float(axis["minimum"] or 0), float(axis["maximum"] or 0)
        values.append(min(max(float(wanted.get(name.lower(), axis["default"] or 0)), least), most))
    font.set_variation_by_axes(values)
    return font


class Typeface:
    """A family at one weight and size (pixels) that measures and draws text of mixed scripts."""

    def __init__(self, family: str, weight: int, size: float):
        self.size = size
        self._weight = weight
        self._path = _family_file(family, weight)
        self._font = _load(self._path, size, weight)
        fixed = self._font.getlength("i") == self._font.getlength("W")
        # Code shows what is typed: no ligatures that turn != into another sign.
        self._features = ["-calt", "-liga"] if fixed and _RAQM else None
        self._lengths: dict[str, float] = {}
        # In code every sign takes whole cells, also one that another font draws.
        self._cell = self._font.getlength("0") if fixed else 0.0
        self.cap = -self._font.getbbox("H", anchor="ls")[1]

    def runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """Yield the stretches of `text`, left to right as they are drawn, each with its font.

        Raises InputError naming the first character that no font has.
        """
        own = characters(self._path)
        if all(ord(c) in own for c in text):
            yield text, self._font
            return
        backwards = is_right_to_left(text)
        parts = [text] if backwards else phrases(text)
        if len(parts) > 1:
            for part in parts:
                yield from self.runs(part)
            return
        found: list[tuple[str, Path]] = []
        for unit in units(text):
            stays = backwards and not unit[0].isalnum()
            for sign in (unit,) if self._path_of(unit, self._path, stays) else visible(unit):
                path = self._path_of(sign, found[-1][1] if found else self._path, stays)
                if path is None:
                    raise _missing(sign, text)
                if found and found[-1][1] == path:
                    found[-1] = (found[-1][0] + sign, path)
                else:
                    found.append((sign, path))
        for run, path in reversed(found) if backwards else found:
            run = inside_backwards(run) if backwards and not is_right_to_left(run) else run
            yield run, self._in_cells(run, path) if self._cell else _load(path, self.size, self._weight)

    def _in_cells(self, run: str, path: Path) -> ImageFont.FreeTypeFont:
        """Return another font for code, small enough that the run fits the cells nearest to its own length."""
        font = _load(path, self.size, self._weight)
        length = font.getlength(run)
        room = max(1, round(length / self._cell)) * self._cell
        return font if length <= room else _load(path, floor(self.size * room / length * 4) / 4, self._weight)

    def _path_of(self, sign: str, current: Path, stays: bool) -> Path | None:
        # Combining marks stay with their letter, blanks with a right to left phrase, which is ordered as a whole.
        stays = stays or unicodedata.category(sign[0]).startswith("M")
        if stays and current != self._path and _has(current, sign):
            return current
        return self._path if _has(self._path, sign) else _fallback(sign)

    def length(self, text: str) -> float:
        """Width of `text` in pixels."""
        if text not in self._lengths:
            self._lengths[text] = sum(self._advance(run, font) for run, font in self.runs(text))
        return self._lengths[text]

    def _advance(self, run: str, font: ImageFont.FreeTypeFont) -> float:
        length = font.getlength(run, features=self._features)
        if self._cell and font is not self._font:
            return ceil(length / self._cell - 0.02) * self._cell
        return length

    def ink(self, text: str) -> tuple[float, float]:
        """How far the ink of `text` reaches above and below the baseline, in pixels; below 0 for a sign that floats."""
        if len(text) == 1 and text.strip():
            # Pillow's box of a text always reaches down to the baseline, far below a quotation mark.
            ((_, font),) = self.runs(text)
            mask, (_, top) = font.getmask2(text, anchor="ls")
            bounds = mask.getbbox()
            return (-top, top + bounds[3]) if bounds else (0.0, 0.0)
        boxes = [f.getbbox(t, anchor="ls", features=self._features) for t, f in self.runs(text) if t.strip()]
        return max((-b[1] for b in boxes), default=0.0), max((b[3] for b in boxes), default=0.0)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: Colour) -> None:
        """Draw `text` with its left end at `x` and its baseline at `y`."""
        for run, font in self.runs(text):
            advance = self._advance(run, font)
            inset = max(0.0, advance - font.getlength(run, features=self._features)) / 2
            draw.text((x + inset, y), run, font=font, fill=colour, anchor="ls", features=self._features)
            x += advance


@lru_cache(maxsize=256)
def typeface(family: str, weight: int, size: float) -> Typeface:
    """Return the typeface of a family: `sans`, `mono`, a packaged one's name, or the path of a font file.

    size: pixels, kept to quarters.
    """
    return Typeface(family, weight, round(size * 4) / 4)
