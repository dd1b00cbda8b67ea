"""What a run does at the moment, from its events: what the live view shows and what a log says."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from video_gen import settings
from video_gen.cli.film import Film
from video_gen.cli.remaining import Remaining
from video_gen.cli.work import CLOSED_BY, VERBS, Work
from video_gen.errors import VideoGenError
from video_gen.files import read_json
from video_gen.paths import workflow_dir
from video_gen.pipeline.events import Event, EventType
from video_gen.pipeline.files import task_files

_BEGUN = {EventType.AUDIO_GENERATING, EventType.VIDEO_RENDERING}
_ENDED = {EventType.AUDIO_GENERATED, EventType.VIDEO_RENDERED}
_ORDER = ("translate_title", "translate_scene", "translate_video", "speak_scene", "render_clip")
# What a log says when such a job is done; most others are over in a moment.
_MILESTONES = {
    "fetch_transcript": "transcript fetched",
    "write_script": "script written",
    "describe_video": "done",
}
_LAST = "describe_video"  # of a video


@dataclass(frozen=True)
class Row:
    """A line of the live view. short: the same in fewer letters. is_busy: a job of it runs."""

    video: str
    text: str
    short: str
    is_busy: bool


class Board:
    """Follows one task. Events come in one thread, and are shown in another.

    clock: seconds since 1970. overall: 0..1. task_id: of the run, once it is known. ending: it is being cancelled, so jobs fail.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time):
        self._folder, self._clock = folder, clock
        self._videos: list[str] = []
        self._films: dict[str, Film] = {}
        self._works: dict[tuple[str, str, str], Work] = {}  # by video, shape, rule
        self._made: set[str] = set()  # videos that this task has made
        self._all_new = True  # else some are there, and nobody knows which of these will be made anew
        self._remaining = Remaining()
        self._is_at_scenes = False
        self._padding, self._since = 1.0, 0.0
        self._said: set[str] = set()
        self.overall, self.task_id, self.ending = 0.0, "", False
        self._lock = threading.Lock()

    def take(self, event: Event) -> list[str]:
        """Take in one event, and return what a log should say of it."""
        with self._lock:
            news = list(dict.fromkeys(text for text in self._take(event) if text not in self._said))
            self._said.update(news)
            return news

    def rows(self) -> list[Row]:
        """Return a row for each video and step that is worked at, in the order of the videos."""
        with self._lock:
            works = [(key, work) for key, work in self._works.items() if not work.is_over]
            works.sort(key=self._place)
            return [
                Row(_label(video, shape), work.text(), work.text(short=True), bool(work.running))
                for (video, shape, _), work in works
            ]

    def summary(self) -> str:
        """Return how many of several videos this task has made; "" for a single one."""
        with self._lock:
            count, total = len(self._made), len(self._videos)
            is_all_new = self._all_new
        if total < 2 or not (count or is_all_new):
            return ""
        return f"{count} of {total} videos done" if is_all_new else f"{count} video{'s'[: count != 1]} done"

    def left(self) -> float | None:
        """Return the seconds until all is done; None where that is not known."""
        with self._lock:
            return self._remaining.left(self._clock(), self.overall)

    def _take(self, event: Event) -> list[str]:
        first = not self.task_id
        self.task_id = event.task_id
        self.overall = max(self.overall, event.data.get("overall_progress", 0.0))
        if first or event.type == EventType.PIPELINE_STARTED:
            self._begin(event)
        if event.type == EventType.PIPELINE_STARTED:
            return [f"task {event.task_id}: {'goes on' if event.data.get('again') else 'begins'}"]
        return self._take_job(event) if event.data.get("video") and event.data.get("rule") else []

    def _begin(self, event: Event) -> None:
        # By the event's own clock: who looks on later hears of the beginning late.
        began = _at(event)
        self._remaining.begin(began, self.overall)
        self._is_at_scenes = False
        files = task_files(self._folder, event.task_id)
        # The plan is written when a task is made, and a resumed task keeps it: what is younger is its own work.
        self._since = files.plan.stat().st_mtime if files.plan.exists() else began
        self._padding = _padding(self._folder, files.settings)
        self._works, self._films, self._said = {}, {}, set()
        self._videos = list(event.data.get("videos", ()))
        dates = {name: self._changed(name) for name in self._videos}
        self._made = {name for name, date in dates.items() if date >= self._since}
        self._all_new = not any(0 < date < self._since for date in dates.values())
        for name in self._videos:
            self._film(name)  # now, before a job removes what it makes anew

    def _take_job(self, event: Event) -> list[str]:
        data = event.data
        video, shape, scene, rule = (str(data.get(key, "")) for key in ("video", "shape", "scene", "rule"))
        work = self._work(event, video, shape, rule, bool(scene))
        before = bool(work.running or work.done), work.is_over
        if event.type in _BEGUN or event.type == EventType.STAGE_STARTED or data.get("begun"):
            work.began(scene)
            self._made.discard(video)
            if scene and not self._is_at_scenes:
                # What comes before is over in a moment and says nothing of how fast the scenes are made.
                self._is_at_scenes = True
                self._remaining.begin(_at(event), self.overall)
        elif event.type in _ENDED or event.type == EventType.STAGE_FAILED:
            work.ended(scene, well=event.type in _ENDED)
        elif "fraction" in data:
            work.moved(scene, data["fraction"])
        elif event.type == EventType.STAGE_PROGRESS and "metadata" not in data:
            work.ended(scene, well=True)
            self._close(video, shape, rule)
        return self._news(video, shape, rule, work, *before)

    def _close(self, video: str, shape: str, rule: str) -> None:
        """The last job of a step is done, or that of a whole video."""
        if closed := self._works.get((video, shape, CLOSED_BY.get(rule, ""))):
            closed.closed = True
        if rule == _LAST:
            self._made.add(video)

    def _news(self, video: str, shape: str, rule: str, work: Work, had_begun: bool, was_over: bool) -> list[str]:
        label, is_over = _label(video, shape), work.is_over
        if work.of_scenes:
            begins = [f"{label}: {work.beginning()}"] if work.running and not had_begun else []
            return begins + ([f"{label}: {work.verb}: done"] if is_over and not was_over else [])
        closed = self._works.get((video, shape, CLOSED_BY.get(rule, "")))
        news = [f"{label}: {closed.verb}: done"] if closed and is_over else []
        return news + ([f"{label}: {_MILESTONES[rule]}"] if rule in _MILESTONES and is_over else [])

    def _work(self, event: Event, video: str, shape: str, rule: str, of_scenes: bool) -> Work:
        key = video, shape, rule
        if key not in self._works:
            verb = VERBS.get(rule) or event.message.partition(": ")[2] or rule.replace("_", " ")
            self._works[key] = Work(self._film(video), rule, shape, verb, of_scenes)
        return self._works[key]

    def _film(self, video: str) -> Film:
        if video not in self._films:
            self._films[video] = Film(self._folder, video, self._padding, self._since)
        return self._films[video]

    def _place(self, item: tuple[tuple[str, str, str], Work]) -> tuple:
        (video, shape, rule), _ = item
        first = self._videos.index(video) if video in self._videos else len(self._videos)
        return first, video, _ORDER.index(rule) if rule in _ORDER else len(_ORDER), shape

    def _changed(self, video: str) -> float:
        path = self._folder / "output/videos" / f"{video}.json"
        return path.stat().st_mtime if path.exists() else 0.0


def _at(event: Event) -> float:
    return datetime.fromisoformat(event.timestamp).timestamp()


def _label(video: str, shape: str) -> str:
    """The name of a video, and the format that it is made in beside the main one."""
    return f"{video} {shape[1:].replace('x', ':')}" if shape else video


def _padding(folder: Path, task: Path) -> float:
    """The seconds of silence after each narration, by all settings; lengths are only estimated with them."""
    try:
        given = settings.resolve(workflow_dir() / "config.yaml", folder / settings.FILE, read_json(task))
        return float(given["timing"]["padding"])
    except (VideoGenError, OSError):
        return 1.0
