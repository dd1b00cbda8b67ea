"""Headers of H.264 (ITU-T H.264, 7.3) written anew: with a picture order count, and for pictures that are skipped whole."""

from video_gen.errors import StageError
from video_gen.render.h264 import escaped, nal_units, unescaped

_START = b"\0\0\0\1"
_NUMBER_BITS, _ORDER_BITS = 8, 16
_P, _B = 0, 1  # slice types


class Fields:
    """Reads the fields of a header as text of 0 and 1."""

    def __init__(self, data: bytes):
        self.text, self.at = "".join(f"{byte:08b}" for byte in data), 0

    def bits(self, count: int) -> str:
        self.at += count
        return self.text[self.at - count : self.at]

    def golomb(self) -> str:
        return self.bits(2 * (self.text.index("1", self.at) - self.at) + 1)

    def number(self) -> int:
        return int(self.golomb(), 2) - 1

    def rest(self) -> str:
        """Return what follows, without the stop bit and the padding after it."""
        return self.text[self.at :].rstrip("0")[:-1]


def coded(value: int) -> str:
    """Return an unsigned Exp-Golomb number."""
    return "0" * ((value + 1).bit_length() - 1) + f"{value + 1:b}"


def fixed(value: int, bits: int) -> str:
    """Return the low bits of a number."""
    return f"{value % (1 << bits):0{bits}b}"


def unit(kind: int, text: str) -> bytes:
    """Return a NAL unit with its start code: text with the stop bit, filled to whole bytes."""
    text += "1"
    text += "0" * (-len(text) % 8)
    return _START + bytes([kind]) + escaped(int(text, 2).to_bytes(len(text) // 8, "big"))


class Headers:
    """The parameter sets of the skip stream, from those that x264 wrote, and slices that fit them.

    Raises StageError if a header of x264 is not the one that its settings lead to.
    """

    def __init__(self, extradata: bytes, width: int, height: int):
        sets = {found[0] & 31: unescaped(found)[1:] for found in nal_units(extradata)}
        self.macroblocks = -(-width // 16) * -(-height // 16)
        self.number_bits, sequence = _sequence(Fields(sets[7]))
        pictures = _START + b"\x68" + escaped(sets[8])
        self.extradata = unit(0x67, sequence) + pictures + unit(0x68, _skipped_pictures(Fields(sets[8])))

    def picture(self, packet: bytes, order: int, number: int, *, is_key: bool) -> bytes:
        """Return a picture of x264 (I or P, CABAC) with another header. An IDR picture can become a plain I picture."""
        (found,) = [found for found in nal_units(packet) if found[0] & 31 in (1, 5)]
        raw = unescaped(found)
        old, was_key = Fields(raw[1:40]), found[0] & 31 == 5
        start = old.golomb()
        kind = old.number() % 5
        start += coded(kind) + old.golomb()
        old.bits(self.number_bits)
        key_number = old.golomb() if was_key else ""
        references = old.bits(2) if kind == _P else ""
        _expect([references.strip("0"), old.bits(2 if was_key else 1).strip("0")], ["", ""])
        tail = old.golomb() if kind == _P else ""  # the initial state of CABAC
        tail += old.golomb()  # quantizer
        deblocking = old.golomb()
        tail += deblocking + (old.golomb() + old.golomb() if deblocking == coded(0) else "")
        old.at += -old.at % 8
        text = start + fixed(number, _NUMBER_BITS) + (key_number if is_key else "") + fixed(order, _ORDER_BITS)
        text += references + ("00" if is_key else "0") + tail
        text += "1" * (-len(text) % 8)
        body = int(text, 2).to_bytes(len(text) // 8, "big") + raw[1 + old.at // 8 :]
        return _START + bytes([0x65 if is_key else 0x61]) + escaped(body)

    def same(self, order: int, number: int) -> bytes:
        """Return a P picture that shows the one before it, and that others may refer to."""
        return self._skipped(0x41, _P, order, number, "00" + "0")

    def between(self, order: int, number: int) -> bytes:
        """Return a B picture that mixes the pictures before and after it in order (spatial prediction: no motion)."""
        return self._skipped(0x01, _B, order, number, "1" + "000")

    def _skipped(self, kind: int, slice_type: int, order: int, number: int, flags: str) -> bytes:
        text = coded(0) + coded(slice_type) + coded(1) + fixed(number, _NUMBER_BITS) + fixed(order, _ORDER_BITS) + flags
        no_deblocking = coded(0) + coded(1)  # quantizer unchanged
        return unit(kind, text + no_deblocking + coded(self.macroblocks))


def _sequence(old: Fields) -> tuple[int, str]:
    """Return the width of x264's frame numbers, and its sequence parameter set with picture order and two references."""
    profile = old.bits(24)
    # Its id, 4:2:0, 8 bits of luma and of chroma, no scaling lists.
    _expect([old.number(), old.number(), old.number(), old.number(), old.bits(2)], [0, 1, 0, 0, "00"])
    number_bits = old.number() + 4
    _expect([old.number(), old.number()], [2, 1])  # picture order type, references
    shared = old.rest()
    _expect([shared[-4:]], [coded(0) + coded(1)])  # pictures that are shown late, pictures that are kept
    head = profile + coded(0) + coded(1) + coded(0) + coded(0) + "00"
    numbering = coded(_NUMBER_BITS - 4) + coded(0) + coded(_ORDER_BITS - 4) + coded(2)
    return number_bits, head + numbering + shared[:-4] + coded(1) + coded(2)


def _skipped_pictures(old: Fields) -> str:
    """Return a second picture parameter set, with CAVLC, where a whole skipped picture is one number, and implicit weights."""
    _expect([old.number(), old.number(), old.bits(2)], [0, 0, "10"])  # its id, CABAC, no order field for a second field
    _expect(
        [old.number(), old.number(), old.number(), old.bits(3)], [0, 0, 0, "000"]
    )  # one slice, one reference, no weights
    return coded(1) + coded(0) + "00" + coded(0) * 3 + "0" + "10" + old.rest()


def _expect(found: list[object], wanted: list[object]) -> None:
    if found != wanted:
        raise StageError(
            f"this build of x264 wrote {found} in a header where {wanted} was expected. Set encoder.stillness to hold."
        )
