"""The Python API with real runs of small videos."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import Project, make_project
from fakes.edge_server import EdgeServer
from test_kills import CONFIG, SCENES, processes_in

from video_gen import (
    BusyError,
    Cancelled,
    EventType,
    InputConfig,
    InputError,
    PipelineOrchestrator,
    SceneConfig,
    StageError,
    StateManager,
    TaskError,
    VideoConfig,
    schema,
)
from video_gen.pipeline import locks, processes, runner
from video_gen.pipeline.stages import STAGES
from video_gen.stages import catalog

VIDEO = VideoConfig(
    "short",
    "A short one",
    [
        SceneConfig("title", {"title": "Hello"}, narration="Hello there."),
        SceneConfig("outro", {"main_text": "Bye"}, narration="Bye."),
    ],
    accent_color="green",
)

# A program that begins to make a video, and ends with code 3 if that is cancelled.
WATCHER = """
from video_gen import InputConfig, PipelineOrchestrator
config = InputConfig("inputs/demo.yaml", targets=["output/timing/{video}.json"])
raise SystemExit(3 if PipelineOrchestrator(cores=2).execute_sync(config).cancelled else 0)
"""

# What a stage of the user's own imports lies beside it.
STAGE = """
import helper
from video_gen.stages import Stage, StageError, StageResult

class Letters(Stage):
    name, message, retries = "letters", "counting letters", 1
    input = {"words": "output/audio/{video}/{scene}.json"}
    output = {"text": "output/letters/{video}/{scene}.txt"}

    def run(self, context):
        context.progress(0.5, "half of the letters")
        first = context.scene == "scene_01" and not helper.TRIED.exists()
        helper.TRIED.touch()
        if first:
            raise StageError("the pen broke. Take another one.")
        context.output["text"].write_text(context.scene)
        return StageResult(artifacts=["output/letters"], metadata={"letters": len(context.scene), "dB": float("-inf")})
"""
# A module of this name is imported by all that runs.
HOSTILE = "from pathlib import Path\nPath(__file__).with_name('run').touch()\nraise SystemExit(9)\n"

# A program beside that makes a video of its own, and of two that are being made elsewhere is refused one and waits for both.
ELSEWHERE = """
from video_gen import BusyError, InputConfig, PipelineOrchestrator
orchestrator = PipelineOrchestrator(cores=1)
try:
    orchestrator.start("inputs/demo.yaml")
except BusyError as error:
    assert "is being made by the task" in str(error)
else:
    raise SystemExit("it was not refused")
own = orchestrator.start(InputConfig("inputs/other.yaml", name="third", targets=["output/scripts/{video}.json"]))
both = InputConfig(["inputs/demo.yaml", "inputs/other.yaml"], targets=["output/timing/{video}.json"])
results = [orchestrator.execute_sync(both, wait_if_busy=True), orchestrator.wait_sync(own)]
raise SystemExit([result.errors for result in results if not result.success] or 0)
"""


def folder_at(path):
    project = make_project(path)
    project.write("config.yaml", CONFIG)
    project.video(SCENES)
    project.video(SCENES[:1], name="other")
    return path


@pytest.fixture
def folder(tmp_path):
    yield folder_at(tmp_path)
    check_schemas(tmp_path)


def check_schemas(folder):
    """Every event and state that the runs in a folder wrote."""
    for state in StateManager(folder).list():
        schema.check(state.to_dict(), "state", "state", AssertionError)
        for event in StateManager(folder).events(state.task_id):
            schema.check(event.to_dict(), "event", "event", AssertionError)


class Heard(list):
    """All events, as a listener hears them."""

    def __call__(self, event):
        self.append(event)

    def wait_for(self, kind, seconds=60.0):
        end = time.monotonic() + seconds
        while not any(event.type == kind for event in self):
            assert time.monotonic() < end, [event.type for event in self]
            time.sleep(0.02)


def heard_by(orchestrator):
    heard = Heard()
    orchestrator.event_emitter.on_all(heard)
    return heard


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished task: its orchestrator, its result, what the listeners heard, in which a slow and a failing one take part.

    The folder has a stage of the user's own, which fails at first, and modules that would hide those of all Python programs.
    """
    project = Project(folder_at(tmp_path_factory.mktemp("api")))
    project.write("config.yaml", {**CONFIG, "stages": ["own:Letters"]})
    project.write("own.py", STAGE)
    project.write("helper.py", "from pathlib import Path\nTRIED = Path('tried')\n")
    for name in ("json", "yaml", "logging", "snakemake"):
        project.write(f"{name}.py", HOSTILE)
    orchestrator = PipelineOrchestrator(project.folder, cores=2)
    heard, rendered = heard_by(orchestrator), []

    def failing(event):
        raise ZeroDivisionError(event.type)

    def slow(event):
        threading.Event().wait(30)

    orchestrator.event_emitter.on_all(failing)
    orchestrator.event_emitter.on(EventType.PIPELINE_STARTED, slow)
    orchestrator.event_emitter.on(EventType.VIDEO_RENDERED, rendered.append)
    result = orchestrator.execute_sync(InputConfig(VIDEO, engine="silent"))
    return orchestrator, result, heard, rendered


