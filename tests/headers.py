"""The headers of an H.264 stream, read bit by bit and apart from the package's own reader."""

import re
from dataclasses import dataclass
from pathlib import Path

import av

P_SLICE, B_SLICE, I_SLICE = 0, 1, 2


class Bits:
    def __init__(self, unit: bytes):
        raw = re.sub(rb"\x00\x00\x03", b"\0\0", unit)[1:]
        self.text, self.at = "".join(f"{byte:08b}" for byte in raw), 0

    def u(self, count: int) -> int:
        self.at += count
        return int(self.text[self.at - count : self.at] or "0", 2)

    def ue(self) -> int:
        zeros = self.text.index("1", self.at) - self.at
        self.at += zeros
        return self.u(zeros + 1) - 1


@dataclass(frozen=True)
class Sequence:
    """What all pictures share."""

    level: int
    frame_num_bits: int
    order_type: int
    references: int


@dataclass(frozen=True)
class Slice:
    is_idr: bool
    reference: int
    first: int
    kind: int
    frame_num: int
    key_number: int | None


def read(path: Path) -> tuple[Sequence, list[list[Slice]]]:
    """Return a file's sequence parameters and, for each packet, its slices. Messages to the player (SEI) are passed over."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        shared = sequence(bytes(stream.codec_context.extradata))
        return shared, [
            [header(unit, shared) for unit in units(bytes(packet)) if unit[0] & 31 != 6]
            for packet in container.demux(stream)
            if packet.size
        ]


def units(packet: bytes) -> list[bytes]:
    """Split a packet of an MP4: each unit has its length in front."""
    found, at = [], 0
    while at < len(packet):
        size = int.from_bytes(packet[at : at + 4], "big")
        found.append(packet[at + 4 : at + 4 + size])
        at += 4 + size
    assert at == len(packet)
    return found


def sequence(extradata: bytes) -> Sequence:
    size = int.from_bytes(extradata[6:8], "big")
    unit = extradata[8 : 8 + size]
    bits = Bits(unit)
    profile, _, level = bits.u(8), bits.u(8), bits.u(8)
    bits.ue()
    assert (profile, bits.ue(), bits.ue(), bits.ue(), bits.u(2)) == (100, 1, 0, 0, 0), "High, 4:2:0, 8 bit"
    frame_num_bits, order_type = bits.ue() + 4, bits.ue()
    if order_type == 0:
        bits.ue()
    return Sequence(level, frame_num_bits, order_type, bits.ue())


def header(unit: bytes, shared: Sequence) -> Slice:
    bits = Bits(unit[:40])
    assert unit[0] & 31 in (1, 5), f"unit of type {unit[0] & 31}"
    is_idr = unit[0] & 31 == 5
    first, kind, _ = bits.ue(), bits.ue() % 5, bits.ue()
    number = bits.u(shared.frame_num_bits)
    return Slice(is_idr, unit[0] >> 5 & 3, first, kind, number, bits.ue() if is_idr else None)
