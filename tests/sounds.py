"""Sounds made for tests, and a meter that shares no code with ours: the ffmpeg program's."""

import math
import re
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np

RATE = 48_000


def ffmpeg(*arguments: str) -> str:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-y", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr


def measured(path: Path, start: float = 0, seconds: float | None = None) -> tuple[float, float]:
    """Return integrated loudness (LUFS) and true peak (dBTP) of a file or a part of it."""
    part = f"atrim=start={start}" + (f":duration={seconds}" if seconds else "")
    text = ffmpeg("-i", str(path), "-vn", "-af", f"{part},ebur128=peak=true", "-f", "null", "-").rsplit("Summary:")[-1]
    return tuple(float(re.search(rf"{name}:\s+(\S+)", text)[1]) for name in ("I", "Peak"))


def speech(seconds: float, rms: float, rate: int = 24_000, seed: int = 0) -> np.ndarray:
    """Return something with the peaks, the syllables and the spectrum of speech, mono float32; rms: dB full scale."""
    random = np.random.default_rng(seed)
    times = np.arange(round(seconds * rate)) / rate
    pitch = 110 + 15 * np.sin(2 * np.pi * 0.7 * times)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    voice = sum(np.cos(n * phase + 2.4 * n * n) / n for n in range(1, 25)) + 0.1 * random.standard_normal(len(times))
    sound = voice * (0.15 + np.abs(np.sin(2 * np.pi * 2 * times)))
    return (sound * (10 ** (rms / 20) / np.sqrt(np.mean(sound**2)))).astype(np.float32)


def noise(seconds: float, rate: int = RATE, channels: int = 1, amplitude: float = 0.1) -> np.ndarray:
    """Return soft noise of shape (channels, samples)."""
    random = np.random.default_rng(5).standard_normal((channels, round(seconds * rate) + 7))
    return (amplitude * sum(random[:, n : random.shape[1] - 7 + n] for n in range(8)) / math.sqrt(8)).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    """Write samples of shape (channels, n) in the format of the suffix, by the ffmpeg program if PyAV lacks the encoder."""
    codecs = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "libmp3lame", ".m4a": "aac"}
    if path.suffix not in codecs:
        ffmpeg("-i", str(write(path.with_suffix(".source.wav"), samples, rate)), str(path))
        return path
    layout = "mono" if len(samples) == 1 else "stereo"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codecs[path.suffix], rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32), format="fltp", layout=layout)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def read(path: Path) -> np.ndarray:
    """Return what a player plays: samples of shape (channels, n) from time 0 to the end that the file states."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        length = round(stream.duration * stream.time_base * stream.rate)
        return np.concatenate([frame.to_ndarray() for frame in container.decode(stream)], axis=1)[:, :length]


def report(lengths: list[float], pauses: float, fps: int = 30) -> dict:
    """Return a timing report of scenes whose sounds last `lengths` seconds, each followed by a pause."""
    scenes, start = [], 0
    for length in lengths:
        frames = math.ceil((length + pauses) * fps)
        scenes.append(
            {
                "start_frame": start,
                "frames": frames,
                "start_time": start / fps,
                "audio_duration": length,
                "words": [{"text": "word", "start": start / fps, "end": start / fps + length}],
            }
        )
        start += frames
    return {"fps": fps, "total_frames": start, "scenes": scenes}
