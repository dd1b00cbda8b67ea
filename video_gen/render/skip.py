"""The skip stream: stills are encoded once, and neither holds nor cross-fades between stills are encoded at all.

A frame of a hold is a P slice, a frame of a cross-fade a B slice in which every macroblock is skipped. In the B slice the
decoder itself mixes the two stills, by weights that follow from the picture order count (implicit weighted prediction).
"""

import io
from collections.abc import Iterator
from functools import cached_property

import av

from video_gen.render import slices
from video_gen.render.coding import Coded, Holding, Item
from video_gen.render.encoders import VideoFormat, add_stream
from video_gen.render.planes import Fade, Planes, to_frame

_SPAN = 127  # from still to still in picture order: the largest distance whose weights the standard does not cut off
_FIRST = 1 / 32  # a first frame of a clip with a smaller share of the new picture may show the old one alone


class Skipping(Holding):
    """Packets with headers written anew. stillness "skip-plain": with these headers too, but every frame is encoded."""

    delay = 1

    def __init__(self, container: av.container.OutputContainer, of: VideoFormat):
        self.scratch = av.open(io.BytesIO(), "w", format="mp4")
        super().__init__(add_stream(self.scratch, of), of)
        self.container, self.first = container, b""
        self.order = self.number = 0  # of the next picture, counted from the key picture
        self.showing: Planes | None = None

    @cached_property
    def headers(self) -> slices.Headers:
        return slices.Headers(self.stream.codec_context.extradata or b"", self.of.width, self.of.height)

    @cached_property
    def target(self) -> av.VideoStream:
        """The stream described by the headers and the first picture."""
        with av.open(io.BytesIO(self.headers.extradata + self.first), format="h264") as described:
            return self.container.add_stream_from_template(described.streams.video[0])

    def encode(self, item: Item, last: bool) -> Iterator[Coded]:
        if isinstance(item, Fade) and self._fits(item):
            yield from self._fade(item, last)
        else:
            yield from super().encode(item, last)
        if isinstance(item, Fade) or item[1]:
            self.showing = item.above if isinstance(item, Fade) else item[0]

    def _fits(self, fade: Fade) -> bool:
        """Whether it begins at what is shown, or may show that first; and no key picture falls due before its end."""
        begun = self.showing is fade.below if self.since_key else fade.shares and fade.shares[0] < _FIRST
        short = self.since_key + len(fade.shares) < self.key
        return bool(begun and short and self.of.stillness == "skip")

    def _fade(self, fade: Fade, last: bool) -> Iterator[Coded]:
        shares = list(fade.shares)
        if not self.since_key:
            yield self.as_key(self.only(self.key_picture(to_frame(fade.below), False)))
            del shares[0]
        frame, start = to_frame(fade.above), self.order - 1
        still = self.only(self.key_picture(frame, False))
        data = self.headers.picture(still, start + _SPAN, self.number, is_key=False)
        yield Coded(data, False, self.out + len(shares))
        self.number += 1
        for order in _orders(shares):
            yield self.coded(self.headers.between(start + order, self.number), False)
        self.out, self.order = self.out + 1, start + _SPAN + 1
        self.since_key += len(shares) + 1
        yield from self.held(frame, fade.hold - 1, last, still)

    def as_key(self, packet: bytes) -> Coded:
        self.first = self.first or packet
        self.order, self.number, self.since_key = 1, 1, 1
        return self.coded(self.headers.picture(packet, 0, 0, is_key=True), True)

    def as_before(self, frame: av.VideoFrame) -> Coded:
        if self.of.stillness == "skip-plain":
            return self.as_next(self.only(self.picture(frame, key=False)))
        return self._next(self.headers.same(self.order, self.number))

    def as_next(self, packet: bytes) -> Coded:
        return self._next(self.headers.picture(packet, self.order, self.number, is_key=False))

    def _next(self, data: bytes) -> Coded:
        self.order, self.number, self.since_key = self.order + 1, self.number + 1, self.since_key + 1
        return self.coded(data, False)

    def rest(self) -> Iterator[Coded]:
        self.scratch.close()
        yield from ()


def _orders(shares: list[float]) -> Iterator[int]:
    """Yield the places of a fade's frames between its stills (0 and `_SPAN`), each a later one."""
    order = 0
    for number, share in enumerate(shares):
        order = min(max(order + 1, round(share * _SPAN)), _SPAN - len(shares) + number)
        yield order
