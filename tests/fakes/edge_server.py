"""A loopback server that plays the online speech service for the real edge-tts client, with faults on demand."""

import asyncio
import io
import json
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from xml.etree import ElementTree

import av
import numpy as np
from aiohttp import WSMsgType, web
from av.audio.frame import AudioFrame
from edge_tts.drm import generate_sec_ms_gec_v2

from video_gen.speech import child, sound

RATE = 24_000
TICKS = 10_000_000
STATUSES = {"401": 401, "403": 403, "429": 429, "503": 503}


class EdgeServer:
    """The service on 127.0.0.1. `faults` is consumed from the left, one a connection; an empty one answers well.

    Faults: a status of STATUSES, "no audio", "drop" (cut in the middle of the sound), "short" (all words announced, half
    of the sound), "silence" (an MP3 of nothing), "garbage" (no MP3), "slow" (never answers), "unknown" (a message that the
    client does not know).

    clock: seconds by which the service's clock is ahead of this machine's. As the service does, it then refuses with 403 and
    its date whoever's token is not of its time.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.texts: list[str] = []
        self.voices: list[str] = []
        self.prosody: dict[str, str] = {}
        self.connections = 0
        self.clock: float | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> "EdgeServer":
        self._thread.start()
        assert self._started.wait(10), "the fake service did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def socket_url(self) -> str:
        """What edge_tts.communicate.WSS_URL has to be."""
        return f"ws://127.0.0.1:{self.port}/speak?fake=1"

    @property
    def list_url(self) -> str:
        """What edge_tts.voices.VOICE_LIST has to be."""
        return f"http://127.0.0.1:{self.port}/voices?fake=1"

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.add_routes([web.get("/speak", self._speak), web.get("/voices", self._list)])
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _list(self, request: web.Request) -> web.Response:
        return web.json_response([{"ShortName": "en-US-AriaNeural", "Locale": "en-US", "Gender": "Female"}])

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        self.connections += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault in STATUSES:
            return web.Response(status=STATUSES[fault])
        if self.clock is not None and not self._timely(request):
            date = formatdate(time.time() + self.clock, usegmt=True)
            return web.Response(status=403, headers={"Date": date})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive()  # speech.config
        ssml = await socket.receive()
        if ssml.type != WSMsgType.TEXT:
            return socket
        voice = ElementTree.fromstring(ssml.data.partition("\r\n\r\n")[2])[0]
        self.voices.append(voice.attrib["name"])
        self.prosody = dict(voice[0].attrib)
        text = "".join(voice.itertext())
        self.texts.append(text)
        await self._answer(socket, request, text, fault)
        return socket

    def _timely(self, request: web.Request) -> bool:
        now = time.time() + (self.clock or 0)
        # A token is good for five minutes, and the request may have been sent just before the last ones ended.
        return request.query["Sec-MS-GEC"] in (generate_sec_ms_gec_v2(now), generate_sec_ms_gec_v2(now - 10))

    async def _answer(self, socket: web.WebSocketResponse, request: web.Request, text: str, fault: str) -> None:
        await socket.send_str(_message("turn.start", "{}"))
        if fault == "slow":
            await asyncio.sleep(30)
        if fault == "unknown":
            await socket.send_str(_message("mystery", "{}"))
        if fault != "no audio":
            mp3, words = await asyncio.to_thread(spoken, text)
            mp3 = b"no sound at all " * 200 if fault == "garbage" else mp3
            mp3 = mp3_of(np.zeros(4 * RATE, np.float32)) if fault == "silence" else mp3
            half = fault in ("drop", "short")
            for word in words[: len(words) // 2] if fault == "drop" else words:
                await socket.send_str(_message("audio.metadata", json.dumps({"Metadata": [word]})))
            for begin in range(0, len(mp3) // 2 if half else len(mp3), 1440):
                await socket.send_bytes(_audio(mp3[begin : begin + 1440]))
        if fault == "drop":
            request.transport.abort()
            return
        await socket.send_str(_message("turn.end", "{}"))


def spoken(text: str, utter: Callable[..., child.Utterance] = child.utter) -> tuple[bytes, list[dict]]:
    """Speak with espeak-ng: MP3 as the service sends it, and its word boundaries."""
    said = utter("espeak", text, "en-us+f3")
    events = [event for event in said.events if event[0] == child.WORD]
    ends = [sample for _, _, sample in events[1:]] + [len(said.samples)]
    words = []
    for (_, at, start), end in zip(events, ends, strict=True):
        word = text[at:].split()[0].strip(".,!?;:")
        ticks = {"Offset": start * TICKS // said.rate, "Duration": (end - start) * TICKS // said.rate}
        words.append(
            {"Type": "WordBoundary", "Data": {**ticks, "text": {"Text": word, "BoundaryType": "WordBoundary"}}}
        )
    return mp3_of(sound.resample(said.samples, said.rate, RATE)), words


def mp3_of(samples: np.ndarray) -> bytes:
    """Constant 48 kbit/s without any header, as the service sends it."""
    out = io.BytesIO()
    options = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(out, "w", format="mp3", options=options) as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono", format="fltp")
        stream.bit_rate = 48_000
        frame = AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _message(path: str, body: str) -> str:
    return f"X-RequestId:0\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def _audio(data: bytes) -> bytes:
    head = b"X-RequestId:0\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
    return len(head).to_bytes(2, "big") + head + data
