"""What a task made."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from video_gen import files
from video_gen.errors import Cancelled, StageError, VideoGenError
from video_gen.pipeline.config import VideoConfig
from video_gen.pipeline.state import Status, TaskState


@dataclass(frozen=True)
class VideoResult:
    """One finished video. Paths are below the folder of the run; total_duration in seconds."""

    name: str
    video_path: str
    audio_dir: str
    timing_report: str
    script: str
    total_duration: float
    scene_count: int


@dataclass(frozen=True)
class PipelineResult:
    """The end of a task. With several videos, `videos` has them all, and paths and video_config are those of the first.

    total_duration: seconds of all videos together; scene_count: of all. generation_time: seconds that the (last) run took.
    timestamp: when it ended, ISO 8601, UTC. Paths are absolute; None where nothing was made.
    """

    success: bool
    task_id: str
    folder: Path
    videos: tuple[VideoResult, ...] = ()
    generation_time: float = 0.0
    timestamp: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    cancelled: bool = False
    failed_stage: str | None = field(default=None)

    @property
    def video_path(self) -> Path | None:
        """The MP4."""
        return self.folder / self.videos[0].video_path if self.videos else None

    @property
    def audio_dir(self) -> Path | None:
        """The folder with one MP3 a scene."""
        return self.folder / self.videos[0].audio_dir if self.videos else None

    @property
    def timing_report(self) -> Path | None:
        """The timing report, schemas/timing.schema.json."""
        return self.folder / self.videos[0].timing_report if self.videos else None

    @cached_property
    def video_config(self) -> VideoConfig | None:
        """The video as it was made, with the words and the voice of every scene; read from the script JSON when asked for."""
        return VideoConfig.from_script(files.read_json(self.folder / self.videos[0].script)) if self.videos else None

    @property
    def total_duration(self) -> float:
        """Seconds of all videos together."""
        return sum(video.total_duration for video in self.videos)

    @property
    def scene_count(self) -> int:
        """Scenes of all videos together."""
        return sum(video.scene_count for video in self.videos)

    def check(self) -> "PipelineResult":
        """Return the result itself if the task succeeded. Raises Cancelled, or StageError with all messages."""
        if self.cancelled:
            raise Cancelled(f"the task {self.task_id} was cancelled. Resume it to go on.")
        if not self.success:
            raise StageError("\n".join(self.errors) or f"the task {self.task_id} failed.", stage=self.failed_stage)
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return the map that stands in the state's file."""
        first = self.videos[0] if self.videos else None
        return {
            **{"success": self.success, "task_id": self.task_id},
            "video_config": self.video_config.to_dict() if self.video_config else None,
            "video_path": first.video_path if first else None,
            "audio_dir": first.audio_dir if first else None,
            "timing_report": first.timing_report if first else None,
            **{"total_duration": round(self.total_duration, 3), "scene_count": self.scene_count},
            **{"generation_time": round(self.generation_time, 3), "timestamp": self.timestamp},
            **{"errors": list(self.errors), "warnings": list(self.warnings)},
            "videos": [asdict(video) for video in self.videos],
        }

    @classmethod
    def of(cls, state: TaskState, folder: Path) -> "PipelineResult":
        """Return the result of a task that has ended, from its state."""
        found: Mapping[str, Any] = state.result or {}
        keys = VideoResult.__dataclass_fields__
        failed = (name for name, stage in state.stages.items() if stage.status is Status.FAILED)
        return cls(
            success=state.status is Status.COMPLETED,
            task_id=state.task_id,
            folder=folder,
            videos=tuple(VideoResult(**{key: video[key] for key in keys}) for video in found.get("videos", ())),
            generation_time=found.get("generation_time", 0.0),
            timestamp=found.get("timestamp", ""),
            errors=tuple(state.errors),
            warnings=tuple(state.warnings),
            cancelled=state.status is Status.CANCELLED,
            failed_stage=next(failed, None),
        )


def made(folder: Path, names: Sequence[str], since: float = 0.0) -> list[VideoResult]:
    """Return those of the videos whose files are all there, and whose MP4 is not older than `since` (seconds since 1970)."""
    found = []
    for name in names:
        paths = [f"output/videos/{name}.mp4", f"output/timing/{name}.json", f"output/scripts/{name}.json"]
        try:
            there = all((folder / path).is_file() for path in paths)
            report = files.read_json(folder / paths[1]) if there else None
        except VideoGenError:  # edited by hand into something else than JSON: the next run will tell
            report = None
        if report and (folder / paths[0]).stat().st_mtime >= since:
            duration, count = report["total_duration"], report["total_scenes"]
            found.append(VideoResult(name, paths[0], f"output/audio/{name}", paths[1], paths[2], duration, count))
    return found
