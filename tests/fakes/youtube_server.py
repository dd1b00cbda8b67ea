"""A loopback server that plays YouTube for the real client, with faults on demand.

It is reached as any server is from behind a company's proxy: by HTTPS_PROXY and REQUESTS_CA_BUNDLE in the environment of the
process (`YouTubeServer.environment`). Nothing of the client or of our own is changed, and no other host can be reached.
"""

import gzip
import json
import ssl
import struct
import threading
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import trustme

ID = "Nz2k_-9Qx0A"
LINK = f"https://www.youtube.com/watch?v={ID}"
LINES = ((0.0, 2.5, "Hello and welcome."), (2.5, 3.0, "Today we plant trees."), (5.5, 4.0, "Dig a hole first."))
STATUSES = {"400": 400, "403": 403, "404": 404, "429": 429, "500": 500, "503": 503}
REDIRECTS = {
    "consent host": f"https://consent.youtube.com/m?continue={LINK}",
    "sorry": f"https://www.google.com/sorry/index?continue={LINK}",
    "elsewhere": "https://portal.example.net/login",
    "plain http": "http://www.youtube.com/watch",
    "mobile": f"https://m.youtube.com/watch?v={ID}",
}
BOT = "Sign in to confirm you’re not a bot"


@dataclass
class Track:
    """Captions of one language. lines: start and duration in seconds, and text, with entities as YouTube writes them."""

    language: str = "en"
    generated: bool = False
    translatable: bool = True
    lines: tuple[tuple[float, float, str], ...] = LINES
    extra: str = ""  # of its address


@dataclass
class Video:
    """What the player answers; captions None: the owner turned them off."""

    captions: list[Track] | None = field(default_factory=lambda: [Track()])
    translations: tuple[str, ...] = ("de", "es", "fr", "iw", "pt", "zh-Hans", "zh-Hant")
    details: dict = field(
        default_factory=lambda: {
            "title": "Planting trees",
            "author": "The Garden",
            "lengthSeconds": "60",
            "shortDescription": "How to plant a tree.\n\n0:00 Welcome\n0:20 Digging\n0:40 Watering",
        }
    )
    playability: dict = field(default_factory=lambda: {"status": "OK"})


