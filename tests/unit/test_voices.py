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
