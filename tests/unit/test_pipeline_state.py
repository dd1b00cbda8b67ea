"""Raw lines → events → state: pure functions, told by the lines of a real run."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_gen import schema
from video_gen.pipeline import snakemakes
from video_gen.pipeline.events import Event, EventType
from video_gen.pipeline.progress import ALMOST, Progress
from video_gen.pipeline.stages import STAGES, stages_of
from video_gen.pipeline.state import Status, TaskState, fold
from video_gen.pipeline.translate import VERSION, Translator

PLAN = {"adapt_source": 1, "choose_engine": 1, "write_script": 1, "time_scenes": 1, "describe_video": 1, "all": 1}


def info(job, rule, **wildcards):
    log = "/".join(["output/logs/demo", rule, *wildcards.values()]) + ".log"
    return {
        "kind": "job_info", "job": job, "rule": rule, "log": log, "wildcards": {"video": "demo", **wildcards},
        "message": f"demo: {rule}", "output": [f"output/{rule}"],
    }  # fmt: skip


def run(*lines):
    """The events of these lines; each of them, and the state that comes of them, fits its schema."""
    translator = Translator("t")
    events = [event for at, line in enumerate(lines) for event in translator.events({"at": 1.7e9 + at, **line})]
    for event in events:
        schema.check(event.to_dict(), "event", "event", AssertionError)
    state = fold(TaskState("t", created_at="2026-01-01T00:00:00+00:00"), events)
    schema.check(json.loads(json.dumps(state.to_dict(), allow_nan=False)), "state", "state", AssertionError)
    return events


def whole_run(scenes=3):
    """The lines of a good run of one video."""
    yield {"kind": "begin", "version": VERSION, "again": False, "videos": ["demo"]}
    yield {"kind": "run_info", "jobs": {**PLAN, "total": 6}}
    for job, rule in enumerate(["adapt_source", "choose_engine", "write_script"]):
        yield info(job, rule)
        if rule == "write_script":
            yield {"kind": "script", "scenes": scenes, "shapes": 1}
        yield {"kind": "job_finished", "job": job}
    for scene in map(str, range(scenes)):
        for job, rule in ((10, "speak_scene"), (20, "render_clip")):
            yield info(job, rule, scene=scene)
            yield {"kind": "moved", "log": f"output/logs/demo/{rule}/{scene}.log", "fraction": 0.5, "message": "half"}
            yield {"kind": "job_finished", "job": job}
    for job, rule in enumerate(["time_scenes", "mix_soundtrack", "join_video", "describe_video", "all"], 30):
        yield info(job, rule)
        yield {"kind": "job_finished", "job": job}
    yield {"kind": "end", "status": "completed", "result": None}


def kinds(events, stage):
    return [str(event.type) for event in events if event.stage == stage]


def test_events_of_a_good_run():
    events = run(*whole_run())
    assert kinds(events, "audio_generation") == [
        "stage.started",
        *["audio.generating", "stage.progress", "audio.generated", "stage.progress"] * 3,
        *("stage.progress", "stage.progress", "stage.completed", "state.saved"),
    ]
    assert kinds(events, "")[0] == "pipeline.started" and kinds(events, "")[-1] == "pipeline.completed"
    assert [event.stage for event in events if event.type == "stage.completed"] == list(STAGES)
    assert next(event for event in events if event.type == "video.rendered").data["scene"] == "0"


def test_progress_of_a_good_run_grows_evenly():
    events = run(*whole_run(10))
    overall = [event.data["overall_progress"] for event in events]
    assert overall == sorted(overall) and overall[-2] <= ALMOST and overall[-1] == 1.0
    assert max(after - before for before, after in pairwise(overall)) < 0.12
    for stage in STAGES:
        own = [event.progress for event in events if event.stage == stage]
        assert own == sorted(own) and own[-1] == 1.0


def test_state_of_a_good_run():
    state = fold(TaskState("t", created_at="2026-01-01T00:00:00+00:00"), run(*whole_run()))
    assert state.status is Status.COMPLETED and state.overall_progress == 1.0 and state.result is None
    assert all(stage.success and stage.completed_at for stage in state.stages.values())
    assert state.stages["audio_generation"].artifacts == ["output/time_scenes"]
    assert TaskState.from_dict(json.loads(json.dumps(state.to_dict()))) == state


*LINES, END = whole_run(2)


SCENE = info(50, "letters", scene="0")  # a stage of the user's own
MORE = [
    {"kind": "cancel"}, {"kind": "unheard_of"}, {"kind": "restored"}, {"kind": "begin", "again": True},
    SCENE, {"kind": "result", "log": SCENE["log"], "artifacts": ["a"], "metadata": {"letters": 1}},
    {"kind": "job_error", "job": 50, "rule": "letters", "log": SCENE["log"]}, {"kind": "job_finished", "job": 50},
]  # fmt: skip
STREAMS = st.one_of(
    st.lists(st.sampled_from([*LINES, *MORE]), max_size=60),  # anything, in any order and number
    st.permutations([*LINES, *MORE]),
    st.integers(0, len(LINES)).map(lambda count: LINES[:count]),  # cut off
    st.integers(0, len(LINES)).map(lambda count: [*LINES[:count], *MORE, *LINES]),  # begun again
)


@given(STREAMS, st.sampled_from(["completed", "failed", "cancelled", None]))
def test_progress_never_goes_back_and_ends_at_one_only_on_success(lines, status):
    events = run(*lines, *([{"kind": "end", "status": status}] if status else []))
    overall = [event.data["overall_progress"] for event in events]
    assert overall == sorted(overall)
    assert [value for value in overall if value == 1] == ([1.0] if status == "completed" else [])
    assert fold(TaskState("t"), events).overall_progress == (overall[-1] if overall else 0.0)
    for stage in {event.stage for event in events}:
        own = [event.progress for event in events if event.stage == stage]
        assert own == sorted(own), stage


def test_a_killed_run_goes_on_above_what_it_had_reached():
    lines = list(whole_run())
    half = len(lines) // 2
    rest = {"speak_scene": 1, "render_clip": 2, "time_scenes": 1, "join_video": 1, "describe_video": 1, "all": 1}
    resumed = [
        *lines[:half], {"kind": "restored"}, {"kind": "begin", "again": True}, {"kind": "run_info", "jobs": rest},
        info(1, "speak_scene", scene="2"), {"kind": "job_finished", "job": 1},
    ]  # fmt: skip
    events = run(*resumed)
    overall = [event.data["overall_progress"] for event in events]
    assert overall == sorted(overall) and 0.3 < overall[-1] < 1
    assert "state.restored" in {str(event.type) for event in events}


def test_failed_jobs_are_told_with_their_message_and_log():
    begun = info(1, "speak_scene", scene="a")
    events = run(
        {"kind": "begin"}, begun, {"kind": "failed", "log": begun["log"], "message": "demo: no voice.", "error": "EngineError"},
        {"kind": "job_error", "job": 1, "rule": "speak_scene", "log": begun["log"]}, {"kind": "end", "status": "failed"},
    )  # fmt: skip
    failed = next(event for event in events if event.type is EventType.STAGE_FAILED)
    assert failed.message == f"demo: no voice. (log: {begun['log']})"
    state = fold(TaskState("t"), events)
    assert state.status is Status.FAILED and state.errors == [failed.message]
    assert state.stages["audio_generation"].error == failed.message


def test_a_job_that_dies_without_a_word_names_the_log_of_the_run():
    events = run(
        info(1, "render_clip", scene="a"), {"kind": "job_error", "job": 1, "rule": "render_clip", "log": "x.log"}
    )
    assert "output/state/t/snakemake.log" in events[-1].message and "demo: render_clip" in events[-1].message


def own_job_fails(log, *told):
    """The lines of a rule `bundle` of the user's, for the video `demo`, that fails."""
    begun = {"kind": "job_info", "job": 1, "rule": "bundle", "log": log, "wildcards": {"video": "demo"}, "message": ""}
    return run({"kind": "begin"}, begun, *told, {"kind": "job_error", "job": 1, "rule": "bundle", "log": log})[-1]


