"""Voice names, their genders and the voice ids behind them."""

import pytest

from video_gen.errors import InputError
from video_gen.speech import voices

LANGUAGES = "en es fr de pt it ja zh ko ar hi ru nl pl sv no da fi tr el he th vi cs hu ro uk id ms".split()


def test_the_named_voices():
    assert voices.edge_voice("male", "en") == "en-US-AndrewMultilingualNeural"
    assert voices.edge_voice("male_warm", "en-US") == "en-US-BrianMultilingualNeural"
    assert voices.edge_voice("female", "en") == "en-US-AriaNeural"
    assert voices.edge_voice("female_friendly", "en") == "en-US-AvaMultilingualNeural"
    for name, region in (("british", "en-GB"), ("australian", "en-AU"), ("indian", "en-IN")):
        assert voices.edge_voice(name, "en").startswith(region)
        assert voices.locale(name, "en") == region


def test_every_language_has_a_man_and_a_woman():
    assert sorted(voices.LANGUAGES) == sorted(LANGUAGES)
    for language in voices.DEFAULTS:
        man, woman = voices.edge_voice("male", language), voices.edge_voice("female", language)
        assert man != woman
        for voice, gender in ((man, "male"), (woman, "female")):
            voices.check(voice)
            assert voices.gender(voice) == gender


@pytest.mark.parametrize(
    ("language", "start"),
    [("es-MX", "es-MX"), ("pt_br", "pt-BR"), ("en-GB", "en-GB"), ("de-LI", "de-DE"), ("nb", "nb-NO"), ("ZH", "zh-CN")],
)
def test_regions(language, start):
    assert voices.edge_voice("female", language).startswith(start)


def test_an_accent_means_only_its_gender_in_another_language():
    assert voices.edge_voice("british", "fr") == voices.edge_voice("male", "fr")
    assert voices.locale("british", "fr") == "fr"


def test_a_full_voice_id_is_taken_as_it_is():
    assert voices.edge_voice("zh-CN-liaoning-XiaobeiNeural", "en") == "zh-CN-liaoning-XiaobeiNeural"


@pytest.mark.parametrize("name", ["femal", "", "en-US-Aria", 'en-US-AriaNeural"/><x', "x" * 300])
def test_an_unknown_voice_is_an_error_with_the_known_ones(name):
    with pytest.raises(InputError, match="male_warm") as caught:
        voices.check(name)
    assert ("Did you mean 'female'" in str(caught.value)) == (name == "femal")


def test_an_unknown_language_is_an_error():
    with pytest.raises(InputError, match="pt-BR"):
        voices.edge_voice("male", "xx")


@pytest.mark.parametrize(
    ("engine", "voice", "language", "sentence"),
    [
        ("hibari", "male", "en", "hibari has no male voice; its female American voice speaks."),
        ("hibari", "female", "en", None),
        ("hibari", "female_friendly", "en-US", None),
        ("hibari", "british", "en", "hibari has no male British voice; its female American voice speaks."),
        ("hibari", "en-GB-SoniaNeural", "en", "hibari has no British voice; its female American voice speaks."),
        ("pico", "female", "en-GB", None),
        ("pico", "british", "en", "pico has no male voice; its female British voice speaks."),
        ("pico", "indian", "en", "pico has no Indian voice; its female British voice speaks."),
        ("pico", "male", "de", "pico has no male voice; its female de-DE voice speaks."),
        ("pico", "female", "es-MX", "pico has no Mexican voice; its female es-ES voice speaks."),
        ("espeak", "male", "en", None),
        ("espeak", "british", "en", None),
        ("espeak", "british", "fr", None),
        ("espeak", "australian", "en", "espeak has no Australian voice; its male British voice speaks."),
        ("espeak", "female", "pt-BR", None),
        ("espeak", "female", "ja", None),
        ("edge", "indian", "en", None),
        ("edge", "male", "pt-BR", None),
        ("edge", "male", "de-LI", "edge has no de-LI voice; its male de-DE voice speaks."),
        ("edge", "de-DE-KatjaNeural", "en", None),
        ("kokoro", "male", "en", None),
        ("kokoro", "male", "fr", "kokoro has no male voice; its female fr-FR voice speaks."),
        ("kokoro", "female", "pt", "kokoro has no pt-PT voice; its female Brazilian voice speaks."),
        ("piper", "male", "en", None),
        ("piper", "female", "en", "piper has the one voice of its model, which speaks for 'female' too."),
        ("silent", "british", "en", None),
    ],
)
def test_what_an_engine_has_in_place_of_a_voice(monkeypatch, tmp_path, engine, voice, language, sentence):
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    assert voices.substitute(engine, voice, language) == sentence


def test_a_fetched_voice_of_hibari_fits(monkeypatch, tmp_path):
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    from hibari.voices import VOICES

    (tmp_path / VOICES["fenrir"]["file"]).touch()
    assert voices.substitute("hibari", "male", "en") is None


def test_online_ids_of_women_outside_the_tables():
    assert voices.gender("en-US-JennyNeural") == "female" == voices.gender("fr-FR-VivienneMultilingualNeural")
    assert voices.gender("en-US-GuyNeural") == "male"
    assert voices.id_locale("zh-CN-liaoning-XiaobeiNeural") == "zh-CN"
    assert voices.id_locale("sr-Latn-RS-NicholasNeural") == "sr-RS"
    assert voices.locale("en-GB-SoniaNeural", "en") == "en-GB" and voices.locale("de-DE-KatjaNeural", "en") == "en"
