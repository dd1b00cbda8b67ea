"""Fast is also right: finished videos of random timelines decode, seek and read as the standard asks."""

import random
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import av
import headers
import numpy as np
import probe
import pytest
import timelines
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from video_gen.errors import StageError
from video_gen.render import coding, encode, encoders
from video_gen.render.encoders import VideoFormat

FPS = 10
PICTURES = timelines.planes()
STATE = st.tuples(st.integers(0, 3), st.integers(0, 8), st.integers(0, 60))
CLIP = st.lists(STATE, min_size=1, max_size=5).filter(lambda clip: sum(motion + hold for _, motion, hold in clip) > 1)
LONG = [[(0, 0, 45), (1, 4, 61), (2, 4, 1)], [(3, 7, 21), (0, 24, 0), (1, 1, 20)], [(2, 4, 1)], [(1, 3, 33)]]


def fmt(preset: str = "veryfast", stillness: str = "hold") -> VideoFormat:
    return VideoFormat(*timelines.SIZE, FPS, preset, 20, stillness)


def video(folder, clips, of):
    """Return a finished video and the planes that each of its frames should show."""
    drawn = [timelines.shots(clip, PICTURES) for clip in clips]
    return timelines.video(folder, drawn, of), [frame for clip in drawn for frame in timelines.each_frame(clip)]


