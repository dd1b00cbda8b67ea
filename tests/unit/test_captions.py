"""Captions: the rules hold for any words, and line breaks are where a careful person would put them."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video_gen.render import captions
from video_gen.render.caption_breaks import (
    BRACKET,
    CLAUSE,
    DANGLING,
    FORBIDDEN,
    LEAD,
    PLAIN,
    SENTENCE,
    penalty,
)
from video_gen.render.caption_units import LINE, width

LATIN = st.text("abcdefghijKLM.,;:-–()&<>/5é'", min_size=1, max_size=14)
ANY = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
LONG = st.text("ab/-.", min_size=30, max_size=130)
IDEOGRAPHS = st.text("这个程序把文档变成视频，。「」のアABC12", min_size=1, max_size=60)
TEXTS = st.lists(LATIN | LATIN | ANY | LONG | IDEOGRAPHS | st.just("5 GB"), min_size=1, max_size=40)


def report(scenes, fps=30, language="en"):
    """Return a timing report of scenes (start_frame, frames, words), as far as captions read it."""
    return {
        "language": language,
        "fps": fps,
        "scenes": [
            {"start_time": round(start / fps, 6), "end_time": round((start + frames) / fps, 6), "words": words}
            for start, frames, words in scenes
        ],
    }


def spoken(text, start=0.0, rate=15.0, unit=str.split):
    """Return the words of a text said evenly, with a rest after punctuation, and when the last one ends."""
    words = []
    for part in unit(text):
        end = start + (len(part) + 1) / rate
        words.append({"text": part, "start": round(start, 3), "end": round(end - 0.01, 3)})
        start = end + (0.4 if part[-1] in ".!?" else 0.15 if part[-1] in ",;:" else 0.0)
    return words, start


def shown(text, language="en", rate=15.0):
    words, end = spoken(text, rate=rate)
    return [cue.lines for cue in captions.cues(report([(0, round(end * 30) + 30, words)], language=language))]


@st.composite
def reports(draw):
    """A report of up to three scenes whose words follow each other at random distances, some of them none."""
    fps = draw(st.sampled_from([24, 25, 30, 60]))
    scenes, start = [], 0
    for texts in draw(st.lists(TEXTS, min_size=1, max_size=3)):
        words, at = [], start / fps
        for text in texts:
            gap, length = draw(
                st.sampled_from([(0.0, 0.3), (0.0, 0.0), (0.01, 0.05), (0.5, 1.2), (2.0, 0.4), (0.0, 9.0)])
            )
            words.append({"text": text, "start": round(at + gap, 3), "end": round(at + gap + length, 3)})
            at += gap + length
        frames = int((at - start / fps + draw(st.sampled_from([0.0, 1.0, 3.0]))) * fps) + fps
        scenes.append((start, frames, words))
        start += frames
    return report(scenes, fps, draw(st.sampled_from(["en", "de", "zh", "ja", "xx"])))


def _solid(texts):
    joined = "".join("".join(texts).split())
    return "".join(character for character in joined if unicodedata.category(character) != "Cc")


@settings(max_examples=120, deadline=None)
@given(reports())
def test_any_words_become_captions_within_the_rules(made):
    cues = captions.cues(made)
    spoken_text = _solid(word["text"] for scene in made["scenes"] for word in scene["words"])
    assert _solid(line for cue in cues for line in cue.lines) == spoken_text
    assert _solid(word.text for cue in cues for word in cue.words) == spoken_text
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2
        for line in cue.lines:
            assert line == line.strip() != ""
            assert len(line) <= 42
            assert width(line) <= LINE
        assert cue.start < cue.end
    for cue, following in pairwise(cues):
        gap = following.start - cue.end
        assert gap == 0 or gap >= 2 / made["fps"] - 1e-9


@settings(max_examples=60, deadline=None)
@given(reports())
def test_each_caption_lies_in_the_scene_that_its_words_come_from(made):
    cues = iter(captions.cues(made))
    for scene in made["scenes"]:
        missing = len(_solid(word["text"] for word in scene["words"]))
        while missing:
            cue = next(cues)
            missing -= len(_solid(cue.lines))
            assert missing >= 0
            assert scene["start_time"] - 0.0006 <= cue.start < cue.end <= scene["end_time"] + 0.0006
    assert next(cues, None) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=60), st.integers(6, 15))
def test_speech_at_a_usual_pace_gives_a_second_or_more_and_17_characters_a_second_or_fewer(texts, rate):
    words, end = spoken(" ".join(texts), rate=float(rate))
    for cue in captions.cues(report([(0, round(end * 30) + 60, words)])):
        assert 0.999 < cue.end - cue.start < 7.001
        assert len(" ".join(cue.lines)) / (cue.end - cue.start) <= 17.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(LATIN, st.floats(0, 9), st.floats(0.2, 6)), min_size=1, max_size=30))
def test_no_caption_of_several_words_lasts_over_seven_seconds(spoken_words):
    words, at = [], 0.0
    for text, gap, length in spoken_words:
        words.append({"text": text, "start": at + gap, "end": at + gap + length})
        at += gap + length
    for cue in captions.cues(report([(0, round(at * 30) + 30, words)])):
        assert cue.end - cue.start <= 7.001 or len(cue.words) == 1


def test_the_blanks_of_the_narration_are_kept():
    text = "One – two, e.g. 5 GB of three (and four)."
    assert " ".join(line for lines in shown(text) for line in lines) == text


def test_sentences_and_clauses_end_captions():
    text = (
        "Welcome to the tour. It turns documents, such as a README or a video YAML, into narrated explainer videos, "
        "and it rebuilds only the scenes that have changed since the last run."
    )
    assert shown(text) == [
        ("Welcome to the tour.",),
        ("It turns documents,",),
        ("such as a README or a video YAML,", "into narrated explainer videos,"),
        ("and it rebuilds only the scenes", "that have changed since the last run."),
    ]


def test_names_and_numbers_with_units_stay_whole():
    text = (
        "Yes. In New York City, Ada Lovelace and Grace Hopper wrote 5 GB of code in 20 seconds. That is 3.5 times as fast "
        "as the old pipeline of the European Space Agency on a machine with 64 cores."
    )
    lines = [line for lines in shown(text) for line in lines]
    for whole in (
        "New York City",
        "Ada Lovelace",
        "Grace Hopper",
        "5 GB",
        "20 seconds",
        "European Space Agency",
        "64 cores",
    ):
        assert any(whole in line for line in lines), whole
    assert shown(text)[0] == ("Yes. In New York City,",)


def test_every_split_point_keeps_a_name_whole():
    for filler in range(1, 40):
        text = "word " * filler + "then Grace Hopper wrote 20 seconds of it and went home again that day."
        lines = [line for lines in shown(text) for line in lines]
        assert any("Grace Hopper" in line for line in lines), lines
        assert any("20 seconds" in line for line in lines), lines


def test_lines_are_balanced():
    (lines,) = shown("These are words which everyone understands at once.")
    assert lines == ("These are words", "which everyone understands at once.")
    (lines,) = shown("alpha bravo gamma delta sigma omega kappa theta")
    assert lines == ("alpha bravo gamma delta", "sigma omega kappa theta")


def test_german_breaks_at_its_own_conjunctions():
    text = "Das Programm liest die Datei und erzeugt daraus ein Video, weil alle Beteiligten es so wollten."
    assert shown(text, "de") == [
        ("Das Programm liest die Datei", "und erzeugt daraus ein Video,"),
        ("weil alle Beteiligten es so wollten.",),
    ]


def test_chinese_breaks_at_punctuation_and_keeps_latin_words_whole():
    text = "这个程序把文档变成带解说的视频，使用Snakemake构建，每次只重新生成改变过的场景。这样可以节省大量时间！"
    assert shown(text, "zh", rate=5) == [
        ("这个程序把文档变成带解说的视频，", "使用Snakemake构建，"),
        ("每次只重新生成改变过的场景。", "这样可以节省大量时间！"),
    ]


def test_japanese_lines_never_begin_with_closing_signs():
    text = (
        "「ドキュメント」を、ナレーション付きの動画に変換します。変更されたシーンだけを、とても速く作り直すのです。" * 3
    )
    lines = [line for lines in shown(text, "ja", rate=7) for line in lines]
    assert "".join(lines) == text
    assert all(len(line) <= 16 for line in lines)
    assert not any(line[0] in "」、。ーッょ" or line[-1] == "「" for line in lines)


def test_arabic_sentences_end_captions_and_nothing_is_lost():
    text = "يحوّل هذا البرنامج المستندات إلى مقاطع فيديو مع تعليق صوتي، ويعيد بناء المشاهد التي تغيّرت فقط. هل هذا مفيد؟ نعم."
    found = shown(text, "ar")
    assert " ".join(line for lines in found for line in lines) == text
    assert found[0][-1].endswith("،")


def test_a_word_longer_than_a_line_is_cut_behind_a_sign():
    address = "https://example.com/a/very/long/path/that-does-not-fit/on-one-line.html"
    lines = [line for lines in shown(f"Then open {address} now.") for line in lines]
    assert "https://example.com/a/very/long/path/that-" in lines
    assert address in "".join(lines)


def test_combining_signs_stay_with_their_letters():
    lines = [line for lines in shown("นี่" * 60, "th") for line in lines]
    assert "".join(lines) == "นี่" * 60
    assert all(line[0] == "น" for line in lines)


def test_a_caption_stays_into_the_silence_but_not_over_the_next():
    words = [{"text": "Internationalisation.", "start": 0.0, "end": 0.4}, {"text": "Next.", "start": 9.0, "end": 9.3}]
    first, second = captions.cues(report([(0, 300, words)]))
    assert first.end == pytest.approx(21 / 17, abs=0.002)
    assert (second.start, second.end) == (9.0, 10.0)


def test_small_gaps_are_closed_also_between_scenes():
    scenes = [
        (0, 60, [{"text": "One is here.", "start": 0.0, "end": 1.97}]),
        (60, 90, [{"text": "Two is here.", "start": 2.02, "end": 3.5}, {"text": "Three.", "start": 3.54, "end": 4.8}]),
    ]
    one, two, three = captions.cues(report(scenes))
    assert (one.end, two.start) == (2.0, 2.0)
    assert two.end == three.start == 3.54


def test_words_without_any_time_are_still_shown_one_after_another():
    words = [{"text": "word", "start": 0.0, "end": 0.0} for _ in range(100)]
    cues = captions.cues(report([(0, 90, words)]))
    assert sum(len(cue.words) for cue in cues) == 100
    assert all(cue.start < cue.end <= 3.0 for cue in cues)


def test_a_scene_without_words_has_no_captions():
    assert captions.cues(report([(0, 30, [])])) == []
    assert captions.cues(report([(0, 30, [{"text": "\x07", "start": 0.0, "end": 0.5}])])) == []


def test_a_long_scene_takes_little_time():
    words, end = spoken("It reads the document, and then it makes a video of it. " * 250)
    began = time.process_time()
    captions.cues(report([(0, round(end * 30) + 30, words)]))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("before", "after", "language", "expected"),
    [
        ("done.", "Then", "en", SENTENCE),
        ("done.”", "Then", "en", SENTENCE),
        ("e.g.", "Python", "en", PLAIN),
        ("Dr.", "House", "en", FORBIDDEN),
        ("W.", "Dijkstra", "en", FORBIDDEN),
        ("done.", "then", "en", CLAUSE),
        ("etc.", "then", "en", PLAIN),
        ("3.", "Mai", "de", FORBIDDEN),
        ("fast,", "and", "en", CLAUSE),
        ("files", "and", "en", LEAD),
        ("and", "files", "en", DANGLING),
        ("the", "files", "en", DANGLING),
        ("files", "change", "en", PLAIN),
        ("files", "(which", "en", BRACKET),
        ("Grace", "Hopper", "en", FORBIDDEN),
        ("The", "Python", "en", DANGLING),
        ("Berlin,", "Paris", "en", CLAUSE),
        ("20", "seconds", "en", FORBIDDEN),
        ("~1,000", "km", "en", FORBIDDEN),
        ("$", "20", "en", FORBIDDEN),
        ("20", "or", "en", LEAD),
        ("step", "3", "en", DANGLING),
        ("word", "–", "en", DANGLING),
        ("–", "word", "en", CLAUSE),
        ("fichiers", "et", "fr", LEAD),
        ("для", "файлов", "ru", DANGLING),
        ("हैं।", "यह", "hi", SENTENCE),
    ],
)
def test_breaks_are_judged_by_punctuation_and_word_class(before, after, language, expected):
    assert penalty(before, after, language) == expected
