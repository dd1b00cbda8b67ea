"""What a video is and where it came from, for people and programs (schemas/metadata.schema.json)."""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import PIL

import video_gen
from video_gen.errors import InputError, StageError


def describe(
    videos: Sequence[str | Path],
    report: Mapping[str, Any],
    sources: Sequence[str | Path],
    chapters: Sequence[str],
    spoken_by: Sequence[str],
    description: str = "",
) -> dict[str, Any]:
    """Return the metadata of a finished video.

    videos: its MP4 in the main size, then those in further formats. sources: the files that it was made from. chapters: a
    title a scene. spoken_by: names and versions of the speech engines as recorded for the scenes. Raises StageError if a video
    cannot be read, InputError if a source cannot.
    """
    return {
        "video_id": report["video_id"],
        "title": report["title"],
        "description": description,
        "language": report["language"],
        **_probe(Path(videos[0])),
        "formats": [{"file": Path(path).name, **_probe(Path(path))} for path in videos[1:]],
        "engine": report["engine"],
        "voices": list(report["voices"]),
        "versions": {
            "video_gen": video_gen.__version__,
            "av": av.__version__,
            "ffmpeg": av.ffmpeg_version_info,
            "pillow": PIL.__version__,
            "speech": list(dict.fromkeys(spoken_by)),
        },
        "sources": [{"file": Path(path).as_posix(), "sha256": _sha256(Path(path))} for path in sources],
        "chapters": [
            {"title": title, "start": scene["start_time"], "end": scene["end_time"]}
            for scene, title in zip(report["scenes"], chapters, strict=True)
        ],
        "timeline": list(_timeline(report)),
    }


def _probe(path: Path) -> dict[str, Any]:
    try:
        with av.open(str(path)) as container:
            video = container.streams.video[0]
            duration, rate = (container.duration or 0) / av.time_base, video.average_rate or Fraction(0)
            size = {"width": video.width, "height": video.height}
        bytes_ = path.stat().st_size
    except (OSError, IndexError, av.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or "it has no picture"
        raise StageError(f"{path}: is not a video that can be read ({reason}). Delete it and run again.") from error
    fps = int(rate) if rate.denominator == 1 else round(float(rate), 3)
    return {"duration": round(duration, 3), **size, "fps": fps, "file_size": bytes_}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name and the permissions.") from error


def _timeline(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an entry for every second: the scene that is shown when it begins."""
    scenes = iter(report["scenes"])
    scene = next(scenes)
    for second in range(math.ceil(report["total_frames"] / report["fps"])):
        while second * report["fps"] >= scene["start_frame"] + scene["frames"]:
            scene = next(scenes)
        yield {"second": second, "scene_id": scene["scene_id"], "source": _source(scene["source"])}


def _source(source: str | Mapping[str, Any] | None) -> dict[str, Any] | None:
    if source is None:
        return None
    place = {"file": source} if isinstance(source, str) else source
    return {"file": place["file"], "line_start": place.get("line_start"), "line_end": place.get("line_end")}
