"""The engine `chat`: any server of the chat completions protocol, on this computer or hosted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from video_gen.errors import ConfigError, EngineError
from video_gen.translation import http, prompt
from video_gen.translation.model import Check, Engine, Task


@dataclass
class Chat(Engine):
    """A model of a server whose requests go to {url}/chat/completions. delay: as of `http.Server`.

    Raises ConfigError for an address that cannot be used, and where no model is named.
    """

    url: str
    model: str
    delay: float = 1.0
    timeout: float = 300.0

    def __post_init__(self) -> None:
        if not self.model:
            raise ConfigError("translation.model is missing. Name a model that the server has, such as qwen3:14b.")
        address = http.address(self.url, "/chat/completions")
        self.server = http.Server(address, timeout=self.timeout, delay=self.delay)
        # Not every server takes these.
        self.options: dict[str, Any] = {"temperature": 0, "response_format": {"type": "json_object"}}

    def translate(self, texts: Sequence[str], task: Task, check: Check) -> list[str]:
        """Ask for all texts at once, and once more with what is wrong with the first answer.

        Raises EngineError for a second answer of a wrong structure; other faults of it are left to the caller.
        """
        messages = prompt.messages(texts, task)
        answer = self._answer(messages)
        found, faults = prompt.parsed(answer, len(texts))
        faults = faults or check(found)
        if not faults:
            return found
        found, faults = prompt.parsed(self._answer([*messages, *prompt.complaint(answer, faults)]), len(texts))
        if faults:
            raise EngineError(
                f"the model {self.model} does not answer as asked, twice: {faults[0]} Try another model, a larger one for example."
            )
        return found

    def _answer(self, messages: Sequence[dict[str, str]]) -> str:
        key = http.key()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        while True:
            body = {"model": self.model, "messages": messages, "stream": False, **self.options}
            try:
                return self._content(self.server.ask("/chat/completions", body, headers=headers))
            except http.Refused as error:
                if error.status not in (400, 422) or not self.options:
                    raise
                # The one that the server complains of, else one after the other.
                named = [name for name in self.options if name in error.said]
                del self.options[(named or list(self.options))[-1]]

    def _content(self, answer: Any) -> str:
        try:
            choice = answer["choices"][0]
            content = choice["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            raise EngineError(
                f"the translation server {self.server.url} answers with something else than a chat. Check translation.url."
            ) from error
        if choice.get("finish_reason") == "length":
            raise EngineError(
                f"the answer of {self.model} was cut off. Let the server take longer contexts and answers, or shorten the scene."
            )
        return content if isinstance(content, str) else ""
