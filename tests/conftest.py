"""A small project in a folder of its own, built by the real Snakefile."""

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import yaml

from video_gen.pipeline import runner

pytest.register_assert_rewrite("scene_checks", "films", "probe", "sounds")

CONFIG = {
    "narration": {"engine": "hibari", "cache": None},
    "picture": {"width": 320, "height": 180, "fps": 10},
    "encoder": {"preset": "ultrafast"},
}
SCENES = [
    {"type": "title", "id": "start", "title": "A small video", "narration": "This is a small video."},
    {"type": "list", "id": "middle", "header": "Three things", "items": ["Apples", "Pears", "Plums"],
     "narration": "There are apples, then pears, and finally plums."},
    {"type": "outro", "id": "end", "main_text": "That is all", "narration": "Thank you for watching."},
]  # fmt: skip


class Project:
    """A folder that video-gen works in."""

    def __init__(self, folder: Path):
        self.folder = folder

    def write(self, path: str, content: object) -> Path:
        """Write text as it is and anything else as YAML."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False), "utf-8")
        return file

    def video(self, scenes: list[dict], name: str = "demo", **head: object) -> None:
        self.write(f"inputs/{name}.yaml", {"video": {"id": name, "title": "Demo", **head}, "scenes": scenes})

    def run(self, *arguments: str, check: bool = True, **env: str) -> "Run":
        done = subprocess.run(
            runner.command(["--cores", "2", *arguments]),
            cwd=self.folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        result = Run(done.returncode, done.stdout + done.stderr)
        assert not check or result.code == 0, result.output
        return result

    def copy(self, folder: Path) -> "Project":
        """Return a copy with all dates kept, so that what is done stays done."""
        shutil.copytree(self.folder, folder, copy_function=shutil.copy2, dirs_exist_ok=True)
        return Project(folder)

    def path(self, name: str) -> Path:
        return self.folder / name


class Run:
    def __init__(self, code: int, output: str):
        self.code, self.output = code, output

    @property
    def jobs(self) -> Counter:
        """How many jobs of each rule ran."""
        return Counter(re.findall(r"^Finished jobid: \d+ \(Rule: (\w+)\)", self.output, re.MULTILINE))


def make_project(folder: Path) -> Project:
    project = Project(folder)
    project.write("config.yaml", CONFIG)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The video `demo` of SCENES and all that lies beside it, built once; tests that change it work on a copy."""
    project = make_project(tmp_path_factory.mktemp("finished"))
    project.video(SCENES)
    project.run()
    return project


@pytest.fixture
def built(finished: Project, tmp_path: Path) -> Project:
    """A copy of the finished project."""
    return finished.copy(tmp_path)
