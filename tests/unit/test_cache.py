"""The speech cache: the same words are spoken once, whatever happens to the folder, with several processes at once."""

import json
import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from video_gen import speech
from video_gen.speech import cache, scene, sound
from video_gen.speech.cache import Cache, Entry
from video_gen.speech.model import Cast, Piece, Speech, Word

ENTRY = Entry(b"\xff\xfb mp3\n with lines\n", {"engine": "x", "duration": 1.0, "exact": True, "spans": [[0.0, 0.5]]})
KEYS = [f"{number:02x}{'0' * 62}" for number in range(20)]


class Counting:
    """An engine whose tone is as high as its text is long, and which counts."""

    name, online = "counting", False

    def __init__(self) -> None:
        self.spoken: list[str] = []
        self.version = 1

    def supports(self, language: str) -> bool:
        return True

    def cast(self, voice: str, language: str) -> Cast:
        return Cast(voice, "", "")

    def identity(self, voice: str, language: str) -> str:
        return f"counting {self.version}"

    def speak(self, pieces, voice, language) -> Speech:
        text = " ".join(piece.spoken for piece in pieces)
        self.spoken.append(text)
        tone = np.sin(2 * np.pi * (200 + 10 * len(text)) * np.arange(24_000) / 24_000).astype(np.float32)
        times = np.linspace(0, 1, len(pieces) + 1)
        words = [Word(piece.text, float(a), float(b)) for piece, (a, b) in zip(pieces, pairwise(times), strict=True)]
        return Speech(tone, 24_000, words, self.identity(voice, language))


@pytest.fixture
def engine(monkeypatch):
    counting = Counting()
    monkeypatch.setattr(speech, "engine", lambda name, models=None: counting)
    return counting


def write(folder, text, **changes):
    asked = {"engine": "counting", "voice": "male", "language": "en", "pronunciations": {}, "cache": folder / "cache"}
    scene.write(folder / "a.mp3", folder / "a.json", text=text, **(asked | changes))
    return (folder / "a.mp3").read_bytes(), json.loads((folder / "a.json").read_text())


def test_the_same_words_are_spoken_once_and_give_the_same_files(tmp_path, engine):
    first = write(tmp_path, "Two small words.")
    assert write(tmp_path, "Two small words.") == first == write(tmp_path, "Two small words.", cache=None)
    assert len(engine.spoken) == 2
    assert [word["text"] for word in first[1]["words"]] == ["Two", "small", "words."]


def test_what_is_shown_is_the_text_that_was_asked_for(tmp_path, engine):
    first, second = write(tmp_path, "I have 5 apples. 🎉"), write(tmp_path, "I *have* five apples.")
    assert len(engine.spoken) == 1 and first[0] == second[0]
    assert [word["text"] for word in first[1]["words"]] == ["I", "have", "5", "apples. 🎉"]
    assert [word["text"] for word in second[1]["words"]] == ["I", "*have*", "five", "apples."]
    assert [word["start"] for word in first[1]["words"]] == [word["start"] for word in second[1]["words"]]


@pytest.mark.parametrize(
    "change",
    [
        {"voice": "female"},
        {"language": "en-GB"},
        {"pronunciations": {"words": "birds"}},
        {"text": "Two words. [pause 2]"},
        {"text": "Two [pause 1] words."},
    ],
)
def test_what_sounds_otherwise_is_spoken_again(tmp_path, engine, change):
    write(tmp_path, "Two words.")
    before = len(engine.spoken)
    write(tmp_path, **({"text": "Two words."} | change))
    assert len(engine.spoken) > before


def test_another_version_of_engine_or_stage_is_spoken_again(tmp_path, engine, monkeypatch):
    write(tmp_path, "Two words.")
    engine.version = 2
    assert write(tmp_path, "Two words.")[1]["engine"] == "counting 2"
    monkeypatch.setattr("video_gen.versions.SPEAK_SCENE", 99)
    write(tmp_path, "Two words.")
    assert len(engine.spoken) == 3


def test_engines_do_not_mix():
    asked = {"voice": "male", "language": "en", "identity": "1"}
    assert cache.key([Piece("a", "a")], engine="one", **asked) != cache.key([Piece("a", "a")], engine="two", **asked)


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:70] + b"x" + data[71:]]
)
def test_a_broken_entry_is_spoken_again(tmp_path, engine, damage):
    good = write(tmp_path, "Two words.")
    [path] = (tmp_path / "cache").glob("*.speech")
    path.write_bytes(damage(path.read_bytes()))
    assert write(tmp_path, "Two words.") == good == write(tmp_path, "Two words.")
    assert len(engine.spoken) == 2


