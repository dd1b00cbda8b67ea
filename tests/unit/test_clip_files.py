"""Clips as files: formats, turned and odd pictures, colours, and files that are damaged or hostile."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import sounds
from films import SIZE, SMALL, coded, film, playing
from PIL import Image, ImageDraw

from video_gen import schema
from video_gen.errors import InputError
from video_gen.scenes import player, recordings, states


@pytest.fixture(scope="module")
def even(tmp_path_factory) -> Path:
    """60 frames at 25 a second."""
    return film(tmp_path_factory.mktemp("clips") / "even.mp4")


def test_a_gif_with_its_own_times_and_clear_parts(tmp_path):
    """Frames of 100, 300 and 200 ms; the left half is clear."""
    pictures = []
    for colour in ((250, 0, 0), (0, 250, 0), (0, 0, 250)):
        picture = Image.new("RGBA", (160, 90), (0, 0, 0, 0))
        ImageDraw.Draw(picture).rectangle((80, 0, 159, 89), fill=colour)
        pictures.append(picture)
    pictures[0].save(
        tmp_path / "a.gif", save_all=True, append_images=pictures[1:], duration=[100, 300, 200], disposal=2
    )
    (state,) = states("clip", {"clip": str(tmp_path / "a.gif"), "fit": "cover", "ends": "loop"}, SMALL)
    shown = [np.asarray(picture) for picture in state.film.frames(24, 20)]
    order = [int(picture[90, 240].argmax()) for picture in shown[:18]]
    assert order == [0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 1, 1, 1, 1]
    for picture in shown[:18]:
        assert np.abs(picture[90, 60].astype(int) - SMALL.theme.ground).max() < 4
        assert picture[90, 240].max() > 235
    assert recordings.inspect(str(tmp_path / "a.gif")).length == pytest.approx(0.6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_file_stands_upright(tmp_path, turn):
    """As a phone writes it: the frames lie, and a matrix in the file says how to turn them. The ffmpeg program knows how."""

    def draw(number):
        picture = np.full((180, 320, 3), 40, np.uint8)
        picture[:60, :60] = 230
        return picture

    film(tmp_path / "lying.mp4", 5, draw=draw)
    arguments = ["-display_rotation", str(turn), "-i", str(tmp_path / "lying.mp4"), "-c", "copy"]
    sounds.ffmpeg(*arguments, str(tmp_path / "turned.mp4"))
    sounds.ffmpeg("-i", str(tmp_path / "turned.mp4"), "-frames:v", "1", str(tmp_path / "expected.png"))
    expected = np.asarray(Image.open(tmp_path / "expected.png").convert("RGB")).astype(int)
    found = recordings.inspect(str(tmp_path / "turned.mp4"))
    assert (found.width, found.height) == ((180, 320) if turn % 180 else (320, 180))
    picture = player.Player(found, (found.width, found.height), (0, 0, 0)).at(0)
    assert picture.shape == expected.shape and np.abs(picture - expected).mean() < 2


def test_pixels_that_are_not_square(tmp_path):
    film(tmp_path / "square.mp4", 3)
    sounds.ffmpeg("-i", str(tmp_path / "square.mp4"), "-c", "copy", "-aspect", "4:3", str(tmp_path / "wide.mp4"))
    found = recordings.inspect(str(tmp_path / "wide.mp4"))
    assert found.width / found.height == pytest.approx(4 / 3, rel=0.01)


@pytest.mark.parametrize(("size", "matrix"), [((320, 180), 5), ((1280, 720), 1)])
def test_colours_come_out_as_they_went_in(tmp_path, size, matrix):
    """Small files that name no matrix are BT.601, large ones BT.709."""
    colours = [(220, 30, 30), (30, 200, 60), (40, 60, 230), (240, 240, 240)]
    bars = np.repeat(np.array(colours, np.uint8), size[0] // 4, axis=0)
    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "8"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.broadcast_to(bars, (size[1], *bars.shape)).copy(), format="rgb24")
        container.mux(stream.encode(frame.reformat(format="yuv420p", dst_colorspace=matrix)))
        container.mux(stream.encode(None))
    picture = player.Player(recordings.inspect(str(tmp_path / "a.mp4")), SIZE, (0, 0, 0)).at(0)
    found = picture[90, 40::80].astype(int)
    assert np.abs(found - colours).max() < 8, found


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("a.avi", ["-c:v", "copy"]),
        ("a.mov", ["-c:v", "mjpeg", "-q:v", "2"]),
        ("a.webm", ["-c:v", "libvpx", "-b:v", "2M"]),
        ("late.mkv", ["-c:v", "copy", "-output_ts_offset", "100"]),
        ("pieces.mp4", ["-c:v", "copy", "-movflags", "frag_keyframe+empty_moov"]),
    ],
)
def test_containers(even, tmp_path, name, arguments):
    """Also of files without an index, without a length in front, and whose time does not begin at 0."""
    sounds.ffmpeg("-i", str(even), *arguments, str(tmp_path / name))
    assert recordings.inspect(str(tmp_path / name)).length == pytest.approx(2.4, abs=0.002)
    assert playing(tmp_path / name, 40, start=1.2, fps=25)[:27] == list(range(30, 57))
    assert playing(tmp_path / name, 40, start=2.2, fps=25)[:8] == [55, 56, 57, 58, 59, 59, 59, 59]


def test_files_of_odd_size(tmp_path):
    frames = [Image.fromarray(coded(n, (176, 99))) for n in range(4)]
    frames[0].save(tmp_path / "odd.gif", save_all=True, append_images=frames[1:], duration=100)
    assert playing(tmp_path / "odd.gif", 12, fps=10)[:4] == [0, 1, 2, 3]


HOSTILE = {
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
    "list of files": b"ffconcat version 1.0\nfile {secret}\n",
    "text": b"no clip at all " * 500,
    "nothing": b"",
    "description": b"v=0\nm=video 5004 RTP/AVP 96\nc=IN IP4 127.0.0.1\na=rtpmap:96 H264/90000\n",
    "dash": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{secret}</BaseURL></MPD>',
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", ["a.mp4", "a.gif"])
def test_what_only_seems_to_be_a_clip_is_refused(even, tmp_path, kind, name):
    secret = str(even).encode()
    (tmp_path / name).write_bytes(HOSTILE[kind].replace(b"{secret}", secret))
    with pytest.raises(InputError, match=rf"{name}: is no MP4, MOV, MKV, WebM, AVI or GIF file, or is damaged"):
        states("clip", {"clip": str(tmp_path / name)}, SMALL)


def test_names_are_never_addresses(even, monkeypatch):
    monkeypatch.chdir(even.parent)
    for name in ("http://localhost/a.mp4", "concat:even.mp4|even.mp4", "none.mp4", "file:even.mp4", str(even.parent)):
        with pytest.raises(InputError, match="there is no such clip"):
            states("clip", {"clip": name}, SMALL)
    Path("subfile,,start,0,end,9,,:even.mp4").write_bytes(Path("even.mp4").read_bytes())
    assert playing(Path("subfile,,start,0,end,9,,:even.mp4"), 8, fps=25)[:3] == [0, 1, 2]


def test_damaged_files_are_told(even, tmp_path, monkeypatch):
    whole = even.read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"half\.mp4: .*Save it again from its source"):
        states("clip", {"clip": str(tmp_path / "half.mp4")}, SMALL)
    sounds.ffmpeg("-i", str(even), "-c", "copy", "-movflags", "faststart", str(tmp_path / "front.mp4"))
    front = (tmp_path / "front.mp4").read_bytes()
    (tmp_path / "front.mp4").write_bytes(front[: len(front) - len(front) // 3])
    with pytest.raises(InputError, match=r"front\.mp4: "):
        playing(tmp_path / "front.mp4", 90)
    sounds.write(tmp_path / "song.m4a", sounds.noise(1))
    with pytest.raises(InputError, match=r"song\.m4a: holds no moving picture"):
        states("clip", {"clip": str(tmp_path / "song.m4a")}, SMALL)
    monkeypatch.setattr(recordings, "MOST_PIXELS", 320 * 180 - 1)
    with pytest.raises(InputError, match=r"large\.mp4: is larger than"):
        (tmp_path / "large.mp4").write_bytes(whole)
        states("clip", {"clip": str(tmp_path / "large.mp4")}, SMALL)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"start": 3}, r"even\.mp4: lasts 2\.40 s; from 3 s"),
        ({"end": 2.6}, r"even\.mp4: lasts 2\.40 s; from 0 s to 2\.6 s"),
        ({"start": 2, "end": 1}, r"`start` \(2 s\) must be before `end` \(1 s\)"),
    ],
)
def test_a_part_outside_of_the_file(even, part, message):
    with pytest.raises(InputError, match=message):
        states("clip", {"clip": str(even), **part}, SMALL)


@pytest.mark.parametrize("wrong", [{"speed": 5}, {"ends": "stop"}, {"sound": True}, {"start": -1}, {"zoom": "in"}])
def test_fields_that_cannot_be(wrong):
    with pytest.raises(InputError):
        schema.check({"clip": "a.mp4", **wrong}, "video#clip", "test", InputError)


def test_only_playing_needs_moviepy(even):
    code = (
        "import sys; from video_gen.scenes import states; from video_gen.scenes.model import Style;"
        f"states('clip', {{'clip': {str(even)!r}}}, Style(320, 180)); assert 'moviepy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# Codes (10 bits, Y Cb Cr, BT.2020) of three sRGB colours as an ordinary picture has them, at 203 cd/m² for its white.
HDR_COLOURS = [(255, 255, 255), (128, 128, 128), (200, 150, 120)]
HDR_CODES = {
    16: [(573, 512, 512), (439, 512, 512), (479, 488, 530)],  # PQ
    18: [(721, 512, 512), (476, 512, 512), (557, 453, 554)],  # HLG
}


def hdr_film(path: Path, transfer: int, others: int) -> Path:
    """Three upright stripes in a transfer of high dynamic range; others: FFmpeg's number of the primaries and the matrix."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "4"})
        stream.width, stream.height, stream.pix_fmt = 96, 54, "yuv420p10le"
        coder = stream.codec_context
        coder.color_trc, coder.color_primaries, coder.colorspace, coder.color_range = transfer, others, others, 1
        for number in range(3):
            frame = av.VideoFrame(96, 54, "yuv420p10le")
            for place, plane in enumerate(frame.planes):
                row = np.repeat([codes[place] for codes in HDR_CODES[transfer]], plane.width // 3)
                np.frombuffer(plane, np.uint16).reshape(plane.height, -1)[:, : plane.width] = row
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("transfer", "others"), [(16, 9), (18, 9), (16, 2)], ids=["PQ", "HLG", "PQ-half-tagged"])
def test_a_recording_of_high_dynamic_range_looks_as_it_did(tmp_path, transfer, others):
    path = hdr_film(tmp_path / "hdr.mp4", transfer, others)
    (state,) = states("clip", {"clip": str(path), "fit": "cover"}, SMALL)
    for picture in (state.picture, list(state.film.frames(2, 25))[1]):
        found = [picture.getpixel((SIZE[0] * (2 * n + 1) // 6, SIZE[1] // 2)) for n in range(3)]
        assert np.abs(np.subtract(found, HDR_COLOURS)).max() <= 9, found
