"""How far a task is: translations, sources that are fetched, and runs that make only a part anew."""

from itertools import pairwise

import pytest

from video_gen.pipeline import stages
from video_gen.pipeline.progress import ALMOST, Progress

ONE = {"write_script": 1, "draw_poster": 1, "time_scenes": 1, "mix_soundtrack": 1, "join_video": 1, "describe_video": 1}
TRANSLATED = {
    **{rule: 2 * count for rule, count in ONE.items()},
    **{"fetch_transcript": 1, "adapt_source": 1, "translate_title": 1, "translate_video": 1},
}


def work(progress, *jobs, of_scene=False):
    """Run jobs one after the other, and return how far all is after each."""
    reached = []
    for number, rule in enumerate(jobs):
        progress.started(number, rule, of_scene=of_scene)
        progress.moved(number, 0.5)
        reached.append(progress.overall())
        progress.ended(number, done=True)
        reached.append(progress.overall())
    return reached


def video(progress, scenes):
    progress.script(scenes, 1)
    reached = work(progress, "write_script")
    reached += work(progress, *["speak_scene", "render_clip"] * scenes, of_scene=True)
    return reached + work(progress, "time_scenes", "mix_soundtrack", "join_video", "draw_poster", "describe_video")


def test_a_video_and_its_translation_grow_evenly():
    progress = Progress()
    progress.plan(TRANSLATED)
    reached = work(progress, "fetch_transcript", "adapt_source")
    reached += video(progress, 10)
    middle = progress.overall()
    reached += work(progress, "translate_title")
    before = progress.overall()
    reached += work(progress, *["translate_scene"] * 10, of_scene=True)
    assert progress.overall() - before == pytest.approx(0.15, abs=0.03)
    reached += work(progress, "translate_video")
    reached += video(progress, 10)
    assert reached == sorted(reached) and 0.3 < middle < 0.55
    assert max(after - before for before, after in pairwise(reached)) < 0.06
    assert reached[-1] == ALMOST


def test_translated_scenes_are_those_of_the_translations_alone():
    progress = Progress()
    progress.plan(TRANSLATED)
    for _ in range(2):
        progress.script(10, 1)
    work(progress, "write_script", "translate_title")
    before = progress.stage(stages.SCRIPT)
    work(progress, *["translate_scene"] * 5, of_scene=True)
    half = progress.stage(stages.SCRIPT) - before
    work(progress, *["translate_scene"] * 5, of_scene=True)
    assert progress.stage(stages.SCRIPT) - before == pytest.approx(2 * half)


def test_a_resumed_translation_expects_the_scenes_that_are_planned():
    progress = Progress()
    progress.plan({"translate_scene": 2, "translate_video": 1, "write_script": 1})
    work(progress, "translate_scene", "translate_scene", of_scene=True)
    assert progress.stage(stages.SCRIPT) == pytest.approx(6 / 8)


def test_a_stage_without_work_has_no_share():
    progress = Progress()
    progress.plan({"render_clip": 10, "join_video": 1})
    reached = work(progress, *["render_clip"] * 5, of_scene=True)
    assert reached[-1] == pytest.approx(25 / 51)
    assert work(progress, *["render_clip"] * 5, "join_video", of_scene=True)[-1] == ALMOST


def test_scenes_of_videos_without_a_script_are_guessed_by_those_that_have_one():
    reached = {}
    for scenes in (3, 30):
        progress = Progress()
        progress.plan({rule: 10 * count for rule, count in ONE.items()})
        video(progress, scenes)
        reached[scenes] = progress.overall()
    assert reached[3] == pytest.approx(reached[30], abs=0.02) and reached[3] == pytest.approx(0.1, abs=0.05)


def test_a_failed_run_and_the_one_after_it_never_go_back_and_never_end_at_one():
    progress = Progress()
    progress.plan(TRANSLATED)
    first = video(progress, 4)
    progress.begin()
    progress.plan({"translate_scene": 4, "translate_title": 1, "translate_video": 1, **ONE})
    again = work(progress, "translate_title", *["translate_scene"] * 4, of_scene=True) + video(progress, 4)
    assert [*first, *again] == sorted([*first, *again]) and again[-1] <= ALMOST < 1
