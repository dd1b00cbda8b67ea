"""Numbers as each language writes them."""

import pytest

from video_gen.scenes import numbers, words
from video_gen.scenes.fonts import typeface
from video_gen.scenes.numbers import written
from video_gen.script.narration import narrate

# As ICU and Babel write them with the data of CLDR 47: see the top of the module for the words.
CLDR = {
    "en": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "25 M", "2.5 bn", "12 bn", "250 bn", "25 tn"],
    "es": ["1234,5", "1.234.567,8", "3,5 %", "12,50 €", "25 M", "2500 M", "12 mil M", "250 mil M", "25 B"],
    "fr": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 M", "2,5 Md", "12 Md", "250 Md", "25 Bn"],
    "de": ["1.234,5", "1.234.567,8", "3,5 %", "12,50 €", "25 Mio.", "2,5 Mrd.", "12 Mrd.", "250 Mrd.", "25 Bio."],
    "pt": ["1.234,5", "1.234.567,8", "3,5%", "€ 12,50", "25 mi", "2,5 bi", "12 bi", "250 bi", "25 tri"],
    "pt-pt": ["1234,5", "1 234 567,8", "3,5%", "12,50 €", "25 M", "2,5 mM", "12 mM", "250 mM", "25 Bi"],
    "it": ["1234,5", "1.234.567,8", "3,5%", "12,50 €", "25 Mln", "2,5 Mld", "12 Mld", "250 Mld", "25 Bln"],
    "ja": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "2500万", "25億", "120億", "2500億", "25兆"],
    "zh": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "2500万", "25亿", "120亿", "2500亿", "25万亿"],
    "ko": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "2500만", "25억", "120억", "2500억", "25조"],
    "ar": ["1,234.5", "1,234,567.8", "3.5%", "12.50 €", "25 مليون", "2.5 مليار", "12 مليار", "250 مليار", "25 ترليون"],
    "hi": ["1,234.5", "12,34,567.8", "3.5%", "€12.50", "2.5 क॰", "2.5 अ॰", "12 अ॰", "2.5 ख॰", "2.5 नील"],
    "ru": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 млн", "2,5 млрд", "12 млрд", "250 млрд", "25 трлн"],
    "nl": ["1.234,5", "1.234.567,8", "3,5%", "€ 12,50", "25 mln.", "2,5 mld.", "12 mld.", "250 mld.", "25 bln."],
    "pl": ["1234,5", "1 234 567,8", "3,5%", "12,50 €", "25 mln", "2,5 mld", "12 mld", "250 mld", "25 bln"],
    "sv": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 mn", "2,5 md", "12 md", "250 md", "25 bn"],
    "no": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 mill.", "2,5 mrd.", "12 mrd.", "250 mrd.", "25 bill."],
    "da": ["1.234,5", "1.234.567,8", "3,5 %", "12,50 €", "25 mio.", "2,5 mia.", "12 mia.", "250 mia.", "25 bio."],
    "fi": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 milj.", "2,5 mrd.", "12 mrd.", "250 mrd.", "25 bilj."],
    "tr": ["1.234,5", "1.234.567,8", "%3,5", "€12,50", "25 Mn", "2,5 Mr", "12 Mr", "250 Mr", "25 Tn"],
    "el": ["1.234,5", "1.234.567,8", "3,5%", "12,50 €", "25 εκ.", "2,5 δισ.", "12 δισ.", "250 δισ.", "25 τρισ."],
    "he": [
        "1,234.5",
        "1,234,567.8",
        "3.5%",
        "12.50 €",
        "25 מיליון",
        "2.5 מיליארד",
        "12 מיליארד",
        "250 מיליארד",
        "25 טריליון",
    ],
    "th": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "25 ล้าน", "2.5 พันล้าน", "1.2 หมื่นล้าน", "2.5 แสนล้าน", "25 ล้านล้าน"],
    "vi": ["1.234,5", "1.234.567,8", "3,5%", "12,50 €", "25 triệu", "2,5 tỷ", "12 tỷ", "250 tỷ", "25 nghìn tỷ"],
    "cs": ["1 234,5", "1 234 567,8", "3,5 %", "12,50 €", "25 mil.", "2,5 mld.", "12 mld.", "250 mld.", "25 bil."],
    "hu": ["1234,5", "1 234 567,8", "3,5%", "12,50 €", "25 M", "2,5 Mrd", "12 Mrd", "250 Mrd", "25 B"],
    "ro": ["1.234,5", "1.234.567,8", "3,5 %", "12,50 €", "25 mil.", "2,5 mld.", "12 mld.", "250 mld.", "25 tril."],
    "uk": ["1 234,5", "1 234 567,8", "3,5%", "12,50 €", "25 млн", "2,5 млрд", "12 млрд", "250 млрд", "25 трлн"],
    "id": ["1.234,5", "1.234.567,8", "3,5%", "€12,50", "25 jt", "2,5 M", "12 M", "250 M", "25 T"],
    "ms": [
        "1,234.5",
        "1,234,567.8",
        "3.5%",
        "€12.50",
        "25 juta",
        "2.5 bilion",
        "12 bilion",
        "250 bilion",
        "25 trilion",
    ],
    "es-mx": ["1,234.5", "1,234,567.8", "3.5%", "€12.50", "25 M", "2500 M", "12 mil M", "250 mil M", "25 B"],
    "de-ch": ["1'234.5", "1'234'567.8", "3.5%", "€ 12.50", "25 Mio.", "2.5 Mrd.", "12 Mrd.", "250 Mrd.", "25 Bio."],
}


@pytest.mark.parametrize("language", CLDR)
def test_numbers_are_those_of_the_cldr(language):
    given = [(1234.5, 1, ""), (1234567.8, 1, ""), (3.5, 1, "%"), (12.5, 2, "€")]
    given += [(value, 0, "") for value in (25e6, 2.5e9, 12e9, 250e9, 25e12)]
    assert [written(*each, language).replace("\u00a0", " ") for each in given] == CLDR[language]


def test_all_languages_are_compared_with_the_cldr():
    assert set(CLDR) == set(numbers.languages())


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
        ("es", ["1234,5", "1.234.567", "3,5 %", "2500 M €"]),
        ("es-MX", ["1,234.5", "1,234,567", "3.5%", "€2500 M"]),
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
