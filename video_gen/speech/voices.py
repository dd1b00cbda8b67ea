"""The voices that a person may name, and the voice ids of the online engine behind them."""

import difflib
import re

from video_gen.errors import InputError

# Name in a video YAML: (voice id of the online engine, gender).
NAMED = {
    "male": ("en-US-AndrewMultilingualNeural", "male"),
    "male_warm": ("en-US-BrianMultilingualNeural", "male"),
    "female": ("en-US-AriaNeural", "female"),
    "female_friendly": ("en-US-AvaMultilingualNeural", "female"),
    "british": ("en-GB-RyanNeural", "male"),
    "australian": ("en-AU-WilliamNeural", "male"),
    "indian": ("en-IN-NeerjaNeural", "female"),
}
NAMES = tuple(NAMED)

# The accents belong to a region of English; in another language only their gender counts.
REGIONS = {"british": "en-GB", "australian": "en-AU", "indian": "en-IN"}

# Language or region: (male, female). The 29 languages first, then regions of their own.
DEFAULTS = {
    "en": ("en-US-AndrewMultilingualNeural", "en-US-AriaNeural"),
    "es": ("es-ES-AlvaroNeural", "es-ES-ElviraNeural"),
    "fr": ("fr-FR-HenriNeural", "fr-FR-DeniseNeural"),
    "de": ("de-DE-ConradNeural", "de-DE-KatjaNeural"),
    "pt": ("pt-PT-DuarteNeural", "pt-PT-RaquelNeural"),
    "it": ("it-IT-DiegoNeural", "it-IT-ElsaNeural"),
    "ja": ("ja-JP-KeitaNeural", "ja-JP-NanamiNeural"),
    "zh": ("zh-CN-YunxiNeural", "zh-CN-XiaoxiaoNeural"),
    "ko": ("ko-KR-InJoonNeural", "ko-KR-SunHiNeural"),
    "ar": ("ar-SA-HamedNeural", "ar-SA-ZariyahNeural"),
    "hi": ("hi-IN-MadhurNeural", "hi-IN-SwaraNeural"),
    "ru": ("ru-RU-DmitryNeural", "ru-RU-SvetlanaNeural"),
    "nl": ("nl-NL-MaartenNeural", "nl-NL-ColetteNeural"),
    "pl": ("pl-PL-MarekNeural", "pl-PL-ZofiaNeural"),
    "sv": ("sv-SE-MattiasNeural", "sv-SE-SofieNeural"),
    "no": ("nb-NO-FinnNeural", "nb-NO-PernilleNeural"),
    "da": ("da-DK-JeppeNeural", "da-DK-ChristelNeural"),
    "fi": ("fi-FI-HarriNeural", "fi-FI-NooraNeural"),
    "tr": ("tr-TR-AhmetNeural", "tr-TR-EmelNeural"),
    "el": ("el-GR-NestorasNeural", "el-GR-AthinaNeural"),
    "he": ("he-IL-AvriNeural", "he-IL-HilaNeural"),
    "th": ("th-TH-NiwatNeural", "th-TH-PremwadeeNeural"),
    "vi": ("vi-VN-NamMinhNeural", "vi-VN-HoaiMyNeural"),
    "cs": ("cs-CZ-AntoninNeural", "cs-CZ-VlastaNeural"),
    "hu": ("hu-HU-TamasNeural", "hu-HU-NoemiNeural"),
    "ro": ("ro-RO-EmilNeural", "ro-RO-AlinaNeural"),
    "uk": ("uk-UA-OstapNeural", "uk-UA-PolinaNeural"),
    "id": ("id-ID-ArdiNeural", "id-ID-GadisNeural"),
    "ms": ("ms-MY-OsmanNeural", "ms-MY-YasminNeural"),
    "en-GB": ("en-GB-RyanNeural", "en-GB-SoniaNeural"),
    "en-AU": ("en-AU-WilliamNeural", "en-AU-NatashaNeural"),
    "en-CA": ("en-CA-LiamNeural", "en-CA-ClaraNeural"),
    "en-IN": ("en-IN-PrabhatNeural", "en-IN-NeerjaNeural"),
    "en-IE": ("en-IE-ConnorNeural", "en-IE-EmilyNeural"),
    "es-MX": ("es-MX-JorgeNeural", "es-MX-DaliaNeural"),
    "es-AR": ("es-AR-TomasNeural", "es-AR-ElenaNeural"),
    "es-US": ("es-US-AlonsoNeural", "es-US-PalomaNeural"),
    "fr-CA": ("fr-CA-JeanNeural", "fr-CA-SylvieNeural"),
    "fr-BE": ("fr-BE-GerardNeural", "fr-BE-CharlineNeural"),
    "fr-CH": ("fr-CH-FabriceNeural", "fr-CH-ArianeNeural"),
    "de-AT": ("de-AT-JonasNeural", "de-AT-IngridNeural"),
    "de-CH": ("de-CH-JanNeural", "de-CH-LeniNeural"),
    "pt-BR": ("pt-BR-AntonioNeural", "pt-BR-FranciscaNeural"),
    "nl-BE": ("nl-BE-ArnaudNeural", "nl-BE-DenaNeural"),
    "zh-TW": ("zh-TW-YunJheNeural", "zh-TW-HsiaoChenNeural"),
    "zh-HK": ("zh-HK-WanLungNeural", "zh-HK-HiuMaanNeural"),
    "ar-EG": ("ar-EG-ShakirNeural", "ar-EG-SalmaNeural"),
}
LANGUAGES = tuple(code for code in DEFAULTS if "-" not in code)

