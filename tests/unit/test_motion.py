"""Motions: as many frames as the timeline says, from the picture before to the state's own, without jumps."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import probe
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from scene_samples import MINIMAL, SMALL, TYPICAL

from video_gen import scenes
from video_gen.render import clip, encode, motion, motion_plan
from video_gen.render.motion_planes import Matte, Passage, area, bounds, cover
from video_gen.render.overlay_progress import ProgressBar
from video_gen.render.timeline import spans
from video_gen.scenes.model import State, Style

FPS = 30
WORDS = [{"text": "word", "start": n * 0.4, "end": n * 0.4 + 0.3} for n in range(10)]
CHARTS = {
    kind: {
        "header": "Speed",
        "kind": kind,
        "unit": "s",
        "data": {"labels": ["one", "two", "three"], "series": [{"name": "now", "values": [4, 9, 6]}]},
    }
    for kind in ("bar", "line", "pie")
}
CODE = {
    "code": "import sys\n\ndef twice(value):\n    return value * 2\n\nprint(twice(21))",
    "language": "python",
    "steps": [{"lines": "1", "note": "An import."}, {"lines": "3-4", "note": "A function that doubles."}],
}
SCENES = [
    *TYPICAL.items(),
    *(("chart", content) for content in CHARTS.values()),
    ("code", CODE),
    ("table", {"header": "T", "columns": ["a", "b"], "rows": [["1", "2"], ["3", "4"]]}),
    ("command", {"commands": ["$ echo نص عربي", "نص"]}),
]
STYLES = [SMALL, Style(360, 640), Style(320, 180)]


def bare(state):
    return State(state.backdrop, backdrop=state.backdrop)


def pairs(kind, content, style=SMALL):
    """Each state of a scene with what is shown before it: a list for the first."""
    before = scenes.states("list", TYPICAL["list"], style)[-1]
    return list(pairwise([before, *scenes.states(kind, content, style)]))


def moved(before, state, count=None):
    """The frames of a motion in its usual length, or `count`; with the two pictures around them."""
    below, above = encode.to_yuv(before.picture), encode.to_yuv(state.picture)
    count = count or round(0.4 * FPS * motion_plan.plan(before, state).length)
    return [below, *motion.frames(before, state, below, above, count), above]


def apart(first, second):
    """How far two pictures lie apart, as the mean of luma."""
    return float(np.abs(first[0].astype(int) - second[0]).mean())


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.width}x{style.height}")
@pytest.mark.parametrize(("kind", "content"), SCENES, ids=lambda value: value if isinstance(value, str) else "")
def test_no_motion_jumps(kind, content, style):
    """From the picture before to the state's own, in small steps: nothing is left out of a motion to appear at its end."""
    for before, state in pairs(kind, content, style):
        shown = moved(before, state)
        assert apart(shown[0], shown[1]) < 6 and apart(shown[-2], shown[-1]) < 2
        assert max(apart(a, b) for a, b in pairwise(shown)) < 12
        assert all(
            plane.shape == other.shape and plane.dtype == np.uint8
            for frame in shown
            for plane, other in zip(frame, shown[0], strict=True)
        )


@pytest.mark.parametrize(("kind", "content"), SCENES, ids=lambda value: value if isinstance(value, str) else "")
def test_what_stands_does_not_move(kind, content):
    """Where a state only adds to the one before it, nothing changes but near what it adds."""
    for before, state in pairs(kind, content)[1:]:
        if not state.fresh:
            continue
        reach = 40
        left, top = min(b.left for b in state.fresh) - reach, min(b.top for b in state.fresh) - reach
        right, bottom = max(b.right for b in state.fresh) + reach, max(b.bottom for b in state.fresh) + reach
        own = area(left, top, right, bottom, state.picture.size)
        for frame in moved(before, state, 7)[1:-1]:
            changed = bounds(cover(encode.to_yuv(before.picture), frame))
            assert changed is None or (changed[0] >= own[0] and changed[1] >= own[1])
            assert changed is None or (changed[2] <= own[2] and changed[3] <= own[3])


@pytest.mark.parametrize(("kind", "content"), SCENES, ids=lambda value: value if isinstance(value, str) else "")
def test_fresh_boxes_are_what_a_state_adds(kind, content):
    for before, state in pairs(kind, content)[1:]:
        if state.fresh:
            assert tuple(state.boxes) == (*before.boxes, *state.fresh)
            assert [mark.box() for mark in state.marks] == list(state.boxes)
            assert ImageChops.difference(before.picture, state.picture).getbbox()


