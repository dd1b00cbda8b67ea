"""The voice engine of a video: decided once, written down, and kept."""

from collections.abc import Mapping
from typing import Any

from video_gen import speech

TIMEOUT = 4.0


def decide(requested: str) -> dict[str, Any]:
    """Return the decision that is kept: {requested, engine}.

    requested: a setting `narration.engine`. For `auto` the engine is `edge` where the online service answers within a few
    seconds, else `offline`: which one that is follows from the video's language.
    """
    if requested != "auto":
        return {"requested": requested, "engine": requested}
    from video_gen.speech import edge

    return {"requested": requested, "engine": "edge" if edge.reachable(TIMEOUT) else "offline"}


def engine_for(decision: Mapping[str, Any], language: str, models: speech.Models | None = None) -> str:
    """Return the name of the engine that speaks a video of this language by a decision.

    models: as for `speech.engine`. Raises EngineError if an engine asked for by name does not speak it, or lacks something.
    """
    name = decision["engine"]
    if name == "edge" and decision["requested"] == "auto" and not speech.engine("edge").supports(language):
        name = "offline"
    if name == "offline":
        return speech.offline_engine(language, models)
    return speech.choose(name, language, models=models)