class YouTubeServer:
    """YouTube on 127.0.0.1. videos: by id; one of `ID` is there.

    faults: by kind of request (watch, player, captions, oembed), consumed from the left, one a request; an empty one answers
    well. Faults: a status of STATUSES, a redirect of REDIRECTS, "drop" (closed without an answer), "cut" (half of it), "slow"
    (none for 2 s), "empty", "garbage", "huge" (packed small, 30 MB unpacked), and of the watch page "captcha" and "no key".
    consent: the watch page asks for it until the cookie comes. titles: what oEmbed knows.
    """

    def __init__(self) -> None:
        self.reset()
        self._folder = TemporaryDirectory()
        authority = trustme.CA()
        self._bundle = Path(self._folder.name) / "authority.pem"
        authority.cert_pem.write_to_path(self._bundle)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("youtube.com", "*.youtube.com", "*.google.com").configure_cert(self._tls)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake, self._server.tls = self, self._tls
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def reset(self) -> None:
        """Forget what was asked, and answer well."""
        self.videos = {ID: Video()}
        self.faults: dict[str, list[str]] = {}
        self.consent = False
        self.titles = {"title": "Planting trees (oEmbed)", "author_name": "The Garden (oEmbed)"}
        self.requests: list[str] = []  # kinds
        self.addresses: list[str] = []
        self.refused: list[str] = []  # hosts that are not YouTube's

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to reach this server, and nothing else, at YouTube's addresses."""
        proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        names = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
        return {**dict.fromkeys(names, proxy), "NO_PROXY": "", "no_proxy": "", "REQUESTS_CA_BUNDLE": str(self._bundle)}

    def __enter__(self) -> "YouTubeServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
        self._folder.cleanup()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    fake: YouTubeServer
    tls: ssl.SSLContext

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.stop = threading.Event()

    def handle_error(self, request, client_address):
        """Clients that go away are a part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # heads and bodies are sent apart

    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        host = self.path.partition(":")[0]
        if not f".{host}".endswith((".youtube.com", ".google.com")):
            self.server.fake.refused.append(host)
            return self.send_error(502)
        self.send_response(200, "Connection established")
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False
        return None

    def do_GET(self):
        address = urlsplit(self.path)
        if not address.hostname and isinstance(self.connection, ssl.SSLSocket):
            answer = {"/watch": self._watch, "/api/timedtext": self._captions, "/oembed": self._oembed}
            if answer := answer.get(address.path):
                return self._play(answer, {name: values[0] for name, values in parse_qs(address.query).items()})
        self.server.fake.refused.append(self.path)
        return self.send_error(404)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if urlsplit(self.path).path != "/youtubei/v1/player" or "key=AIzaFake" not in self.path:
            return self.send_error(404)
        assert asked["context"]["client"]["clientName"]
        return self._play(self._player, asked)

    def _play(self, answer, asked):
        fake, kind = self.server.fake, answer.__name__.strip("_")
        fake.requests.append(kind)
        fake.addresses.append(f"https://{self.headers['Host']}{self.path}")
        faults = fake.faults.get(kind)
        fault = faults.pop(0) if faults else ""
        if fault in STATUSES:
            return self._send(b"no", status=STATUSES[fault], headers={"Retry-After": "3600"})
        if fault in REDIRECTS:
            return self._send(b"", status=302, headers={"Location": REDIRECTS[fault]})
        if fault in ("drop", "cut", "slow"):
            return self._break(fault, answer(asked))
        match fault:
            case "empty":
                return self._send(b"")
            case "garbage":
                return self._send(b"<!doctype html><p>no data here</p")
            case "huge":
                return self._send(gzip.compress(bytes(30_000_000), 1), {"Content-Encoding": "gzip"})
            case "captcha":
                return self._send(b'<form><div class="g-recaptcha"></div></form>')
            case "no key":
                return self._send(b"<html>an other page</html>")
        assert fault == "", fault
        return self._send(answer(asked))

    def _break(self, fault, body):
        self.close_connection = True
        if fault == "slow":
            self.server.stop.wait(2)
        if fault == "cut":
            self._head(200, len(body), {})
            self.wfile.write(body[: len(body) // 2])
            return
        self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # a reset, and not an orderly end

    def _head(self, status, length, headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, body, headers=None, status=200):
        self._head(status, len(body), headers or {})
        self.wfile.write(body)

    def _watch(self, asked):
        if self.server.fake.consent and "CONSENT=YES+cb.2026" not in self.headers.get("Cookie", ""):
            return b'<form action="https://consent.youtube.com/s"><input name="v" value="cb.2026"></form>'
        return b'<html><script>ytcfg.set({"INNERTUBE_API_KEY":"AIzaFake"});</script></html>'

    def _player(self, asked):
        video = self.server.fake.videos.get(asked["videoId"])
        if video is None:
            gone = {"status": "ERROR", "reason": "This video is unavailable"}
            return json.dumps({"playabilityStatus": gone}).encode()
        answer = {
            "playabilityStatus": video.playability,
            "videoDetails": {"videoId": asked["videoId"], **video.details},
        }
        if video.captions is not None:
            answer["captions"] = {"playerCaptionsTracklistRenderer": _tracks(asked["videoId"], video)}
        return json.dumps(answer).encode()

    def _captions(self, asked):
        video = self.server.fake.videos[asked["v"]]
        generated = asked.get("kind") == "asr"
        of = [one for one in video.captions if (one.language, one.generated) == (asked["lang"], generated)]
        into = f"{asked['tlang']}: " if "tlang" in asked else ""
        rows = (f'<text start="{start}" dur="{length}">{into}{text}</text>' for start, length, text in of[-1].lines)
        return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(rows)}</transcript>'.encode()

    def _oembed(self, asked):
        return json.dumps(self.server.fake.titles).encode()


def _tracks(video_id, video):
    def track(one):
        kind = "&kind=asr" if one.generated else ""
        address = f"https://www.youtube.com/api/timedtext?v={video_id}{kind}&lang={one.language}{one.extra}&fmt=srv3"
        label = {"runs": [{"text": escape(one.language)}]}
        asr = {"kind": "asr"} if one.generated else {}
        return {
            "baseUrl": address, "name": label, "languageCode": one.language, "isTranslatable": one.translatable, **asr,
        }  # fmt: skip

    return {
        "captionTracks": [track(one) for one in video.captions],
        "translationLanguages": [
            {"languageCode": language, "languageName": {"runs": [{"text": language}]}}
            for language in video.translations
        ],
    }