def test_nothing_leaves_the_picture():
    """What rises at the lowest edge comes from below it, and is cut off there."""
    size = (64, 64)
    below = encode.to_yuv(Image.new("RGB", size, (10, 10, 10)))
    above = [plane.copy() for plane in below]
    above[0][40:, 8:40] = 200
    matte = Matte.take(cover(below, above), above, area(0, 0, *size, size))
    for by in ((0, 28), (40, 0), (-30, 0), (0, -50), (90, 90)):
        planes = [plane.copy() for plane in below]
        matte.lay(planes, by=by)
        expected = below[0].copy()
        shifted = np.zeros((64 * 3, 64 * 3), bool)
        shifted[64 + 40 + by[1] : 64 + 64 + by[1], 64 + 8 + by[0] : 64 + 40 + by[0]] = True
        expected[shifted[64:128, 64:128]] = 200
        assert np.array_equal(planes[0], expected), by


@settings(max_examples=25, deadline=None)
@given(
    levels=st.tuples(st.integers(0, 255), st.integers(0, 255)),
    share=st.floats(0, 1),
    box=st.tuples(*[st.integers(0, 32)] * 4),
)
def test_a_passage_is_a_mixture(levels, share, box):
    below = [np.full((32, 32), levels[0], np.uint8), *(np.full((16, 16), levels[0], np.uint8) for _ in "uv")]
    above = [plane.copy() for plane in below]
    left, top, right, bottom = box
    above[0][top:bottom, left:right] = levels[1]
    found = Passage(below, above).at(share)
    for low, high, got in zip(below, above, found, strict=True):
        assert np.abs(low + (high.astype(float) - low) * share - got).max() <= 2


def typed_lengths(frames, before):
    """How far to the right each frame differs from the picture before."""
    found = [bounds(cover(encode.to_yuv(before.picture), frame)) for frame in frames]
    return [part[2] if part else 0 for part in found]


def test_a_command_is_typed_sign_by_sign():
    states = scenes.states("command", {"header": "Go", "commands": ["$ ls", "$ video-gen build inputs/x.md"]}, SMALL)
    before, state = states[-2:]
    frames = moved(before, state)[1:]
    lengths = typed_lengths(frames, before)
    # The cursor goes before the text, and is gone at the end.
    assert lengths[:-2] == sorted(lengths[:-2]) and len(set(lengths)) > 15
    assert max(lengths) <= lengths[-1] + 20
    ink = [int((cover(encode.to_yuv(before.picture), frame) > 0).sum()) for frame in frames]
    assert ink[0] < ink[-1] / 3


def test_typing_takes_as_long_as_the_command():
    def seconds(command):
        states = scenes.states("command", {"header": "Go", "commands": ["$ ls", command]}, SMALL)
        moves = [move for move in motion_plan.plan(*states[-2:]).early_moves if move.kind == "type"]
        return sum(move.length - move.waits for move in moves) * 0.4

    assert seconds("$ x") == pytest.approx(0.3)
    assert seconds("$ " + "x" * 38) == pytest.approx(1.0, abs=0.1)
    assert seconds("$ " + "x " * 60) == pytest.approx(1.5)


def test_output_follows_the_command():
    states = scenes.states("command", {"header": "Go", "commands": ["$ x", "→ a", "→ b"]}, SMALL)
    moves = motion_plan.plan(*states[-2:]).early_moves
    assert [move.kind for move in moves] == ["type", "fade", "fade"]
    assert moves[0].start + moves[0].length <= moves[1].start < moves[2].start


def test_right_to_left_commands_are_typed_from_the_right():
    states = scenes.states("command", {"header": "Go", "commands": ["$ x", "$ نص عربي طويل"]}, SMALL)
    (move,) = motion_plan.plan(*states[-2:]).early_moves
    assert list(move.stops) == sorted(move.stops, reverse=True) and len(set(move.stops)) > 5
    (move,) = motion_plan.plan(states[0], states[1]).early_moves
    assert list(move.stops) == sorted(move.stops)


def test_clusters_are_not_split():
    states = scenes.states("command", {"header": "Go", "commands": ["$ x", "$ e\u0301\u0323ab"]}, SMALL)
    (move,) = motion_plan.plan(*states[-2:]).early_moves
    assert len(move.stops) == 4


