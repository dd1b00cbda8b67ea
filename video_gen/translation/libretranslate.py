"""The engine `libretranslate`: a LibreTranslate server, or another one that speaks its protocol."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from video_gen.errors import EngineError
from video_gen.speech import voices
from video_gen.translation import http, protect
from video_gen.translation.check import quoted
from video_gen.translation.model import Check, Engine, Task
from video_gen.translation.words import has_words

# How such servers call languages; versions differ, so the first that the server knows.
_CODES = {
    "zh": ("zh-Hans", "zh"),
    "zh-TW": ("zh-Hant", "zt", "zh-Hans", "zh"),
    "zh-HK": ("zh-Hant", "zt", "zh-Hans", "zh"),
    "no": ("nb", "no"),
    "pt-BR": ("pt-BR", "pb", "pt"),
}
_AT_ONCE = 50  # texts a request


@dataclass
class LibreTranslate(Engine):
    """A server whose requests go to {url}/translate. delay: as of `http.Server`. Raises ConfigError for the address."""

    url: str
    model: str = ""
    delay: float = 1.0
    timeout: float = 120.0

    def __post_init__(self) -> None:
        self.server = http.Server(http.address(self.url, "/translate"), timeout=self.timeout, delay=self.delay)

    def translate(self, texts: Sequence[str], task: Task, check: Check) -> list[str]:
        """Translate the stretches between pauses; code, terms and names are masked, or cut out where a mask is lost.

        Raises EngineError for a language that the server does not know.
        """
        pair = self._codes(task)
        shown = [text for n, text in enumerate(texts) if n != task.spoken]
        taken = [protect.pieces(t, task.glossary, shown if n == task.spoken else ()) for n, t in enumerate(texts)]
        found = self._asked((plain for each in taken for plain in protect.plain(each)), pair)
        lost = [
            piece
            for each in taken
            for piece in each
            if piece.translatable and piece.restored(found[piece.masked]) is None
        ]
        parts = self._asked((protect.core(part) for piece in lost for part in piece.fragments()), pair)
        return ["".join(_said(piece, found, parts) for piece in each) for each in taken]

    def _asked(self, texts: Iterable[str], pair: tuple[str, str]) -> dict[str, str]:
        asked = [text for text in dict.fromkeys(texts) if has_words(text)]
        found: dict[str, str] = {}
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            found |= zip(some, self._translated(some, pair), strict=True)
        return found

    def _translated(self, texts: Sequence[str], pair: tuple[str, str]) -> list[str]:
        body: dict[str, Any] = {"q": list(texts), "source": pair[0], "target": pair[1], "format": "text"}
        if key := http.key():
            body["api_key"] = key
        answer = self.server.ask("/translate", body)
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts) or not all(isinstance(text, str) for text in found):
            raise EngineError(
                f"{self._place()} does not answer with a translation of each text. Check translation.url."
            )
        if empty := next((asked for asked, text in zip(texts, found, strict=True) if not text.strip()), ""):
            raise EngineError(f"{self._place()} gives no translation of {quoted(empty)}. Try another translator.")
        return [text.strip() for text in found]

    def _codes(self, task: Task) -> tuple[str, str]:
        known = self._known()
        return self._code(task.source, known), self._code(task.target, known)

    def _known(self) -> list[str]:
        """The codes of the server's languages, none where it does not tell them."""
        try:
            answer = self.server.ask("/languages")
        except http.Refused:
            return []
        return (
            [each["code"] for each in answer if isinstance(each, dict) and isinstance(each.get("code"), str)]
            if isinstance(answer, list)
            else []
        )

    def _code(self, language: str, known: Sequence[str]) -> str:
        wanted = _CODES.get(voices.region(language)) or _CODES.get(voices.base(language)) or (voices.base(language),)
        code = next((code for code in wanted if code in known or not known), "")
        if not code:
            raise EngineError(
                f"{self._place()} does not know the language {language!r}. Add it there, or use another translator. "
                f"It knows: {', '.join(sorted(known)[:60])}."
            )
        return code

    def _place(self) -> str:
        return f"the translation server {self.server.url}"


def _said(piece: protect.Piece, found: dict[str, str], parts: dict[str, str]) -> str:
    said = piece.restored(found[piece.masked] if piece.translatable else piece.masked)
    return piece.joined(parts) if said is None else said
