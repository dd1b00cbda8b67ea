"""Numbers as each language writes them."""

import pytest

from video_gen.scenes import numbers, words
from video_gen.scenes.fonts import typeface
from video_gen.scenes.numbers import written
from video_gen.script.narration import narrate


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text"),
    [
        (1234567, 0, "", "1,234,567"),
        (-3.14, 1, "%", "−3.1%"),
        (-0.001, 1, "", "0.0"),
        (2.5e9, 0, "$", "$2.5 bn"),
        (12_345_678, 0, "", "12.35 M"),
        (1e20, 0, "", "1×10²⁰"),
        (-4.2e-8, 9, "", "−4.2×10⁻⁸"),
        (18, 0, "°C", "18 °C"),
        (90, 0, "°", "90°"),
    ],
)
def test_numbers_are_shown_as_people_write_them(value, decimals, unit, text):
    assert written(value, decimals, unit) == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["1.234,5", "1.234.567", "3,5 %", "2,5 Mrd. €"]),
        ("fr", ["1\u00a0234,5", "1\u00a0234\u00a0567", "3,5 %", "2,5 Md €"]),
        ("es", ["1234,5", "1.234.567", "3,5 %", "2,5 mil M €"]),
        ("es-MX", ["1,234.5", "1,234,567", "3.5%", "€2.5 mil M"]),
        ("hi", ["1,234.5", "12,34,567", "3.5%", "€2.5 अ॰"]),
        ("ja", ["1,234.5", "1,234,567", "3.5%", "€25億"]),
        ("zh-CN", ["1,234.5", "1,234,567", "3.5%", "€25亿"]),
        ("tr", ["1.234,5", "1.234.567", "%3,5", "€2,5 Mr"]),
        ("nl", ["1.234,5", "1.234.567", "3,5%", "€ 2,5 mld."]),
        ("sv", ["1\u00a0234,5", "1\u00a0234\u00a0567", "3,5 %", "2,5 md €"]),
        ("pl", ["1234,5", "1\u00a0234\u00a0567", "3,5%", "2,5 mld €"]),
    ],
)
def test_languages_write_numbers_their_own_way(language, texts):
    given = [(1234.5, 1, ""), (1234567, 0, ""), (3.5, 1, "%"), (2.5e9, 0, "€")]
    assert [written(*each, language) for each in given] == texts


def test_numbers_side_by_side_are_written_in_one_word():
    beside = [0, 5_000_000, 15_000_000, 40]
    assert [written(v, 0, "", "de", among=beside) for v in beside] == ["0", "5 Mio.", "15 Mio.", "40"]
    assert written(50_000_000_000, 2, "", "en", among=[1e16]) == "50 bn"


def test_every_language_of_the_pictures_has_its_numbers_and_a_font_for_them():
    assert set(words.languages()) <= set(numbers.languages())
    face = typeface("sans", 400, 16)
    for language in numbers.languages():
        found = {written(v, 1, "%", language) for v in (1.5, 1e8, 1e10, 1e13)}
        assert len(found) == 4
        assert all(face.length(text) > 0 for text in found)


def test_a_language_without_numbers_gets_english_ones():
    assert written(1234.5, 1, "", "sw") == "1,234.5"


def test_narration_says_the_numbers_of_charts_in_its_language():
    content = {"kind": "bar", "unit": "%", "values": {"Nord": 1234.5, "Süd": 3.25}}
    assert narrate("chart", content, "de") == "Nord: 1.234,50 %. Süd: 3,25 %."
    assert "1234,50" in narrate("chart", content, "fr"), "a blank would divide what is heard"
    assert "1,234.5 percent" in narrate("chart", content, "en")
