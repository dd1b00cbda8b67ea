"""Pictures to the packets of a clip: every frame through the encoder, or what stands still by repeating."""

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

import av
import numpy as np
from av.video.frame import PictureType

from video_gen.render import h264
from video_gen.render.encoders import KEY_SECONDS, VideoFormat, add_stream
from video_gen.render.planes import Fade, Planes, to_frame

Item = tuple[Planes, int] | Fade


def length(item: Item) -> int:
    """Return how many frames an item lasts."""
    return len(item.shares) + item.hold if isinstance(item, Fade) else item[1]


class Coded(NamedTuple):
    """A packet in the order of decoding; shown: the number of the frame that it is."""

    data: bytes
    is_key: bool
    shown: int


def mp4_options(*flags: str, late: bool) -> dict[str, str]:
    """Return the options of an MP4 writer. late: pictures are decoded before they are shown.

    Their times are then written without an edit list, so that sound and picture begin at 0 in every player.
    """
    flags += ("negative_cts_offsets",) if late else ()
    return {"movflags": "+".join(flags)} if flags else {}


class Plain:
    """Every frame through the encoder."""

    delay = 0  # frames by which packets are decoded before they are shown

    def __init__(self, stream: av.VideoStream, of: VideoFormat):
        self.stream, self.of, self.key = stream, of, KEY_SECONDS * of.fps
        self.count = self.given = self.out = 0

    @property
    def target(self) -> av.VideoStream:
        """The stream that the packets belong to."""
        return self.stream

    def encode(self, item: Item, last: bool) -> Iterator[Coded]:
        """Yield packets as they come. last: nothing follows in this clip."""
        if isinstance(item, Fade):
            for planes in item.motion():
                yield from self.still(to_frame(planes, self.stream.pix_fmt), 1, False)
        planes, repeats = (item.above, item.hold) if isinstance(item, Fade) else item
        yield from self.still(to_frame(planes, self.stream.pix_fmt), repeats, last)

    def still(self, frame: av.VideoFrame, repeats: int, last: bool) -> Iterator[Coded]:
        for place in range(repeats):
            final = last and place == repeats - 1
            key = self.count % self.key == 0
            self.count += 1
            for packet in self.key_picture(frame, final) if key else self.picture(frame, key=False):
                yield self.coded(bytes(packet), packet.is_keyframe)

    def rest(self) -> Iterator[Coded]:
        """Yield what the encoder still holds back; x264 holds nothing back."""
        for packet in self.stream.encode(None):
            yield self.coded(bytes(packet), packet.is_keyframe)

    def coded(self, data: bytes, is_key: bool) -> Coded:
        self.out += 1
        return Coded(data, is_key, self.out - 1)

    def picture(self, frame: av.VideoFrame, *, key: bool) -> list[av.Packet]:
        frame.pts, frame.time_base = self.given, Fraction(1, self.of.fps)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        self.given += 1
        return self.stream.encode(frame)

    def key_picture(self, frame: av.VideoFrame, final: bool) -> list[av.Packet]:
        """Encode a key picture. x264 numbers them 0 and 1 by turns.

        Two that follow each other directly must differ in that number, and the next clip begins with number 0.
        """
        packets = self.picture(frame, key=True)
        if final and self.of.engine == "x264" and self.parameters.key_number(bytes(packets[0])) == 0:
            packets = self.picture(frame, key=True)
        return packets

    @cached_property
    def parameters(self) -> h264.Parameters:
        return h264.Parameters.of(self.stream.codec_context.extradata or b"")


class Holding(Plain):
    """A picture that is held is encoded once; the pictures that refer to others are numbered anew."""

    def __init__(self, stream: av.VideoStream, of: VideoFormat):
        super().__init__(stream, of)
        self.since_key = 0

    def still(self, frame: av.VideoFrame, repeats: int, last: bool) -> Iterator[Coded]:
        yield from self.held(frame, repeats, last)

    def held(self, frame: av.VideoFrame, repeats: int, last: bool, coded: bytes = b"") -> Iterator[Coded]:
        """Yield the packets of a hold. coded: the key picture, if the frame before shows it already."""
        keys, begun = self._key_places(repeats), bool(coded)
        for place in range(repeats):
            if place in keys:
                final = last and place == repeats - 1
                coded = coded if coded and not final else self.only(self.key_picture(frame, final))
                yield self.as_key(coded)
            elif place or begun:
                yield self.as_before(frame)
            else:
                yield self.as_next(self.only(self.picture(frame, key=False)))

    @staticmethod
    def only(packets: list[av.Packet]) -> bytes:
        """Return the one packet of a frame, which comes out at once: nothing is looked ahead."""
        (packet,) = packets
        return h264.without_sei(bytes(packet))

    def _key_places(self, repeats: int) -> set[int]:
        """Return where a key picture stands: as late as may be, and where it can be in a hold, not in the motion after it."""
        if not self.since_key:
            return {0, *range(self.key, repeats, self.key)}
        reserve = self.key // 4 if repeats > 1 else 0
        count = -(-(repeats + self.since_key + reserve - self.key) // self.key)
        return {min(self.key - self.since_key + number * self.key, repeats - 1) for number in range(count)}

    def as_key(self, packet: bytes) -> Coded:
        self.since_key = 1
        return self.coded(packet, True)

    def as_before(self, frame: av.VideoFrame) -> Coded:
        return self.as_next(_unchanged(self.of))

    def as_next(self, packet: bytes) -> Coded:
        number = self.since_key % (1 << self.parameters.frame_num_bits)
        self.since_key += 1
        return self.coded(h264.numbered(packet, number, self.parameters.frame_num_bits), False)


@cache
def _unchanged(of: VideoFormat) -> bytes:
    """Return the encoder's picture that repeats the one before it; it is the same whatever that shows."""
    sizes = [(of.height, of.width), *[(of.height // 2, of.width // 2)] * 2]
    with av.open(io.BytesIO(), "w", format="mp4") as container:
        encoder = Plain(add_stream(container, of), of)
        _, second = encoder.encode(([np.full(size, 128, np.uint8) for size in sizes], 2), False)
    return second.data