def test_a_rule_of_the_users_that_fails_is_told_with_its_cause_and_place():
    command = "Command 'set -euo pipefail;  false' returned non-zero exit status 1."
    said = {"kind": "error", "message": f'RuleException:\nCalledProcessError in file "/f/bad.smk", line 7:\n{command}'}
    failed = own_job_fails("", said)
    cause = "demo: the rule bundle: /f/bad.smk, line 7: Command 'false' returned non-zero exit status 1."
    assert failed.message.startswith(cause)
    assert failed.data["log"] == "output/state/t/snakemake.log", "where it is looked for"
    failed = own_job_fails("b.log")
    assert "demo: the rule bundle: ended with an error. See b.log and output/state/t/snakemake.log" in failed.message
    assert failed.data["log"] == "b.log"
    other = {"kind": "job_error", "job": 9, "rule": "render_clip", "log": "x.log"}
    assert "ended with an error" in own_job_fails("b.log", said, other).message, "that was said of another job"


def test_a_job_that_was_killed():
    command = "Command 'python render_clip.py' died with <Signals.SIGKILL: 9>."
    said = {"kind": "error", "message": f'RuleException:\nCalledProcessError in file "/r.smk", line 7:\n{command}'}
    failed = run(
        info(1, "render_clip", scene="a"), said, {"kind": "job_error", "job": 1, "rule": "render_clip", "log": ""}
    )
    assert "demo: render_clip: was ended by the signal SIGKILL. The log" in failed[-1].message


