"""Stages of one's own: a class for each, named in the setting `stages`; the Snakefile makes a rule of it (docs/stages.md)."""

from video_gen.errors import StageError
from video_gen.pipeline.state import StageResult
from video_gen.stages.base import Stage
from video_gen.stages.context import StageContext

__all__ = ["Stage", "StageContext", "StageError", "StageResult"]
