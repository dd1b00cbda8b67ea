"""The music bed: what can be read, where it begins, loops, fades, and when it sinks."""

from itertools import islice

import numpy as np
import pytest
import sounds

from video_gen.errors import InputError
from video_gen.render import music
from video_gen.render.loudness import HOP, RATE


def taken(bed: music.Bed, seconds: float) -> np.ndarray:
    return np.concatenate(list(islice(music.blocks(bed, RATE // 10), round(seconds * 10))), axis=1)


def level(track: np.ndarray) -> np.ndarray:
    """Root mean square of each 0.1 s in dB."""
    parts = track[:, : track.shape[1] // 4800 * 4800].reshape(len(track), -1, 4800)
    return 10 * np.log10(np.square(parts).mean(axis=(0, 2)) + 1e-12)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("suffix", "rate"),
    [("wav", 22_050), ("flac", 48_000), ("mp3", 44_100), ("m4a", 44_100), ("ogg", 48_000), ("opus", 48_000)],
)
def test_whatever_can_be_decoded_is_music(tmp_path, suffix, rate, channels):
    path = sounds.write(
        tmp_path / f"a.{suffix}", np.pad(sounds.noise(4, rate, channels), ((0, 0), (rate // 2, 0))), rate
    )
    bed = music.inspect(path, 20 * RATE)
    assert bed.channels == channels
    assert bed.begin / RATE == pytest.approx(0.5, abs=0.05)
    assert bed.end / RATE == pytest.approx(4.5, abs=0.06)
    assert bed.loudness == pytest.approx(sounds.measured(path)[0], abs=0.3)
    track = taken(bed, 15)
    assert track.shape == (channels, 15 * RATE)
    assert np.ptp(level(track)) < 3, "the loop has holes or bumps"


def test_a_loop_does_not_click(tmp_path):
    times = np.arange(round(3.21 * RATE)) / RATE
    path = sounds.write(tmp_path / "a.wav", (0.3 * np.cos(2 * np.pi * 110 * times))[None])
    track = taken(music.inspect(path, 30 * RATE), 30)
    steepest = 0.3 * 2 * np.pi * 110 / RATE
    assert np.abs(np.diff(track)).max() < 1.5 * steepest
    assert np.abs(track[0, -RATE:]).max() > 0.1


def test_only_what_is_heard_of_a_long_file_is_looked_at(tmp_path):
    track = sounds.noise(60)
    track[:, 30 * RATE :] *= 5
    path = sounds.write(tmp_path / "a.wav", track)
    bed = music.inspect(path, 10 * RATE)
    assert 10 * RATE < bed.end < 13 * RATE
    assert bed.loudness == pytest.approx(sounds.measured(path, 0, 10)[0], abs=0.2)


def test_the_music_is_the_file_itself_before_it_loops(tmp_path):
    source = sounds.noise(5)
    bed = music.inspect(sounds.write(tmp_path / "a.wav", source), 3 * RATE)
    assert np.abs(taken(bed, 3) - source[:, bed.begin : bed.begin + 3 * RATE]).max() < 1e-3


def test_very_short_music_loops(tmp_path):
    path = sounds.write(tmp_path / "a.wav", sounds.noise(0.5))
    assert level(taken(music.inspect(path, 10 * RATE), 5)).min() > -40


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no music at all " * 500,
        b"#EXTM3U\n#EXTINF:1,\n/etc/hosts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile other.wav\n",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
)
@pytest.mark.parametrize("name", ["a.mp3", "a.m3u8", "a.wav"])
def test_what_is_no_music_is_an_input_error(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"{name}.*Give a sound file such as"):
        music.inspect(path, RATE)


def test_other_useless_files_are_input_errors(tmp_path):
    with pytest.raises(InputError, match=r"none\.mp3.*No such file.*music to null"):
        music.inspect(tmp_path / "none.mp3", RATE)
    with pytest.raises(InputError, match="cannot be opened"):
        music.inspect(tmp_path, RATE)
    for samples in (np.zeros((1, 3 * RATE)), sounds.noise(0.1)):
        with pytest.raises(InputError, match=r"a\.wav: holds only silence or is too short"):
            music.inspect(sounds.write(tmp_path / "a.wav", samples), RATE)
    whole = sounds.write(tmp_path / "a.m4a", sounds.noise(3))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(InputError, match=r"a\.m4a"):
        music.inspect(whole, RATE)


def at(curve: np.ndarray, second: float) -> float:
    """The curve in dB at a time."""
    return 20 * np.log10(max(curve[round(second * RATE / HOP)], 1e-9))


def test_the_bed_fades_in_and_out_and_sinks_under_speech():
    report = sounds.report([5, 5], pauses=10)
    report["scenes"][0]["words"] = []
    curve = music.BedCurve(report, 30 * RATE // HOP, level=-14, duck=8).part(0, 30 * RATE // HOP + 1)
    assert curve.shape == (30 * RATE // HOP + 1,)
    assert curve[0] == 0 and abs(curve[-1]) < 1e-6
    assert at(curve, 4) == pytest.approx(-22, abs=0.01)
    assert at(curve, 10) == at(curve, 14) == pytest.approx(-14, abs=0.01)
    assert at(curve, 15.0) == at(curve, 19.9) == pytest.approx(-22, abs=0.01)
    assert at(curve, 27.9 - 1.4) == pytest.approx(-14, abs=0.01)
    assert at(curve, 29) < -16
    sound = 20 * np.log10(curve[2001:27000])
    assert np.abs(np.diff(sound)).max() < 8 / 300 * 1.6, "a step of more than the ramp's"


def test_the_bed_stays_low_in_a_short_pause():
    report = sounds.report([3, 3], pauses=1)
    assert music.speaking(report) == [(0, 7)]
    report = sounds.report([3, 3], pauses=2)
    assert music.speaking(report) == [(0, 3), (5, 8)]


def test_a_video_shorter_than_its_fades():
    curve = music.BedCurve(sounds.report([0.5], pauses=0.5), RATE // HOP, level=0, duck=0).part(0, RATE // HOP + 1)
    assert curve.max() == pytest.approx(1) and curve[0] == 0 and abs(curve[-1]) < 1e-6