def test_bars_grow_from_their_foot():
    states = scenes.states("chart", CHARTS["bar"], SMALL)
    before, state = states[1:3]
    foot = next(box for box in state.fresh if box.name == "card:bar").bottom
    heights = []
    for frame in moved(before, state)[1:]:
        column = cover(encode.to_yuv(before.picture), frame).astype(bool)
        rows = np.flatnonzero(column.sum(axis=1) > 20)
        heights.append(foot - rows[0] if len(rows) else 0)
    assert heights[0] < heights[-1] / 2 and heights == sorted(heights)


def test_a_hero_comes_line_by_line():
    (state,) = scenes.states("title", {"title": "A title of several words that is long", "subtitle": "Below"}, SMALL)
    found = motion_plan.plan(bare(state), state)
    starts = [move.start for move in found.early_moves]
    assert found.early_moves[0].kind == "wipe" and {move.kind for move in found.early_moves[1:]} == {"rise"}
    assert starts == sorted(set(starts)) and starts[0] == 0
    assert 0.6 < found.length * 0.4 < 1.0


def test_recoloured_pixels_cross_fade():
    """Code steps: the code stands where it is, its lines are lit; only the note goes and comes."""
    before, state = scenes.states("code", CODE, SMALL)[-2:]
    texts = [move for move in motion_plan.plan(before, state).early_moves if move.kind == "rise"]
    assert len(texts) == 1
    note = next(box for box in state.boxes if "doubles" in box.name)
    assert texts[0].box[0] == pytest.approx(note.left, abs=2)


def test_two_texts_are_never_seen_together():
    """When the new headline is as bright as half its own, the old one has gone."""
    old, new = (scenes.states("title", {"title": text}, SMALL)[-1] for text in ("Old", "Something new"))
    frames = moved(old, new)
    ground = encode.to_yuv(old.backdrop)
    own = [cover(ground, encode.to_yuv(state.picture)) > 0 for state in (old, new)]
    only_old, only_new = own[0] & ~own[1], own[1] & ~own[0]

    def ink(frame, where):
        return float(np.abs(frame[0].astype(int) - ground[0])[where].mean())

    for frame in frames:
        share = ink(frame, only_new) / ink(frames[-1], only_new)
        if share > 0.5:
            assert ink(frame, only_old) < 0.1 * ink(frames[0], only_old)


class Film:
    def frames(self, count, fps):
        for number in range(count):
            yield Image.new("RGB", (SMALL.width, SMALL.height), (2 * number,) * 3)


def unfolded(items):
    """Return all that is encoded as (planes, repeats)."""
    return [pair for item in items for pair in (item.frames() if isinstance(item, encode.Fade) else [item])]


def written(monkeypatch, tmp_path, kind, content, frames, **given):
    """The (planes, repeats) that the encoder gets for a scene after a list."""
    seen = []
    monkeypatch.setattr(clip.encode, "write_clip", lambda path, items, of: seen.extend(unfolded(items)))
    before = given.pop("before", {"scene_type": "list", "visual_content": TYPICAL["list"]})
    scene = {"scene_type": kind, "visual_content": content}
    given = {"transition": 0.4, "style": SMALL, **given}
    clip.render(tmp_path / "x.mp4", scene, before, WORDS, frames, fps=FPS, preset="ultrafast", crf=20, **given)
    return seen


@pytest.mark.parametrize("how", ["full", "fade", "none"])
@pytest.mark.parametrize("frames", [1, 7, 40, 300])
def test_frames_are_exact(monkeypatch, tmp_path, frames, how):
    bar = ProgressBar(SMALL, 1, 3, frames, step=10)
    for kind in ("command", "quiz", "title"):
        for layers in ((), (bar,)):
            runs = written(monkeypatch, tmp_path, kind, TYPICAL[kind], frames, motion=how, layers=layers)
            assert sum(repeats for _, repeats in runs) == frames


def test_none_has_no_frame_of_motion(monkeypatch, tmp_path):
    states = scenes.states("quiz", TYPICAL["quiz"], SMALL)
    for still in ({"motion": "none"}, {"transition": 0}):
        runs = written(monkeypatch, tmp_path, "quiz", TYPICAL["quiz"], 300, **still)
        assert len(runs) == len(states)
        for (planes, repeats), state in zip(runs, states, strict=True):
            assert repeats > 1 and apart(planes, encode.to_yuv(state.picture)) == 0


