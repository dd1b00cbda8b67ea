"""The storyboard as one picture: a contact sheet, a row of thumbnails a scene."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from math import sqrt
from pathlib import Path

from PIL import Image, ImageDraw

from video_gen.errors import InputError
from video_gen.files import atomic
from video_gen.render.preview import Board, Shot
from video_gen.render.preview_page import span, summary
from video_gen.render.transcript import stamp
from video_gen.scenes import wrap
from video_gen.scenes.fonts import Typeface, clean, is_right_to_left, typeface
from video_gen.scenes.model import Colour

MAX_HEIGHT = 12_000

_GROUND, _TEXT, _QUIET, _LINE, _WARN = (246, 247, 249), (31, 35, 40), (89, 99, 110), (216, 221, 227), (138, 75, 0)
_MARGIN, _GAP, _LEADING = 56, 24, 1.4


@dataclass(frozen=True)
class _Density:
    """How close a sheet is packed: its width, that of a 16:9 thumbnail, size of the text (pixels), most lines a picture."""

    width: int
    thumb: int
    text: int
    lines: int


# The first with which the sheet is not too high; the words that do not fit are all in the page beside it.
_DENSITIES = (
    _Density(2000, 396, 18, 40),
    _Density(2000, 290, 16, 12),
    _Density(2400, 240, 15, 6),
    _Density(3200, 180, 13, 4),
    _Density(4000, 120, 12, 2),
)


def write(path: str | Path, boards: Sequence[Board], *, title: str, width: int, height: int) -> None:
    """Write the contact sheet as a PNG at most MAX_HEIGHT pixels high. width, height: size of the video's pictures."""
    sheets = (_Sheet(boards, density, width / height) for density in _DENSITIES)
    sheet = next((sheet for sheet in sheets if sheet.height <= MAX_HEIGHT), _Sheet(boards, _DENSITIES[-1], width / height))
    picture = sheet.draw(title, summary(boards, width, height))
    if picture.height > MAX_HEIGHT:
        picture = picture.resize((max(1, picture.width * MAX_HEIGHT // picture.height), MAX_HEIGHT), reducing_gap=2)
    with atomic(path) as part:
        picture.save(part, "PNG", compress_level=3)


class _Sheet:
    def __init__(self, boards: Sequence[Board], density: _Density, ratio: float):
        """ratio: width of a picture in its heights; thumbnails of every shape have much the same area."""
        self.boards, self.density = boards, density
        area = density.thumb**2 * 9 / 16
        self.thumb = (round(sqrt(area * ratio)), round(sqrt(area / ratio)))
        self.face, self.bold = typeface("sans", 400, density.text), typeface("sans", 650, density.text + 2)
        self.side = 300
        self.left = _MARGIN + self.side + _GAP
        self.columns = max(1, (density.width - self.left - _MARGIN + _GAP) // (self.thumb[0] + _GAP))
        self.leading = round(density.text * _LEADING)
        self.rows = [_Row(board, number, self) for number, board in enumerate(boards, 1)]

    @cached_property
    def head(self) -> int:
        return 2 * _MARGIN + 88

    @cached_property
    def height(self) -> int:
        return self.head + sum(row.height for row in self.rows) + _MARGIN

    def draw(self, title: str, about: str) -> Image.Image:
        picture = Image.new("RGB", (self.density.width, self.height), _GROUND)
        draw, face = ImageDraw.Draw(picture), typeface("sans", 750, 44)
        room = self.density.width - 2 * _MARGIN
        _text(draw, face, _MARGIN, _MARGIN + 40, _cut([*_lines(title, face, room)], 1)[0], _TEXT)
        _text(draw, typeface("sans", 400, 21), _MARGIN, _MARGIN + 82, about, _QUIET)
        y = self.head
        for row in self.rows:
            draw.line((_MARGIN, y, self.density.width - _MARGIN, y), fill=_LINE, width=2)
            row.draw(picture, y + _GAP)
            y += row.height
        return picture


class _Row:
    """A scene: what it is on the left, its pictures beside it."""

    def __init__(self, board: Board, number: int, sheet: _Sheet):
        self.board, self.sheet = board, sheet
        about = [(f"{number}  {board.scene_id}", sheet.bold, _TEXT), (board.scene_type, sheet.face, _QUIET)]
        about += [(span(board), sheet.face, _QUIET)]
        about += [(warning, sheet.face, _WARN) for warning in board.warnings]
        self.about = [(line, face, ink) for text, face, ink in about for line in _lines(text, face, sheet.side)]
        self.words = [self._words(shot) for shot in board.shots]
        self.heights = [self._height(at) for at in range(0, len(board.shots), sheet.columns)]
        self.height = max(sum(self.heights), len(self.about) * sheet.leading + _GAP) + _GAP

    def _words(self, shot: Shot) -> list[str]:
        words = _lines(shot.words, self.sheet.face, self.sheet.thumb[0]) if shot.words else []
        return _cut(words, self.sheet.density.lines)

    def _height(self, at: int) -> int:
        most = max(len(lines) for lines in self.words[at : at + self.sheet.columns])
        return self.sheet.thumb[1] + (most + 1) * self.sheet.leading + 12 + _GAP

    def draw(self, picture: Image.Image, top: int) -> None:
        draw, sheet = ImageDraw.Draw(picture), self.sheet
        for number, (line, face, ink) in enumerate(self.about):
            _text(draw, face, _MARGIN, top + number * sheet.leading + sheet.density.text, line, ink)
        for number, (shot, lines) in enumerate(zip(self.board.shots, self.words, strict=True)):
            row, column = divmod(number, sheet.columns)
            x, y = sheet.left + column * (sheet.thumb[0] + _GAP), top + sum(self.heights[:row])
            with Image.open(BytesIO(shot.jpeg)) as thumb:
                picture.paste(thumb.resize(sheet.thumb, Image.Resampling.LANCZOS, reducing_gap=2), (x, y))
            draw.rectangle((x - 1, y - 1, x + sheet.thumb[0], y + sheet.thumb[1]), outline=_LINE)
            y += sheet.thumb[1] + 8 + sheet.density.text
            _text(draw, sheet.face, x, y, stamp(shot.start), _QUIET)
            for place, line in enumerate(lines, 1):
                right = sheet.thumb[0] - sheet.face.length(line) if is_right_to_left(line) else 0
                _text(draw, sheet.face, x + right, y + place * sheet.leading, line, _TEXT)


def _lines(text: str, face: Typeface, width: float) -> list[str]:
    return wrap.words(_drawable(text, face), face, width)


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _drawable(text: str, face: Typeface) -> str:
    """Return the text with a question mark for what no font has: a narration may hold what no picture shows."""
    text = " ".join(clean(text).split())
    try:
        face.length(text)
    except InputError:
        return "".join(character if _has(face, character) else "?" for character in text)
    return text


def _has(face: Typeface, character: str) -> bool:
    try:
        face.length(character)
    except InputError:
        return False
    return True


def _text(draw: ImageDraw.ImageDraw, face: Typeface, x: float, y: float, text: str, ink: Colour) -> None:
    face.draw(draw, x, y, text, ink)
