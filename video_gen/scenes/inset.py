"""A place on a page in which a picture stands, or moves while all around it stands still."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

_OVERSAMPLING = 4


@dataclass(frozen=True)
class Veil:
    """What lies over the foot of a picture from `top` on, half clear: how it looks over black, and how much shows through."""

    top: int
    dark: Image.Image
    clear: Image.Image


@dataclass(frozen=True)
class Inset:
    """A page (RGB), the left top corner of the place on it in pixels, the radius of its corners, and what lies over it."""

    page: Image.Image
    left: int = 0
    top: int = 0
    radius: float = 0.0
    veil: Veil | None = None

    def filled(self, picture: Image.Image) -> Image.Image:
        """Return the page with a picture (RGB, or RGBA, which shows the page where it is clear) in its place."""
        page = self.page.copy()
        self.put(page, picture)
        if self.veil:
            foot = page.crop((0, self.veil.top, page.width, page.height))
            covered = ImageChops.add(self.veil.dark, ImageChops.multiply(foot, self.veil.clear))
            page.paste(covered, (0, self.veil.top))
        return page

    def put(self, page: Image.Image, picture: Image.Image) -> None:
        """Put a picture in place on a page, without what lies over it."""
        mask = picture if picture.mode == "RGBA" else rounded(picture.size, round(self.radius))
        page.paste(picture, (self.left, self.top), mask)


def veil(size: tuple[int, int], top: int, draw: Callable[[Image.Image], None]) -> Veil:
    """Return what `draw` lays over any picture of that size from `top` on."""
    below, above = (Image.new("RGB", size, colour) for colour in ((0, 0, 0), (255, 255, 255)))
    feet = []
    for picture in (below, above):
        draw(picture)
        feet.append(picture.crop((0, top, *size)))
    return Veil(top, feet[0], ImageChops.subtract(feet[1], feet[0]))


@lru_cache(maxsize=4)
def rounded(size: tuple[int, int], radius: int) -> Image.Image | None:
    """Return the coverage of a rectangle with rounded corners; None where none are rounded."""
    edge = min(radius, size[0] // 2, size[1] // 2)
    if edge < 1:
        return None
    mask = Image.new("L", size, 255)
    large = Image.new("L", (edge * _OVERSAMPLING,) * 2, 0)
    ImageDraw.Draw(large).ellipse((0, 0, 2 * edge * _OVERSAMPLING, 2 * edge * _OVERSAMPLING), fill=255)
    corner = large.reduce(_OVERSAMPLING)
    for left, top, part in (
        (0, 0, corner),
        (size[0] - edge, 0, corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        (0, size[1] - edge, corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        (size[0] - edge, size[1] - edge, corner.transpose(Image.Transpose.ROTATE_180)),
    ):
        mask.paste(part, (left, top))
    return mask