_VOICE_ID = re.compile(
    r"([a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}(?:-[a-z]+)?)-([A-Z][A-Za-z]+?)(?:Multilingual|Expressive)?Neural"
)
# Women among the online voices that are in no table above.
_MORE_WOMEN = (
    "Ana Emma Jenny Michelle Libby Maisie Yan Asilia Ezinne Molly Rosa Luna Imani Leah Sofia Catalina Salome Maria Belkys "
    "Ramona Andrea Ximena Teresa Marta Karla Yolanda Margarita Camila Karina Tania Lorena Valentina Paola Eloise Vivienne "
    "Amala Seraphina Thalita Isabella Xiaoyi Xiaobei Xiaoni HsiaoYu HiuGaai Fatima Laila Amina Rana Sana Noura Layla Iman "
    "Mouna Aysha Amal Amany Reem Maryam Fenna"
)

# How an accent is called in a sentence.
_ACCENTS = {
    "en-US": "American",
    "en-GB": "British",
    "en-AU": "Australian",
    "en-IN": "Indian",
    "en-CA": "Canadian",
    "en-IE": "Irish",
    "pt-BR": "Brazilian",
    "es-MX": "Mexican",
}


def check(name: str) -> None:
    """Raise InputError, with the known names and the nearest one, unless `name` is a voice name or a full voice id."""
    if name in NAMED or _VOICE_ID.fullmatch(name):
        return
    near = difflib.get_close_matches(name.lower(), NAMES, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise InputError(
        f"unknown voice {name!r}.{hint} Known voices: {', '.join(NAMES)}, "
        "or a full voice id of edge-tts such as en-US-AriaNeural."
    )


def gender(name: str) -> str:
    """Return "male" or "female" for a voice name or a full voice id (an id outside our tables counts as male)."""
    check(name)
    return NAMED[name][1] if name in NAMED else "female" if _given_name(name) in _WOMEN else "male"


def _given_name(voice_id: str) -> str:
    match = _VOICE_ID.fullmatch(voice_id)
    return match[2] if match else ""


_WOMEN = {
    *_MORE_WOMEN.split(),
    *(_given_name(woman) for _, woman in DEFAULTS.values()),
    *(_given_name(voice) for voice, sex in NAMED.values() if sex == "female"),
}


def id_locale(voice_id: str) -> str:
    """Return the locale that a full voice id begins with: en-GB for en-GB-SoniaNeural, zh-CN for a dialect of it."""
    return "-".join(re.findall(r"^[a-z]+|[A-Z]{2}(?=-)", voice_id)[:2])


def base(language: str) -> str:
    """Return the language of a code such as pt-BR or zh_CN, in lower case: pt, zh. Norwegian `nb` and `nn` are `no`."""
    code = re.split(r"[-_]", language)[0].lower()
    return "no" if code in ("nb", "nn") else code


def region(language: str) -> str:
    """Return a code in the spelling of the tables: pt_br gives pt-BR, EN gives en."""
    parts = re.split(r"[-_]", language)
    return base(language) if len(parts) == 1 else f"{base(language)}-{parts[-1].upper()}"


def locale(name: str, language: str) -> str:
    """Return the language with the region that a voice asks for: en with british, or with en-GB-SoniaNeural, gives en-GB."""
    wanted = REGIONS.get(name) or (id_locale(name) if name not in NAMED else "")
    return wanted if wanted and base(wanted) == base(language) else region(language)


def british(locale: str) -> bool:
    """Whether a locale is of an English that is nearer to British than to American."""
    return base(locale) == "en" and region(locale) not in ("en", "en-US", "en-CA", "en-PH")


def substitute(engine: str, voice: str, language: str) -> str | None:
    """Return a sentence on what is not had of the gender and accent that a voice asks for, and what speaks instead.

    engine: a name, as chosen for the video. None where the voice fits. Loads no model.
    """
    from video_gen import speech

    speaker = speech.engine(engine)
    if engine == "silent" or (engine == "edge" and voice not in NAMED):
        return None
    cast = speaker.cast(voice, language)
    if not cast.locale:
        # The default name asks for nothing in particular.
        return (
            None if voice == NAMES[0] else f"{engine} has the one voice of its model, which speaks for {voice!r} too."
        )
    gender_asked, wanted = gender(voice), _full(locale(voice, language))
    other_gender, other_accent = cast.gender != gender_asked, _full(cast.locale) != wanted
    if not (other_gender or other_accent):
        return None
    missing = [gender_asked] * other_gender + [_accent(wanted)] * other_accent
    taken = f"{cast.gender} {_accent(_full(cast.locale))}"
    return f"{engine} has no {' '.join(missing)} voice; its {taken} voice speaks."


def _full(locale: str) -> str:
    """A locale with a region: that of the default voices where it names none."""
    return locale if "-" in locale or locale not in DEFAULTS else id_locale(DEFAULTS[locale][0])


def _accent(locale: str) -> str:
    return _ACCENTS.get(locale, locale)


def edge_voice(name: str, language: str) -> str:
    """Return the voice id of the online engine for a voice as written in the video YAML and a language such as pt-BR.

    Raises InputError if the voice or the language is not known.
    """
    check(name)
    if name not in NAMED:
        return name
    if region(language) in ("en", "en-US") or (base(language) == "en" and name in REGIONS):
        return NAMED[name][0]
    pair = DEFAULTS.get(region(language)) or DEFAULTS.get(base(language))
    if pair is None:
        raise InputError(f"no voice for the language {language!r}. Known languages: {', '.join(DEFAULTS)}.")
    return pair[gender(name) == "female"]
