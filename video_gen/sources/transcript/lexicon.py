"""What is known of single languages: words of speech that are not told, and words that begin or end no sentence."""

import re
from functools import cache

import stopwordsiso

from video_gen.speech.voices import base

# Sounds of hesitation, the same or alike in many languages. (German "er" and Portuguese "um" are words.)
HESITATIONS = {
    "en": frozenset("um uh uhm umm uhh er erm hmm hm mhm mm ah".split()),
    "de": frozenset("äh ähm öh hm hmm mhm".split()),
    "fr": frozenset("euh heu hum ben bah hm".split()),
    "es": frozenset("eh em mmm hm".split()),
    "it": frozenset("ehm eh mmm hm".split()),
    "pt": frozenset("hã ahn hum mmm".split()),
}

# Words that lead from one sentence to the next, and mean nothing where that one is not told.
_LINKS = {
    "en": "so and but now then well okay ok also anyway plus yet finally",
    "de": "und aber also dann nun jetzt ja naja",
    "es": "y pero entonces ahora bueno pues así-que además",
    "fr": "et mais donc alors bon maintenant puis",
    "it": "e ma quindi allora dunque poi",
    "pt": "e mas então agora bom bem",
    "nl": "en maar dus nu dan",
}

# Beginnings that point back to what was said before.
_BACK = {
    "en": "this that these those it its he she they them their his her him such that's it's they're he's she's it'll that'll which"
    " because instead otherwise neither nor both another too again or here here's therefore however thus sure yes no not likewise"
    " none some-of most-of one-of-them the-other the-others the-rest the-same with-that without-that for-that that-way except"
    " unless though although",
    "de": "das dies diese dieser dieses er sie es deshalb darum daher deswegen auch dort dabei damit dann sonst oder",
    "es": "esto eso esa ese esta este estos esas esos lo los las le ellos ellas él ella también por-eso así o porque",
    "fr": "ce c'est cela ça ceci il elle ils elles ces cette aussi c'était ou parce ceux celle celui y",
    "it": "questo questa questi queste quello quella lui lei loro così anche o perché",
    "pt": "isso isto esse essa esses essas este esta ele ela eles elas também por-isso assim ou porque",
    "nl": "dit dat deze die hij zij ze het daarom ook of",
    "ja": "それ これ その この そこ ここ あれ だから しかし でも そして また すると つまり ですから そのため",
    "zh": "这 那 它 他 她 所以 但是 因此 而且 这样",
    "ko": "이것 그것 그래서 하지만 그리고 그런데 이는 그는",
    "ru": "это этот эта эти он она оно они поэтому но и также",
}

# What is said to the audience and not about the subject.
_ASIDES = {
    "en": r"subscrib|\blike button|thumbs up|\bwelcome\b|thank(s| you)\b|\bhi every|hello|\bhey\b|good (morning|evening)|my name is"
    r"|\bi'm [A-Z]\w+\.$|link in|description below|in the comments|comment below|sponsor|patreon|see you (in|next|soon|later)"
    r"|\bbye\b|next (video|episode)|this (video|channel|episode)|that's (all|it) for|questions (now|later)|before we (start|begin)"
    r"|as you can see|you can see (it|this|that|here|the)|this (picture|slide|graph|chart|photo|diagram|image|clip|map)|next slide"
    r"|(over|right) here|over there|let me show|look at this|(today|tonight),? (i|we|i'm)\b|i want to (show|talk|explain|tell)"
    r"|\blet's (begin|start|talk|look|move|get|dive|jump|take|see)|(talk|come back) (about|to) (this|that) (later|in a)"
    r"|can you hear|microphone|\bi (said|mentioned|told you)\b|you can imagine|\bi'm (not )?going to\b|i guess|i should be honest"
    r"|can everyone|\bwhat about",
    "de": r"abonnier|willkommen|danke|hallo|guten (abend|morgen|tag)|kanal|daumen|nächste(s|n) (video|mal)|tschüss",
    "es": r"suscr[ií]b|bienvenid|gracias|hola\b|buen[oa]s (días|tardes|noches)|canal\b|me gusta|hasta (pronto|luego)|hoy vamos",
    "fr": r"abonne|bienvenue|merci|bonjour|bonsoir|salut|chaîne|pouce|à bientôt|prochaine vidéo|aujourd'hui,? (on|nous|je)",
    "it": r"iscriv|benvenut|grazie|ciao\b|buon(giorno|asera)|canale|prossimo video|oggi (parliamo|vediamo)",
    "pt": r"inscrev|bem-vind|obrigad|olá\b|bom dia|boa (tarde|noite)|canal\b|próximo vídeo|hoje vamos",
    "nl": r"abonne|welkom|bedankt|hallo|goedemorgen|kanaal|volgende video",
    "ja": r"チャンネル登録|ご視聴|こんにちは|こんばんは|おはようございます|ありがとうございま|高評価|お願いします。?$"
    r"|話をします|また次回",
    "zh": r"订阅|訂閱|点赞|點讚|大家好|谢谢|謝謝|感谢|歡迎|欢迎|下次见",
    "ko": r"구독|안녕하세요|시청해|감사합니다|좋아요|다음 영상",
    "ru": r"подпис|привет|здравствуйте|спасибо|добро пожаловать|канал|до встречи|лайк",
}

