"""Sound files: lengths to the sample, onsets where they were, and files that are no sound."""

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video_gen.errors import InputError, StageError
from video_gen.speech import level, sound


def tone(seconds: float, rate: int, silence: float = 0.0) -> np.ndarray:
    count, lead = round(seconds * rate), round(silence * rate)
    samples = 0.5 * np.sin(2 * np.pi * 440 * np.arange(count) / rate)
    samples[:lead] = 0
    return samples.astype(np.float32)


def onset(samples: np.ndarray, rate: int) -> float:
    return float(np.argmax(np.abs(samples) > 0.05)) / rate


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 48_000])
def test_an_mp3_keeps_length_and_onset(tmp_path, rate):
    samples = tone(1.2345, rate, silence=0.5)
    sound.write_mp3(tmp_path / "a.mp3", samples, rate)
    decoded = sound.read_sound(tmp_path / "a.mp3")
    assert len(decoded) / 48_000 == pytest.approx(len(samples) / rate, abs=0.002)
    assert onset(decoded, 48_000) == pytest.approx(0.5, abs=0.002)
    assert sound.duration(tmp_path / "a.mp3") == pytest.approx(len(samples) / rate, abs=0.002)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3000))
def test_an_mp3_of_any_length_decodes_to_it(tmp_path_factory, count):
    path = tmp_path_factory.mktemp("mp3") / "a.mp3"
    sound.write_mp3(path, tone(1, 24_000)[:count], 24_000)
    assert 0 <= len(sound.read_sound(path, 24_000)) - count < sound.LAST_FRAME_MIN


def test_an_mp3_is_constant_mono_and_the_same_every_time(tmp_path):
    for name in ("a.mp3", "b.mp3"):
        sound.write_mp3(tmp_path / name, tone(1, 24_000), 24_000)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()
    with av.open(str(tmp_path / "a.mp3")) as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels, stream.codec_context.bit_rate) == (24_000, 1, 96_000)


def test_resampling_is_exact_in_length_and_leaves_nothing_behind():
    for source, target, count in ((22_050, 24_000, 10_001), (16_000, 48_000, 7), (48_000, 16_000, 4_801)):
        out = sound.resample(tone(1, source)[:count], source, target)
        assert len(out) == round(count * target / source)
        assert out.dtype == np.float32


def test_nothing_is_not_written(tmp_path):
    with pytest.raises(StageError, match="no sound to write"):
        sound.write_mp3(tmp_path / "a.mp3", np.zeros(0, np.float32), 24_000)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no sound at all " * 100,
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
    ],
)
def test_what_is_no_sound_is_an_input_error(tmp_path, content):
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    for read in (sound.read_sound, sound.duration):
        with pytest.raises(InputError, match=r"a\.mp3"):
            read(path)


def test_a_missing_file_and_a_picture_are_input_errors(tmp_path):
    with pytest.raises(InputError, match="cannot be decoded"):
        sound.read_sound(tmp_path / "none.wav")
    (tmp_path / "a.m3u8").write_text("#EXTM3U\n#EXTINF:1,\n/etc/hosts\n")
    with pytest.raises(InputError):
        sound.read_sound(tmp_path / "a.m3u8")


def test_stereo_becomes_mono(tmp_path):
    with av.open(str(tmp_path / "a.wav"), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.full((1, 1600), 8_000, np.int16), format="s16", layout="stereo")
        frame.sample_rate = 8_000
        container.mux(stream.encode(frame))
    samples = sound.read_sound(tmp_path / "a.wav", 8_000)
    assert samples.shape == (800,)
    assert samples[400] == pytest.approx(8_000 / 32_768, abs=1e-3)


def test_levelling_reaches_the_same_loudness_below_the_limit():
    noise = np.random.default_rng(0).standard_normal(48_000).astype(np.float32)
    noise[10_000] = 40.0
    loud, quiet = level.normalise(noise * 0.3, 24_000), level.normalise(noise * 0.001, 24_000)
    assert np.allclose(loud, quiet, atol=1e-4)
    assert np.abs(loud).max() <= 10 ** (-1 / 20)
    assert 20 * np.log10(np.sqrt(np.mean(loud[20_000:] ** 2))) > level.LOUDNESS - 3


def test_bounds_keep_a_little_before_and_behind():
    samples = np.concatenate([np.zeros(2_400), tone(0.5, 24_000), np.zeros(9_600)]).astype(np.float32)
    start, end = level.bounds(samples, 24_000)
    assert start == pytest.approx(2_400 - 240, abs=10)
    assert end == pytest.approx(2_400 + 12_000 + 960, abs=10)
