"""The online engine: edge-tts, with all that a network may do to it."""

import asyncio
import io
import random
import threading
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import aiohttp
import edge_tts
import numpy as np
from edge_tts import exceptions

from video_gen.errors import EngineError, InputError
from video_gen.speech import sound, timing, voices
from video_gen.speech.model import Cast, Engine, Piece, Speech

RATE = 24_000
TICKS = 10_000_000  # the service's units of time a second
SILENCE = 1e-3  # a peak below it is no speech
SHORTFALL = 0.25  # seconds that the sound may end before the last word does
WAYS_OUT = "Try again later, check the connection, or build with an offline engine (`engine: hibari`, pico or espeak)."

_TEMPORARY_STATUS = {403, 408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Boundary:
    """A word as the service heard it, with its start and end in seconds."""

    text: str
    start: float
    end: float


@dataclass
class Edge(Engine):
    """The engine `edge`. attempts: tries an utterance; delay: seconds before the second, doubled each time.

    timeout: seconds that one try may take in all. rate, volume, pitch: as the service writes them, such as +10%, -5%, +20Hz.
    """

    attempts: int = 4
    delay: float = 1.0
    timeout: float = 60.0
    rate: str = "+0%"
    volume: str = "+0%"
    pitch: str = "+0Hz"
    name: str = field(default="edge", init=False)
    online: bool = field(default=True, init=False)

    def supports(self, language: str) -> bool:
        """Whether the service has voices for the language."""
        try:
            return bool(voices.edge_voice("male", language))
        except InputError:
            return False

    def cast(self, voice: str, language: str) -> Cast:
        """The voice of that id, or of that name in the language. Raises InputError if there is none."""
        voice_id = voices.edge_voice(voice, language)
        return Cast(voice_id, voices.gender(voice_id), voices.id_locale(voice_id))

    def identity(self, voice: str, language: str) -> str:
        """The client's name and version and the id of the voice."""
        prosody = f"{self.rate} {self.volume} {self.pitch}"
        return f"edge-tts {version('edge-tts')} {voices.edge_voice(voice, language)} {prosody}"

    def speak(self, pieces: Sequence[Piece], voice: str, language: str) -> Speech:
        """Speak the pieces, trying again after faults that may pass. Raises EngineError, InputError for the voice."""
        voice_id = voices.edge_voice(voice, language)
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(pieces, voice_id, self.identity(voice, language))
            except EngineError as error:
                if not error.temporary or attempt == self.attempts:
                    raise
                # The jitter keeps jobs that failed together from coming back together.
                time.sleep(self.delay * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))  # noqa: S311
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, pieces: Sequence[Piece], voice_id: str, engine: str) -> Speech:
        text = " ".join(piece.spoken for piece in pieces)
        try:
            data, boundaries = _run(_stream(text, voice_id, self))
        except (edge_tts.exceptions.EdgeTTSException, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise _explained(error, voice_id, self.timeout) from error
        samples = _decoded(data)
        spans = matched(pieces, boundaries)
        _complete(pieces, spans, samples, boundaries)
        length = len(samples) / RATE
        filled = timing.fill(spans, [timing.weight(piece) for piece in pieces], length)
        return Speech(samples, RATE, timing.words(pieces, filled), engine, exact=all(spans))


def reachable(timeout: float = 4.0) -> bool:
    """Whether the service answers a request for its list of voices within `timeout` seconds."""
    answer: list[bool] = []

    def ask() -> None:
        try:
            answer.append(bool(_run(asyncio.wait_for(edge_tts.list_voices(), timeout))))
        except (aiohttp.ClientError, edge_tts.exceptions.EdgeTTSException, OSError, TimeoutError, ValueError):
            answer.append(False)

    # A name look-up cannot be cancelled, so the time-out must not wait for the loop that runs it.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout)
    return answer == [True]


def matched(pieces: Sequence[Piece], boundaries: Sequence[Boundary]) -> list[timing.Span | None]:
    """Return for each piece the span of the boundaries whose words lie in it, None where the service gave none.

    The service divides words its own way, so its words are looked up as letters in the letters of the pieces.
    """
    letters = [_letters(piece.spoken) for piece in pieces]
    stream = "".join(letters)
    owner = [index for index, word in enumerate(letters) for _ in word]
    spans: list[timing.Span | None] = [None] * len(pieces)
    cursor = 0
    for boundary in boundaries:
        word = _letters(boundary.text)
        at = stream.find(word, cursor, cursor + len(word) + 40) if word else -1
        if at < 0:
            continue
        for index in range(owner[at], owner[at + len(word) - 1] + 1):
            span = spans[index]
            spans[index] = (span[0] if span else boundary.start, boundary.end)
        cursor = at + len(word)
    return spans


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _run(task: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(task)


async def _stream(text: str, voice_id: str, of: Edge) -> tuple[bytes, list[Boundary]]:
    """Return the MP3 and the words' boundaries."""
    data, boundaries = bytearray(), []
    async with asyncio.timeout(of.timeout):
        client = edge_tts.Communicate(
            text,
            voice_id,
            rate=of.rate,
            volume=of.volume,
            pitch=of.pitch,
            boundary="WordBoundary",
            receive_timeout=max(1, int(of.timeout)),
        )
        async for part in client.stream():
            if part["type"] == "audio":
                data += part["data"]
            else:
                start = part["offset"] / TICKS
                boundaries.append(Boundary(part["text"], start, start + part["duration"] / TICKS))
    return bytes(data), boundaries


def _decoded(data: bytes) -> np.ndarray:
    try:
        samples = sound.read_stream(io.BytesIO(data), "edge-tts", RATE)
    except InputError as error:
        raise EngineError(f"edge: what came back is no MP3 ({error}). {WAYS_OUT}", temporary=True) from error
    if np.abs(samples).max() < SILENCE:
        raise EngineError(f"edge: what came back is only silence. {WAYS_OUT}", temporary=True)
    return samples


def _complete(
    pieces: Sequence[Piece], spans: Sequence[timing.Span | None], samples: np.ndarray, boundaries: Sequence[Boundary]
) -> None:
    """Refuse an answer that ends early: a connection that drops is no error to the client."""
    length = len(samples) / RATE
    if boundaries and length < boundaries[-1].end - SHORTFALL:
        what = f"the sound ends at {length:.1f} s, before its last word at {boundaries[-1].end:.1f} s"
    elif spans[-1] is None:
        what = f"the last words did not come back ({pieces[-1].text!r})"
    else:
        return
    raise EngineError(f"edge: the connection was cut: {what}. {WAYS_OUT}", temporary=True)


def _explained(error: Exception, voice_id: str, timeout: float) -> EngineError:
    """Say what happened, what to do, and whether trying again may help."""
    match error:
        case exceptions.NoAudioReceived():
            return EngineError(f"edge: the service sent no sound for the voice {voice_id}. {WAYS_OUT}", temporary=True)
        case exceptions.WebSocketError():
            return EngineError(f"edge: the connection broke ({error}). {WAYS_OUT}", temporary=True)
        case aiohttp.ClientResponseError():
            temporary = error.status in _TEMPORARY_STATUS
            return EngineError(f"edge: the service refused with status {error.status}. {WAYS_OUT}", temporary=temporary)
        case TimeoutError():
            return EngineError(f"edge: no complete answer within {timeout:.0f} s. {WAYS_OUT}", temporary=True)
        case aiohttp.ClientError() | OSError():
            return EngineError(f"edge: the service cannot be reached ({error}). {WAYS_OUT}", temporary=True)
        case ValueError():
            return EngineError(f"edge: the voice {voice_id!r} is not accepted ({error}). Choose another voice.")
        case _:
            return EngineError(
                f"edge: the service answered in an unknown way ({error}). "
                "Upgrade edge-tts (`pip install -U edge-tts`) or choose an offline engine."
            )
