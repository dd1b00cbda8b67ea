"""What is drawn: text lines and rounded panels, as plain values that can be moved, boxed and counted."""

from dataclasses import dataclass, replace
from typing import Self

from video_gen.scenes.fonts import Typeface
from video_gen.scenes.model import Box, Colour
from video_gen.scenes.theme import Shadow
from video_gen.scenes.wrap import Spans


@dataclass(frozen=True)
class Words:
    """One line of text. x: left end, y: baseline, in pixels. said: False for badges and signs that nobody reads out.

    typed: it is a command; its first span, the prompt, stands there before it is typed.
    """

    x: float
    y: float
    spans: Spans
    face: Typeface
    said: bool = True
    typed: bool = False

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.spans)

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def box(self) -> Box:
        """The bounds of the ink, named `text:` and the text; `sign:` where it is not said."""
        above, below = self.face.ink(self.text)
        width = sum(self.face.length(text) for text, _ in self.spans)
        kind = "text" if self.said else "sign"
        return Box(f"{kind}:{self.text}", self.x, self.y - above, self.x + width, self.y + below)


@dataclass(frozen=True)
class Panel:
    """A rounded rectangle; a disc or a pill where `radius` is half its height. `edge` draws a border inside it."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour
    radius: float = 0.0
    edge: Colour | None = None
    line: float = 0.0
    name: str = "panel"
    flat: str = ""
    """Sides whose corners stay square: any of `t`, `b`, `l`, `r`."""
    shadow: Shadow | None = None
    """Cast on what lies below; its lengths are pixels here."""

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def box(self) -> Box:
        """The bounds, named `card:` and the panel's name."""
        return Box(f"card:{self.name}", self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True)
class Picture:
    """A picture file scaled to a box, laid on what is below where it is clear."""

    x: float
    y: float
    width: float
    height: float
    path: str
    name: str = "picture"

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def box(self) -> Box:
        """The bounds, named `picture:` and the mark's name."""
        return Box(f"picture:{self.name}", self.x, self.y, self.x + self.width, self.y + self.height)


Mark = Words | Panel | Picture
