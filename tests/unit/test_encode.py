"""Clips: frame-exact, decodable, with key pictures, and the same pictures whether holds are repeated or encoded."""

import io

import av
import numpy as np
import probe
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from video_gen.errors import StageError
from video_gen.render import encode, h264
from video_gen.render.encode import VideoFormat


def picture(shade: int, width=160, height=96) -> Image.Image:
    image = Image.new("RGB", (width, height), (shade, 60, 200 - shade // 2))
    ImageDraw.Draw(image).rectangle((shade // 4, 10, shade // 4 + 40, 60), fill=(255 - shade, 220, 30))
    return image


def luma(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray()[: frame.height, : frame.width].astype(int) for frame in container.decode(video=0)]


PLANES = [encode.to_yuv(picture(shade)) for shade in (0, 90, 180, 250)]
TIMELINE = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 70)), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(timeline=TIMELINE)
@pytest.mark.parametrize("stillness", ["hold", "plain"])
def test_random_timelines(tmp_path_factory, stillness, timeline):
    """Every frame shows the picture asked for, in whatever order pictures are held or shown for one frame."""
    wanted = [shown for shown, repeats in timeline for _ in range(repeats)]
    if not wanted:
        return
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    of = VideoFormat(160, 96, 10, "ultrafast", 20, stillness)
    assert encode.write_clip(path, ((PLANES[shown], repeats) for shown, repeats in timeline if repeats), of) == len(
        wanted
    )
    shown = luma(path)
    assert len(shown) == len(wanted)
    for index, (got, asked) in enumerate(zip(shown, wanted, strict=True)):
        assert np.abs(got - PLANES[asked][0]).mean() < 4, index
    packets = probe.video_packets(path)
    keys = [index for index, (_, key) in enumerate(packets) if key]
    assert keys[0] == 0 and max(np.diff([*keys, len(packets)])) <= 20
    assert len(set(np.diff([time for time, _ in packets]))) <= 1


@pytest.mark.parametrize("preset", ["ultrafast", "veryfast", "medium"])
def test_held_pictures_are_the_encoded_ones(tmp_path, preset):
    """Through a hold of 7 s every frame is bit for bit the same, and costs next to nothing."""
    path = tmp_path / "clip.mp4"
    encode.write_clip(path, iter([(PLANES[1], 70)]), VideoFormat(160, 96, 10, preset))
    shown = luma(path)
    assert all(np.array_equal(frame, shown[0]) for frame in shown)
    with av.open(str(path)) as container:
        sizes = [packet.size for packet in container.demux(video=0) if packet.size and not packet.is_keyframe]
    assert max(sizes) < 80


def test_clips_share_their_parameters(tmp_path):
    found = set()
    for index, planes in enumerate(PLANES):
        path = tmp_path / f"{index}.mp4"
        encode.write_clip(path, iter([(planes, 5), (PLANES[0], 1)]), VideoFormat(160, 96, 10))
        with av.open(str(path)) as container:
            found.add(bytes(container.streams.video[0].codec_context.extradata))
    assert len(found) == 1


def test_same_input_same_bytes(tmp_path):
    for name in "ab":
        encode.write_clip(tmp_path / name / "x.mp4", iter([(PLANES[1], 30), (PLANES[2], 1)]), VideoFormat(160, 96, 10))
    assert (tmp_path / "a/x.mp4").read_bytes() == (tmp_path / "b/x.mp4").read_bytes()


def test_a_clip_that_shows_something_else_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(h264, "numbered", lambda packet, number, bits: packet[: len(packet) // 2])
    with pytest.raises(StageError):
        encode.write_clip(tmp_path / "x.mp4", iter([(PLANES[1], 30), (PLANES[2], 1)]), VideoFormat(160, 96, 10))
    assert not list(tmp_path.iterdir()), "no half file is left"


def test_colours_survive(tmp_path):
    path = tmp_path / "clip.mp4"
    encode.write_clip(
        path, iter([(encode.to_yuv(Image.new("RGB", (160, 96), (200, 30, 60))), 5)]), VideoFormat(160, 96, 10)
    )
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        frame = next(container.decode(video=0))
        shown = np.asarray(frame.reformat(format="rgb24", src_colorspace=1).to_ndarray())[48, 80]
    assert np.abs(shown.astype(int) - (200, 30, 60)).max() < 6


@given(st.binary(max_size=200))
def test_escapes_of_the_byte_stream(data):
    unit = b"\x65" + data + b"\x80"
    escaped = h264.escaped(unit)
    assert not any(escaped[n : n + 3] in (b"\0\0\0", b"\0\0\1", b"\0\0\2") for n in range(len(escaped)))
    assert h264.unescaped(escaped) == unit
    assert list(h264.nal_units(b"\0\0\0\1" + escaped + b"\0\0\1\x67")) == [escaped, b"\x67"]
    assert io.BytesIO(escaped).read() == escaped
