"""The look in one place: colours, type scale, spacing and the words that the pictures add themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from video_gen.scenes.model import Colour


@dataclass(frozen=True)
class Role:
    """A kind of text: family (`sans` or `mono`), weight, size in reference pixels, line height in sizes."""

    family: str
    weight: int
    size: float
    leading: float


ROLES: dict[str, Role] = {
    "display": Role("sans", 800, 106, 1.14),
    "headline": Role("sans", 700, 64, 1.18),
    "quote": Role("sans", 500, 55, 1.34),
    "lead": Role("sans", 400, 34, 1.42),
    "strong": Role("sans", 600, 38, 1.34),
    "body": Role("sans", 400, 38, 1.42),
    "note": Role("sans", 400, 30, 1.42),
    "label": Role("sans", 600, 27, 1.3),
    "code": Role("mono", 400, 31, 1.5),
}

CODE_COLOURS: dict[str, Colour] = {
    "Token": (222, 229, 243),
    "Token.Comment": (139, 152, 182),
    "Token.Keyword": (199, 146, 234),
    "Token.Keyword.Constant": (247, 168, 121),
    "Token.Literal.String": (166, 222, 134),
    "Token.Literal.Number": (247, 168, 121),
    "Token.Name.Function": (122, 177, 255),
    "Token.Name.Class": (255, 209, 121),
    "Token.Name.Builtin": (126, 211, 236),
    "Token.Name.Decorator": (255, 209, 121),
    "Token.Name.Tag": (122, 177, 255),
    "Token.Name.Attribute": (255, 209, 121),
    "Token.Operator": (137, 207, 240),
    "Token.Operator.Word": (199, 146, 234),
    "Token.Punctuation": (168, 180, 208),
    "Token.Generic.Deleted": (248, 138, 138),
    "Token.Generic.Inserted": (110, 220, 150),
}

WORDS: dict[str, str] = {
    "objectives": "Learning objectives",
    "problem": "Problem",
    "solution": "Solution",
    "exercise": "Exercise",
    "checkpoint": "Checkpoint",
    "quiz": "Quiz",
    "before": "Before",
    "after": "After",
    "completed": "Completed",
    "review": "Review",
    "next": "Up next",
    "prerequisites": "Prerequisites",
    "easy": "Easy",
    "medium": "Medium",
    "hard": "Hard",
}


@dataclass(frozen=True)
class Theme:
    """Lengths are in reference pixels: the picture's shorter side counts 1080 of them."""

    ground: Colour = (10, 13, 27)
    ground_end: Colour = (16, 22, 46)
    surface: Colour = (24, 31, 56)
    edge: Colour = (46, 56, 90)
    well: Colour = (12, 16, 31)
    bar: Colour = (31, 39, 67)
    text: Colour = (243, 246, 252)
    muted: Colour = (178, 188, 211)
    faint: Colour = (146, 158, 186)
    success: Colour = (74, 222, 128)
    warning: Colour = (251, 191, 36)
    danger: Colour = (248, 113, 113)
    glow: float = 0.20
    roles: Mapping[str, Role] = field(default_factory=lambda: ROLES)
    code: Mapping[str, Colour] = field(default_factory=lambda: CODE_COLOURS)
    words: Mapping[str, str] = field(default_factory=lambda: WORDS)
    floor: float = 24.0
    scales: tuple[float, ...] = (1.25, 1.12, 1.0, 0.9, 0.8, 0.71, 0.63)
    tights: tuple[float, ...] = (1.0, 0.9, 0.8, 0.71, 0.63)
    most_broken: int = 30
    airs: tuple[float, ...] = (2.0, 1.7, 1.4, 1.2)
    filled: float = 0.86
    margin_x: float = 0.0625
    margin_y: float = 0.08
    safe: float = 0.05
    gap: float = 24.0
    pad: float = 32.0
    radius: float = 20.0
    line: float = 2.0
    most_states: int = 12


THEME = Theme()
