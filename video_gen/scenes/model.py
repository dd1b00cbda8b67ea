"""What a scene is for the renderer: still states, each held for a while, with short motions between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from PIL import Image

from video_gen.scenes.colours import Colour
from video_gen.scenes.theme import Theme, default

if TYPE_CHECKING:
    from video_gen.scenes.marks import Mark


Motion = Literal["full", "fade", "none"]


@dataclass(frozen=True)
class Box:
    """A rectangle of drawn content in pixels, kept for the tests that nothing overlaps or is cut off."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Style:
    """All that the look of a picture depends on beside the scene's own fields.

    bottom: share of the height that stays free of content, for captions in the picture. language: of the words that
    pictures add themselves. motion: "full", "fade" (nothing but a recording moves) or "none" (nor does anything fade).
    """

    width: int = 1920
    height: int = 1080
    accent: Colour = (59, 130, 246)
    bottom: float = 0.0
    theme: Theme = field(default_factory=default)
    language: str = "en"
    motion: Motion = "full"


class Film(Protocol):
    """What moves by itself while a state is shown: a recording, or a slow zoom."""

    def frames(self, count: int, fps: int) -> Iterator[Image.Image]:
        """Yield exactly `count` RGB pictures of the style's size; the first is the state's own picture."""
        ...


@dataclass(frozen=True)
class State:
    """One picture of a scene, still unless it has a film.

    picture: RGB image of exactly the style's size.
    cue: the words of the narration at which it appears; empty where no words belong to it. other: words that may be said before
        those, and at which it appears then.
    weight: share of the scene's time where cues give no time.
    motion: how it comes in from what is shown before it, with the setting `motion: full`:
        "rise": what is new rises a little and fades in, one group after another; commands (`Words.typed`) are typed.
        "hero": the accent bar is drawn, then each line rises by itself.
        "grow": bars grow from their foot, lines are drawn, slices of a ring are swept; all else fades in.
        "fade": the pictures cross-fade. "cut": it is there at once, also with the setting `motion: fade`.
    boxes: what was drawn where.
    fresh: those of the boxes that it adds to the state before it, the last ones; empty where all of the picture is new.
    film: what moves while it is shown. after: the picture that a film leaves behind for the scene after it.
    marks: what was drawn on `backdrop`, in this order, one for each of the boxes; both are empty where that is not known.
    takes: how long it comes in, in times that one element takes (the setting `transition`); the renderer fills it in.
    """

    picture: Image.Image
    cue: str = ""
    weight: float = 1.0
    motion: str = "rise"
    boxes: Sequence[Box] = field(default=())
    fresh: Sequence[Box] = field(default=())
    film: Film | None = None
    after: Image.Image | None = None
    backdrop: Image.Image | None = None
    marks: Sequence["Mark"] = field(default=())
    takes: float = 1.0
    other: str = ""
