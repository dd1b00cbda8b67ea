"""What moves in a scene by itself: a recording that plays, and a slow zoom into a picture."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from video_gen.scenes.inset import Inset
from video_gen.scenes.model import Colour
from video_gen.scenes.player import Player
from video_gen.scenes.recordings import Cut, Recording

ZOOM = 1.08
LEAVING = 0.3  # seconds in which a recording gives way to what the next scene comes in from
# A time is asked for a trifle late, so that the last bit of a float does not decide which frame is shown.
_TRIFLE = 1e-6
_BEFORE_END = 0.001


@dataclass(frozen=True)
class Zoom:
    """A picture that grows in its place by 8 %, or shrinks back to its size, slow at both ends.

    picture: RGB, larger than `size` by ZOOM, so that nothing is lost when it is largest.
    """

    inset: Inset
    picture: Image.Image
    size: tuple[int, int]
    inward: bool = True

    def frames(self, count: int, fps: int) -> Iterator[Image.Image]:
        """Yield exactly `count` RGB pictures of the page."""
        for number in range(count):
            yield self.at(number / max(1, count - 1))

    def at(self, share: float) -> Image.Image:
        """Return the page when that share (0..1) of the time has passed."""
        eased = 0.5 - 0.5 * math.cos(math.pi * share)
        factor = ZOOM ** (eased if self.inward else 1 - eased)
        width, height = self.picture.width / factor, self.picture.height / factor
        left, top = (self.picture.width - width) / 2, (self.picture.height - height) / 2
        # The box is cut out to fractions of a pixel: nothing jumps.
        box = (left, top, left + width, top + height)
        return self.inset.filled(self.picture.resize(self.size, Image.Resampling.BICUBIC, box))


def enlarged(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size in which `Zoom` wants the picture of a place."""
    return math.ceil(size[0] * ZOOM), math.ceil(size[1] * ZOOM)


def covering(recording: Recording, size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which a recording just covers a place, its proportions kept."""
    scale = max(size[0] / recording.width, size[1] / recording.height)
    return max(size[0], round(recording.width * scale)), max(size[1], round(recording.height * scale))


@dataclass(frozen=True)
class Recorded:
    """A part of a recording, played in its place.

    size: of the place in pixels; the recording covers it. ground: what shows where it is clear. leaves: what it gives way to
    at its end, None for the last frame.
    """

    inset: Inset
    cut: Cut
    size: tuple[int, int]
    ground: Colour
    leaves: Image.Image | None = None

    def frames(self, count: int, fps: int) -> Iterator[Image.Image]:
        """Yield exactly `count` RGB pictures of the page: at t seconds the frame at start + t * speed. Raises InputError."""
        leaving = min(round(LEAVING * fps), count // 4) if self.leaves else 0
        clip = self._clip()
        for number in range(count):
            page = self._page(clip.get_frame(number / fps + _TRIFLE))
            passed = number + 1 - (count - leaving)
            yield Image.blend(page, self.leaves, passed / leaving) if self.leaves and passed > 0 else page

    def first(self) -> Image.Image:
        """Return the page as it begins. Raises InputError."""
        return self._page(self._player().at(self.cut.start))

    def _page(self, frame: np.ndarray) -> Image.Image:
        left, top = (frame.shape[1] - self.size[0]) // 2, (frame.shape[0] - self.size[1]) // 2
        part = frame[top : top + self.size[1], left : left + self.size[0]]
        return self.inset.filled(Image.fromarray(np.ascontiguousarray(part)))

    def _player(self) -> Player:
        return Player(self.cut.recording, covering(self.cut.recording, self.size), self.ground)

    def _clip(self) -> Any:
        """Return MoviePy's clip of the part, at its speed, without end."""
        from moviepy import VideoClip

        cut = self.cut
        whole = VideoClip(self._player().at, duration=cut.recording.length)
        part = whole.subclipped(cut.start, cut.end).with_speed_scaled(cut.speed)
        last = part.duration - _BEFORE_END / cut.speed
        return part.time_transform(lambda t: min(t % part.duration if cut.loops else t, last))
