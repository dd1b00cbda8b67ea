"""One continuous narration track: each scene's sound placed to the sample, made loud to a standard, encoded once."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from video_gen.errors import StageError
from video_gen.files import atomic
from video_gen.speech.sound import read_sound

RATE = 48_000
BLOCK = 1024


def place(sounds: Sequence[str | Path], starts: Sequence[int], total_frames: int, fps: int) -> np.ndarray:
    """Return the track: mono float32 at 48 kHz, exactly as long as `total_frames`.

    sounds: one file a scene. starts: the frame at which each begins. Raises StageError if a sound runs into the next scene.
    """
    track = np.zeros(round(total_frames * RATE / fps), np.float32)
    ends = [*starts[1:], total_frames]
    for path, start, end in zip(sounds, starts, ends, strict=True):
        samples = read_sound(path, RATE)
        begin = round(start * RATE / fps)
        if begin + len(samples) > round(end * RATE / fps):
            raise StageError(f"{path}: is longer than its scene in the timing report. Delete the report and run again.")
        track[begin : begin + len(samples)] = samples
    return track


def write_aac(path: str | Path, track: np.ndarray, bitrate: int) -> None:
    """Encode a mono float32 track at 48 kHz to AAC in an .m4a file. bitrate: kbit/s."""
    with atomic(path) as part, av.open(str(part), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = bitrate * 1000
        stream.codec_context.time_base = Fraction(1, RATE)
        for frame in _blocks(track):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _blocks(track: np.ndarray) -> Iterator[av.AudioFrame]:
    for start in range(0, len(track), BLOCK):
        frame = av.AudioFrame.from_ndarray(track[None, start : start + BLOCK], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        yield frame
