"""When states are shown: by the words, in order, each long enough to be seen."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from video_gen.render.timeline import crowded, spans
from video_gen.scenes.model import State

PICTURE = Image.new("RGB", (2, 2))


def state(cue="", weight=1.0, motion="fade"):
    return State(PICTURE, cue, weight, motion)


def words(*timed):
    return [{"text": text, "start": start, "end": start + 0.3} for text, start in timed]


def begins(found):
    at, result = 0, []
    for span in found:
        result.append(at)
        at += span.motion + span.hold
    return result


WORDS = words(("There", 0), ("are", 0.5), ("apples,", 2), ("then", 2.5), ("pears", 4), ("and", 4.5), ("plums.", 6))


def test_items_come_when_they_are_named():
    states = [state("Fruits"), state("Apples"), state("Pears"), state("Plums")]
    assert begins(spans(states, WORDS, 80, 10, 0.4, True)) == [0, 20, 40, 60]


def test_items_that_are_never_named_are_spread():
    states = [state("Fruits"), state("Apples"), state("Kiwis"), state("Plums")]
    assert begins(spans(states, WORDS, 80, 10, 0.4, True)) == [0, 20, 40, 60]


def test_first_scene_does_not_come_in():
    assert spans([state()], [], 30, 10, 0.4, False)[0].motion == 0
    assert spans([state()], [], 30, 10, 0.4, True)[0].motion == 4


def test_a_long_text_leaves_time_to_the_others():
    states = [state("Q"), state("A" * 200, 50.0), *[state(f"opt{n}") for n in range(7)], state("answer")]
    found = begins(spans(states, words(("Short", 0), ("words.", 0.4)), 100, 10, 0, True))
    assert all(later - earlier >= 5 for earlier, later in pairwise(found))
    assert found[-1] <= 90


def test_warning_of_a_scene_too_short():
    states = [state() for _ in range(9)]
    assert "9 pictures in 3.0 s" in crowded(states, 30, 10)
    assert crowded(states, 50, 10) == "" and crowded(states[:1], 1, 10) == ""


@given(
    cues=st.lists(st.sampled_from(["apples", "pears", "plums", "kiwis", ""]), min_size=1, max_size=15),
    weights=st.lists(st.floats(0.1, 100), min_size=15, max_size=15),
    frames=st.integers(1, 400),
    transition=st.sampled_from([0, 0.4, 2]),
)
def test_spans_fill_the_scene(cues, weights, frames, transition):
    states = [state(cue, weight) for cue, weight in zip(cues, weights, strict=False)]
    found = spans(states, WORDS, frames, 10, transition, True)
    assert sum(span.motion + span.hold for span in found) == frames
    assert [span.state for span in found] == list(range(len(states)))
    assert all(span.motion >= 0 and span.hold >= 0 for span in found)
    if not crowded(states, frames, 10):
        assert all(span.motion + span.hold >= 5 for span in found[:-1])
        assert len(found) == 1 or found[-1].motion + found[-1].hold >= min(10, frames // 3)


def test_a_state_appears_at_the_first_of_what_may_name_it():
    spoken = words(("Run", 0.5), ("make", 1), ("video,", 1.5), ("which", 2), ("installs", 4), ("all.", 5))
    remark = state("# installs all $ make video")
    either = replace(remark, other="make video")
    assert begins(spans([state(), remark], spoken, 80, 10, 0.4, True)) == [0, 40]
    assert begins(spans([state(), either], spoken, 80, 10, 0.4, True)) == [0, 10]
