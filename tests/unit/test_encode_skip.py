"""The skip stream: stills and cross-fades cost no encoding, all else is encoded, and a failure is made good."""

import av
import headers
import numpy as np
import pytest
import timelines

from video_gen.errors import StageError
from video_gen.render import encode, slices
from video_gen.render.encode import Fade, VideoFormat
from video_gen.render.skip import Skipping, _orders

PICTURES = timelines.planes()
OF = VideoFormat(*timelines.SIZE, 10, stillness="skip")
LINEAR = [step / 9 for step in range(1, 9)]


def kinds(path) -> str:
    """The packets of a file in the order of decoding: I (key), i, P and B are encoded or mixed, = repeats."""
    with av.open(str(path)) as container:
        sizes = [packet.size for packet in container.demux(video=0) if packet.size]
    letters = []
    for (picture,), size in zip(headers.read(path)[1], sizes, strict=True):
        letter = "I" if picture.is_idr else "PBi"[picture.kind]
        letters.append("=" if letter == "P" and size < 30 else letter)
    return "".join(letters)


def test_what_is_encoded(tmp_path):
    """Both stills once, the fade by mixing, a hold by repeating; a motion that is no fade picture by picture."""
    slide = [([np.roll(plane, step, 1) for plane in PICTURES[1]], 1) for step in range(1, 4)]
    clip = [(PICTURES[0], 2), Fade(PICTURES[0], PICTURES[1], LINEAR, 3), *slide, (PICTURES[2], 2)]
    assert encode.write_clip(tmp_path / "x.mp4", iter(clip), OF) == 2 + 8 + 3 + 3 + 2
    assert kinds(tmp_path / "x.mp4") == "I=" + "i" + "B" * 8 + "==" + "PPP" + "PI"
    wanted = timelines.each_frame(clip)
    assert all(
        np.abs(got - asked[0]).mean() < 3
        for got, asked in zip(timelines.decoded(tmp_path / "x.mp4"), wanted, strict=True)
    )


def test_a_key_picture_that_falls_due_in_a_fade(tmp_path):
    """The fade is then encoded, with a key picture in it."""
    longer = Fade(PICTURES[1], PICTURES[2], [step / 17 for step in range(1, 17)], 1)
    clip = [(PICTURES[0], 1), Fade(PICTURES[0], PICTURES[1], LINEAR, 1), longer]
    encode.write_clip(tmp_path / "x.mp4", iter(clip), OF)
    assert kinds(tmp_path / "x.mp4") == "Ii" + "B" * 8 + "P" * 10 + "I" + "P" * 6


def test_a_clip_begins_with_what_it_comes_in_from(tmp_path):
    """Where the new picture is next to unseen in the first frame; else that frame is encoded as it is."""
    eased = [encode.ease(step / 9) for step in range(1, 9)]
    for number, (shares, begins) in enumerate([([0.01, *eased], "Ii" + "B" * 8), (LINEAR, "IPP")]):
        path = tmp_path / f"{number}.mp4"
        encode.write_clip(path, iter([Fade(PICTURES[0], PICTURES[3], shares, 3)]), OF)
        assert kinds(path).startswith(begins)


@pytest.mark.parametrize("count", [1, 2, 12, 60, 120])
def test_places_of_a_fade(count):
    """Each frame has a place of its own between the stills, near its share where there is room."""
    shares = [encode.ease(step / (count + 1)) for step in range(1, count + 1)]
    orders = list(_orders(shares))
    assert orders == sorted(set(orders)) and orders[0] > 0 and orders[-1] < 127
    if count <= 12:
        assert max(abs(order / 127 - share) for order, share in zip(orders, shares, strict=True)) < 0.01


def test_a_broken_stream_is_made_good(tmp_path, monkeypatch):
    """The second try encodes every frame, and is joined with clips that did well."""
    drawn = [timelines.shots([(0, 0, 30), (1, 5, 30)], PICTURES), timelines.shots([(1, 0, 9), (2, 5, 31)], PICTURES)]
    write, tries = encode.write_clip, []

    def write_twice(path, frames, of):
        shots = list(frames)
        with monkeypatch.context() as broken:
            if tries:
                broken.setattr(slices.Headers, "between", slices.Headers.same)
            tries.append(path)
            try:
                return write(path, iter(shots), of)
            except StageError:
                tries.append("again")
        return write(path, iter(shots), encode.careful(of))

    monkeypatch.setattr(encode, "write_clip", write_twice)
    path = timelines.video(tmp_path, drawn, OF)
    assert tries[2:] == ["again"]
    assert set(kinds(tmp_path / "0.mp4")) == set("IiB=") and set(kinds(tmp_path / "1.mp4")) == set("IP=")
    wanted = [frame for clip in drawn for frame in timelines.each_frame(clip)]
    assert all(np.abs(a - b[0]).mean() < 3 for a, b in zip(timelines.decoded(path), wanted, strict=True))


def test_another_build_of_x264(tmp_path, monkeypatch):
    """Headers that are not understood are a clear error, not a broken file."""
    monkeypatch.setattr("video_gen.render.encoders._X264", {"bframes": 0, "ref": 3, "keyint": "infinite"})
    with pytest.raises(StageError, match=r"this build of x264 .* Set encoder\.stillness to hold"):
        encode.write_clip(tmp_path / "x.mp4", iter([(PICTURES[0], 5)]), OF)


def test_sound_and_picture_begin_together(tmp_path):
    """Pictures are decoded a frame before they are shown; the finished file says so without moving them."""
    path = timelines.video(tmp_path, [timelines.shots([(0, 0, 5), (1, 4, 20)], PICTURES)], OF)
    with av.open(str(path)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.start_time, sound.start_time) == (0, 0)
        assert float(video.duration * video.time_base) == 2.9
    data = path.read_bytes()
    begins = (
        data.index(b"elst") + 16
    )  # in the picture's edit list: version, number of edits, length, and where it begins
    assert data.index(b"elst") < data.index(b"vide") and data[begins : begins + 4] == bytes(4)


def test_careful():
    assert encode.careful(OF).stillness == encode.careful(encode.careful(OF)).stillness == "skip-plain"
    assert encode.careful(VideoFormat(2, 2, 1)).stillness == "plain"
    assert Skipping.delay == 1
