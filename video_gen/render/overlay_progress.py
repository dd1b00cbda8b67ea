"""A thin bar at the bottom of the picture: how far the video is, counted in scenes."""

from collections.abc import Iterable

from PIL import Image, ImageDraw

from video_gen.render.overlay import Patch
from video_gen.scenes import colours
from video_gen.scenes.model import Style

# Seen on dark and light pictures alike.
_TRACK, _TRACK_COVER = (140, 150, 170), 100
_TICK = (8, 11, 22)
_HEIGHT = 8
_LEAST_TICKS_APART = 12


class ProgressBar:
    """The bar of one scene: it goes from its place among the scenes to the next.

    Every scene takes an equal part, whatever its length: the bar then depends on no other scene's words.
    """

    def __init__(self, style: Style, scene: int, scenes: int, frames: int, *, step: int):
        """scene: number of the scene, from 0, of `scenes`. frames: its length. step: frames from one change to the next."""
        self.frames, self.step = frames, step
        self.scene, self.scenes = scene, scenes
        unit = min(style.width, style.height) / 1080
        self.width, self.height = style.width, 2 * max(1, round(_HEIGHT * unit / 2))
        self.top = style.height - self.height
        self.accent = colours.readable(style.accent, _TICK, 4.5)
        self.cover = Image.new("L", (self.width, self.height), _TRACK_COVER)
        self.gap = max(1, round(3 * unit))

    def changes(self) -> Iterable[int]:
        return [*range(0, self.frames, self.step), self.frames - 1]

    def patch(self, frame: int) -> Patch:
        # With the last frame of the last scene the bar is full.
        end = round(self.width * (self.scene + (frame + 1) / self.frames) / self.scenes)
        colour, cover = Image.new("RGB", (self.width, self.height), _TRACK), self.cover.copy()
        colour.paste(self.accent, (0, 0, end, self.height))
        cover.paste(255, (0, 0, end, self.height))
        self._tick(colour, cover)
        return Patch.of(0, self.top, colour, cover)

    def _tick(self, colour: Image.Image, cover: Image.Image) -> None:
        """Mark where a scene ends, as far as there is room for marks."""
        if self.width / self.scenes < _LEAST_TICKS_APART:
            return
        on_colour, on_cover = ImageDraw.Draw(colour), ImageDraw.Draw(cover)
        for number in range(1, self.scenes):
            left = round(self.width * number / self.scenes) - self.gap // 2
            box = (left, 0, left + self.gap - 1, self.height)
            on_colour.rectangle(box, _TICK)
            on_cover.rectangle(box, 255)