# Words that often begin a sentence when spoken, where no grammar of the language is known.
_OPENERS = {
    "de": "und aber also dann denn jetzt deshalb wenn",
    "es": "y pero entonces ahora cuando si por-eso además así",
    "fr": "et mais donc alors maintenant quand si puis",
    "it": "e ma quindi allora quando se poi",
    "pt": "e mas então agora quando se depois",
    "nl": "en maar dus dan nu als",
}

# Chapters that say nothing of their subject.
OPENING = re.compile(
    r"\W*(the )?(intro(duction|ducci[oó]n|dução|duzione)?|start|opening|welcome|hook|teaser|preview|cold open|einleitung|einführung"
    r"|inicio|bienvenid[oa]s?|bienvenue|inleiding|はじめに|オープニング|介绍|简介|소개|введение|вступление)\W*",
    re.IGNORECASE,
)
ASIDE_CHAPTER = re.compile(
    r"sponsor|\bads?\b|promo|merch|patreon|subscrib|bloopers|credits|end ?screen|outro|\bq ?& ?a\b|\bquestions\b|\bthanks\b"
    r"|thank you|werbung|abspann|preguntas|despedida|remerciements|エンディング|質問",
    re.IGNORECASE,
)
SUMMING_UP = re.compile(
    r"^(to sum up|in summary|to summari[sz]e|in short|to conclude|in conclusion|to wrap up)\b[,:]?\s*", re.IGNORECASE
)


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing of a subject, in small letters; none where it is not known."""
    code = base(language)
    return frozenset(map(str.lower, stopwordsiso.stopwords(code))) if stopwordsiso.has_lang(code) else frozenset()


def hesitations(language: str) -> frozenset[str]:
    return HESITATIONS.get(base(language), frozenset())


@cache
def link(language: str) -> re.Pattern[str]:
    """What matches the linking words at the beginning of a sentence."""
    words = _alternatives(_LINKS, language)
    # "so few", "now that", "then again" and the like are no links.
    return re.compile(rf"(?:(?:{words})(?:\s*,\s*|\s+)(?!(?:that|much|many|few|far|again|as|on)\b))+", re.IGNORECASE)


@cache
def back(language: str) -> re.Pattern[str]:
    """What matches a beginning that points back."""
    whole = "" if base(language) in ("ja", "zh", "ko") else r"\b(?!')"
    return re.compile(rf"(?:{_alternatives(_BACK, language)}){whole}", re.IGNORECASE)


@cache
def aside(language: str) -> re.Pattern[str]:
    """What is found in a sentence that speaks to the audience."""
    return re.compile(_ASIDES.get(base(language), r"(?!)"), re.IGNORECASE)


@cache
def openers(language: str) -> frozenset[str]:
    """Return the words that often begin a sentence when spoken."""
    return frozenset(_OPENERS.get(base(language), "").replace("-", " ").split())


def _alternatives(table: dict[str, str], language: str) -> str:
    words = sorted(table.get(base(language), "").split(), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\-", r"\s+") for word in words) or r"(?!)"
