"""Sound files: MP3 out, anything that decodes in, always mono float32."""

from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame

from video_gen.errors import InputError, StageError
from video_gen.files import atomic

RATE = 24_000
BIT_RATE = 96_000
# An MP3 frame holds 576 samples at this rate. A last frame with fewer than 47 of them leaves the encoder no room to note
# how much of its padding is to be dropped, and the file decodes too long.
FRAME = 576
LAST_FRAME_MIN = 47
# A file's name decides how it is read: an .mp3 that is really a playlist could point to other files.
DEMUXERS = {".wav": "wav", ".mp3": "mp3", ".m4a": "mp4", ".flac": "flac", ".ogg": "ogg", ".opus": "ogg"}


def write_mp3(path: str | Path, samples: np.ndarray, rate: int) -> None:
    """Write mono samples (float32 in -1..1, shape (n,)) as MP3: 24 kHz, constant 96 kbit/s.

    It decodes to exactly round(n * 24000 / rate) samples, or up to 46 more that are silent. The file is decoded and
    compared before it gets its name. Raises StageError if the length differs or if there is nothing to write.
    """
    if samples.size == 0:
        raise StageError(f"{path}: there is no sound to write. Check the narration and the speech engine.")
    samples = resample(samples, rate, RATE)
    if 0 < len(samples) % FRAME < LAST_FRAME_MIN:
        samples = np.pad(samples, (0, LAST_FRAME_MIN - len(samples) % FRAME))
    with atomic(path) as part:
        _encode(part, samples)
        decoded = read_sound(part, RATE)
        if len(decoded) != len(samples):
            raise StageError(
                f"{path}: the MP3 has {len(decoded)} samples instead of {len(samples)}. Check PyAV (`pip install -U av`)."
            )


def read_sound(path: str | Path, rate: int = 48_000) -> np.ndarray:
    """Return a sound file as mono float32 of shape (n,) at `rate`; n is its decoded length times the rates' ratio.

    Raises InputError if the file is missing, holds no sound or does not decode.
    """
    return resample(*_decode_file(path), rate)


def read_stream(data: BinaryIO, name: str, rate: int) -> np.ndarray:
    """Return an MP3 held in memory as mono float32 of shape (n,) at `rate`. Raises InputError with `name` as the place."""
    return resample(*_decode(data, name, "mp3"), rate)


def duration(path: str | Path) -> float:
    """Return the length of a sound file in seconds, counted from its decoded samples. Raises InputError."""
    samples, rate = _decode_file(path)
    return len(samples) / rate


def resample(samples: np.ndarray, source_rate: int, rate: int) -> np.ndarray:
    """Return mono samples of shape (n,) at another rate, exactly round(n * rate / source_rate) of them."""
    samples = np.ascontiguousarray(samples, dtype=np.float32)
    if source_rate == rate or samples.size == 0:
        return samples
    # The filter keeps the last samples back, and a very short sound altogether: silence behind it pushes them out.
    frame = _frame(np.pad(samples, (0, source_rate // 10)), source_rate)
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
    out = np.concatenate([part.to_ndarray()[0] for part in resampler.resample(frame)])
    return out[: round(len(samples) * rate / source_rate)]


def _frame(samples: np.ndarray, rate: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
    frame.sample_rate = rate
    return frame


def _encode(path: Path, samples: np.ndarray) -> None:
    with av.open(str(path), "w", format="mp3", options={"id3v2_version": "0", "fflags": "+bitexact"}) as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono", format="fltp")
        stream.bit_rate = BIT_RATE
        container.mux(stream.encode(_frame(np.clip(samples, -1, 1), RATE)))
        container.mux(stream.encode(None))


def _decode_file(path: str | Path) -> tuple[np.ndarray, int]:
    return _decode(str(path), str(path), DEMUXERS.get(Path(path).suffix.lower()))


def _decode(source: str | BinaryIO, name: str, forced: str | None) -> tuple[np.ndarray, int]:
    """Return mono samples and their rate."""
    try:
        with av.open(source, "r", format=forced, options={"protocol_whitelist": "file"}) as container:
            if not container.streams.audio:
                raise InputError(f"{name}: holds no sound. Give a sound file such as MP3, WAV or FLAC.")
            rate = container.streams.audio[0].rate
            planar = av.AudioResampler(format="fltp")
            frames = (out for frame in container.decode(audio=0) for out in planar.resample(frame))
            parts = [frame.to_ndarray().mean(axis=0) for frame in frames]
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{name}: cannot be decoded as sound ({error}). Make it again or replace it.") from error
    if not parts:
        raise InputError(f"{name}: decodes to no sound at all. Make it again or replace it.")
    return np.concatenate(parts), rate
