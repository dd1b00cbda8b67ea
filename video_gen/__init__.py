"""Narrated videos from documents, made by a Snakemake graph of plain files."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from video_gen.errors import (
        BusyError,
        Cancelled,
        ConfigError,
        EngineError,
        InputError,
        StageError,
        TaskError,
        VideoGenError,
    )
    from video_gen.pipeline.config import InputConfig, SceneConfig, VideoConfig
    from video_gen.pipeline.emitter import EventEmitter
    from video_gen.pipeline.events import Event, EventType
    from video_gen.pipeline.orchestrator import PipelineOrchestrator
    from video_gen.pipeline.result import PipelineResult, VideoResult
    from video_gen.pipeline.state import StageResult, Status, TaskState
    from video_gen.pipeline.store import StateManager
    from video_gen.stages.base import Stage
    from video_gen.stages.context import StageContext

__version__ = "0.1.0"

_HOME = {
    "errors": (
        *("BusyError", "Cancelled", "ConfigError", "EngineError", "InputError", "StageError", "TaskError"),
        "VideoGenError",
    ),
    "pipeline.config": ("InputConfig", "SceneConfig", "VideoConfig"),
    "pipeline.emitter": ("EventEmitter",),
    "pipeline.events": ("Event", "EventType"),
    "pipeline.orchestrator": ("PipelineOrchestrator",),
    "pipeline.result": ("PipelineResult", "VideoResult"),
    "pipeline.state": ("StageResult", "Status", "TaskState"),
    "pipeline.store": ("StateManager",),
    "stages.base": ("Stage",),
    "stages.context": ("StageContext",),
}
_HOME_OF = {name: home for home, names in _HOME.items() for name in names}

__all__ = [
    "BusyError",
    "Cancelled",
    "ConfigError",
    "EngineError",
    "Event",
    "EventEmitter",
    "EventType",
    "InputConfig",
    "InputError",
    "PipelineOrchestrator",
    "PipelineResult",
    "SceneConfig",
    "Stage",
    "StageContext",
    "StageError",
    "StageResult",
    "StateManager",
    "Status",
    "TaskError",
    "TaskState",
    "VideoConfig",
    "VideoGenError",
    "VideoResult",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: every job imports this package, and few need the API."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
