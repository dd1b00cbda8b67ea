"""Small pictures over time, and finished videos made of them without speech."""

import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
from PIL import Image, ImageDraw

from video_gen.render import encode, join
from video_gen.render.coding import Item
from video_gen.render.encoders import VideoFormat
from video_gen.render.planes import Planes

SIZE = (160, 96)
Timeline = Sequence[
    tuple[int, int, int]
]  # (number of the picture, frames that it takes to fade in, frames that it is held)


def picture(shade: int, size: tuple[int, int] = SIZE) -> Image.Image:
    width, height = size
    image = Image.new("RGB", size, (shade, 60, 200 - shade // 2))
    left = shade * width // 640
    box = (left, height // 10, left + width // 4, height * 5 // 8)
    ImageDraw.Draw(image).rectangle(box, fill=(255 - shade, 220, 30))
    return image


def planes(size: tuple[int, int] = SIZE) -> list[Planes]:
    return [encode.to_yuv(picture(shade, size)) for shade in (0, 90, 180, 250)]


def shots(timeline: Timeline, pictures: Sequence[Planes]) -> list[Item]:
    """Return a timeline as the encoder wants it: (planes, repeats) and fades; a fade that is not held frame by frame."""
    found: list[Item] = []
    below = pictures[timeline[0][0]]
    for shown, motion, hold in timeline:
        shares = [encode.ease(step / (motion + 1)) for step in range(1, motion + 1)]
        if motion and hold:
            found.append(encode.Fade(below, pictures[shown], shares, hold))
        else:
            found += [(encode.mix(below, pictures[shown], share), 1) for share in shares]
            found += [(pictures[shown], hold)] if hold else []
        below = pictures[shown]
    return found


def each_frame(shots: Sequence[Item]) -> list[Planes]:
    pairs = [pair for item in shots for pair in (item.frames() if isinstance(item, encode.Fade) else [item])]
    return [shown for shown, repeats in pairs for _ in range(repeats)]


def video(folder: Path, clips: Sequence[Sequence[Item]], of: VideoFormat) -> Path:
    """Return a finished video of clips, with a silent soundtrack."""
    files, scenes, start = [], [], 0
    for number, clip in enumerate(clips):
        files.append(folder / f"{number}.mp4")
        frames = encode.write_clip(files[-1], iter(clip), of)
        times = {"start_time": start / of.fps, "end_time": (start + frames) / of.fps}
        words = {"scene_id": f"s{number}", "words": [], "narration": "Nothing is said."}
        scenes.append({"start_frame": start, "frames": frames, **times, **words})
        start += frames
    report = {"title": "Test", "language": "en", "fps": of.fps, "total_frames": start, "scenes": scenes}
    target = folder / "video.mp4"
    join.join(
        target, files, silence(folder / "sound.m4a", start / of.fps), report, [f"Part {n}" for n in range(len(files))]
    )
    return target


def silence(path: Path, seconds: float) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, round(seconds * 48000)), np.float32), "fltp", "mono")
        frame.rate, frame.pts, frame.time_base = 48000, 0, Fraction(1, 48000)
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *arguments]
    return subprocess.run(command, capture_output=True, check=False)


def luma(frame: av.VideoFrame) -> np.ndarray:
    return frame.to_ndarray()[: frame.height, : frame.width].astype(int)


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [luma(frame) for frame in container.decode(video=0)]
