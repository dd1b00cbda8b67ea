"""A loopback server that plays both kinds of translation servers, with faults on demand."""

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_KEPT = re.compile(r"(\[pause[^\]]*\]|`[^`]*`|XQ\d+|\{\w+\})")


def shouted(text: str) -> str:
    """The translation to this server's language: all letters large, marks and code as they are."""
    return "".join(part if _KEPT.fullmatch(part) else part.upper() for part in _KEPT.split(text))


class TranslationServer:
    """A server on 127.0.0.1 at `url`; its chat protocol is at `url`/v1. `requests`: (path, headers, body) of each request.

    faults: consumed from the left, one a request of a translation; each is None (answer well), a function of the texts that gives
    what is answered in place of their translations (a text is sent as it is), or one of: a status, (status, headers, body),
    "drop" (the connection is closed), "hang" (no answer until the server stops), "huge" (an endless answer).
    languages: what /languages answers; None: 404.
    """

    def __init__(self, languages: list[str] | None = None, translate: Callable[[str], str] = shouted) -> None:
        self.faults: list[Any] = []
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.languages, self.translated = languages, translate
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "TranslationServer":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    fake: TranslationServer

    def do_GET(self) -> None:
        known = self.fake.languages
        if self.path != "/languages" or known is None:
            return self._send(404, {"error": "Not found"})
        return self._send(200, [{"code": code, "name": code, "targets": known} for code in known])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.fake.requests.append((self.path, dict(self.headers.items()), body))
        fault = self.fake.faults.pop(0) if self.fake.faults else None
        if fault == "drop":
            self.close_connection = True
        elif fault == "hang":
            self.fake.stopped.wait(20)
        elif fault == "huge":
            self._flood()
        elif isinstance(fault, int):
            self._send(fault, {"error": {"message": f"no, {fault}"}})
        elif isinstance(fault, tuple):
            self._send(fault[0], fault[2], fault[1])
        else:
            self._answer(body, fault)

    def _answer(self, body: Any, fault: Any) -> None:
        if self.path == "/translate":
            texts = body["q"]
            self._send(200, {"translatedText": fault(texts) if fault else [self.fake.translated(t) for t in texts]})
        elif self.path == "/v1/chat/completions":
            texts = json.loads(body["messages"][1]["content"])["texts"]
            found = fault(texts) if fault else {key: self.fake.translated(text) for key, text in texts.items()}
            content = found if isinstance(found, str) else json.dumps(found)
            self._send(
                200, {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}]}
            )
        else:
            self._send(404, {"error": "Not found"})

    def _send(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        data = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in {
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
            **(headers or {}),
        }.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def _flood(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.fake.stopped.is_set():
                self.wfile.write(b" " * 1_000_000)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
