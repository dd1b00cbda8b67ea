"""The ways that are compared, each run as a process of its own: `python bench/ways.py WAY FOLDER FILE [SCENES]`."""

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import workload

PRESET, CRF = "veryfast", 20


def soundtrack(folder: Path, file: Path) -> Path:
    """Write the narration, encoded once."""
    from video_gen.render import soundtrack

    target = file.with_suffix(".m4a")
    sounds = [folder / f"{scene}.mp3" for scene in range(workload.SCENES)]
    settings = {"bitrate": 128, "loudness": -16, "music": None, "music_level": -14, "duck": 8}
    soundtrack.write(target, sounds, workload.report(), **settings)
    return target


def ours(folder: Path, file: Path, stillness: str = "hold") -> None:
    """One clip a scene, the soundtrack, and all joined by copying: the stages of the pipeline."""
    from video_gen.render import encode, encoders, join

    of = encoders.VideoFormat(workload.WIDTH, workload.HEIGHT, workload.FPS, PRESET, CRF, stillness)
    clips = [file.with_name(f"{file.stem}_{scene}.mp4") for scene in range(workload.SCENES)]
    for scene, clip in enumerate(clips):
        encode.write_clip(clip, workload.timeline(folder, scene), of)
    titles = [f"Scene {scene}" for scene in range(workload.SCENES)]
    join.join(file, clips, soundtrack(folder, file), workload.report(), titles)


def plain(folder: Path, file: Path) -> None:
    """As ours, but every frame goes through the encoder in process."""
    ours(folder, file, "plain")


def _all(folder: Path) -> Iterator[tuple[list[np.ndarray], int]]:
    for scene in range(workload.SCENES):
        yield from workload.timeline(folder, scene)


def floor(folder: Path, file: Path) -> None:
    """Encode each distinct picture and each frame of motion once, and the sound once; no holds at all."""
    from video_gen.render import encoders
    from video_gen.render.planes import to_frame

    of = encoders.VideoFormat(workload.WIDTH, workload.HEIGHT, workload.FPS, PRESET, CRF)
    with av.open(str(file), "w") as container:
        stream = encoders.add_stream(container, of)
        for number, (planes, _) in enumerate(_all(folder)):
            frame = to_frame(planes)
            frame.pts, frame.time_base = number, Fraction(1, workload.FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    soundtrack(folder, file)


def pipe(folder: Path, file: Path) -> None:
    """Every frame through a pipe into the ffmpeg program, same preset and quality."""
    import imageio_ffmpeg

    size = f"{workload.WIDTH}x{workload.HEIGHT}"
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size),
        *("-r", str(workload.FPS), "-i", "-", "-i", str(soundtrack(folder, file)), "-c:a", "copy", "-c:v", "libx264"),
        *(
            "-preset",
            PRESET,
            "-crf",
            str(CRF),
            "-g",
            "60",
            "-bf",
            "0",
            "-pix_fmt",
            "yuv420p",
            "-threads",
            "1",
            str(file),
        ),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:
        assert ffmpeg.stdin
        for planes, repeats in _all(folder):
            data = b"".join(plane.tobytes() for plane in planes)
            for _ in range(repeats):
                ffmpeg.stdin.write(data)
        ffmpeg.stdin.close()
    assert ffmpeg.returncode == 0


def moviepy(folder: Path, file: Path, scenes: int = workload.SCENES) -> None:
    """MoviePy as its users write it: image clips with cross-fades, libx264; of the first `scenes` scenes only."""
    from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, vfx

    fade, each = workload.FADE / workload.FPS, workload.FRAMES / workload.STATES / workload.FPS
    layers, start = [], 0.0
    for scene in range(scenes):
        for state in range(workload.STATES):
            clip = ImageClip(np.asarray(workload.picture(folder, scene, state)), duration=each + fade).with_start(start)
            layers.append(clip.with_effects([vfx.CrossFadeIn(fade)]) if layers else clip)
            start += each
    seconds = workload.SECONDS * scenes / workload.SCENES
    sound = AudioFileClip(str(soundtrack(folder, file))).subclipped(0, seconds)
    video = CompositeVideoClip(layers).with_duration(seconds).with_audio(sound)
    video.write_videofile(str(file), fps=workload.FPS, codec="libx264", preset=PRESET, threads=1, logger=None)


WAYS = {way.__name__: way for way in (ours, plain, floor, pipe, moviepy)}

if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
