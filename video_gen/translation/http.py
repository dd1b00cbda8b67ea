"""One request to a translation server, and all that may happen to it in plain words."""

import json
import os
import random
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from video_gen.errors import ConfigError, EngineError

KEY = "VIDEO_GEN_TRANSLATION_KEY"  # the environment variable that alone holds a server's key
_MOST_BYTES = 5_000_000
_LONGEST_WAIT = 60.0  # seconds that a server may ask to wait
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_ADVICE = {
    401: f"Set its key in the environment variable {KEY}.",
    403: f"Check its key in the environment variable {KEY}, and that it allows requests from here.",
    404: "Check translation.url and translation.model.",
}


class Refused(EngineError):
    """The server answered with an error that trying again does not mend. status: of HTTP. said: what it said."""

    def __init__(self, place: str, status: int, said: str):
        self.status, self.said = status, said
        advice = _ADVICE.get(status, "Check translation.url and what the server asks for.")
        super().__init__(f"{place} answers {status}{f': {said}' if said else ''}. {advice}")


class _Busy(EngineError):
    """A fault that may pass; `wait`: seconds that the server asks for, else None."""

    def __init__(self, message: str, wait: float | None = None):
        super().__init__(message, temporary=True)
        self.wait = wait


def key() -> str:
    """Return the key of the environment, "" if there is none. Raises ConfigError for one that no header can hold."""
    found = os.environ.get(KEY, "").strip()
    if not (found.isascii() and found.isprintable()):
        raise ConfigError(f"the key in {KEY} holds other characters than letters, digits and signs. Copy it anew.")
    return found


def address(url: str, suffix: str) -> str:
    """Return a server's address without a final slash and without `suffix`. Raises ConfigError for one that cannot be used."""
    if not url:
        raise ConfigError("translation.url is missing. Set the address of the server, such as http://localhost:5000.")
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL:
        raise ConfigError("translation.url is no address. Write it as http://localhost:5000.") from None
    if parts.userinfo:
        raise ConfigError(f"translation.url holds a name or password. Take it out; a key belongs into {KEY}.")
    if parts.scheme not in ("http", "https") or not parts.host or parts.query or parts.fragment:
        raise ConfigError(
            f"translation.url is {url!r}; it must be http:// or https://, a host, and nothing behind the path."
        )
    return str(parts).rstrip("/").removesuffix(suffix)


@dataclass
class Server:
    """A server at `url` (as of `address`). attempts: tries a request; delay: seconds before the second, doubled each time.

    timeout: seconds that the server may be silent; patience: that it may take in all.
    """

    url: str
    timeout: float = 300.0
    patience: float = 900.0
    attempts: int = 4
    delay: float = 1.0

    def ask(self, path: str, body: dict | None = None, *, headers: dict[str, str] | None = None) -> Any:
        """Return the JSON that the server answers to a POST of `body`, or to a GET without one.

        Raises Refused, or EngineError, after trying again what may pass.
        """
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(path, body, headers or {})
            except _Busy as error:
                if attempt == self.attempts or (error.wait or 0) > _LONGEST_WAIT:
                    raise
                # The jitter keeps jobs that failed together from coming back together.
                pause = self.delay * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)  # noqa: S311
                time.sleep(max(error.wait or 0, pause))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, path: str, body: dict | None, headers: dict[str, str]) -> Any:
        place = f"the translation server {self.url}"
        # A proxy for the world knows nothing of a server on this computer.
        outside = httpx.URL(self.url).host not in ("localhost", "127.0.0.1", "::1")
        limits = httpx.Timeout(self.timeout, connect=min(self.timeout, 15.0))
        try:
            with (
                httpx.Client(timeout=limits, trust_env=outside, follow_redirects=False) as client,
                client.stream(
                    "GET" if body is None else "POST", self.url + path, json=body, headers=headers
                ) as response,
            ):
                data = self._read(response, place)
        except httpx.TimeoutException as error:
            raise _Busy(f"{place} does not answer in time. Check that it runs, or take a smaller model.") from error
        except httpx.TransportError as error:
            if "CERTIFICATE" in str(error):
                raise EngineError(
                    f"{place} has no valid certificate ({_clean(str(error))}). Check the address."
                ) from error
            raise _Busy(
                f"{place} cannot be reached ({_clean(str(error))}). Start it, or mend translation.url."
            ) from error
        return _json(_checked(response, data, place), place)

    def _read(self, response: httpx.Response, place: str) -> bytes:
        data, end = bytearray(), time.monotonic() + self.patience
        for part in response.iter_bytes():
            data += part
            if len(data) > _MOST_BYTES:
                raise EngineError(
                    f"{place} answers with more than {_MOST_BYTES // 1_000_000} MB. Check translation.url."
                )
            if time.monotonic() > end:
                raise EngineError(
                    f"{place} takes longer than {self.patience:g} s for one answer. Take a smaller model."
                )
        return bytes(data)


def _checked(response: httpx.Response, data: bytes, place: str) -> bytes:
    status = response.status_code
    if response.is_success:
        return data
    if response.is_redirect:
        to = response.headers.get("location", "").partition("?")[0]
        raise EngineError(
            f"{place} sends on to {_clean(to)}, which is not followed. Set translation.url to the right address."
        )
    if status in _BUSY:
        wait = _wait(response.headers.get("retry-after", ""))
        later = f" and asks to wait {wait:.0f} s" if wait else ""
        raise _Busy(f"{place} answers {status}{later}: {_said(data)}. Try again later.", wait)
    raise Refused(place, status, _said(data))


def _json(data: bytes, place: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EngineError(f"{place} answers with something that is no JSON. Check translation.url.") from error


def _wait(text: str) -> float | None:
    """Return the seconds of a Retry-After header: a number, or a date."""
    if re.fullmatch(r"\d{1,9}", text.strip()):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _said(data: bytes) -> str:
    """Return what a server says about its error, shortened."""
    text = data.decode("utf-8", "replace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return _clean(re.sub(r"<[^>]*>", " ", text[:2000]))
    for name in ("error", "message", "detail"):
        while isinstance(found, dict) and name in found:
            found = found[name]
    return _clean(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))


def _clean(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if secret := os.environ.get(KEY, "").strip():
        text = text.replace(secret, "***")
    return (text if len(text) <= 300 else f"{text[:299]}…").rstrip(".")