SNAKEMAKES = {
    'NameError in file "/f/a.smk", line 3:\nname \'x\' is not defined\n  File "/f/a.smk", line 3, in <module>': (
        "/f/a.smk, line 3: name 'x' is not defined"
    ),
    "MissingRuleException:\nNo rule to produce no.txt (if you use input functions make sure that they don't raise unexpected "
    "exceptions).": "there is no rule that makes no.txt. Check its name: `video-gen stages` lists what can be made",
    'MissingInputException in rule x in file "/f/a.smk", line 1:\nMissing input files for rule x:\n    output: o.txt\n'
    "    affected files:\n        no.txt\n        nor.txt": (
        "/f/a.smk, line 1: the rule x needs no.txt, nor.txt, which is not there and no rule makes"
    ),
    "WorkflowError:\nAt least one job did not complete successfully.": "At least one job did not complete successfully",
    "Traceback (most recent call last):\n  File x\nOSError: no space": "OSError: no space",
    "Unknown words.": "Unknown words",
}


@pytest.mark.parametrize("message", SNAKEMAKES)
def test_messages_of_snakemakes(message):
    assert snakemakes.plain(message) == SNAKEMAKES[message]


def test_errors_of_the_input_and_warnings_are_events_of_their_own():
    begun = info(1, "adapt_source")
    events = run(
        begun, {"kind": "warning", "log": begun["log"], "message": "left out"},
        {"kind": "failed", "log": begun["log"], "message": "wrong", "error": "InputError"},
        {"kind": "failed", "message": "config.yaml: wrong", "error": "ConfigError"},
    )  # fmt: skip
    told = [(str(event.type), event.stage, event.message) for event in events if "validation" in event.type]
    assert told == [
        ("validation.warning", "input_adaptation", "left out"),
        ("validation.error", "input_adaptation", "wrong"),
        ("validation.error", "", "config.yaml: wrong"),
    ]


def test_a_stage_of_the_users_is_one_beside_the_others():
    events = run(
        {"kind": "run_info", "jobs": {"adapt_source": 1, "count_words": 2}},
        info(1, "count_words"), {"kind": "job_finished", "job": 1}, info(2, "count_words"), {"kind": "job_finished", "job": 2},
    )  # fmt: skip
    assert kinds(events, "count_words").count("stage.completed") == 1
    state = fold(TaskState("t"), events)
    assert list(state.stages) == [*STAGES, "count_words"] and state.stages["count_words"].success
    assert stages_of("all") == stages_of("own_stages") == ()


