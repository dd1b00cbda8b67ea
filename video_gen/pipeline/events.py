"""What happens in a task, as its listeners and its event file see it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class EventType(StrEnum):
    """The kinds of events; each is also the text in the event file."""

    PIPELINE_STARTED = "pipeline.started"
    PIPELINE_COMPLETED = "pipeline.completed"
    PIPELINE_FAILED = "pipeline.failed"
    PIPELINE_CANCELLED = "pipeline.cancelled"
    STAGE_STARTED = "stage.started"
    STAGE_PROGRESS = "stage.progress"
    STAGE_COMPLETED = "stage.completed"
    STAGE_FAILED = "stage.failed"
    VALIDATION_WARNING = "validation.warning"
    VALIDATION_ERROR = "validation.error"
    AUDIO_GENERATING = "audio.generating"
    AUDIO_GENERATED = "audio.generated"
    VIDEO_RENDERING = "video.rendering"
    VIDEO_RENDERED = "video.rendered"
    STATE_SAVED = "state.saved"
    STATE_RESTORED = "state.restored"


@dataclass(frozen=True)
class Event:
    """One event of a task (schemas/event.schema.json).

    timestamp: ISO 8601, UTC. stage: its name, or "" where the event is of the whole task. progress: of that stage, or of the
    whole task, 0..1. data: what else is known: `overall_progress`, and for a job its `video`, `scene`, `shape` and `log`.
    """

    type: EventType
    task_id: str
    timestamp: str
    stage: str = ""
    progress: float = 0.0
    message: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the event as the map that stands in the event file."""
        return {**asdict(self), "type": str(self.type)}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Event":
        """Return the event of such a map; keys that a newer version may have added are left out."""
        known = {key: value[key] for key in cls.__dataclass_fields__ if key in value}
        return cls(**{**known, "type": EventType(value["type"])})


def iso(seconds: float) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
