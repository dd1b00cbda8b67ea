"""A job of a stage: its class is loaded again, run, and held to what it promised."""

import json
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from video_gen import stream
from video_gen.errors import StageError, VideoGenError
from video_gen.pipeline.state import StageResult, Status
from video_gen.stages.context import StageContext
from video_gen.stages.load import load

_FAILED = (Status.FAILED, Status.CANCELLED)


def run(
    use: str,
    *,
    video: str,
    scene: str | None,
    input: Mapping[str, str | Sequence[str]],
    output: Mapping[str, str],
    params: Mapping[str, Any],
    threads: int,
    log: str,
) -> None:
    """Run one job of the stage `use` (`module:Class`). Raises VideoGenError if it fails or does not write its outputs."""
    stage = load(use)
    context = StageContext(
        stage=stage.name,
        video=video,
        scene=scene,
        input={name: Path(of) if isinstance(of, str) else [*map(Path, of)] for name, of in input.items()},
        output={name: Path(of) for name, of in output.items()},
        params=params,
        threads=threads,
        log=Path(log),
    )
    with _ending_programs(context):
        try:
            result = stage().run(context)
        except (VideoGenError, OSError):
            raise
        except Exception as error:  # the class is the user's, and may raise anything
            traceback.print_exc()
            raise StageError(
                f"{use}: {error!r}. Where it happened stands in {log}.", stage=stage.name, log=log
            ) from error
    _check(use, context, result)


def _check(use: str, context: StageContext, result: object) -> None:
    log = str(context.log)
    if not isinstance(result, StageResult | None):
        raise StageError(f"{use}: run() returned {result!r}, not a StageResult or None.", stage=context.stage, log=log)
    if result and (result.error or result.status in _FAILED):
        raise StageError(f"{use}: {result.error or f'ended as {result.status}'}", stage=context.stage, log=log)
    missing = [str(path) for path in context.output.values() if not path.exists()]
    if missing:
        raise StageError(f"{use}: did not write {', '.join(missing)}.", stage=context.stage, log=log)
    if result and (result.metadata or result.artifacts):
        print(f"artifacts: {result.artifacts}, metadata: {result.metadata}")
        artifacts = [result.artifacts] if isinstance(result.artifacts, str) else [*map(str, result.artifacts)]
        stream.tell("result", log=log, artifacts=artifacts, metadata=_plain(result.metadata))


def _plain(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata as they can stand in JSON: what has no place there, such as a path or an infinite number, becomes text."""
    return json.loads(json.dumps(dict(metadata), default=str), parse_constant=str)


@contextmanager
def _ending_programs(context: StageContext) -> Iterator[None]:
    """End the stage's programs with the job: they are in groups of their own, which a signal to the run does not reach."""

    def end(number: int, frame: object) -> NoReturn:
        context.kill_programs()
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        context.kill_programs()
        for number, handler in before.items():
            signal.signal(number, handler)
