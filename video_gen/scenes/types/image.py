"""A picture file under a header, with a caption; covering the whole picture where it stands alone; zoomed if asked for.

In an upright video a wide one is shown whole on a blurred copy of itself, and then near, from its one end to the other.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PIL import Image, ImageOps

from video_gen.scenes.along import Along, behind, is_wide
from video_gen.scenes.films import Zoom, enlarged
from video_gen.scenes.flow import Header
from video_gen.scenes.inset import Inset
from video_gen.scenes.model import State, Style
from video_gen.scenes.pictures import CORNERS, bleeding, captioned, contained, room, shown
from video_gen.scenes.pictures_files import load
from video_gen.scenes.scripts import is_right_to_left

_INWARD = {"in": True, True: True, "out": False}


def draw(content: dict[str, Any], style: Style) -> list[State]:
    """One picture; more only where the header needs them.

    Raises InputError for a file that is missing, damaged, of another kind or absurdly large.
    """
    picture = load(content["image"], style.theme.ground)
    header, caption = Header(content.get("header", "")), content.get("caption", "")
    covers = content.get("fit", "contain") == "cover"
    if covers and not header.title.strip():
        return [_bleeding(picture, content, style)]
    below = partial(captioned, text=caption)
    wide, tall = room(style, header, below=below)
    if not covers and is_wide(picture.size, (wide, tall)):
        back = behind(picture, (int(wide), int(tall)), style.theme.ground)
        backwards = is_right_to_left(header.title or caption)
        passing = partial(_passing, picture=picture, back=back, backwards=backwards, content=content, style=style)
        return shown(style, header, back, below=below, radius=CORNERS, moving=passing)
    size = (int(wide), int(tall)) if covers else contained(picture.size, (wide, tall), style)
    moving = partial(_zoomed, picture=picture, size=size, content=content, style=style)
    return shown(style, header, _fitted(picture, size), below=below, radius=CORNERS, moving=moving)


def _bleeding(picture: Image.Image, content: Mapping[str, Any], style: Style) -> State:
    """Return the picture over the whole area, its caption on a shade at the foot."""
    caption, size = content.get("caption", ""), (style.width, style.height)
    inset, marks = bleeding(style, caption)
    boxes = tuple(mark.box() for mark in marks)
    state = State(inset.filled(_fitted(picture, size)), caption.strip(), max(1.0, len(caption)), boxes=boxes)
    return _zoomed(state, inset, picture, size, content, style)


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)


def _passing(
    state: State,
    inset: Inset,
    picture: Image.Image,
    back: Image.Image,
    backwards: bool,
    content: Mapping[str, Any],
    style: Style,
) -> State:
    """Return the state with the wide picture whole, and with the way along it unless its scene asks for another zoom or none."""
    film = Along(inset, picture, back, backwards)
    state = replace(state, picture=film.whole())
    if "zoom" in content:
        return _zoomed(state, inset, film.filled(), back.size, content, style)
    return replace(state, film=film, after=state.picture) if style.motion == "full" else state


def _zoomed(
    state: State, inset: Inset, picture: Image.Image, size: tuple[int, int], content: Mapping[str, Any], style: Style
) -> State:
    """Return the state with the zoom that its scene asks for."""
    inward = _INWARD.get(content.get("zoom", "none"))
    if inward is None or style.motion != "full":
        return state
    zoom = Zoom(inset, _fitted(picture, enlarged(size)), size, inward)
    return replace(state, picture=zoom.at(0), film=zoom, after=zoom.at(1))
