"""What the files of one video tell of how far it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from video_gen.errors import VideoGenError
from video_gen.files import read_json


class Film:
    """A video that is being made in a folder; its script and its timing report are read when they are there."""

    def __init__(self, folder: Path, name: str):
        self._folder, self._name = folder, name
        self._known: dict[str, tuple[float, Any]] = {}

    def place(self, scene: str) -> tuple[int, int]:
        """Return the number of a scene, from 1, and how many there are; (0, 0) as long as there is no script."""
        ids = [each["scene_id"] for each in self._scenes("scripts")]
        return (ids.index(scene) + 1, len(ids)) if scene in ids else (0, 0)

    def rendered(self, shape: str, running: Mapping[str, float]) -> tuple[float, float] | None:
        """Return the seconds that are rendered in a shape, and those of the whole video; None while no length is known.

        running: scenes that are being rendered, each with the fraction that is done.
        """
        lengths = {scene["scene_id"]: scene["duration"] for scene in self._scenes("timing")}
        clips = self._folder / "output/clips" / f"{self._name}{shape}"
        done = sum(
            length * running.get(scene, float((clips / f"{scene}.mp4").exists())) for scene, length in lengths.items()
        )
        return (done, sum(lengths.values())) if lengths else None

    def _scenes(self, kind: str) -> list[dict[str, Any]]:
        path = self._folder / "output" / kind / f"{self._name}.json"
        try:
            changed = path.stat().st_mtime
            if self._known.get(kind, (0.0, None))[0] != changed:
                self._known[kind] = changed, read_json(path)["scenes"]
            return self._known[kind][1]
        except (OSError, VideoGenError):  # not there yet
            return []
