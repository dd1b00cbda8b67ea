"""A video or GIF file played under a header, with a caption; over the whole picture where it stands alone.

In an upright video a wide one plays before a blurred copy of its first picture.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PIL import Image

from video_gen.scenes import canvas
from video_gen.scenes.along import behind, is_wide
from video_gen.scenes.films import Recorded
from video_gen.scenes.flow import Header
from video_gen.scenes.inset import Inset
from video_gen.scenes.model import State, Style
from video_gen.scenes.pictures import CORNERS, bleeding, captioned, contained, room, shown
from video_gen.scenes.recordings import Cut, cut


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture with a film; more only where the header needs them.

    Raises InputError for a file that is missing, damaged, of another kind or absurdly large, and for a part that is not in it.
    """
    part = cut(content)
    header, caption = Header(content.get("header", "")), content.get("caption", "")
    covers = content.get("fit", "contain") == "cover"
    if covers and not header.title.strip():
        return [_bleeding(part, content, style)]
    below = partial(captioned, text=caption)
    wide, tall = room(style, header, below=below)
    upright = part.recording.width, part.recording.height
    size = (int(wide), int(tall)) if covers else contained(upright, (wide, tall), style)
    place = Image.new("RGB", size, style.theme.surface)
    moving = partial(_playing, part=part, size=size, style=style)
    if not covers and is_wide(upright, (wide, tall)):
        size = int(wide), round(int(wide) * upright[1] / upright[0])
        place = behind(_first(part, size, style), (int(wide), int(tall)), style.theme.ground)
        moving = partial(_before, part=part, size=size, tall=int(tall), style=style)
    return shown(style, header, place, below=below, radius=CORNERS, moving=moving)


def _bleeding(part: Cut, content: Mapping[str, Any], style: Style) -> State:
    """Return the recording over the whole area, its caption on a shade at the foot."""
    caption = content.get("caption", "")
    inset, marks = bleeding(style, caption)
    boxes = tuple(mark.box() for mark in marks)
    state = State(inset.page, caption.strip(), max(1.0, len(caption)), boxes=boxes)
    return _playing(state, inset, part, (style.width, style.height), style)


def _first(part: Cut, size: tuple[int, int], style: Style) -> Image.Image:
    return Recorded(Inset(Image.new("RGB", size)), part, size, style.theme.ground).first()


def _before(state: State, inset: Inset, part: Cut, size: tuple[int, int], tall: int, style: Style) -> State:
    """Return the state with its film in the middle of a higher place, before what that shows already."""
    return _playing(state, Inset(state.picture, inset.left, inset.top + (tall - size[1]) // 2), part, size, style)


def _playing(state: State, inset: Inset, part: Cut, size: tuple[int, int], style: Style) -> State:
    """Return the state with its film. It leaves the bare ground: the scene after it need not know how long it is."""
    bare = state.backdrop or canvas.background(style, "plain")
    film = Recorded(inset, part, size, style.theme.ground, None if style.motion == "none" else bare)
    return replace(state, picture=film.first(), motion="fade", film=film, after=bare, backdrop=bare)