@pytest.fixture(scope="module", params=["hold", "skip"])
def long(request, tmp_path_factory):
    return video(tmp_path_factory.mktemp("long"), LONG, fmt(stillness=request.param))


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(clips=st.lists(CLIP, min_size=1, max_size=3), preset=st.sampled_from(["ultrafast", "veryfast", "medium"]))
@pytest.mark.parametrize("stillness", ["hold", "plain", "skip", "skip-plain"])
def test_random_videos(tmp_path_factory, stillness, clips, preset):
    path, wanted = video(tmp_path_factory.mktemp("video"), clips, fmt(preset, stillness))
    packets = sorted(probe.video_packets(path))
    assert [time for time, _ in packets] == [512 * number for number in range(len(wanted))]
    keys = [index for index, (_, key) in enumerate(packets) if key]
    assert keys[0] == 0 and max(np.diff([*keys, len(packets)])) <= 2 * FPS
    check_headers(path)
    done = timelines.ffmpeg("-err_detect", "explode", "-i", str(path), "-map", "0:v", "-f", "null", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    check_pictures(timelines.decoded(path), wanted)


def check_pictures(shown, wanted):
    assert len(shown) == len(wanted)
    for index, (got, asked) in enumerate(zip(shown, wanted, strict=True)):
        assert np.abs(got - asked[0]).mean() < 4, index


def check_headers(path):
    """Each packet is one picture; references count up from a key picture; neighbouring key pictures differ in number."""
    shared, packets = headers.read(path)
    skipping = shared.order_type == 0
    assert skipping or shared.order_type == 2, "pictures are shown as they come"
    assert shared.references == 1 + skipping
    before, reference = None, 0
    for number, (picture, *more) in enumerate(packets):
        assert not more and picture.first == 0, number
        if picture.is_idr:
            assert picture.frame_num == 0 and picture.kind == headers.I_SLICE, number
            assert not (before and before.is_idr and before.key_number == picture.key_number), number
            reference = 0
        else:
            assert picture.frame_num == (reference + 1) % (1 << shared.frame_num_bits), number
            assert picture.kind == headers.P_SLICE or skipping, number
            reference = picture.frame_num if picture.reference else reference
        assert bool(picture.reference) == (picture.kind != headers.B_SLICE), number
        before = picture


def test_duration(long):
    path, wanted = long
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration * stream.time_base == Fraction(len(wanted), FPS)
        assert stream.average_rate == FPS and stream.start_time == 0


@pytest.mark.parametrize("stillness", ["hold", "plain", "skip", "skip-plain"])
def test_a_joint_of_two_key_pictures(tmp_path, stillness):
    """A clip that ends with a key picture, in a hold and in motion, before one that begins with a key picture."""
    clips = [[(0, 0, 10), (1, 0, 31)], [(1, 0, 10), (2, 31, 0)], [(3, 0, 2)]]
    path, wanted = video(tmp_path, clips, fmt(stillness=stillness))
    keys = [index for index, (_, key) in enumerate(probe.video_packets(path)) if key]
    assert {40, 41, 81, 82} <= set(keys), "else the case is not met"
    check_headers(path)
    check_pictures(timelines.decoded(path), wanted)


def test_seeks_in_libav(long):
    path, wanted = long
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for index in random.Random(1).sample(range(len(wanted)), 20):
            container.seek(index * 512, stream=stream, backward=True)
            frame = next(frame for frame in container.decode(stream) if frame.pts >= index * 512)
            assert frame.pts == index * 512
            assert np.abs(timelines.luma(frame) - wanted[index][0]).mean() < 4, index


def test_seeks_in_ffmpeg(long):
    path, wanted = long
    width, height = timelines.SIZE
    for index in random.Random(2).sample(range(len(wanted)), 8):
        place, form = ("-ss", f"{index / FPS:.3f}"), ("-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-")
        done = timelines.ffmpeg(*place, "-i", str(path), *form)
        assert not done.stderr
        shown = np.frombuffer(done.stdout, np.uint8)[: width * height].reshape(height, width).astype(int)
        assert np.abs(shown - wanted[index][0]).mean() < 4, index


def test_one_core_and_eight(tmp_path):
    """Clips made one after another, and eight at a time, are the same files."""
    clips = [timelines.shots(LONG[number % 4], PICTURES) for number in range(8)]

    def write(folder: str, number: int) -> bytes:
        path = tmp_path / folder / f"{number}.mp4"
        encode.write_clip(path, iter(clips[number]), fmt())
        return path.read_bytes()

    alone = [write("alone", number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: write("together", number), range(8))) == alone


def test_another_processor_makes_the_same_bytes(tmp_path, monkeypatch):
    """x264 without any vector instructions stands for a processor that has others than this one."""
    clip, of = timelines.shots([(0, 0, 3), (1, 6, 30)], PICTURES), fmt()
    encode.write_clip(tmp_path / "here.mp4", iter(clip), of)
    monkeypatch.setitem(encoders._X264, "asm", 0)
    coding._unchanged.cache_clear()
    encode.write_clip(tmp_path / "there.mp4", iter(clip), of)
    coding._unchanged.cache_clear()
    assert (tmp_path / "here.mp4").read_bytes() == (tmp_path / "there.mp4").read_bytes()


def test_quality_does_not_depend_on_what_was_shown_before(tmp_path):
    """The key picture of a still is as large after much motion as after none."""
    chance, sizes = np.random.default_rng(0), []
    grained = [[grain(plane, chance) for plane in shown] for shown in PICTURES]
    for before in ([(number % 4, 1, 1) for number in range(10)], [(1, 0, 1)] * 15):
        encode.write_clip(tmp_path / "x.mp4", iter(timelines.shots([*before, (1, 0, 50)], grained)), fmt())
        with av.open(str(tmp_path / "x.mp4")) as container:
            sizes.append([packet.size for packet in container.demux(video=0) if packet.is_keyframe][-1])
    assert max(sizes) < 1.1 * min(sizes), sizes


def grain(plane, chance):
    return np.clip(plane + chance.integers(-9, 10, plane.shape), 16, 235).astype(np.uint8)


def test_clips_of_another_encoder_are_not_joined(tmp_path, monkeypatch):
    clips = [timelines.shots(clip, PICTURES) for clip in LONG[:2]]
    write, made = encode.write_clip, []

    def second_is_older(path, frames, of):
        if made:
            monkeypatch.setitem(encoders._X264, "ref", 2)
            coding._unchanged.cache_clear()
        made.append(path)
        return write(path, frames, of)

    monkeypatch.setattr(encode, "write_clip", second_is_older)
    with pytest.raises(StageError, match=r"1\.mp4: was made by another encoder than the clips before it"):
        timelines.video(tmp_path, clips, fmt())
    coding._unchanged.cache_clear()
    assert not (tmp_path / "video.mp4").exists()


def test_a_clip_that_lacks_one_small_thing_is_refused(tmp_path, monkeypatch):
    """A card of a tenth of the picture that never comes in."""
    coding._unchanged(fmt())  # made by the right encoder
    monkeypatch.setattr(coding.Plain, "picture", first_picture_again(coding.Plain.picture))
    drawn = [[plane.copy() for plane in PICTURES[0]] for _ in range(2)]
    drawn[1][0][56:88, 72:120] += 120
    with pytest.raises(StageError, match="frame 29 is not the picture that was drawn"):
        encode.write_clip(tmp_path / "x.mp4", iter([(drawn[0], 10), (drawn[1], 20)]), fmt())


def first_picture_again(encode_picture):
    kept = []

    def picture(self, frame, *, key):
        kept.append(frame)
        return encode_picture(self, kept[0], key=key)

    return picture
