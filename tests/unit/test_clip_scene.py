"""Clips: the right frame at the right time, hostile files, their sound; and the slow zoom into an image."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import sounds
from films import SIZE, coded, film, number_of
from PIL import Image, ImageDraw

from video_gen import schema, script
from video_gen.errors import InputError
from video_gen.render import inserts, soundtrack
from video_gen.render.loudness import RATE
from video_gen.scenes import canvas, recordings, states
from video_gen.scenes.assets import files_left_by, files_of, sound_of
from video_gen.scenes.model import Style
from video_gen.script.narration import narrate
from video_gen.speech import scene as speech
from video_gen.speech import sound

SMALL = Style(320, 180)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """even.mp4: 60 frames at 25 a second; uneven.mp4 and .mkv: frames of 20 to 200 ms, and `times`, when each begins."""
    path = tmp_path_factory.mktemp("clips")
    film(path / "even.mp4")
    film(path / "uneven.mp4", times=TIMES)
    film(path / "uneven.mkv", times=TIMES)
    return path


_STEPS = np.random.default_rng(1).choice([20, 33, 50, 100, 200], 59)
TIMES = [0, *(int(time) for time in np.cumsum(_STEPS))]


def playing(path: Path, count: int, fps: int = 30, style: Style = SMALL, **fields) -> list[int]:
    """The numbers of the frames that a clip over the whole picture shows, but for those in which it fades away."""
    content = {"clip": str(path), "fit": "cover", **fields}
    schema.check(content, "video#clip", "test", InputError)
    (state,) = states("clip", content, style)
    shown = list(state.film.frames(count, fps))
    assert len(shown) == count and all(picture.size == (style.width, style.height) for picture in shown)
    assert shown[0].tobytes() == state.picture.tobytes()
    return [number_of(picture) for picture in shown[: count - min(round(0.3 * fps), count // 4)]]


@pytest.mark.parametrize("speed", [0.25, 1, 1.7, 4])
@pytest.mark.parametrize("start", [0, 0.52, 2.04])
def test_each_frame_at_its_time(folder, start, speed):
    expected = [min(59, int((start + n / 30 * speed) * 25 + 1e-4)) for n in range(200)]
    found = playing(folder / "even.mp4", 200, start=start, speed=speed)
    assert found == expected[: len(found)]


@pytest.mark.parametrize(("start", "speed"), [(0, 1), (2.5, 0.5), (1, 2.3)])
@pytest.mark.parametrize("name", ["uneven.mp4", "uneven.mkv"])
def test_frames_of_uneven_length(folder, name, start, speed):
    asked = [start + n / 30 * speed for n in range(120)]
    expected = [max(i for i, time in enumerate(TIMES) if time / 1000 <= t + 6e-4) for t in asked]
    found = playing(folder / name, 120, start=start, speed=speed)
    assert found == expected[: len(found)]


def test_a_trimmed_clip_stops_or_begins_again(folder):
    """12 to 17 at 25 a second: 0.24 s."""
    part = {"start": 0.48, "end": 0.72, "fps": 25}
    assert playing(folder / "even.mp4", 30, **part)[:12] == [12, 13, 14, 15, 16, 17, 17, 17, 17, 17, 17, 17]
    looped = playing(folder / "even.mp4", 200, **part, ends="loop")
    assert looped == [12 + n % 6 for n in range(len(looped))]
    slow = playing(folder / "even.mp4", 200, **part, ends="loop", speed=0.5)
    assert slow == [12 + n // 2 % 6 for n in range(len(slow))]
    whole = playing(folder / "even.mp4", 200, ends="loop", fps=25)
    assert whole == [n % 60 for n in range(len(whole))]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 31])
def test_exactly_as_many_frames_as_asked_for(folder, count):
    (state,) = states("clip", {"clip": str(folder / "even.mp4"), "header": "A clip"}, SMALL)
    assert len(list(state.film.frames(count, 30))) == count


def test_a_clip_leaves_the_bare_ground(folder):
    bare = canvas.background(SMALL, "plain").tobytes()
    for fields in ({"header": "One"}, {"fit": "cover", "caption": "Two"}):
        (state,) = states("clip", {"clip": str(folder / "even.mp4"), **fields}, SMALL)
        *_, last = state.film.frames(40, 30)
        assert state.after.tobytes() == last.tobytes() == bare != state.picture.tobytes()


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (360, 360)])
@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_only_the_picture_in_its_frame_moves(folder, fit, size):
    content = {"clip": str(folder / "even.mp4"), "header": "A clip", "caption": "With words under it", "fit": fit}
    (state,) = states("clip", content, Style(*size))
    box = next(box for box in state.boxes if box.name == "card:picture")
    first, *_, late = list(state.film.frames(40, 25))[:30]
    moved = np.abs(np.asarray(first).astype(int) - np.asarray(late)).max(axis=2) > 0
    rows, columns = np.flatnonzero(moved.any(axis=1)), np.flatnonzero(moved.any(axis=0))
    assert box.top - 1 <= rows[0] and rows[-1] <= box.bottom and box.left - 1 <= columns[0] and columns[-1] <= box.right
    width, height = box.right - box.left, box.bottom - box.top
    if fit == "contain":
        assert width / height == pytest.approx(16 / 9, rel=0.02)
        assert number_of(late, (box.left, box.top, box.right, box.bottom)) == 29
    assert all(box.left >= 0 and box.right <= size[0] and box.bottom <= size[1] for box in state.boxes)
    # The corners of the frame are round: the page shows there, not the clip.
    corner = np.asarray(late)[round(box.top), round(box.left)].astype(int)
    assert np.abs(corner - np.asarray(first)[round(box.top), round(box.left)]).max() < 30


def test_a_caption_over_the_whole_picture_is_readable_and_still(folder):
    """The shade is the same over black and over white."""
    for name, grey in (("black", 0), ("white", 255)):
        film(folder / f"{name}.mp4", 3, draw=lambda n, grey=grey: np.full((180, 320, 3), grey, np.uint8))
    feet = {}
    for name in ("black", "white"):
        (state,) = states("clip", {"clip": str(folder / f"{name}.mp4"), "fit": "cover", "caption": "Words"}, SMALL)
        box = next(box for box in state.boxes if box.name == "text:Words")
        part = np.asarray(state.picture.convert("L")).astype(int)
        feet[name] = part[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
        assert np.ptp(part[:60]) < 12 and abs(part[:60].mean() - (0 if name == "black" else 255)) < 12
    assert feet["white"].max() > 230 and feet["white"].min() < 60
    assert np.abs(feet["white"] - feet["black"]).max() < 50


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
    picture = recordings.Player(found, (found.width, found.height), (0, 0, 0)).at(0)
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
    picture = recordings.Player(recordings.inspect(str(tmp_path / "a.mp4")), SIZE, (0, 0, 0)).at(0)
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
def test_containers(folder, tmp_path, name, arguments):
    """Also of files without an index, without a length in front, and whose time does not begin at 0."""
    sounds.ffmpeg("-i", str(folder / "even.mp4"), *arguments, str(tmp_path / name))
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
def test_what_only_seems_to_be_a_clip_is_refused(folder, tmp_path, kind, name):
    secret = str(folder / "even.mp4").encode()
    (tmp_path / name).write_bytes(HOSTILE[kind].replace(b"{secret}", secret))
    with pytest.raises(InputError, match=rf"{name}: is no MP4, MOV, MKV, WebM, AVI or GIF file, or is damaged"):
        states("clip", {"clip": str(tmp_path / name)}, SMALL)


def test_names_are_never_addresses(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for name in ("http://localhost/a.mp4", "concat:even.mp4|even.mp4", "none.mp4", "file:even.mp4", str(folder)):
        with pytest.raises(InputError, match="there is no such clip"):
            states("clip", {"clip": name}, SMALL)
    Path("subfile,,start,0,end,9,,:even.mp4").write_bytes(Path("even.mp4").read_bytes())
    assert playing(Path("subfile,,start,0,end,9,,:even.mp4"), 8, fps=25)[:3] == [0, 1, 2]


def test_damaged_files_are_told(folder, tmp_path, monkeypatch):
    whole = (folder / "even.mp4").read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"half\.mp4: .*Save it again from its source"):
        states("clip", {"clip": str(tmp_path / "half.mp4")}, SMALL)
    sounds.ffmpeg("-i", str(folder / "even.mp4"), "-c", "copy", "-movflags", "faststart", str(tmp_path / "front.mp4"))
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
def test_a_part_outside_of_the_file(folder, part, message):
    with pytest.raises(InputError, match=message):
        states("clip", {"clip": str(folder / "even.mp4"), **part}, SMALL)


@pytest.mark.parametrize("wrong", [{"speed": 5}, {"ends": "stop"}, {"sound": True}, {"start": -1}, {"zoom": "in"}])
def test_fields_that_cannot_be(wrong):
    with pytest.raises(InputError):
        schema.check({"clip": "a.mp4", **wrong}, "video#clip", "test", InputError)


def test_only_playing_needs_moviepy(folder):
    code = (
        "import sys; from video_gen.scenes import states; from video_gen.scenes.model import Style;"
        f"states('clip', {{'clip': {str(folder / 'even.mp4')!r}}}, Style(320, 180)); assert 'moviepy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_what_is_known_of_a_clip_scene():
    heard = {"clip": "a.mp4", "sound": "on", "header": "A", "start": 1}
    assert files_of("clip", heard) == ["a.mp4"] and files_left_by("clip", heard) == []
    assert files_left_by("image", {"image": "a.png"}) == ["a.png"]
    assert sound_of("clip", heard) == {"clip": "a.mp4", "sound": "on", "start": 1}
    assert sound_of("clip", {"clip": "a.mp4"}) is None and sound_of("image", {"image": "a.png"}) is None
    assert narrate("clip", {"clip": "a.mp4", "header": "The start", "alt": "It starts."}).endswith("It starts.")
    assert narrate("clip", heard) == narrate("clip", heard, "de") == ""
    assert script.chapter_title({"scene_id": "x", "visual_content": heard}) == "A"


# Sound.


def spoken_report(folder: Path, lengths: list[float], pauses: float, silent: tuple[int, ...] = ()):
    report, paths = sounds.report(lengths, pauses), []
    for index, scene in enumerate(report["scenes"]):
        paths.append(folder / f"{index}.mp3")
        samples = np.zeros(2400, np.float32) if index in silent else sounds.speech(lengths[index], -22, seed=index)
        sound.write_mp3(paths[-1], samples, 24_000)
        scene |= {"scene_id": f"s{index}", "narration": "" if index in silent else "word"}
        scene["words"] = [] if index in silent else scene["words"]
    return report, paths


def mixed(folder: Path, report, paths, clips, **settings) -> np.ndarray:
    audio = {"bitrate": 192, "loudness": -20, "music": None, "music_level": -14, "duck": 8, **settings}
    found = soundtrack.write(folder / "track.m4a", paths, report, inserts=clips, **audio)
    assert found.integrated == pytest.approx(audio["loudness"], abs=0.3) and found.peak < -1
    return sounds.read(folder / "track.m4a")


def noise(seconds: float, amplitude: float = 0.05) -> np.ndarray:
    return sounds.noise(seconds, amplitude=amplitude)[0]


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Path:
    """A clip of 3 s with noise that changes its pattern at every sample."""
    return film(tmp_path_factory.mktemp("heard") / "heard.mp4", 75, tone=noise(3))


def lag(track: np.ndarray, pattern: np.ndarray, around: int) -> int:
    """Where the pattern lies in the track against `around`, in samples."""
    window = track[around - 2000 : around + len(pattern) + 2000]
    return int(np.argmax(np.correlate(window, pattern, mode="valid"))) - 2000


@pytest.mark.parametrize("start", [0, 0.5, 1.6])
def test_sound_lies_where_the_picture_is_to_the_sample(tmp_path, heard, start):
    report, paths = spoken_report(tmp_path, [2, 0.1, 2], 1.9, silent=(1,))
    clip = {"scene_id": "s1", "clip": str(heard), "start": start, "sound": "on"}
    (track,) = mixed(tmp_path, report, paths, [clip])
    begin = round(report["scenes"][1]["start_frame"] * RATE / 30)
    part = noise(3)[round((start + 0.1) * RATE) : round((start + 0.6) * RATE)]
    assert lag(track, part, begin + round(0.1 * RATE)) == 0
    assert np.abs(track[begin - 4000 : begin - 100]).max() < 0.01, "heard before its scene"
    end = begin + round(report["scenes"][1]["frames"] * RATE / 30)
    assert np.abs(track[end + 100 : end + 400]).max() < 0.4


def test_a_clip_is_as_loud_as_the_voice_and_sinks_under_it(tmp_path, heard):
    report, paths = spoken_report(tmp_path, [4, 0.1, 2], 6, silent=(1,))
    clips = [
        {"scene_id": "s0", "clip": str(heard), "sound": "duck", "ends": "loop"},
        {"scene_id": "s1", "clip": str(heard), "sound": "on", "ends": "loop"},
    ]
    mixed(tmp_path, report, paths, clips)
    voice = sounds.measured(tmp_path / "track.m4a", 14 + 2.1 + 0.1, 1.9)[0]
    alone = sounds.measured(tmp_path / "track.m4a", 5.5, 3.5)[0]
    full = sounds.measured(tmp_path / "track.m4a", 11, 4)[0]
    assert alone == pytest.approx(full, abs=0.7) and full == pytest.approx(voice, abs=1.5)
    found = inserts.read(clips[:1], report, -22)[0]
    level = 20 * np.log10(np.sqrt(np.mean(np.square(found.samples[0, RATE : 3 * RATE])))) + inserts.DUCKED
    assert level == pytest.approx(
        20 * np.log10(np.sqrt(np.mean(np.square(found.samples[0, 6 * RATE : 8 * RATE])))), abs=0.5
    )
    (soft,) = inserts.read([{**clips[1], "volume": -6}], report, -22)
    (loud,) = inserts.read([clips[1]], report, -22)
    assert loud.samples.std() / soft.samples.std() == pytest.approx(10 ** (6 / 20), rel=0.01)


def test_sound_ends_or_begins_again_as_the_picture(tmp_path, heard):
    report, _ = spoken_report(tmp_path, [0.1], 5.9, silent=(0,))
    part = {"scene_id": "s0", "clip": str(heard), "sound": "on", "start": 0.5, "end": 1.7}
    (once,) = inserts.read([part], report, -22)
    assert once.heard == (0, pytest.approx(1.2)) and once.samples.shape == (1, 6 * RATE)
    assert not once.samples[0, round(1.2 * RATE) :].any() and once.samples[0, RATE : round(1.1 * RATE)].std() > 0.01
    (looped,) = inserts.read([{**part, "ends": "loop"}], report, -22)
    first = looped.samples[0, RATE // 10 : RATE]
    for number in range(1, 4):
        at = round(number * 1.2 * RATE) + RATE // 10
        assert np.allclose(looped.samples[0, at : at + len(first)], first, atol=1e-5)
    assert abs(looped.samples[0, -1]) < 1e-3
    (fast,) = inserts.read([{**part, "speed": 2}], report, -22)
    assert fast.heard == (0, pytest.approx(0.6)) and not fast.samples[0, round(0.61 * RATE) :].any()


@pytest.mark.parametrize("speed", [0.5, 1.5, 2, 4])
def test_sound_at_another_speed_keeps_its_pitch_and_its_place(tmp_path, speed):
    """Two tones of 0.4 s, at 0.5 and 2 s of the file."""
    times = np.arange(3 * RATE) / RATE
    on = ((times % 1.5) > 0.5) & ((times % 1.5) < 0.9)
    film(tmp_path / "tones.mp4", 75, tone=0.2 * np.sin(2 * np.pi * 500 * times) * on)
    report, _ = spoken_report(tmp_path, [0.1], 7, silent=(0,))
    clip = {"scene_id": "s0", "clip": str(tmp_path / "tones.mp4"), "sound": "on", "speed": speed}
    (found,) = inserts.read([clip], report, -22)
    loud = np.abs(found.samples[0]) > np.abs(found.samples[0]).max() / 4
    for place in (0.5, 2.0):
        begin, end = (round((place + at) / speed * RATE) for at in (-0.2, 0.6))
        assert (begin + np.argmax(loud[begin:end])) / RATE == pytest.approx(place / speed, abs=0.04)
        tone = found.samples[0, round((place + 0.1) / speed * RATE) : round((place + 0.3) / speed * RATE)]
        assert np.argmax(np.abs(np.fft.rfft(tone, RATE))) == pytest.approx(500, abs=12)


def test_music_sinks_under_a_clip(tmp_path, heard):
    from video_gen.render import music

    report, _ = spoken_report(tmp_path, [0.1], 19.9, silent=(0,))
    assert music.speaking(report) == []
    down = music.ducking(report, 20_000, [(5, 8)])
    assert down[4600] == 0 and down[5000] == down[8000] == 1 and down[8800] == 0


def test_stereo_clips_and_clips_without_sound(tmp_path, folder):
    times = np.arange(3 * RATE) / RATE
    sides = 0.1 * np.stack([np.sin(2 * np.pi * 700 * times), np.sin(2 * np.pi * 1100 * times)])
    sounds.write(tmp_path / "a.wav", sides)
    arguments = ["-i", str(folder / "even.mp4"), "-i", str(tmp_path / "a.wav"), "-c:v", "copy"]
    sounds.ffmpeg(*arguments, str(tmp_path / "stereo.mkv"))
    report, paths = spoken_report(tmp_path, [2, 0.1], 1.9, silent=(1,))
    track = mixed(tmp_path, report, paths, [{"scene_id": "s1", "clip": str(tmp_path / "stereo.mkv"), "sound": "on"}])
    assert len(track) == 2
    begin = round(report["scenes"][1]["start_frame"] * RATE / 30)
    left, right = np.abs(np.fft.rfft(track[:, begin + 4800 : begin + 52_800] * np.hanning(48_000)))
    assert left[700] > 50 * left[1100] and right[1100] > 50 * right[700]
    assert np.allclose(*track[:, RATE : 2 * RATE], atol=0.02), "the voice is not in the middle"
    with pytest.raises(InputError, match=r"even\.mp4: holds no sound. Set `sound: off`"):
        inserts.read([{"scene_id": "s1", "clip": str(folder / "even.mp4"), "sound": "on"}], report, -22)


# Length and words.


def written(scene: dict) -> dict:
    video = {"video_id": "v", "title": "V", "scenes": [{"scene_id": "a", "scene_type": "clip", **scene}]}
    usual = {"engine": "hibari", "language": "en", "voice": "male", "accent_color": "blue", "formats": []}
    made, _ = script.build(video, **usual, min_duration=3.0, max_duration=15.0)
    schema.check(made, "script", "test", InputError)
    return made["scenes"][0]


def test_a_clip_without_words_lasts_as_long_as_it_plays(folder):
    clip = {"clip": str(folder / "even.mp4")}
    assert written({"visual_content": clip})["min_duration"] == 2.4
    assert written({"visual_content": clip | {"speed": 0.5, "start": 0.4}})["min_duration"] == 4
    assert written({"visual_content": clip | {"ends": "loop"}})["min_duration"] == 3
    assert written({"visual_content": clip, "min_duration": 1})["min_duration"] == 1
    assert written({"visual_content": clip, "narration": "Words."})["min_duration"] == 3
    assert written({"visual_content": clip | {"clip": "none.mp4"}})["min_duration"] == 3
    assert written({"visual_content": clip | {"speed": 0.25, "end": 2}})["max_duration"] == 15
    assert written({"visual_content": clip | {"header": "Now", "alt": "It runs."}})["narration"].endswith("It runs.")


def test_only_a_clip_may_be_silent(tmp_path):
    scene = {"scene_id": "a", "scene_type": "title", "visual_content": {"title": "A"}, "narration": "", "voice": "male"}
    base = {"video_id": "v", "title": "V", "language": "en", "accent_color": "blue", "engine": "hibari"}
    document = {**base, "default_voice": "male", "scenes": [{**scene, "min_duration": 3, "max_duration": 9}]}
    with pytest.raises(InputError, match=r"scenes\[0\]\.narration is empty or too short"):
        schema.check(document, "script", "test", InputError)
    settings = {"engine": "hibari", "voice": "male", "language": "en", "pronunciations": {}}
    speech.write(tmp_path / "a.mp3", tmp_path / "a.json", text="", **settings)
    found = speech.read(tmp_path / "a.mp3", tmp_path / "a.json")
    assert found["words"] == [] and found["duration"] == pytest.approx(0.1, abs=0.01)


# Zoom.


@pytest.fixture(scope="module")
def dots(tmp_path_factory) -> Path:
    """A picture with a soft bright dot right of its middle and one above it."""
    y, x = np.mgrid[0:720, 0:1280]
    light = sum(np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 200) for cx, cy in ((1100, 360), (640, 100)))
    path = tmp_path_factory.mktemp("dots") / "dots.png"
    Image.fromarray(np.dstack([np.round(20 + 220 * light).astype(np.uint8)] * 3)).save(path)
    return path


def centre(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[float, float]:
    left, top, right, bottom = box
    part = np.asarray(picture.convert("L"))[top:bottom, left:right].astype(float) - 24
    part[part < 0] = 0
    y, x = np.mgrid[top:bottom, left:right]
    return float((part * x).sum() / part.sum()), float((part * y).sum() / part.sum())


@pytest.mark.parametrize("zoom", ["in", "out"])
def test_the_zoom_is_smooth_to_fractions_of_a_pixel(dots, zoom):
    """A dot moves away from the middle (or to it) all the time, by steps that change evenly."""
    (state,) = states("image", {"image": str(dots), "fit": "cover", "zoom": zoom}, Style(640, 360))
    places = np.array([centre(picture, (450, 100, 640, 260)) for picture in state.film.frames(150, 30)])
    moved = places[:, 0] if zoom == "in" else places[::-1, 0]
    steps = np.diff(moved)
    assert (steps > -0.005).all() and steps[5:-5].min() > 0.003, "it stops or goes back"
    assert np.abs(np.diff(steps)).max() < 0.04, "it jumps"
    assert (moved[-1] - 320) / (moved[0] - 320) == pytest.approx(1.08, abs=0.004)
    assert np.ptp(places[:, 1]) < 0.1


@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_header_and_caption_stand_still_while_the_picture_grows(dots, fit):
    content = {"image": str(dots), "header": "A map", "caption": "Seen from above", "fit": fit}
    (still,) = states("image", content, Style(640, 360))
    (state,) = states("image", content | {"zoom": "in"}, Style(640, 360))
    assert still.film is None and still.after is None and still.boxes == state.boxes
    shown = list(state.film.frames(20, 30))
    assert shown[0].tobytes() == state.picture.tobytes() and shown[-1].tobytes() == state.after.tobytes()
    box = next(box for box in state.boxes if box.name == "card:picture")
    for a, b in pairwise(map(np.asarray, shown)):
        moved = np.abs(a.astype(int) - b).max(axis=2)
        moved[round(box.top) : round(box.bottom), round(box.left) : round(box.right)] = 0
        assert not moved.any()
    near = np.abs(np.asarray(still.picture).astype(int) - np.asarray(state.picture))
    assert near.mean() < 1, "it does not begin as the picture that stands still"


def test_spellings_of_zoom(dots):
    content = {"image": str(dots)}
    for zoom, moves in (("in", True), (True, True), ("out", True), ("none", False), (False, False)):
        schema.check(content | {"zoom": zoom}, "video#image", "test", InputError)
        assert (states("image", content | {"zoom": zoom}, SMALL)[0].film is not None) == moves
    with pytest.raises(InputError):
        schema.check(content | {"zoom": "inwards"}, "video#image", "test", InputError)
