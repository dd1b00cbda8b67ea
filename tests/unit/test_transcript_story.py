"""Transcripts of talks as videos: what is told of them, in which words, and where it stands."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest

from video_gen.errors import InputError
from video_gen.files import write_json
from video_gen.script.narration import narrate
from video_gen.sources import transcript, video_yaml
from video_gen.sources.markdown.condense import PADDING, SHORTEST
from video_gen.sources.transcript import headings, sentences, topics

TALKS = Path(__file__).parent / "transcripts"


def load(name: str) -> dict:
    return json.loads((TALKS / f"{name}.json").read_text("utf-8"))


def video_of(talk: dict, **limits) -> tuple[dict, list[str]]:
    video, warnings = transcript.to_video(talk, "output/transcripts/talk.json", "talk", **limits)
    video_yaml.check(video, "talk.json")
    return video, warnings


def said(scene: dict, language: str = "en") -> str:
    return scene.get("narration") or narrate(scene["scene_type"], scene["visual_content"], language)


def seconds(video: dict) -> float:
    words = [len(said(scene).split()) for scene in video["scenes"]]
    return sum(max(SHORTEST, count / 135 * 60 + PADDING) for count in words)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def captions(*texts: str, apart: float = 2.0, lasting: float = 1.8) -> dict:
    snippets = [{"start": apart * n, "duration": lasting, "text": text} for n, text in enumerate(texts)]
    return {**load("sponge_streets"), "chapters": [], "snippets": snippets}


def found(*texts: str, language: str = "en", **times) -> list[str]:
    return [each.text for each in sentences.of_talk(captions(*texts, **times)["snippets"], language)]


@pytest.fixture(scope="module")
def sponge() -> dict:
    return load("sponge_streets")


def test_a_talk_is_told_by_its_chapters_within_the_length(sponge):
    video, warnings = video_of(sponge)
    shown = [scene["visual_content"].get("header") for scene in video["scenes"]]
    told = [title for title in dict.fromkeys(shown) if title]
    chapters = [chapter["title"] for chapter in sponge["chapters"]]
    assert told == chapters[1:7]
    assert 140 < seconds(video) <= 180
    assert len(warnings) == 1
    assert re.search(r"2\d % of the talk is told \(\d+ of 1384 words\), to keep to 180 s", warnings[0])


def test_the_frame_names_the_talk_its_author_and_where_it_is(sponge):
    video, _ = video_of(sponge)
    opening, *_, outro = video["scenes"]
    assert opening["visual_content"] == {"title": sponge["title"], "subtitle": "by Harbour Lane Lectures"}
    assert outro["visual_content"]["sub_text"] == "Harbour Lane Lectures · youtu.be/sPoNg3St_01"
    assert sponge["title"] in said(outro)
    assert "Harbour Lane Lectures" in said(outro)
    assert "youtu" not in said(outro)


def test_a_quotation_shows_what_it_leaves_out(sponge):
    quotes = [scene for scene in video_of(sponge)[0]["scenes"] if scene["scene_type"] == "quote"]
    assert quotes[0]["visual_content"]["attribution"] == "Harbour Lane Lectures"
    assert " … " in quotes[0]["visual_content"]["quote_text"]
    assert "…" not in said(quotes[0])
    assert quotes[1]["visual_content"]["quote_text"] == said(quotes[1]).removeprefix("In short. ")


def test_whole_sentences_of_the_talk_in_its_order_and_none_to_the_audience(sponge):
    video, _ = video_of(sponge)
    talk = letters(" ".join(snippet["text"] for snippet in sponge["snippets"]))
    headers = {chapter["title"] for chapter in sponge["chapters"]} | {"In short"}
    place = 0
    for scene in video["scenes"][1:-1]:
        for sentence in re.split(r"(?<=[.?!]) ", said(scene)):
            if sentence.rstrip(".") in headers:
                continue
            assert sentence[-1] in ".?!"
            place = talk.index(letters(sentence), place)
    told = letters(" ".join(map(said, video["scenes"])))
    for word in ("subscribe", "um", "welcome", "microphone", "thank you", "this picture", "you know"):
        assert f" {word} " not in f" {told} "


def test_the_source_lines_hold_the_words(sponge, tmp_path):
    file = tmp_path / "talk.json"
    write_json(file, sponge)
    lines = file.read_text("utf-8").splitlines()
    video, _ = video_of(sponge)
    for scene in video["scenes"][1:-1]:
        first, last = scene["source"]["line_start"], scene["source"]["line_end"]
        assert (lines[first - 1].strip(), lines[last - 1].strip(",} ")) == ("{", "")
        assert lines[first].strip().startswith('"start": ')
        held = letters(
            " ".join(s["text"] for s in json.loads("[" + "\n".join(lines[first - 1 : last]).rstrip(",") + "]"))
        )
        for sentence in re.split(r"(?<=[.?!]) ", said(scene))[-1:]:
            assert letters(sentence) in held
    assert {scene["source"]["file"] for scene in video["scenes"]} == {"output/transcripts/talk.json"}


@pytest.mark.parametrize("target", [45, 90, 180, 400])
def test_the_length_is_kept(sponge, target):
    video, _ = video_of(sponge, target_duration=target)
    assert 0.6 * target < seconds(video) <= target


def test_the_number_of_scenes_is_kept(sponge):
    video, _ = video_of(sponge, max_scenes=5)
    assert len(video["scenes"]) == 5


def test_a_longer_limit_tells_all_but_what_is_said_to_the_audience(sponge):
    video, warnings = video_of(sponge, target_duration=3600)
    told = " ".join(map(said, video["scenes"]))
    assert warnings == []
    assert "With roots, it gets better every year. That is something no pipe has ever done." in told
    assert "subscribe" not in told


def test_ids_of_other_chapters_stay_when_one_changes(sponge):
    changed = deepcopy(sponge)
    for snippet in changed["snippets"][-12:]:
        snippet["text"] = "A completely different ending about lighthouses and their lenses."
    before, after = (
        [re.sub(r"_\d+$", "", scene["scene_id"]) for scene in video_of(talk)[0]["scenes"]] for talk in (sponge, changed)
    )
    chapters = list(dict.fromkeys(before))
    assert chapters[:3] == ["title", "intro_quote", "where_the_rain_goes_text"]
    assert chapters[:8] == list(dict.fromkeys(after))[:8]


def test_without_chapters_parts_are_found_and_named_by_words_of_the_talk(sponge):
    video, _ = video_of({**sponge, "chapters": []})
    talk = letters(" ".join(snippet["text"] for snippet in sponge["snippets"]))
    headers = list(dict.fromkeys(filter(None, (s["visual_content"].get("header") for s in video["scenes"]))))
    assert 3 <= len(headers) <= 8
    for header in headers:
        assert all(phrase.lower() in talk for phrase in header.split(" and "))
        assert header[0].isupper()


def test_generated_captions_become_sentences():
    talk = load("sourdough")
    video, warnings = video_of(talk)
    told = " ".join(said(scene) for scene in video["scenes"][1:-1])
    assert seconds(video) <= 180
    assert len(warnings) == 1
    assert not re.search(r"\b(um|uh|i|subscribe|welcome)\b", told)
    for sentence in re.split(r"(?<=[.?!]) ", told):
        assert re.fullmatch(r"[A-Z].{3,400}[.?!]", sentence)
        assert len(sentence.split()) <= 45
    headers = {s["visual_content"].get("header") for s in video["scenes"]}
    assert "Yeast and bacteria" in headers


def test_speech_without_stops_is_cut_at_clauses_and_pauses():
    lines = ("so a starter is just flour and water", "there is no secret in it", "and um it takes a whole week to rise")
    assert found(*lines) == [
        "So a starter is just flour and water.",
        "There is no secret in it.",
        "And it takes a whole week to rise.",
    ]


def test_spanish_is_told_in_its_own_words():
    video, warnings = video_of(load("abejas"))
    told = " ".join(said(scene, "es") for scene in video["scenes"])
    assert video["language"] == "es"
    assert warnings == []
    assert "La duración del baile indica la distancia." in told
    assert not re.search("suscrib|Hola|Gracias|by ", told)
    assert video["scenes"][0]["visual_content"]["subtitle"] == "Jardín Curioso"


def test_japanese_captions_join_without_blanks():
    video, _ = video_of(load("hocho"))
    told = " ".join(said(scene, "ja") for scene in video["scenes"])
    assert "切れ味が落ちる一番の原因は、刃が減ることではなく、刃先が曲がることです。" in told
    assert not re.search("登録|こんにちは|えーっと", told)


def test_japanese_without_stops_ends_at_its_polite_verbs():
    assert found("包丁は毎日使う道具です刃先は", "少しずつ曲がりますだから砥石で研ぎます", language="ja") == [
        "包丁は毎日使う道具です。",
        "刃先は少しずつ曲がります。",
        "だから砥石で研ぎます。",
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Um, well, the sky is, you know, blue.", "The sky is blue."),
        ("[Applause] The sky &amp; the sea (audience laughs) are blue.", "The sky & the sea are blue."),
        (">> It is a kind of magic, I think, that works.", "It is a kind of magic that works."),
        ("Okay so the the lens is kind of thick, right?", "So the lens is thick?"),
        ("SHE SAID: look at the <i>lens</i> now.", "Look at the lens now."),
    ],
)
def test_habits_of_speech_and_marks_are_left_out(written, told):
    assert [text.replace(" ,", ",") for text in found(written)] == [told]


def test_a_change_of_speaker_ends_a_sentence():
    assert found("Is the water deep", ">> Yes, it is deep.") == ["Is the water deep", "Yes, it is deep."]


def test_captions_in_capitals_are_written_small():
    assert found("THE RIVER WAS CALM AND THE SKY WAS CLEAR. I LIVE THERE AND", "I LIKE THE CITY VERY MUCH. " * 4)[
        :2
    ] == [
        "The river was calm and the sky was clear.",
        "I live there and I like the city very much.",
    ]


@pytest.mark.parametrize(
    "snippets", [[], [{"start": 0, "duration": 3, "text": "[Music]"}, {"start": 4, "duration": 1, "text": "♪ la ♪"}]]
)
def test_nothing_said_is_an_error(sponge, snippets):
    with pytest.raises(InputError, match=r"talk.json: holds no words to tell"):
        video_of({**sponge, "snippets": snippets})


def test_three_lines_and_a_greeting_alone_are_told():
    three, _ = video_of(captions("the sky is blue", "because the air scatters light", "and that is all"))
    hello, _ = video_of(captions("Hello everybody and welcome to my channel."))
    assert "scatters light" in said(three["scenes"][1])
    assert "welcome" in said(hello["scenes"][1])


@pytest.mark.parametrize(
    "chapters",
    [
        [{"start": 5000, "title": "A"}, {"start": 9000, "title": "B"}],
        [
            {"start": 300, "title": "3. Later"},
            {"start": -4, "title": "0:00 Intro"},
            {"start": 300, "title": "Again"},
            {"start": 100, "title": ""},
        ],
        [{"start": 0, "title": "Intro"}, {"start": 35, "title": "The talk itself"}],
        [{"start": 12 * n, "title": f"{n + 1}. Step {n + 1}"} for n in range(60)],
        [{"start": 0, "title": "Only one"}],
    ],
)
def test_odd_chapters_still_make_a_video(sponge, chapters):
    video, _ = video_of({**sponge, "chapters": chapters})
    assert len(video["scenes"]) >= 5
    assert 120 < seconds(video) <= 180


def test_a_chapter_that_is_most_of_the_talk_is_parted(sponge):
    said_all = sentences.of_talk(sponge["snippets"], "en")
    parts = topics.of_talk(said_all, [{"start": 0, "title": "Intro"}, {"start": 35, "title": "The talk"}], "en", 8)
    assert [part.title for part in parts][:2] == ["", "The talk"]
    assert len(parts) > 3
    assert [s for part in parts for s in part.sentences] == said_all


def test_sponsors_are_no_chapter(sponge):
    chapters = deepcopy(sponge["chapters"])
    chapters[2]["title"] = "Today's sponsor"
    video, _ = video_of({**sponge, "chapters": chapters})
    assert "sponsor" not in json.dumps(video)
    assert "combined sewer" not in " ".join(map(said, video["scenes"]))


def test_a_talk_of_hours_is_told_in_three_minutes(sponge):
    last = sponge["duration"]
    snippets = [{**s, "start": s["start"] + last * n} for n in range(8) for s in sponge["snippets"]]
    video, warnings = video_of({**sponge, "chapters": [], "snippets": snippets})
    assert 120 < seconds(video) <= 180
    assert "3 % of the talk" in warnings[0]


def test_headings_are_phrases_of_their_part_and_come_once():
    pipes = ["The clay pipe is full.", "A storm fills the clay pipe.", "Water leaves the clay pipe."]
    gardens = ["A rain garden drinks the water.", "The rain garden is deep.", "Nobody waters the rain garden."]
    assert headings.names([pipes, gardens, ["It was.", "They did."]], "en") == ["Clay pipe", "Rain garden", ""]


@pytest.mark.parametrize(
    ("captioned", "language"), [("zh-Hans", "zh"), ("es-419", "es"), ("pt-BR", "pt-BR"), ("en-us", "en-US"), ("", "fr")]
)
def test_the_language_is_that_of_the_captions(sponge, captioned, language):
    assert video_of({**sponge, "language": captioned}, language="fr")[0]["language"] == language
