"""What is measured in a finished file."""

from pathlib import Path

import av
import numpy as np


def video_packets(path: Path) -> list[tuple[int, bool]]:
    """Return (time in stream ticks, key picture) of every video packet in decoding order."""
    with av.open(str(path)) as container:
        return [(packet.pts, packet.is_keyframe) for packet in container.demux(video=0) if packet.size]


def sound(path: Path) -> tuple[np.ndarray, int]:
    """Return the sound as a player would place it: mono samples from time 0, and their rate."""
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        length = int(container.duration / 1e6 * rate) + 2 * rate
        track = np.zeros(length, np.float32)
        for frame in container.decode(audio=0):
            start = round(frame.time * rate)
            samples = frame.to_ndarray()[0]
            track[start : start + len(samples)] = samples
    return track, rate


def onset(track: np.ndarray, rate: int, around: float, before: float = 0.5) -> float:
    """Return when sound begins after a silence near a time: the first sample over a hundredth of the loudest there."""
    begin = max(0, round((around - before) * rate))
    part = np.abs(track[begin : round((around + 1.0) * rate)])
    return (begin + int(np.argmax(part > part.max() / 50))) / rate


def frame_at(path: Path, index: int) -> np.ndarray:
    """Return a frame by its number as RGB, shape (height, width, 3)."""
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number == index:
                return frame.to_ndarray(format="rgb24")
    raise IndexError(index)


def top_boxes(path: Path) -> list[str]:
    """Return the names of the file's outermost MP4 boxes in order."""
    data, at, names = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        names.append(data[at + 4 : at + 8].decode("latin-1"))
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        at += size or len(data)
    return names
