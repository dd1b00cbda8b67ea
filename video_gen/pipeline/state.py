"""The state of a task: the fold of its events."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, get_origin

from video_gen.pipeline.events import Event, EventType
from video_gen.pipeline.stages import STAGES

VERSION = "1"
_STAGE = {EventType.STAGE_STARTED, EventType.STAGE_PROGRESS, EventType.STAGE_COMPLETED, EventType.STAGE_FAILED}


class Status(StrEnum):
    """Of a task or a stage. paused: it was interrupted, and `resume` goes on."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing happens any more unless somebody resumes the task."""
        return self not in (Status.PENDING, Status.RUNNING)


@dataclass
class StageResult:
    """How far a stage is. artifacts: files that it made, except one for each scene.

    metadata: `skipped`: it had nothing to do. `results`: what a stage of the user's own tells, by video, or by video and scene.
    """

    status: Status = Status.PENDING
    progress: float = 0.0
    started_at: str | None = None
    completed_at: str | None = None
    error: str | None = None
    artifacts: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def success(self) -> bool:
        """Whether the stage has done its work."""
        return self.status is Status.COMPLETED

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "StageResult":
        """Return the stage of a map; unknown keys are left out and missing ones get their defaults."""
        return _filled(cls, value, status=Status(value.get("status", Status.PENDING)))


@dataclass
class TaskState:
    """The state of a task (schemas/state.schema.json). Times are ISO 8601, UTC."""

    task_id: str
    input_config: dict[str, Any] = field(default_factory=dict)
    status: Status = Status.PENDING
    overall_progress: float = 0.0
    current_stage: str | None = None
    stages: dict[str, StageResult] = field(default_factory=lambda: {stage: StageResult() for stage in STAGES})
    created_at: str = ""
    started_at: str | None = None
    completed_at: str | None = None
    result: dict[str, Any] | None = None
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    version: str = VERSION

    def to_dict(self) -> dict[str, Any]:
        """Return the state as the map that stands in its file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "TaskState":
        """Return the state of a map, also of an older version: unknown keys are left out, missing ones get defaults."""
        found = {name: StageResult.from_dict(stage) for name, stage in (value.get("stages") or {}).items()}
        stages = {stage: StageResult() for stage in STAGES} | found
        return _filled(cls, value, status=Status(value.get("status", Status.PENDING)), stages=stages)

    @property
    def age(self) -> datetime:
        """When anything last happened."""
        return datetime.fromisoformat(self.completed_at or self.metadata.get("updated_at") or self.created_at)

    def apply(self, event: Event) -> None:
        """Take in one event."""
        self.metadata["events"] = self.metadata.get("events", 0) + 1
        self.metadata["updated_at"] = event.timestamp
        self.overall_progress = max(self.overall_progress, event.data.get("overall_progress", 0.0))
        if event.type in _STAGE:
            self._apply_to_stage(event)
        match event.type:
            case EventType.PIPELINE_STARTED:
                self._begin(event)
            case EventType.PIPELINE_COMPLETED:
                self._end(event, Status.COMPLETED)
            case EventType.PIPELINE_FAILED:
                self._end(event, Status.FAILED)
            case EventType.PIPELINE_CANCELLED:
                self._end(event, Status.CANCELLED)
            case EventType.VALIDATION_WARNING if event.message not in self.warnings:
                self.warnings.append(event.message)

    def _begin(self, event: Event) -> None:
        self.status, self.errors, self.result, self.completed_at = Status.RUNNING, [], None, None
        self.started_at = self.started_at or event.timestamp
        for stage in self.stages.values():
            stage.error = None

    def _end(self, event: Event, status: Status) -> None:
        self.status, self.completed_at, self.current_stage = status, event.timestamp, None
        self.result = dict(event.data.get("result") or {}) or None
        self.errors = list(event.data.get("errors") or ([event.message] if event.message else []))
        left = Status.CANCELLED if status is Status.CANCELLED else Status.PAUSED
        for stage in self.stages.values():
            if stage.status is Status.RUNNING:
                stage.status = left

    def _apply_to_stage(self, event: Event) -> None:
        stage = self.stages.setdefault(event.stage, StageResult())
        stage.progress = max(stage.progress, event.progress)
        stage.artifacts += [path for path in event.data.get("artifacts", ()) if path not in stage.artifacts]
        if told := event.data.get("metadata"):
            results = stage.metadata.setdefault("results", {})
            video, scene = event.data.get("video", ""), event.data.get("scene")
            if scene is None:
                results[video] = told
            else:
                results.setdefault(video, {})[scene] = told
        match event.type:
            case EventType.STAGE_STARTED:
                self.current_stage, stage.status, stage.error = event.stage, Status.RUNNING, None
                stage.started_at, stage.completed_at = stage.started_at or event.timestamp, None
            case EventType.STAGE_COMPLETED:
                stage.status, stage.completed_at = Status.COMPLETED, event.timestamp
                stage.metadata["skipped"] = bool(event.data.get("skipped"))
            case EventType.STAGE_FAILED:
                stage.status, stage.error = Status.FAILED, event.message
            case EventType.STAGE_PROGRESS if stage.status is Status.RUNNING:
                self.current_stage = event.stage


def fold(state: TaskState, events: Iterable[Event]) -> TaskState:
    """Return the state after the events; `state` itself is changed."""
    for event in events:
        state.apply(event)
    return state


def _filled(cls: Any, value: Mapping[str, Any], **parsed: Any) -> Any:
    """Raises TypeError for lists, maps and numbers that are none: the file may be edited, or another program's."""
    kinds: dict[Any, Any] = {list: list, dict: dict, float: int | float}
    for item in fields(cls):
        kind = kinds.get(get_origin(item.type) or item.type) if item.name not in parsed else None
        if kind and item.name in value and not isinstance(value[item.name], kind):
            raise TypeError(f"{item.name} is {value[item.name]!r}")
    return cls(**{key: value[key] for key in cls.__dataclass_fields__ if key in value} | parsed)