def test_result(finished):
    orchestrator, result, _, _ = finished
    assert result.success and result.check() is result
    assert result.video_path == orchestrator.folder / "output/videos/short.mp4" and result.video_path.is_file()
    assert result.audio_dir.is_dir() and result.timing_report.is_file()
    assert result.scene_count == 2 and result.total_duration >= 6 and result.generation_time > 0
    assert result.errors == () and result.timestamp.endswith("+00:00")
    assert result.video_config.accent_color == "green"
    assert [scene.narration for scene in result.video_config.scenes] == ["Hello there.", "Bye."]


def test_events_of_a_run(finished):
    orchestrator, result, heard, rendered = finished
    written = orchestrator.state_manager.events(result.task_id)
    assert heard == written
    check_schemas(orchestrator.folder)
    kinds = [event.type for event in written]
    assert kinds[0] == "pipeline.started" and kinds[-1] == "pipeline.completed"
    assert kinds.count("audio.generating") == kinds.count("audio.generated") == 2
    assert kinds.count("video.rendering") == kinds.count("video.rendered") == len(rendered) == 2
    overall = [event.data["overall_progress"] for event in written]
    assert overall == sorted(overall) and overall[-1] == 1.0 and overall[-2] < 1.0
    assert {event.stage for event in written} == {"", *STAGES, "letters"}
    (one,) = (event for event in rendered if event.data["scene"] == "scene_02")
    assert (orchestrator.folder / one.data["log"]).is_file()


def test_state_of_a_run(finished):
    orchestrator, result, heard, _ = finished
    state = orchestrator.get(result.task_id)
    assert state.status == "completed" and state.overall_progress == 1.0 and state.current_stage is None
    assert all(stage.success and stage.progress == 1.0 for stage in state.stages.values())
    assert "output/timing/short.json" in state.stages["audio_generation"].artifacts
    assert state.result == result.to_dict()
    assert InputConfig.from_dict(state.input_config).source == [VIDEO]
    assert [task.task_id for task in orchestrator.list("completed")] == [result.task_id]
    assert orchestrator.list("failed") == []
    assert orchestrator.resume(result.task_id).videos == result.videos
    assert len(heard) == len(orchestrator.state_manager.events(result.task_id)), "resuming what is done does nothing"


def test_a_stage_of_the_users_own_is_made_and_told_like_ours(finished):
    orchestrator, result, heard, _ = finished
    assert (orchestrator.folder / "output/letters/short/scene_02.txt").read_text() == "scene_02"
    own = [event for event in heard if event.stage == "letters"]
    kinds = [str(event.type) for event in own]
    assert kinds.count("stage.failed") == 1 and kinds[-2:] == ["stage.completed", "state.saved"]
    assert {"half of the letters", "short, scene scene_02: counting letters"} <= {event.message for event in own}
    assert [event.progress for event in own] == sorted(event.progress for event in own)
    stage = orchestrator.get(result.task_id).stages["letters"]
    told = {"letters": 8, "dB": "-Infinity"}
    assert stage.metadata == {"results": {"short": {"scene_01": told, "scene_02": told}}, "skipped": False}
    assert stage.success and stage.error is None and "output/letters" in stage.artifacts
    assert orchestrator.get(result.task_id).result["errors"] == [], "what was mended by another try is no error"