def test_a_stage_of_the_users_for_each_scene_is_done_with_the_last_one():
    script = [{"kind": "run_info", "jobs": {"write_script": 1}}, {"kind": "script", "scenes": 2, "shapes": 3}]
    written = [info(0, "write_script"), *script[1:], {"kind": "job_finished", "job": 0}]
    jobs = [line for at in (1, 2) for line in (info(at, "letters", scene=str(at)), {"kind": "job_finished", "job": at})]
    events = run(script[0], *written, *jobs)  # lines of an older run
    progress = [event.progress for event in events if event.stage == "letters"]
    assert progress == [0.0, 0.5, 1.0, 1.0, 1.0] and kinds(events, "letters")[-2:] == [
        "stage.completed",
        "state.saved",
    ]


def test_a_job_that_is_tried_again_is_no_error_in_the_end():
    first = info(1, "letters")
    failed = [
        {"kind": "failed", "log": first["log"], "message": "no"},
        {"kind": "job_error", **{k: first[k] for k in ("job", "rule", "log")}},
    ]
    good = run(
        {"kind": "begin", "version": VERSION},
        first,
        *failed,
        first,
        {"kind": "job_finished", "job": 1},
        {"kind": "end", "status": "failed"},
    )
    assert good[-1].data["errors"] == [] and "stage.failed" in kinds(good, "letters")
    assert fold(TaskState("t"), good).stages["letters"].error is None
    bad = run({"kind": "begin"}, first, *failed, first, *failed, {"kind": "end", "status": "failed"})
    assert bad[-1].data["errors"] == [f"no (log: {first['log']})"], "told once"


def test_what_a_stage_of_the_users_tells_is_kept_by_video_and_scene():
    lines = []
    for job, wildcards in enumerate([{}, {"scene": "a"}, {"scene": "b"}]):
        begun = info(job, "whole" if not wildcards else "each", **wildcards)
        lines += [begun, {"kind": "result", "log": begun["log"], "artifacts": [f"{job}.txt"], "metadata": {"n": job}}]
    state = fold(TaskState("t"), run(*lines))
    assert state.stages["whole"].metadata == {"results": {"demo": {"n": 0}}}
    assert state.stages["each"].metadata == {"results": {"demo": {"a": {"n": 1}, "b": {"n": 2}}}}
    assert state.stages["each"].artifacts == ["1.txt", "2.txt"]


def test_cancelled_stages_say_so():
    begun = info(1, "render_clip", scene="a")
    ended = {"kind": "job_error", "job": 1, "rule": "render_clip", "log": begun["log"]}
    events = run({"kind": "begin"}, begun, {"kind": "cancel"}, ended, {"kind": "end", "status": "cancelled"})
    assert "stage.failed" not in {str(event.type) for event in events}
    state = fold(TaskState("t"), events)
    assert state.status is Status.CANCELLED and state.stages["video_generation"].status is Status.CANCELLED


def test_progress_without_a_plan():
    progress = Progress()
    assert progress.overall() == 0.0
    progress.ended(7, done=True)
    progress.moved(7, 0.5)
    assert progress.overall() == 0.0


@pytest.mark.parametrize(
    "old",
    [
        {"task_id": "t"},
        {"task_id": "t", "status": "running", "stages": {"input_adaptation": {"status": "completed"}}, "version": "0"},
        {"task_id": "t", "something": "new", "stages": {"input_adaptation": {"progress": 0.5, "newer": 1}}},
    ],
)
def test_states_of_other_versions_load(old):
    state = TaskState.from_dict(old)
    assert list(state.stages) == list(STAGES)
    schema.check(fold(state, run(*whole_run())).to_dict() | {"created_at": "x"}, "state", "state", AssertionError)


def test_events_of_newer_versions_load():
    (event,) = run({"kind": "begin"})
    assert Event.from_dict({**event.to_dict(), "newer": 1}) == event
