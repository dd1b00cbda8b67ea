"""The storyboard as one picture: a contact sheet, a card of thumbnails a scene."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from video_gen.scenes.fonts import Typeface, typeface
from video_gen.scenes.scripts import clean, is_right_to_left

MAX_HEIGHT = 12_000

_GROUND, _CARD, _LINE = (240, 242, 245), (255, 255, 255), (216, 221, 227)
_TEXT, _QUIET, _WARN = (31, 35, 40), (89, 99, 110), (138, 75, 0)
_MARGIN, _GAP, _PAD, _LEADING, _HEAD = 48, 14, 14, 1.38, 150
# A tall picture is at least so wide, in widths of a 16:9 one, that words find room below it.
_NARROWEST = 0.68


@dataclass(frozen=True)
class _Density:
    """How close a sheet is packed: its width, that of a 16:9 thumbnail, size of the text (pixels), most lines a picture."""

    width: int
    thumb: int
    text: int
    lines: int


# The first with which the sheet is not too high; the words that do not fit are all in the page beside it.
_DENSITIES = (
    _Density(2000, 276, 17, 40),
    _Density(2000, 225, 15, 12),
    _Density(2600, 210, 14, 6),
    _Density(3200, 170, 13, 4),
    _Density(4000, 120, 12, 2),
)


def write(path: str | Path, boards: Sequence[Board], *, title: str, width: int, height: int) -> None:
    """Write the contact sheet as a PNG at most MAX_HEIGHT pixels high. width, height: size of the video's pictures."""
    for density in _DENSITIES:
        sheet = _Sheet(boards, density, width / height)
        if sheet.height <= MAX_HEIGHT:
            break
    picture = sheet.draw(title, summary(boards, width, height))
    if picture.height > MAX_HEIGHT:
        picture = picture.resize((max(1, picture.width * MAX_HEIGHT // picture.height), MAX_HEIGHT), reducing_gap=2)
    with atomic(path) as part:
        picture.save(part, "PNG", compress_level=3)


class _Sheet:
    """A card a scene, as many of them beside each other as there is room for."""

    def __init__(self, boards: Sequence[Board], density: _Density, ratio: float):
        """ratio: width of a picture in its heights; thumbnails of every shape have much the same area."""
        self.density = density
        wide = max(density.thumb * sqrt(ratio * 9 / 16), density.thumb * _NARROWEST)
        self.thumb = (round(wide), round(wide / ratio))
        self.face, self.bold = typeface("sans", 400, density.text), typeface("sans", 650, density.text + 1)
        self.leading = round(density.text * _LEADING)
        self.room = density.width - 2 * _MARGIN
        self.columns = max(1, (self.room - 2 * _PAD + _GAP) // (self.thumb[0] + _GAP))
        self.rows: list[list[_Card]] = []
        free = 0
        for number, board in enumerate(boards, 1):
            card = _Card(board, number, self)
            if card.width > free:
                self.rows.append([])
                free = self.room
            self.rows[-1].append(card)
            free -= card.width + _GAP
        self.heights = [max(card.height for card in row) for row in self.rows]

    @property
    def height(self) -> int:
        return _HEAD + sum(height + _GAP for height in self.heights) - _GAP + _MARGIN

    def draw(self, title: str, about: str) -> Image.Image:
        picture = Image.new("RGB", (self.density.width, self.height), _GROUND)
        draw, face = ImageDraw.Draw(picture), typeface("sans", 750, 42)
        face.draw(draw, _MARGIN, _MARGIN + 36, _cut(_lines(title, face, self.room), 1)[0], _TEXT)
        typeface("sans", 400, 20).draw(draw, _MARGIN, _MARGIN + 74, about, _QUIET)
        y = _HEAD
        for row, height in zip(self.rows, self.heights, strict=True):
            x = _MARGIN
            for card in row:
                card.draw(picture, x, y, height)
                x += card.width + _GAP
            y += height + _GAP
        return picture


class _Card:
    """A scene: what it is, and below it its pictures."""

    def __init__(self, board: Board, number: int, sheet: _Sheet):
        self.board, self.sheet = board, sheet
        self.columns = min(sheet.columns, len(board.shots))
        room = self.columns * (sheet.thumb[0] + _GAP) - _GAP
        self.width = room + 2 * _PAD
        about = [(f"{number} · {board.scene_id}", sheet.bold, _TEXT)]
        about += [(f"{board.scene_type} · {span(board)}", sheet.face, _QUIET)]
        about += [(warning, sheet.face, _WARN) for warning in board.warnings]
        self.about = [(line, face, ink) for text, face, ink in about for line in _lines(text, face, room)]
        self.words = [_cut(_lines(shot.words, sheet.face, sheet.thumb[0]), sheet.density.lines) for shot in board.shots]
        self.heights = [self._height(at) for at in range(0, len(board.shots), self.columns)]
        self.head = _PAD + len(self.about) * sheet.leading + 10
        self.height = self.head + sum(self.heights) + _PAD - _GAP

    def _height(self, at: int) -> int:
        """Height of a row of pictures with their words and the room below them."""
        most = max(len(lines) for lines in self.words[at : at + self.columns])
        return self.sheet.thumb[1] + (most + 1) * self.sheet.leading + 6 + _GAP

    def draw(self, picture: Image.Image, left: int, top: int, height: int) -> None:
        draw, sheet = ImageDraw.Draw(picture), self.sheet
        draw.rounded_rectangle((left, top, left + self.width - 1, top + height - 1), 10, _CARD, _LINE)
        for number, (line, face, ink) in enumerate(self.about):
            face.draw(draw, left + _PAD, top + _PAD + number * sheet.leading + sheet.density.text, line, ink)
        for number, (shot, lines) in enumerate(zip(self.board.shots, self.words, strict=True)):
            row, column = divmod(number, self.columns)
            x = left + _PAD + column * (sheet.thumb[0] + _GAP)
            self._shot(picture, x, top + self.head + sum(self.heights[:row]), shot, lines)

    def _shot(self, picture: Image.Image, x: int, y: int, shot: Shot, lines: Sequence[str]) -> None:
        draw, (width, height), face = ImageDraw.Draw(picture), self.sheet.thumb, self.sheet.face
        with Image.open(BytesIO(shot.jpeg)) as thumb:
            picture.paste(thumb.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2), (x, y))
        draw.rectangle((x - 1, y - 1, x + width, y + height), outline=_LINE)
        y += height + 6 + self.sheet.density.text
        face.draw(draw, x, y, stamp(shot.start), _QUIET)
        for place, line in enumerate(lines, 1):
            right = width - face.length(line) if is_right_to_left(line) else 0
            face.draw(draw, x + right, y + place * self.sheet.leading, line, _TEXT)


def _lines(text: str, face: Typeface, width: float) -> list[str]:
    return wrap.words(_drawable(text, face), face, width)


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _drawable(text: str, face: Typeface) -> str:
    """Return the text on one line, with a question mark for what no font has: a narration may hold what no picture shows."""
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
