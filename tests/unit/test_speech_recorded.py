"""A person's own recording, and no voice at all."""

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from video_gen import speech
from video_gen.errors import InputError
from video_gen.speech import level, scene, sound
from video_gen.speech.model import Piece

TEXT = (
    "Take care of the files that you want to keep, because they are hard to make again. Yes. Each page has a title, a "
    "short text, and four large pictures below it.\n\nWhen the rain stopped, people opened their windows."
)
CODECS = {
    ".wav": "pcm_s16le",
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".flac": "flac",
    ".ogg": "libopus",
    ".opus": "libopus",
}
RATE = 48_000


def record(path, samples: np.ndarray) -> None:
    """Write a file as a recorder would: stereo, in the format that its name says."""
    layout = "stereo"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(CODECS[path.suffix], rate=RATE, layout=layout)
        frame = AudioFrame.from_ndarray(np.stack([samples, samples]), format="fltp", layout=layout)
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=RATE, frame_size=stream.frame_size or 1024
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))


@pytest.fixture(scope="module")
def said():
    """What an engine that tells its word times says of TEXT."""
    return speech.speak(TEXT, engine=speech.engine("hibari"), voice="female", language="en")


@pytest.fixture(scope="module")
def recording(said) -> np.ndarray:
    """It said quietly, with a second of a quiet room around it."""
    room = 0.0005 * np.random.default_rng(0).standard_normal(2 * RATE + round(len(said.samples) / said.rate * RATE))
    spoken = sound.resample(said.samples, said.rate, RATE)
    room[RATE : RATE + len(spoken)] += 0.1 * spoken
    return room.astype(np.float32)


def listen(path) -> speech.Speech:
    return speech.from_recording(path, speech.spelled(TEXT, "en"), voice="female", language="en")


@pytest.mark.parametrize("suffix", CODECS)
def test_a_recording_is_cut_and_levelled_and_its_words_are_near(tmp_path, said, recording, suffix):
    path = tmp_path / f"me{suffix}"
    record(path, recording)
    heard = listen(path)
    assert " ".join(word.text for word in heard.words) == " ".join(TEXT.split())
    assert not heard.exact and heard.engine == "recorded"
    assert len(heard.samples) / heard.rate == pytest.approx(len(said.samples) / said.rate, abs=0.3)
    blocks = np.sqrt(np.square(level._blocks(heard.samples, heard.rate // 20)).mean(axis=1))
    assert 0.1 < blocks[blocks > 0.02].mean() < 0.25 and np.abs(heard.samples).max() < 10 ** (-1 / 20)
    times = [time for word in heard.words for time in (word.start, word.end)]
    assert times == sorted(times) and times[0] >= 0 and times[-1] <= len(heard.samples) / heard.rate
    apart = [abs(a.start - b.start) for a, b in zip(heard.words, said.words, strict=True)]
    assert np.median(apart) < 0.12 and np.quantile(apart, 0.9) < 0.35


def test_sentences_begin_behind_rests(tmp_path, said, recording):
    record(tmp_path / "me.wav", recording)
    heard = listen(tmp_path / "me.wav")
    firsts = [i + 1 for i, word in enumerate(heard.words[:-1]) if word.text.endswith(".")]
    assert len(firsts) == 3
    for first in firsts:
        assert heard.words[first].start == pytest.approx(said.words[first].start, abs=0.15)


def test_a_scene_takes_the_recording_and_not_the_engine(tmp_path, recording):
    record(tmp_path / "me.flac", recording)
    asked = {"voice": "male", "language": "en", "pronunciations": {}, "engine": "edge", "cache": tmp_path / "cache"}
    scene.write(tmp_path / "a.mp3", tmp_path / "a.json", text=TEXT, recording=tmp_path / "me.flac", **asked)
    spoken = scene.read(tmp_path / "a.mp3", tmp_path / "a.json")
    assert spoken["engine"] == "recorded" and len(spoken["words"]) == len(TEXT.split())
    assert not (tmp_path / "cache").exists()


def test_one_long_sound_without_rests_is_shared_out(tmp_path):
    record(tmp_path / "me.wav", 0.3 * np.sin(np.arange(3 * RATE) / 20).astype(np.float32))
    heard = listen(tmp_path / "me.wav")
    assert heard.words[-1].end == pytest.approx(3, abs=0.1)
    assert all(word.end > word.start for word in heard.words)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("gone.wav", None, "no such recording"),
        ("text.wav", b"no sound at all " * 100, "cannot be decoded"),
        ("list.m4a", b"#EXTM3U\n#EXTINF:1,\nother.mp3\n", "cannot be decoded"),
        ("empty.mp3", b"", "cannot be decoded"),
        ("notes.txt", b"hello", "no known kind"),
        ("playlist.m3u8", b"#EXTM3U\n", "no known kind"),
    ],
)
def test_what_is_no_recording_is_an_input_error(tmp_path, name, content, cause):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=rf"{name}.*{cause}"):
        listen(tmp_path / name)


def test_a_silent_recording_is_an_input_error(tmp_path):
    record(tmp_path / "me.wav", np.zeros(RATE, np.float32))
    with pytest.raises(InputError, match="only silence"):
        listen(tmp_path / "me.wav")


@pytest.mark.parametrize(("text", "seconds"), [("word " * 45, 20.0), ("Hi.", 0.5), ("一二三四五六七八九" * 10, 20.0)])
def test_silence_is_as_long_as_the_words_would_take(text, seconds):
    said = speech.speak(text, engine=speech.engine("silent"), voice="male", language="en")
    assert len(said.samples) / said.rate == pytest.approx(seconds, rel=0.01)
    assert not said.samples.any() and not said.exact and said.silent


def test_the_words_of_silence_are_in_order_with_their_pauses():
    said = speech.speak("One. [pause 2] Twenty seven.", engine=speech.engine("silent"), voice="male", language="xx")
    one, twenty, seven = said.words
    assert one.end == 0.5 and twenty.start == 2.5 and seven.end == pytest.approx(len(said.samples) / said.rate)
    assert twenty.end - twenty.start == pytest.approx((seven.end - seven.start) * 6 / 5)


def test_a_silent_scene_is_a_file(tmp_path):
    asked = {"voice": "male", "language": "en", "pronunciations": {}, "engine": "silent"}
    scene.write(tmp_path / "a.mp3", tmp_path / "a.json", text="One two three.", **asked)
    assert scene.read(tmp_path / "a.mp3", tmp_path / "a.json")["duration"] == pytest.approx(4 / 3, abs=0.01)


def test_speech_that_is_not_meant_to_be_silent_is_still_refused():
    class Mute:
        name, online = "mute", False

        def speak(self, pieces, voice, language) -> speech.Speech:
            return speech.Speech(np.zeros(1000, np.float32), 24_000, [], "mute 1")

    with pytest.raises(speech.EngineError, match="only silence"):
        speech.say([Piece("a", "a")], engine=Mute(), voice="male", language="en")
