"""Engines and what is done to their sound."""

import subprocess
import sys
import time

import numpy as np
import pytest

from video_gen import speech
from video_gen.errors import ConfigError, EngineError, InputError
from video_gen.speech import child, espeak, hibari, pico, sound, timing
from video_gen.speech.model import Piece, Speech, Word

TEXT = "Run `snakemake --cores 4` with config.yaml. [pause 0.8] Then wait for 5 GB 🎉, e.g. here!"
OFFLINE = [
    pytest.param("hibari", "en"),
    pytest.param("espeak", "en"),
    pytest.param("espeak", "uk"),
    pytest.param("pico", "de", marks=pytest.mark.skipif(not pico.installed(), reason="no wheel of Pico here")),
]


def say(name: str, language: str, text: str = TEXT, voice: str = "male") -> Speech:
    return speech.speak(text, engine=speech.engine(name), voice=voice, language=language)


@pytest.mark.parametrize(("name", "language"), OFFLINE)
def test_words_are_shown_in_order_inside_the_sound(name, language):
    said = say(name, language)
    assert " ".join(word.text for word in said.words) == " ".join(TEXT.replace("[pause 0.8]", "").split())
    times = [time for word in said.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0 and times[-1] <= len(said.samples) / said.rate
    assert all(word.end - word.start > 0.02 for word in said.words)
    assert said.exact == (name != "pico")
    assert said.engine.startswith(name)


@pytest.mark.parametrize(("name", "language"), OFFLINE)
def test_the_sound_is_level_and_begins_and_ends_at_once(name, language):
    said = say(name, language)
    assert said.samples.dtype == np.float32
    assert 0.3 < np.abs(said.samples).max() <= 10 ** (-1 / 20)
    assert abs(said.samples[0]) < 1e-3 and abs(said.samples[-1]) < 1e-3
    loud = np.flatnonzero(np.abs(said.samples) > 0.02)
    assert loud[0] / said.rate < 0.1
    assert (len(said.samples) - loud[-1]) / said.rate < 0.3


@pytest.mark.parametrize(("name", "language"), OFFLINE)
def test_a_pause_is_silence_of_its_length(name, language):
    long, short = say(name, language), say(name, language, TEXT.replace("0.8", "0.3"))
    assert (len(long.samples) - len(short.samples)) / long.rate == pytest.approx(0.5, abs=0.001)
    gap = next(b.start - a.end for a, b in zip(long.words, long.words[1:], strict=False) if a.text.endswith("yaml."))
    assert 0.8 <= gap < 1.0


@pytest.mark.parametrize(("name", "language"), OFFLINE)
def test_the_same_words_give_the_same_bytes_in_fresh_processes(name, language):
    program = (
        "import hashlib, sys; from video_gen import speech; "
        "said = speech.speak('One small step. Then two.', engine=speech.engine(sys.argv[1]), voice='female', "
        "language=sys.argv[2]); print(hashlib.sha256(said.samples.tobytes()).hexdigest(), said.words)"
    )
    command = [sys.executable, "-c", program, name, language]
    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if name == "espeak":
        time.sleep(1.01)  # unless told otherwise it takes its noise from the clock, in whole seconds
    second = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert first == second and len(first) > 64


def test_word_times_hold_in_the_decoded_mp3(tmp_path):
    said = say("hibari", "en", "Take it. [pause 0.7] Peter [pause 0.7] can. [pause 0.7] Do it.")
    sound.write_mp3(tmp_path / "a.mp3", said.samples, said.rate)
    decoded = np.abs(sound.read_sound(tmp_path / "a.mp3", said.rate))
    for before, word in zip(said.words, said.words[1:], strict=False):
        if word.start - before.end > 0.6:
            begin = int((word.start - 0.3) * said.rate)
            first = begin + int(np.argmax(decoded[begin:] > 0.01))
            assert first / said.rate == pytest.approx(word.start, abs=0.06), word


def test_hibari_without_durations_estimates(monkeypatch):
    monkeypatch.setattr(hibari, "DURATIONS", "/no_such_tensor")
    model = hibari._Model("heart")
    monkeypatch.setattr(hibari, "_model", lambda voice: model)
    said = say("hibari", "en", "One two three.")
    assert not said.exact
    assert [word.text for word in said.words] == ["One", "two", "three."]
    assert said.words[0].end <= said.words[1].start + 1e-6


def test_hibari_speaks_sentences_of_any_length():
    said = say("hibari", "en", "and so on " * 80 + "until the end.")
    assert len(said.words) == 3 * 80 + 3
    assert said.words[-1].start > 30


def test_hibari_says_the_letter_a():
    engine = hibari.Hibari()
    letter, article = (engine.speak([Piece("x", word), Piece("p", "P")], "female", "en") for word in ("A", "a"))
    assert letter.words[0].end - letter.words[0].start > article.words[0].end - article.words[0].start


def test_a_script_that_the_engine_does_not_know_is_refused():
    with pytest.raises(EngineError, match="hibari: returned"):
        say("hibari", "en", "日本語")
    with pytest.raises(InputError, match="no words"):
        say("hibari", "en", "🎉 — …")


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(1000), np.full(1000, np.nan), np.full(1000, np.inf)])
def test_bad_sound_is_refused(samples):
    class Broken:
        name, online = "broken", False

        def supports(self, language: str) -> bool:
            return True

        def speak(self, pieces, voice, language) -> Speech:
            return Speech(samples.astype(np.float32), 24_000, [Word(p.text, 0, 0) for p in pieces], "broken 1")

    with pytest.raises(EngineError, match="broken: returned"):
        speech.speak("Hello.", engine=Broken(), voice="male", language="en")


