"""Spelling out for speech: what is shown stays, what is said is plain words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video_gen.errors import InputError
from video_gen.speech import pauses, spell
from video_gen.speech.model import Piece


def said(text: str, language: str = "en", **pronunciations: str) -> str:
    return " ".join(piece.spoken for piece in spell.pieces(text, language, pronunciations) if piece.spoken)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("v2.1.0", "version two point one point zero"),
        ("Version v2.1.0", "Version two point one point zero"),
        ("python3.11", "python three point eleven"),
        ("2.0.0-rc.1", "two point zero point zero R C dot one"),
        ("--cores 4", "dash dash cores four"),
        ("-j4", "dash J four"),
        ("--cores=4", "dash dash cores equals four"),
        ("config.yaml", "config dot yammel"),
        ("output/videos/readme.mp4", "output slash videos slash read me dot M P four"),
        ("./run.sh", "dot slash run dot S H"),
        ("https://github.com/a/b?x=1", "git hub dot com slash A slash B"),
        ("mail a.b@example.com", "mail A dot B at example dot com"),
        ("camelCaseName", "camel Case Name"),
        ("snake_case_name", "snake case name"),
        ("foo.bar()", "foo dot bar"),
        ("README", "read me"),
        ("API", "A P I"),
        ("APIs", "A P I's"),
        ("the CLI's help", "the C L I's help"),
        ("YAML and JSON", "yammel and jason"),
        ("It is NOT done", "It is not done"),
        ("XYZ", "X Y Z"),
        ("IMPORTANT", "important"),
        ("smk", "S M K"),
        ("CI/CD", "C I, C D"),
        ("and/or", "and or"),
        ("C++ or C#", "C plus plus or C sharp"),
        ("R&D", "R and D"),
        ("UTF-8", "U T F eight"),
        ("5 GB", "five gigabytes"),
        ("1 GB", "one gigabyte"),
        ("30fps", "thirty frames per second"),
        ("1080p", "ten eighty P"),
        ("4K", "four K"),
        ("-16 LUFS", "minus sixteen luffs"),
        ("2x faster", "two times faster"),
        ("95%", "ninety five percent"),
        ("0.5 s", "zero point five seconds"),
        ("10-20", "ten to twenty"),
        ("5–10 GB", "five to ten gigabytes"),
        ("2020-2024", "twenty twenty to twenty twenty four"),
        ("1920x1080", "nineteen twenty by ten eighty"),
        ("16:9", "sixteen by nine"),
        ("2024-11-24", "November twenty fourth, twenty twenty four"),
        ("March 3, 2024", "March third, twenty twenty four"),
        ("3 March 2024", "March third, twenty twenty four"),
        ("14:30", "fourteen thirty"),
        ("at 3:05 pm", "at three oh five P M"),
        ("9 o'clock", "nine o'clock"),
        ("$9.99", "nine dollars and ninety nine cents"),
        ("$1", "one dollar"),
        ("€5 million", "five million euros"),
        ("$0.05", "five cents"),
        ("3rd", "third"),
        ("1990s", "nineteen nineties"),
        ("in 1905", "in nineteen oh five"),
        ("1,234.5", "one thousand two hundred thirty four point five"),
        ("007", "zero zero seven"),
        ("#42", "number forty two"),
        ("3/4", "three quarters"),
        ("3/10", "three of ten"),
        ("Chapter IV", "Chapter four"),
        ("I am", "I am"),
        ("e.g. this", "for example this"),
        ("i.e. that", "that is that"),
        ("this vs. that", "this versus that"),
        ("and so on, etc.", "and so on, etcetera."),
        ("No. 5", "number five"),
        ("It says no.", "It says no."),
        ("A → B", "A to B"),
        ("x ≥ 5", "X greater than or equal to five"),
        ("a & b", "a and B"),
        ("100 + 1 = 101", "one hundred plus one equals one hundred one"),
        ("state-of-the-art", "state of the art"),
        ("word—word", "word, word"),
        ("a plan — good", "a plan, good"),
        ("a tool (small) works", "a tool, small, works"),
        ("**Bold** and `code`", "Bold and code"),
        ("a [link text](https://x.y/z) here", "a link text here"),
        ("<b>hi</b> there", "hi there"),
        ("Done 🎉!", "Done"),
        ("it’s “quoted”…", "it's quoted."),
        ("snakemake's numpy", "snake make's num pie"),
        ("café", "cafe"),
    ],
)
def test_english(written, spoken):
    assert said(written) == spoken


def test_blocks_are_sentences_of_their_own():
    assert said("# Title\n- one\n- two\n1. three") == "Title. one. two. one. three."


def test_the_article_is_no_letter():
    assert said("A tool. A plan A.") == "a tool. a plan A."


def test_own_pronunciations_win_and_keep_to_whole_words():
    own = {"snakemake": "serpent", "video gen": "viddy oh jen", "C++": "see plus", "yaml": "why aml"}
    assert said("Snakemake and snakemakes", **own) == "serpent and snakemakes"
    assert said("snakemake's Video  Gen, C++.", **own) == "serpent's viddy oh jen, see plus."
    assert said("a snakemake.yaml", **own) == "a serpent dot why aml"


def test_own_pronunciations_cannot_smuggle_marks():
    assert said("hello", hello="[x](/y/) <z>") == "x y z"


def test_pauses_and_paragraphs():
    got = spell.pieces("[pause 1] One. [pause 0.8] Two.\n\nThree [pause] end [PAUSE: 2s]", "en")
    assert [(piece.text, piece.pause) for piece in got] == [
        ("", 1.0),
        ("One.", 0.8),
        ("Two.", pauses.PARAGRAPH),
        ("Three", pauses.MARK),
        ("end", 2.0),
    ]
    assert max(piece.pause for piece in spell.pieces("a [pause 9999] b", "en")) == spell.LONGEST


def test_a_piece_may_cover_several_words():
    assert spell.pieces("Use 5 GB now.", "en") == [
        Piece("Use", "Use"),
        Piece("5 GB", "five gigabytes"),
        Piece("now.", "now."),
    ]


def test_silent_pieces_join_their_neighbours():
    got = spell.speakable(spell.pieces("🎉 One — two 🎉", "en"))
    assert [(piece.text, piece.spoken) for piece in got] == [("🎉 One —", "One,"), ("two 🎉", "two")]


@pytest.mark.parametrize("text", ["", "  \n", "🎉 —", "***"])
def test_nothing_to_say_is_refused(text):
    with pytest.raises(InputError, match="no words"):
        spell.speakable(spell.pieces(text, "en"))


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("de", "**Größe** ≥ 5 & `snake_case` 🎉", "Größe größer oder gleich 5 und snake case"),
        ("de", "50 % der API-Aufrufe", "50 Prozent der A P I-Aufrufe"),
        ("fr", "l’école [pause 1] coûte 3,50 €.", "l’école coûte 3,50 euros."),
        ("es", "¿Qué → aquí?", "Qué a aquí?"),
        ("zh", "你好,世界。", "你好,世界."),
        ("hi", "नमस्ते दुनिया।", "नमस्ते दुनिया."),
        ("ar", "مرحبا، كيف؟", "مرحبا, كيف?"),
        ("ja", "これは**テスト**です。", "これはテストです."),
    ],
)
def test_other_languages_pass_through(language, written, spoken):
    assert said(written, language) == spoken


ALPHABET = st.text(
    alphabet=st.sampled_from("aBcIVx 019.,-–—:;/\\_*`#@&%+=<>()[]{}!?'\"“”→≥$€°×🎉é\n\t~|^v"), max_size=60
)


@settings(max_examples=3000, deadline=None)
@given(ALPHABET, st.sampled_from(["en", "de"]))
def test_shown_text_is_kept_and_spoken_text_is_plain(text, language):
    got = spell.pieces(text, language)
    assert " ".join(piece.text for piece in got) == " ".join(text.split())
    allowed = r"[a-zA-Z' ,.?!;:]*" if language == "en" else r"[^\[\]<>*`_#|{}\\^~\"\s]*(?: [^\[\]<>*`_#|{}\\^~\"\s]+)*"
    for piece in got:
        assert re.fullmatch(allowed, piece.spoken), piece
        assert re.search(r"\w", piece.spoken) or not piece.spoken, piece


def test_long_hostile_text_is_spelled_in_time():
    for text in ("[" * 20_000, "a-" * 10_000, "](" * 10_000, "1,000" * 5_000, "<b" * 10_000, "(" * 20_000 + "x"):
        spell.pieces(text, "en")
