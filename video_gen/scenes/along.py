"""A wide picture in an upright one: whole on a blurred copy of itself; and the way along it, so that it is also seen large."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, pi

from PIL import Image, ImageFilter, ImageOps

from video_gen.scenes.inset import Inset
from video_gen.scenes.model import Colour
from video_gen.scenes.pictures import MOST_ENLARGED

_UPRIGHT = 1.7  # times its height: a place that is less wide is that of an upright picture or a square one
FLAT = 0.7  # of the height of its place: a picture that is less high is wide
_WHOLE_FIRST, _WHOLE_LAST, _TURN = 1.8, 1.2, 1.1  # seconds: how long it is seen whole, and how long it comes near
_FASTEST = 0.45  # widths of the place a second on the way along
_LEAST_NEARER = 1.3
_NEAREST = 2.0  # times the picture's own size
_BLUR, _DIM = 0.04, 0.82  # of the place's width; share of the ground


def is_wide(size: tuple[int, int], place: tuple[float, float]) -> bool:
    """Whether a picture of a size would leave much of a higher place empty; not one so small that its dots would be seen."""
    width, height = place
    return width < min(height * _UPRIGHT, MOST_ENLARGED * size[0]) and size[1] * width / size[0] < FLAT * height


def behind(picture: Image.Image, size: tuple[int, int], ground: Colour) -> Image.Image:
    """Return what stands behind a wide picture in a place of a size: a blurred copy that fills it, near to the ground's colour."""
    small = ImageOps.fit(picture, (max(1, size[0] // 8), max(1, size[1] // 8)))
    soft = small.filter(ImageFilter.GaussianBlur(small.width * _BLUR))
    return Image.blend(soft, Image.new("RGB", soft.size, ground), _DIM).resize(size, Image.Resampling.BICUBIC)


@dataclass(frozen=True)
class Along:
    """A wide picture: first whole, then near from its one end to the other, then whole again; whole all along if time is short.

    inset: where its place is. picture: RGB. back: what is behind it, as large as the place. backwards: from the right to the left.
    """

    inset: Inset
    picture: Image.Image
    back: Image.Image
    backwards: bool = False

    def frames(self, count: int, fps: int) -> Iterator[Image.Image]:
        """Yield exactly `count` RGB pictures of the page."""
        seconds = count / fps
        nearer, whole = self._nearer(seconds), self.whole()
        film = replace(self, picture=self._reduced(nearer))
        for number in range(count):
            near, passed = _way(number / fps, seconds) if nearer else (0.0, 0.0)
            yield self.inset.filled(film._at(nearer**near, passed)) if near else whole

    def whole(self) -> Image.Image:
        """Return the page with the whole picture."""
        return self.inset.filled(self.filled())

    def filled(self) -> Image.Image:
        """Return the place with the whole picture."""
        return self._at(1.0, 0.0)

    def _nearer(self, seconds: float) -> float:
        """Return how much larger the picture can be shown on the way along it, 0 for no way."""
        width, height = self.back.size
        fills = height / (self.picture.height * width / self.picture.width)
        slow = 1 + _FASTEST * (seconds - _WHOLE_FIRST - _WHOLE_LAST - 2 * _TURN)
        nearer = min(fills, slow, _NEAREST * self.picture.width / width)
        return nearer if nearer >= _LEAST_NEARER else 0.0

    def _reduced(self, nearer: float) -> Image.Image:
        """Return the picture with no more dots than are seen: less to read for each frame."""
        share = (nearer or 1.0) * self.back.width / self.picture.width
        if share >= 1:
            return self.picture
        size = round(self.picture.width * share), max(1, round(self.picture.height * share))
        return self.picture.resize(size, Image.Resampling.LANCZOS)

    def _at(self, larger: float, passed: float) -> Image.Image:
        """Return the place with the picture so many times larger than whole, that share (0..1) of what is beside it passed by."""
        width, height = self.back.size
        scale = larger * width / self.picture.width
        wide, tall = width / scale, min(self.picture.height, height / scale)
        left = (self.picture.width - wide) * (1 - passed if self.backwards else passed)
        top = (self.picture.height - tall) / 2
        size = width, max(1, min(height, round(tall * scale)))
        # The box is cut out to fractions of a pixel: nothing jumps.
        part = self.picture.resize(size, Image.Resampling.BICUBIC, (left, top, left + wide, top + tall))
        filled = self.back.copy()
        filled.paste(part, (0, (height - size[1]) // 2))
        return filled


def _way(time: float, seconds: float) -> tuple[float, float]:
    """Return at a time how near (0 whole, 1 nearest) and how far along (0..1) one is."""
    leaves = seconds - _WHOLE_LAST - 2 * _TURN
    near = _eased((time - _WHOLE_FIRST) / _TURN) - _eased((time - leaves - _TURN) / _TURN)
    return near, _eased((time - _WHOLE_FIRST - _TURN) / max(leaves - _WHOLE_FIRST, 1e-6))


def _eased(share: float) -> float:
    return 0.5 - 0.5 * cos(pi * min(1.0, max(0.0, share)))
