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
    for folder in ("rules", "scripts", "schemas"):
        assert {f"video_gen/workflow/{folder}/{file.name}" for file in (ROOT / folder).glob("*.*")} <= inside


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
