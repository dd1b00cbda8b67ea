"""The clock: how long a scene lasts, and the timing report that sound, picture, captions and chapters are cut from."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from video_gen.errors import StageError

# Durations are sums of decimals: 5.0 s of sound must not become a frame more by the last bit of a float.
_EPSILON = 1e-6


def scene_frames(audio_duration: float, min_duration: float, *, padding: float, fps: int) -> int:
    """Return a scene's length in frames: max(min_duration, audio + padding) in seconds, rounded up to whole frames, at least 1."""
    seconds = max(min_duration, audio_duration + padding)
    return max(1, math.ceil(seconds * fps - _EPSILON))


def report(
    script: Mapping[str, Any], spoken: Sequence[Mapping[str, Any]], *, fps: int, padding: float
) -> dict[str, Any]:
    """Return the timing report of a video (schemas/timing.schema.json).

    script: the script JSON. spoken: one a scene in the script's order: {engine, voice, duration, words: [{text, start, end}]}
    with seconds from the start of that scene's sound. Times of the report are seconds from the start of the video; a scene's
    narration starts with the scene.
    """
    if len(spoken) != len(script["scenes"]):
        raise StageError(
            f"{script['video_id']}: {len(script['scenes'])} scenes, but {len(spoken)} were spoken. Run again."
        )
    scenes: list[dict[str, Any]] = []
    start_frame = 0
    for scene, speech in zip(script["scenes"], spoken, strict=True):
        frames = scene_frames(speech["duration"], scene["min_duration"], padding=padding, fps=fps)
        scenes.append(_scene(scene, speech, start_frame, frames, fps))
        start_frame += frames
    return {
        "video_id": script["video_id"],
        "title": script["title"],
        "language": script["language"],
        "engine": script["engine"],
        "fps": fps,
        "total_duration": _seconds(start_frame, fps),
        "total_frames": start_frame,
        "total_scenes": len(scenes),
        "voices": list(dict.fromkeys(scene["voice"] for scene in scenes)),
        "accent_color": script["accent_color"],
        "scenes": scenes,
    }


def _scene(
    scene: Mapping[str, Any], speech: Mapping[str, Any], start_frame: int, frames: int, fps: int
) -> dict[str, Any]:
    start = start_frame / fps
    words = [
        {"text": word["text"], "start": round(start + word["start"], 3), "end": round(start + word["end"], 3)}
        for word in speech["words"]
    ]
    return {
        "scene_id": scene["scene_id"],
        "scene_type": scene["scene_type"],
        "voice": scene["voice"],
        "start_time": _seconds(start_frame, fps),
        "end_time": _seconds(start_frame + frames, fps),
        "duration": _seconds(frames, fps),
        "audio_duration": round(speech["duration"], 6),
        "padding": round(frames / fps - speech["duration"], 6),
        "start_frame": start_frame,
        "frames": frames,
        "narration": scene["narration"],
        "words": words,
        "source": scene.get("source"),
    }


def _seconds(frame: int, fps: int) -> float:
    return round(frame / fps, 6)