def test_a_folder_that_cannot_be_used_is_done_without(tmp_path, engine):
    (tmp_path / "file").write_text("no folder")
    first = write(tmp_path, "Two words.", cache=tmp_path / "file" / "cache")
    assert write(tmp_path, "Two words.", cache=tmp_path / "file" / "cache") == first
    assert len(engine.spoken) == 2


def test_a_failing_engine_leaves_nothing(tmp_path, engine, monkeypatch):
    monkeypatch.setattr(engine, "speak", lambda *_: Speech(np.zeros(9, np.float32), 24_000, [], "x"))
    with pytest.raises(speech.EngineError):
        write(tmp_path, "Two words.")
    assert not list((tmp_path / "cache").glob("*.speech")) and not (tmp_path / "a.mp3").exists()


def test_the_least_recently_used_go_first(tmp_path):
    size = len(cache._packed(ENTRY))
    kept = Cache(tmp_path, 4 * size)
    for age, name in enumerate(KEYS[:4]):
        kept.put(name, ENTRY)
        os.utime(tmp_path / f"{name}.speech", (1000 + age, 1000 + age))
    assert kept.get(KEYS[0]) == ENTRY
    kept.put(KEYS[4], ENTRY)
    assert [kept.get(name) is not None for name in KEYS[:5]] == [True, False, True, True, True]
    Cache(tmp_path, size - 1).put(KEYS[5], ENTRY)
    assert kept.get(KEYS[5]) is None and kept.get(KEYS[4]) == ENTRY


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    old, new = tmp_path / "old.part", tmp_path / "new.part"
    old.touch()
    new.touch()
    os.utime(old, (1000, 1000))
    Cache(tmp_path).put(KEYS[0], ENTRY)
    assert not old.exists() and new.exists()


def test_the_default_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.default_folder() == tmp_path / "video-gen" / "speech"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.default_folder() == tmp_path / ".cache" / "video-gen" / "speech"


HAMMER = """
import random, sys
from video_gen.speech.cache import Cache, Entry
folder, seed = sys.argv[1], int(sys.argv[2])
random.seed(seed)
kept, found = Cache(folder, 60_000), 0
for _ in range(150):
    number = random.randrange(12)
    key = f"{number:02x}" * 32
    entry = Entry(bytes([number]) * 8000, {"number": number})
    got = kept.get(key)
    assert got is None or got == entry, "a torn entry"
    found += got is not None
    kept.put(key, entry)
print(found)
"""

ONCE = """
import sys, time
from pathlib import Path
from video_gen.speech.cache import Cache, Entry
kept = Cache(sys.argv[1])
with kept.alone("ab" * 32):
    if kept.get("ab" * 32) is None:
        with open(sys.argv[2], "a") as log:
            log.write("spoken\\n")
        time.sleep(0.2)
        kept.put("ab" * 32, Entry(b"mp3", {}))
"""


def together(program: str, *arguments: str, count: int = 4) -> list[str]:
    command = [sys.executable, "-c", program, *arguments]
    running = [
        subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for seed in range(count)
    ]
    outputs = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * count, outputs
    return outputs


def test_processes_that_write_read_and_evict_at_once_see_whole_entries(tmp_path):
    assert all(int(found) > 10 for found in together(HAMMER, str(tmp_path)))
    assert sum(path.stat().st_size for path in tmp_path.glob("*.speech")) <= 60_000
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(cache.fcntl is None, reason="this system cannot lock files")
def test_processes_that_want_the_same_words_speak_them_once(tmp_path):
    together(ONCE, str(tmp_path / "cache"), str(tmp_path / "log"))
    assert (tmp_path / "log").read_text() == "spoken\n"


def test_hibari_from_the_cache_is_what_hibari_says(tmp_path):
    first = write(tmp_path, "One small step. [pause 0.5] Then two.", engine="hibari")
    assert write(tmp_path, "One small step. [pause 0.5] Then two.", engine="hibari") == first
    assert first[1]["exact"] and scene.read(tmp_path / "a.mp3", tmp_path / "a.json")["duration"] == first[1]["duration"]
    assert len(sound.read_sound(tmp_path / "a.mp3", 24_000)) / 24_000 == pytest.approx(first[1]["duration"])