def test_nothing_in_a_folder_changes_how_we_run(finished, tmp_path):
    orchestrator, result, _, _ = finished
    assert result.success and not (orchestrator.folder / "run").exists()
    assert "letters" in {stage.rule for stage in catalog.listing(orchestrator.folder) if stage.own}
    hidden = Project(tmp_path).write(".snakemake/scripts/json.py", HOSTILE)
    with pytest.raises(InputError, match=r"scripts/json\.py: is not of Snakemake's making"):
        PipelineOrchestrator(folder_at(tmp_path)).start("inputs/demo.yaml")
    assert not hidden.with_name("run").exists() and PipelineOrchestrator(tmp_path).list() == []


def test_two_at_once_and_one_twice(folder):
    async def both():
        orchestrator = PipelineOrchestrator(folder, cores=1)
        orchestrator.event_emitter.on_all(listen)
        demo = InputConfig("inputs/demo.yaml", kinds=["mp4"])
        one = await orchestrator.execute_async(demo)
        elsewhere = await asyncio.create_subprocess_exec(sys.executable, "-c", ELSEWHERE, cwd=folder)
        other = InputConfig("inputs/other.yaml", targets=["output/timing/{video}.json"])
        two = asyncio.create_task(orchestrator.execute(other))
        with pytest.raises(BusyError, match=f"demo: is being made by the task {one}. Wait for it, or cancel it"):
            await orchestrator.execute("inputs/demo.yaml")
        waiting = await orchestrator.execute_async(demo, wait_if_busy=True)
        results = [await orchestrator.wait(one), await two, await orchestrator.wait(waiting)]
        assert await elsewhere.wait() == 0
        return results, orchestrator

    heard = []
    Project(folder).video(SCENES[:1])

    async def listen(event):
        await asyncio.sleep(0)
        heard.append(event)

    results, orchestrator = asyncio.run(both())
    assert [result.errors for result in results] == [(), (), ()] and all(result.success for result in results)
    assert results[0].video_path == results[2].video_path == folder / "output/videos/demo.mp4"
    assert (folder / "output/timing/other.json").is_file() and results[1].video_path is None
    for result in results:
        assert [event for event in heard if event.task_id == result.task_id] == orchestrator.state_manager.events(
            result.task_id
        )
    tasks = orchestrator.list()
    assert len(tasks) == 5, "the refused ones leave nothing"
    skipped = [task.task_id for task in tasks if all(stage.metadata["skipped"] for stage in task.stages.values())]
    assert len(skipped) == 2 and results[2].task_id in skipped, "to the waiting ones nothing was left to do"


def test_beside_a_snakemake_that_was_started_by_hand(folder):
    orchestrator = PipelineOrchestrator(folder, cores=1)
    heard = heard_by(orchestrator)
    task_id = orchestrator.start("inputs/demo.yaml")
    heard.wait_for("stage.started")
    by_hand = Project(folder).run("output/videos/demo.vtt", check=False)
    assert by_hand.code == 1 and f"demo: is being made by the task {task_id}" in by_hand.output
    orchestrator.cancel(task_id)

    command = runner.command(["--cores", "1", "output/videos/demo.vtt"])
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not locks.locked_by_snakemake(folder):
        assert time.monotonic() < end
        time.sleep(0.05)
    with pytest.raises(BusyError, match=rf"a Snakemake that was started by hand \(process {process.pid}\)"):
        orchestrator.resume(task_id)
    process.kill()
    process.wait()
    assert orchestrator.resume_async(task_id) == task_id, "a lock that nobody holds is in nobody's way"
    orchestrator.cancel(task_id)


