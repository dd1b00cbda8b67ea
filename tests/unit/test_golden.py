"""Pictures as they were when somebody last looked at them: all scene types, all themes, several formats.

After a wanted change look at the new pictures and keep them: `make golden`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scene_samples import CODE, TYPICAL

from video_gen.scenes import colours, states, theme
from video_gen.scenes.model import Style

FOLDER = Path(__file__).parents[1] / "golden"
# The kept pictures have 255 colours each, and other releases of the font renderer draw the edges of letters a little differently.
MEAN_DIFFERENCE = 2.0  # levels of 255
CHANGED_LEVELS = 40
CHANGED_SHARE = 0.006


@dataclass(frozen=True)
class Golden:
    """A picture to be kept: the last state of a scene type's typical content."""

    kind: str
    theme: str
    accent: str = "blue"
    width: int = 640
    height: int = 360
    language: str = "en"
    content: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.theme}-{self.accent}-{self.width}x{self.height}-{self.language}"

    def draw(self) -> Image.Image:
        style = Style(
            self.width,
            self.height,
            colours.parse(self.accent),
            theme=theme.load(self.theme),
            language=self.language,
        )
        return states(self.kind, CONTENTS.get(self.content or self.kind, {}), style)[-1].picture


ARABIC = {
    "header": "ما يوجد بجانب الفيديو",
    "items": [{"title": "الترجمة", "description": "سطران على الأكثر"}, "الفصول", "نص كامل مع Python"],
}
LONG = {"title": "One long line", "solution_code": f"{CODE}call({'argument, ' * 12}last)", "explanation": "It wraps."}
CARDS = {
    "header": "Ways to speak",
    "columns": ["Engine", "Licence", "Languages", "Words misheard", "Word times"],
    "rows": [["hibari", "Apache-2.0", "English", "0.4 %", "yes"], ["Piper", "GPL-3", "many", "4.3 %", "yes"]],
    "highlight": {"rows": ["Piper"], "columns": ["Words misheard"]},
}
NEW = {
    "image": {"header": "Any picture", "image": str(FOLDER / "sample.jpg"), "caption": "Under a header"},
    "table": {
        "header": "Plans",
        "columns": ["Plan", "Price", "Users"],
        "rows": [["Free", 0, "1"], ["Team", 12.5, "up to 20"], ["Firm", 60, "all"]],
        "highlight": {"rows": ["Team"]},
    },
    "code": {
        "header": "Step by step",
        "code": CODE,
        "language": "python",
        "steps": [{"lines": 1, "note": "What it needs"}, {"lines": "3-4", "note": "What it does"}],
    },
    "chart": {"header": "Downloads", "kind": "bar", "values": {"May": 1200, "June": 1850, "July": 2400}},
    "diagram": {"header": "Stages", "mermaid": "flowchart LR\n  a[Words] --> b[Voice] --> c[Video]"},
}
CONTENTS = TYPICAL | NEW | {"arabic": ARABIC, "long": LONG, "cards": CARDS}
GOLDEN = [
    Golden("table", "midnight", "green", 480, 480, content="cards"),
    Golden("title", "midnight"),
    Golden("list", "midnight", "orange"),
    Golden("title", "vivid", "pink"),
    Golden("quiz", "vivid", "green"),
    Golden("quote", "paper", "orange"),
    Golden("checkpoint", "paper"),
    Golden("code_comparison", "paper", "purple"),
    Golden("learning_objectives", "daylight"),
    Golden("command", "daylight", "cyan"),
    Golden("solution", "slate", "green"),
    Golden("outro", "slate", "orange"),
    Golden("problem", "contrast"),
    Golden("exercise", "daylight", "pink", 360, 640, "de"),
    Golden("command", "vivid", "blue", 360, 640),
    Golden("checkpoint", "midnight", "purple", 360, 450, "fr"),
    Golden("list", "daylight", "blue", 640, 360, "ar", "arabic"),
    Golden("solution", "midnight", "pink", 640, 360, "en", "long"),
    Golden("image", "contrast", "green"),
    Golden("image", "paper", "blue", 360, 640),
    Golden("table", "midnight"),
    Golden("table", "daylight", "orange", 360, 640),
    Golden("table", "paper", "purple", 360, 640, "en", "cards"),
    Golden("code", "vivid", "purple"),
    Golden("code", "paper", "blue", 360, 360),
    Golden("chart", "slate", "cyan"),
    Golden("chart", "paper", "pink", 360, 450),
    Golden("diagram", "daylight", "purple"),
    Golden("diagram", "midnight", "green", 360, 640),
]


def difference(picture: Image.Image, kept: Image.Image) -> tuple[float, float]:
    """Return the mean absolute difference in levels, and the share of pixels that differ plainly."""
    apart = np.abs(np.asarray(picture).astype(int) - np.asarray(kept.convert("RGB")).astype(int))
    return float(apart.mean()), float((apart.max(axis=2) > CHANGED_LEVELS).mean())


def same(picture: Image.Image, kept: Image.Image) -> bool:
    if picture.size != kept.size:
        return False
    mean, share = difference(picture, kept)
    return mean <= MEAN_DIFFERENCE and share <= CHANGED_SHARE


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_a_picture_is_as_it_was(golden, tmp_path):
    picture = golden.draw()
    with Image.open(FOLDER / f"{golden.name}.png") as kept:
        if not same(picture, kept):
            picture.save(tmp_path / "now.png")
            found = difference(picture, kept) if picture.size == kept.size else "another size"
            pytest.fail(
                f"{golden.name} has changed ({found}); it is now {tmp_path / 'now.png'}. If so wanted: make golden"
            )


def test_all_types_and_themes_are_kept():
    assert {golden.kind for golden in GOLDEN} == set(TYPICAL) | set(NEW)
    assert {golden.theme for golden in GOLDEN} == {"contrast", "daylight", "midnight", "paper", "slate", "vivid"}
    assert {path.stem for path in FOLDER.glob("*.png")} == {golden.name for golden in GOLDEN}


@pytest.mark.parametrize("golden", GOLDEN[:4], ids=lambda golden: golden.name)
def test_a_changed_picture_is_noticed(golden):
    picture = golden.draw()
    assert same(picture, picture)
    moved = Image.fromarray(np.roll(np.asarray(picture), 3, axis=0))
    lighter = picture.point(lambda level: min(255, level + 3))
    assert not same(picture, moved) and not same(picture, lighter)


def keep() -> None:
    """Draw all pictures anew."""
    for old in FOLDER.glob("*.png"):
        old.unlink()
    FOLDER.mkdir(exist_ok=True)
    for golden in GOLDEN:
        few = golden.draw().quantize(255, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{golden.name}.png", optimize=True)


if __name__ == "__main__":
    keep()
