"""The built wheel carries the workflow and makes a video in an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import av
import pytest
from conftest import CONFIG, SCENES, Project

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_wheel_carries_the_workflow(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for part in ("Snakefile", "config.yaml", "profiles/default/config.yaml"):
        assert f"video_gen/workflow/{part}" in inside
    assert {"video_gen/py.typed", "snakemake_logger_plugin_videogen/py.typed"} <= inside
    for folder in ("rules", "scripts", "schemas"):
        assert {f"video_gen/workflow/{folder}/{file.name}" for file in (ROOT / folder).glob("*.*")} <= inside


PROGRAM = """
from pathlib import Path

from video_gen import Event, EventType, InputConfig, PipelineOrchestrator, Stage, StageContext, StageResult, Status


class Count(Stage):
    name = "count"
    input = {"script": "output/scripts/{video}.json"}
    output = {"text": "output/count/{video}.txt"}
    params = {"unit": "letters"}

    def run(self, context: StageContext) -> StageResult:
        context.progress(0.5, "half of it")
        length = context.output["text"].write_text(context.run_program(["cat", "a"], timeout=1))
        return StageResult(metadata={context.params["unit"]: length})


def tell(event: Event) -> None:
    print(event.stage, event.progress)


orchestrator = PipelineOrchestrator("folder", cores=2)
orchestrator.event_emitter.on(EventType.STAGE_PROGRESS, tell)
path: Path | None = orchestrator.execute_sync(InputConfig("a.md", voice="female")).check().video_path
ended: list[str] = [state.task_id for state in orchestrator.list(Status.COMPLETED)]
"""


def test_a_program_that_uses_the_api_is_typed(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "program.py").write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "program.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_wheel_makes_a_video_in_an_empty_folder(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    project = Project(tmp_path / "empty")
    project.write("config.yaml", CONFIG)
    project.video(SCENES[:1])
    done = subprocess.run(
        [sys.executable, "-m", "video_gen", "build", "--cores", "2", "output/videos/demo.mp4"],
        cwd=project.folder, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(site) in done.stdout + done.stderr, "another copy of the workflow ran"
    with av.open(str(project.path("output/videos/demo.mp4"))) as container:
        assert container.streams.video[0].frames > 0
