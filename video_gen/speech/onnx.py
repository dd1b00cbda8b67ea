"""Additions to an ONNX model: bytes that, put behind its own, make it tell what it otherwise keeps to itself.

A model is a protobuf message, and messages that follow one another are merged: further nodes and outputs of the graph need
no library and no knowledge of the rest.
"""


def output(name: str) -> bytes:
    """Return the addition by which the tensor `name` is one more output: ModelProto { graph { output { name } } }."""
    return _field(7, _field(12, _field(1, name.encode())))


def copy(name: str, renamed: str) -> bytes:
    """Return the addition by which the tensor `name` is one more output under another name."""
    node = _field(1, name.encode()) + _field(2, renamed.encode()) + _field(4, b"Identity")
    return _field(7, _field(1, node)) + output(renamed)


def _field(number: int, data: bytes) -> bytes:
    """A length-delimited protobuf field of up to 127 bytes."""
    return bytes([number << 3 | 2, len(data)]) + data
