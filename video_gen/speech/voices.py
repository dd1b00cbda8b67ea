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

_VOICE_ID = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}(-[a-z]+)?-[A-Z][A-Za-z]+Neural")
_WOMEN = {name for _, name in DEFAULTS.values()} | {voice for voice, sex in NAMED.values() if sex == "female"}


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
    if name in NAMED:
        return NAMED[name][1]
    return "female" if name in _WOMEN else "male"


def base(language: str) -> str:
    """Return the language of a code such as pt-BR or zh_CN, in lower case: pt, zh. Norwegian `nb` and `nn` are `no`."""
    code = re.split(r"[-_]", language)[0].lower()
    return "no" if code in ("nb", "nn") else code


def region(language: str) -> str:
    """Return a code in the spelling of the tables: pt_br gives pt-BR, EN gives en."""
    parts = re.split(r"[-_]", language)
    return base(language) if len(parts) == 1 else f"{base(language)}-{parts[-1].upper()}"


def locale(name: str, language: str) -> str:
    """Return the language with the region that a voice name asks for: british and en give en-GB."""
    if name in REGIONS and base(language) == "en":
        return REGIONS[name]
    return region(language)


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
