"""What the files of one video tell of how far it is."""

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from video_gen.errors import VideoGenError
from video_gen.files import read_json

# The file of a scene that the rules which run once a scene make last.
SCENE_FILES = {
    "translate_scene": "output/translations/{video}/{scene}.json",
    "speak_scene": "output/audio/{video}/{scene}.json",
    "render_clip": "output/clips/{video}{shape}/{scene}.mp4",
}


@dataclass(frozen=True)
class Length:
    """Seconds of a scene; exact: it was spoken, and not only estimated."""

    seconds: float
    exact: bool


class Film:
    """A video that is being made in a folder; its files are read as soon as they are there.

    padding: seconds of silence after each narration. since: when the task was made, in seconds since 1970.
    """

    def __init__(self, folder: Path, name: str, padding: float = 1.0, since: float = 0.0):
        self._folder, self._name, self._padding, self._since = folder, name, padding, since
        self._known: dict[Path, tuple[float, Any]] = {}
        self._old = self._made_before()

    def place(self, scene: str) -> tuple[int, int]:
        """Return the number of a scene, from 1, and how many there are; (0, 0) as long as there is no script."""
        ids = self.scenes()
        return (ids.index(scene) + 1, len(ids)) if scene in ids else (0, 0)

    def scenes(self) -> list[str]:
        """Return the ids of the scenes; none as long as there is no script, which for a translation is that of its source."""
        names = self._name.split("-")
        sources = ("-".join(names[:end]) for end in range(len(names), 0, -1))
        return next((ids for name in sources if (ids := [scene["scene_id"] for scene in self._script(name)])), [])

    def is_there(self, rule: str, scene: str, shape: str) -> bool:
        """Return whether a scene's file is there and belongs to this task or to one before."""
        return rule in SCENE_FILES and self._changed(self._file(rule, scene, shape)) > 0

    def is_of_task(self, rule: str, scene: str, shape: str) -> bool:
        """Return whether a scene's file was made since the task was."""
        return rule in SCENE_FILES and self._changed(self._file(rule, scene, shape)) >= max(self._since, 1)

    def was_there(self, rule: str, scene: str, shape: str) -> bool:
        """Return whether a scene's file was there before the task."""
        return rule in SCENE_FILES and self._file(rule, scene, shape) in self._old

    def lengths(self) -> dict[str, Length]:
        """Return scene → length: from the timing report, else of the scene's speech, else as the script estimates it."""
        report, script = (self._path(kind) for kind in ("timing", "scripts"))
        if self._changed(report) >= self._changed(script):
            timed = {scene["scene_id"]: Length(scene["duration"], True) for scene in self._read(report, "scenes", ())}
            if list(timed) == self.scenes():
                return timed
        return {scene["scene_id"]: self._length(scene) for scene in self._script(self._name)}

    def _length(self, scene: dict[str, Any]) -> Length:
        words = self._file("speak_scene", scene["scene_id"], "")
        spoken = self._read(words, "duration", None)
        told = scene.get("estimated_duration", 0.0) if spoken is None else spoken
        return Length(max(scene.get("min_duration", 0.0), told + self._padding), spoken is not None)

    def _made_before(self) -> frozenset[Path]:
        kinds = ("translations", "audio", "clips")
        found = (self._folder.glob(f"output/{kind}/{glob.escape(self._name)}*/*") for kind in kinds)
        return frozenset(path for paths in found for path in paths if 0 < self._changed(path) < self._since)

    def _file(self, rule: str, scene: str, shape: str) -> Path:
        return self._folder / SCENE_FILES[rule].format(video=self._name, scene=scene, shape=shape)

    def _path(self, kind: str, name: str = "") -> Path:
        return self._folder / "output" / kind / f"{name or self._name}.json"

    def _script(self, name: str) -> Sequence[dict[str, Any]]:
        return self._read(self._path("scripts", name), "scenes", ())

    def _read(self, path: Path, key: str, otherwise: Any) -> Any:
        """A value of a JSON file, read again when the file has changed."""
        changed = self._changed(path)
        if self._known.get(path, (-1.0, None))[0] != changed:
            try:
                self._known[path] = changed, read_json(path).get(key, otherwise) if changed else otherwise
            except VideoGenError:  # just being written
                return otherwise
        return self._known[path][1]

    @staticmethod
    def _changed(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:  # not there yet
            return 0.0
