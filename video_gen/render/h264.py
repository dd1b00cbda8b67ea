"""As much of the H.264 stream (ITU-T H.264, Annex B) as is needed to repeat a picture without encoding it again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SLICE, _IDR, _SEI, _SPS = 1, 5, 6, 7
_START = b"\0\0\0\1"


class _Bits:
    """Reads a payload bit by bit."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def read(self, count: int) -> int:
        value = 0
        for _ in range(count):
            value = value << 1 | self.data[self.at >> 3] >> (7 - (self.at & 7)) & 1
            self.at += 1
        return value

    def ue(self) -> int:
        """Read an unsigned Exp-Golomb number."""
        zeros = 0
        while not self.read(1):
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)


def nal_units(stream: bytes) -> Iterator[bytes]:
    """Yield the NAL units of an Annex B byte stream without their start codes."""
    starts = [(match.start(), match.end()) for match in re.finditer(b"\0\0\x01", stream)]
    for (_, begin), end in zip(starts, [*(start for start, _ in starts[1:]), len(stream)], strict=True):
        # The zero byte of a four-byte start code stands before the match.
        yield stream[begin:end].rstrip(b"\0") if end < len(stream) else stream[begin:end]


def unescaped(unit: bytes) -> bytes:
    return unit.replace(b"\0\0\x03", b"\0\0")


def escaped(unit: bytes) -> bytes:
    return re.sub(rb"\x00\x00(?=[\x00-\x03])", lambda _: b"\0\0\x03", unit)


@dataclass(frozen=True)
class Parameters:
    """What of a sequence parameter set the pictures' numbering depends on."""

    frame_num_bits: int
    order_type: int

    @classmethod
    def of(cls, stream: bytes) -> "Parameters":
        """Read them from a stream (or the extra data) that holds a sequence parameter set of profile High."""
        unit = next(unit for unit in nal_units(stream) if unit[0] & 31 == _SPS)
        bits = _Bits(unescaped(unit)[4:])
        bits.ue()  # its id
        if unit[1] != 100 or bits.ue() != 1 or bits.ue() or bits.ue() or bits.read(2):
            raise ValueError("not the plain 8 bit 4:2:0 profile High")
        return cls(bits.ue() + 4, bits.ue())

    def key_number(self, packet: bytes) -> int:
        """Return the number of an IDR picture (idr_pic_id)."""
        unit = next(unit for unit in nal_units(packet) if unit[0] & 31 == _IDR)
        bits = _Bits(unescaped(unit[1:40]))
        bits.ue(), bits.ue(), bits.ue(), bits.read(self.frame_num_bits)  # first macroblock, slice type, parameter set
        return bits.ue()


def without_sei(packet: bytes) -> bytes:
    """Return a packet without what is no part of the picture."""
    return b"".join(_START + unit for unit in nal_units(packet) if unit[0] & 31 != _SEI)


def numbered(packet: bytes, number: int, bits: int) -> bytes:
    """Return a packet of one P picture with another frame number, of a width of `bits`."""
    return b"".join(_START + _renumbered(unit, number, bits) for unit in nal_units(packet) if unit[0] & 31 != _SEI)


def _renumbered(unit: bytes, number: int, bits: int) -> bytes:
    if unit[0] & 31 != _SLICE:
        return unit
    raw = bytearray(unescaped(unit))
    reader = _Bits(bytes(raw[1:40]))
    reader.ue(), reader.ue(), reader.ue()  # first macroblock, slice type, picture parameter set
    for bit in range(bits):
        at = 8 + reader.at + bit
        mask = 128 >> (at & 7)
        raw[at >> 3] = raw[at >> 3] | mask if number >> (bits - 1 - bit) & 1 else raw[at >> 3] & ~mask
    return escaped(bytes(raw))
