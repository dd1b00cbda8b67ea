"""The live view of a run: a bar for the whole and a line for each video and stage; plain lines where nobody watches a terminal."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from video_gen.cli import say
from video_gen.cli.film import Film
from video_gen.pipeline.events import Event, EventType

STAGES = {
    "input_adaptation": "reading the sources",
    "content_parsing": "understanding the sources",
    "script_generation": "writing the scripts",
    "audio_generation": "speaking",
    "video_generation": "rendering",
    "output_handling": "captions, posters, metadata",
}
_BEGUN = {EventType.AUDIO_GENERATING: "speaking", EventType.VIDEO_RENDERING: "rendering"}
_ENDED = {EventType.AUDIO_GENERATED: "speaking", EventType.VIDEO_RENDERED: "rendering"}
_MOST = 10  # lines below the bar
Hear = Callable[[Event], None]


class Board:
    """What a run does at the moment, from its events.

    clock: seconds since 1970. overall: 0..1. task_id: of the run, once it is known. ending: it is being cancelled, so jobs fail.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time):
        self._folder, self._clock = folder, clock
        self._films: dict[str, Film] = {}
        self._running: dict[tuple[str, str, str], dict[str, float]] = {}  # stage, video, shape → scene → fraction
        self._doing: dict[str, str] = {}  # other stage → message
        self.overall, self.task_id, self.ending = 0.0, "", False
        self._start: tuple[float, float] | None = None
        self._lock = threading.Lock()  # events come in one thread, and are shown in another

    def take(self, event: Event) -> None:
        """Take in one event."""
        with self._lock:
            self._take(event)

    def lines(self) -> list[tuple[str, str]]:
        """Return a line for each video and stage that is worked at: the video, and what is done for it."""
        with self._lock:
            found = [
                (f"{video}{shape}", self._line(stage, video, shape, scenes))
                for (stage, video, shape), scenes in self._running.items()
                if scenes
            ]
            told = [message.rpartition(": ") for message in self._doing.values()]
        found += [(video, what) for video, _, what in told]
        return found[:_MOST] + ([("", f"… and {len(found) - _MOST} more")] if len(found) > _MOST else [])

    def left(self) -> float | None:
        """Return the seconds until all is done, at the speed of this run so far; None where that is not known."""
        if self._start is None:
            return None
        began, at = self._start
        done = self.overall - at
        return (self._clock() - began) / done * (1 - self.overall) if done > 0.02 and self.overall < 1 else None

    def _take(self, event: Event) -> None:
        self.task_id = event.task_id
        self.overall = max(self.overall, event.data.get("overall_progress", 0.0))
        if self._start is None or event.type == EventType.PIPELINE_STARTED:
            # By the event's own clock: who looks on later hears of the beginning late.
            self._start = datetime.fromisoformat(event.timestamp).timestamp(), self.overall
        self._take_scene(event)
        match event.type:
            case EventType.STAGE_STARTED if event.stage not in ("audio_generation", "video_generation"):
                self._doing[event.stage] = event.message
            case EventType.STAGE_PROGRESS if "fraction" not in event.data:
                self._doing.pop(event.stage, None)  # a job of it is done; that the next one begins is not told

    def _take_scene(self, event: Event) -> None:
        video, scene, shape = (event.data.get(key, "") for key in ("video", "scene", "shape"))
        stage = _BEGUN.get(event.type) or _ENDED.get(event.type)
        if event.type in _BEGUN:
            self._running.setdefault((str(stage), video, shape), {})[scene] = 0.0
        elif event.type in _ENDED or event.type == EventType.STAGE_FAILED:
            for (of, *place), scenes in self._running.items():
                if stage in (of, None) and place == [video, shape]:
                    scenes.pop(scene, None)
        elif event.type == EventType.STAGE_PROGRESS and "fraction" in event.data:
            for (_, *place), scenes in self._running.items():
                if place == [video, shape] and scene in scenes:
                    scenes[scene] = event.data["fraction"]

    def _line(self, stage: str, video: str, shape: str, running: dict[str, float]) -> str:
        film = self._films.setdefault(video, Film(self._folder, video))
        scene = list(running)[-1]
        number, count = film.place(scene)
        text = f"{stage} scene {number} of {count}" if count else f"{stage} scene {scene}"
        if stage == "rendering" and (seconds := film.rendered(shape, running)):
            text += f", {seconds[0]:.0f} s of {seconds[1]:.0f} s"
        return text


@contextmanager
def view(board: Board) -> Iterator[Hear]:
    """Show a board on stderr as it changes, and yield what is to be called with each event."""
    if say.mode.log_format is say.LogFormat.JSON:
        yield _as_json
    elif say.mode.quiet:
        yield board.take
    elif say.is_terminal():
        with Live(
            console=say.console(stderr=True),
            get_renderable=lambda: _shown(board),
            refresh_per_second=5,
            transient=True,
        ) as live:
            yield lambda event: _on_terminal(board, live, event)
    else:
        yield lambda event: _as_line(board, event)


def _as_json(event: Event) -> None:
    say.line(json.dumps(event.to_dict(), ensure_ascii=False, default=str))


def _on_terminal(board: Board, live: Live, event: Event) -> None:
    board.take(event)
    if text := _trouble(board, event):
        live.console.print(say.plain(text))


def _as_line(board: Board, event: Event) -> None:
    """A line where a stage begins or ends, as a log of a CI server should have it."""
    board.take(event)
    what = STAGES.get(event.stage, event.stage.replace("_", " "))
    text = _trouble(board, event)
    match event.type:
        case EventType.PIPELINE_STARTED:
            text = f"task {event.task_id}: {'goes on' if event.data.get('again') else 'begins'}"
        case EventType.STAGE_STARTED:
            text = what
        case EventType.STAGE_COMPLETED if not event.data.get("skipped"):
            text = f"{what}: done"
    if text:
        say.note(f"{board.overall:4.0%}  {text}")


def _trouble(board: Board, event: Event) -> str:
    kinds = {EventType.VALIDATION_WARNING: "warning: ", EventType.STAGE_FAILED: "failed: "}
    if board.ending:
        return ""
    return f"{kinds[event.type]}{event.message}" if event.type in kinds else ""


def _shown(board: Board) -> Group:
    head = Table.grid(padding=(0, 1))
    left = board.left()
    head.add_row(
        say.plain(board.task_id or "starting"),
        ProgressBar(total=1, completed=board.overall, width=30),
        Text(f"{board.overall:.0%}"),
        Text(f"{say.seconds(left)} left" if left is not None else "", style="dim"),
    )
    rows = Table.grid(padding=(0, 1))
    for video, what in board.lines():
        rows.add_row("", say.plain(video), say.plain(what))
    return Group(head, rows)