def test_an_unknown_voice_is_refused_before_anything_is_spoken():
    with pytest.raises(InputError, match="Did you mean 'female'"):
        say("hibari", "en", voice="femle")


def test_genders_differ_where_the_engine_has_both():
    assert not np.array_equal(say("espeak", "en", "Hi.").samples, say("espeak", "en", "Hi.", "female").samples)


def test_engines_by_name():
    for name in speech.NAMES:
        assert speech.engine(name).name == name
    with pytest.raises(ConfigError, match="auto, offline, edge, hibari, pico, espeak"):
        speech.engine("festival")


def test_the_offline_engine_of_a_language(monkeypatch):
    assert speech.offline_engine("en-GB") == "hibari"
    assert speech.offline_engine("ja") == "espeak"
    monkeypatch.setattr(pico, "installed", lambda: True)
    assert speech.offline_engine("de") == "pico"
    monkeypatch.setattr(pico, "installed", lambda: False)
    assert speech.offline_engine("de") == "espeak"
    with pytest.raises(EngineError, match="pip install py-nanotts"):
        speech.engine("pico").speak([Piece("a", "a")], "male", "de")
    with pytest.raises(EngineError, match="no offline engine"):
        speech.offline_engine("xx")


def test_a_named_engine_must_speak_the_language():
    assert speech.choose("hibari", "en") == "hibari"
    with pytest.raises(EngineError, match=r"does not speak 'fr'.*espeak"):
        speech.choose("hibari", "fr")
    with pytest.raises(ConfigError, match="Known engines"):
        speech.choose("robot", "en")


def test_espeak_has_every_language():
    engine = espeak.Espeak()
    codes = "en es fr de pt it ja zh ko ar hi ru nl pl sv no da fi tr el he th vi cs hu ro uk id ms es-MX pt-BR en-GB"
    assert [code for code in codes.split() if not engine.supports(code)] == []


def test_a_child_that_fails_or_hangs_is_an_engine_error(monkeypatch, tmp_path):
    with pytest.raises(EngineError, match="has no voice 'xx'"):
        child.utter("espeak", "hello", "xx")
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(20)")
    monkeypatch.setattr(child, "WORKER", slow)
    with pytest.raises(EngineError, match="no sound after") as caught:
        child.utter("espeak", "hello", "en-us", timeout=0.2)
    assert caught.value.temporary


def test_spans_are_shared_where_some_are_missing():
    assert timing.fill([(0.0, 2.0), None, (3.0, 4.0)], [3, 1, 1], 5) == [(0.0, 1.5), (1.5, 2.0), (3.0, 4.0)]
    assert timing.fill([None, (1.0, 2.0), None], [1, 1, 2], 5) == [(1.0, 1.25), (1.25, 1.5), (1.5, 2.0)]
    assert timing.fill([None, None], [1, 3], 4.0) == [(0.0, 1.0), (1.0, 4.0)]