def test_cancel_from_another_process_and_resume(folder):
    """The run's watcher is a program of its own; it hears of it, ends, and a resumed run makes the rest alone."""
    watcher = subprocess.Popen([sys.executable, "-c", WATCHER], cwd=folder)
    orchestrator = PipelineOrchestrator(folder, cores=2)
    end = time.monotonic() + 60
    while not (tasks := orchestrator.list("running")) or tasks[0].current_stage != "audio_generation":
        assert time.monotonic() < end
        time.sleep(0.02)
    (task,) = tasks
    with pytest.raises(BusyError, match=task.task_id):
        orchestrator.start("inputs/demo.yaml")
    began = time.monotonic()
    state = orchestrator.cancel(task.task_id)
    assert time.monotonic() - began < 5
    assert processes.of_run(orchestrator.state_manager.files(task.task_id).raw) == []
    assert state.status == "cancelled" and watcher.wait(timeout=10) == 3
    assert state.errors == [] and {stage.error for stage in state.stages.values()} == {None}
    assert orchestrator.cancel(task.task_id) == state
    assert processes_in(folder) == []

    result = orchestrator.wait_sync(task.task_id)
    assert result.cancelled
    with pytest.raises(Cancelled):
        result.check()
    heard = heard_by(orchestrator)
    assert orchestrator.resume(task.task_id).success
    again = [event for event in heard if event.type == "stage.started"]
    assert "input_adaptation" not in {event.stage for event in again}


def test_failure_names_cause_and_log(folder):
    (folder / "inputs/bad.yaml").write_text("video: {id: bad, title: Bad}\nscenes: [{type: titel}]\n")
    orchestrator = PipelineOrchestrator(folder, cores=2)
    heard = heard_by(orchestrator)
    result = orchestrator.execute_sync(InputConfig("inputs/bad.yaml"))
    assert not result.success and result.video_path is None and result.failed_stage == "input_adaptation"
    (error,) = result.errors
    assert "inputs/bad.yaml, line 2" in error and "(log: output/logs/bad/adapt_source.log)" in error
    assert {"validation.error", "stage.failed", "pipeline.failed"} <= {str(event.type) for event in heard}
    with pytest.raises(StageError, match="line 2") as caught:
        result.check()
    assert caught.value.stage == "input_adaptation"


def test_faults_that_may_pass_are_tried_again_and_lasting_ones_are_not(folder, monkeypatch):
    with EdgeServer() as server:
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "fakes/online"), prepend=os.pathsep)
        monkeypatch.setenv("FAKE_EDGE_SOCKET", server.socket_url)
        monkeypatch.setenv("FAKE_EDGE_LIST", server.list_url)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        server.faults = ["429", "", "401"]  # of the first scene, its second try, the second scene
        orchestrator = PipelineOrchestrator(folder, cores=1)
        config = InputConfig("inputs/demo.yaml", engine="edge", targets=["output/timing/{video}.json"])
        result = orchestrator.execute_sync(config)
        assert server.connections == 3 and len(server.texts) == 1
    (error,) = result.errors
    assert "status 401" in error and "offline engine" in error and "(log: output/logs/demo/speak_scene/" in error
    assert orchestrator.get(result.task_id).stages["audio_generation"].error == error


def test_what_cannot_be_begun(folder):
    orchestrator = PipelineOrchestrator(folder)
    with pytest.raises(InputError, match="no such file"):
        orchestrator.execute_sync("gone.md")
    with pytest.raises(TaskError, match="no task 'x'"):
        orchestrator.resume("x")
    assert orchestrator.list() == []


def test_a_task_of_an_older_version_can_be_read_and_cleaned_alone(folder):
    orchestrator = PipelineOrchestrator(folder)
    (folder / "output/state").mkdir(parents=True)
    (folder / "output/state/old.json").write_text('{"status": "running", "stages": {"audio_generation": {}}}')
    assert orchestrator.get("old").status == "paused"
    with pytest.raises(TaskError, match="nothing that could be ended"):
        orchestrator.cancel("old")
    with pytest.raises(TaskError, match=r"cannot be resumed: output/state/old/plan\.json.* is gone\. Begin a new task"):
        orchestrator.resume("old")
    assert orchestrator.state_manager.clean() == ["old"] and orchestrator.list() == []


def test_cancelling_the_asyncio_task_cancels_the_run(folder):
    async def run():
        orchestrator = PipelineOrchestrator(folder, cores=2)
        task = asyncio.create_task(orchestrator.execute("inputs/demo.yaml"))
        while not orchestrator.list("running"):
            await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return orchestrator.list()

    (state,) = asyncio.run(run())
    assert state.status == "cancelled"
    assert processes_in(folder) == []