def test_fade_moves_nothing(monkeypatch, tmp_path):
    """Every frame lies between two pictures, sample by sample."""
    runs = written(monkeypatch, tmp_path, "list", TYPICAL["list"], 200, motion="fade")
    still = [planes for planes, repeats in runs if repeats > 1]
    low, high = np.minimum.reduce([p[0] for p in still]), np.maximum.reduce([p[0] for p in still])
    for planes, _ in runs[-12:]:
        assert (planes[0].astype(int) >= low.astype(int) - 2).all() and (planes[0] <= high.astype(int) + 2).all()


def test_layers_lie_over_a_motion(monkeypatch, tmp_path):
    bar = ProgressBar(SMALL, 1, 3, 90, step=90)
    bare, covered = (
        written(monkeypatch, tmp_path, "title", TYPICAL["title"], 90, layers=layers) for layers in ((), (bar,))
    )
    for frame, ((planes, _), (under, _)) in enumerate(zip(covered[:20], bare[:20], strict=True)):
        expected = [plane.copy() for plane in under]
        bar.patch(frame).lay(expected)
        assert all(np.array_equal(a, b) for a, b in zip(planes, expected, strict=True))


def test_the_first_scene_comes_in_from_the_bare_backdrop(monkeypatch, tmp_path):
    (state,) = scenes.states("title", MINIMAL["title"], SMALL)
    runs = written(monkeypatch, tmp_path, "title", MINIMAL["title"], 90, before=None)
    assert runs[0][1] == 1 and apart(runs[0][0], encode.to_yuv(state.backdrop)) < 1
    runs = written(monkeypatch, tmp_path, "title", MINIMAL["title"], 90, before=None, motion="fade")
    assert [repeats for _, repeats in runs] == [90]


@pytest.mark.parametrize("how", ["full", "fade", "none"])
def test_a_film_fills_the_hold(monkeypatch, tmp_path, how):
    state = replace(scenes.states("title", MINIMAL["title"], SMALL)[0], film=Film())
    last = scenes.states("list", TYPICAL["list"], SMALL)[-1]
    monkeypatch.setattr(clip.scenes, "states", lambda kind, *_: [state] if kind == "title" else [last])
    runs = written(monkeypatch, tmp_path, "title", {}, 90, motion=how)
    assert len(runs) == 90 and {repeats for _, repeats in runs} == {1}
    assert len({planes[0][0, 0] for planes, _ in runs}) > 20


def test_a_scene_comes_in_from_what_a_film_leaves(monkeypatch, tmp_path):
    first, last = scenes.states("title", MINIMAL["title"], SMALL)[0], scenes.states("list", TYPICAL["list"], SMALL)[-1]
    left = replace(last, film=Film(), after=Image.new("RGB", (SMALL.width, SMALL.height), (200, 30, 30)))
    monkeypatch.setattr(clip.scenes, "states", lambda kind, *_: [first] if kind == "title" else [left])
    runs = written(monkeypatch, tmp_path, "title", {}, 90)
    assert apart(runs[0][0], encode.to_yuv(left.after)) < 6


@settings(max_examples=40, deadline=None)
@given(
    takes=st.lists(st.floats(1, 6), min_size=1, max_size=8),
    frames=st.integers(1, 400),
    transition=st.sampled_from([0.0, 0.2, 0.4, 2.0]),
)
def test_longer_motions_never_move_a_state(takes, frames, transition):
    states = [State(Image.new("RGB", (2, 2)), takes=each) for each in takes]
    found = spans(states, WORDS, frames, FPS, transition, True)
    plain = spans([replace(state, takes=1.0) for state in states], WORDS, frames, FPS, transition, True)
    assert sum(span.motion + span.hold for span in found) == frames
    for span, other in zip(found, plain, strict=True):
        assert span.motion + span.hold == other.motion + other.hold
        assert other.motion <= span.motion <= (span.motion + span.hold) // 2


def test_a_clip_with_all_motions_decodes(tmp_path):
    scene = {"scene_type": "command", "visual_content": TYPICAL["command"]}
    before = {"scene_type": "title", "visual_content": TYPICAL["title"]}
    path = tmp_path / "x.mp4"
    given = {"style": SMALL, "fps": FPS, "transition": 0.4, "preset": "ultrafast", "crf": 20}
    assert clip.render(path, scene, before, WORDS, 240, **given) == []
    assert len(probe.video_packets(path)) == 240
