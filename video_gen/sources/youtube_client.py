"""What asks YouTube: the captions' client on a session that is guarded, and what the answers hold."""

import contextlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from youtube_transcript_api import YouTubeTranscriptApi

from video_gen.errors import InputError
from video_gen.sources import youtube_faults, youtube_text, youtube_tracks
from video_gen.sources.youtube_faults import Fault

ANSWER_BYTES = 20_000_000
PLAYER = "/youtubei/v1/player"
OEMBED = "https://www.youtube.com/oembed"


def ask(video: str, link: str, language: str, timeout: float, *, only: bool = False) -> dict[str, Any]:
    """Return the transcript of the video with that id, asked for once. only: in that language or not at all. Raises Fault."""
    player: dict[str, Any] = {}
    with _session(timeout, player) as session:
        with youtube_faults.plainly():
            tracks = list(YouTubeTranscriptApi(http_client=session).list(video))
        if not tracks:
            raise Fault(youtube_faults.SILENT, kind=InputError)
        track, kind = youtube_tracks.choose(tracks, language)
        if only and not youtube_tracks.is_in(track, language):
            known = ", ".join(youtube_tracks.languages(tracks))
            raise Fault(youtube_faults.ELSEWHERE.format(language=language, known=known), kind=InputError)
        with youtube_faults.plainly():
            snippets = youtube_text.tidy(track.fetch().to_raw_data())
        if not snippets:
            raise Fault("its captions hold no words. Choose another video.", kind=InputError)
        title, author = _named(session, link, player)
    length = youtube_text.seconds(player.get("lengthSeconds")) or snippets[-1]["start"] + snippets[-1]["duration"]
    description = youtube_text.lines(player.get("shortDescription"))
    return {
        "video_id": video,
        "link": link,
        "title": title or video,
        "author": author,
        "language": youtube_tracks.code(track.language_code),
        "kind": kind,
        "duration": round(length, 3),
        "description": description,
        "chapters": youtube_text.chapters(description, length),
        "snippets": snippets,
    }


def _named(session: requests.Session, link: str, player: dict[str, Any]) -> tuple[str, str]:
    """Return title and author; "" for what is not known: that is no reason to do without the words."""
    title, author = player.get("title"), player.get("author")
    if not (title and author):
        with contextlib.suppress(Fault, requests.RequestException, ValueError, AttributeError):
            answer = session.get(OEMBED, params={"url": link, "format": "json"}).json()
            title, author = title or answer.get("title"), author or answer.get("author_name")
    return youtube_text.line(title)[:500], youtube_text.line(author)[:200]


def _session(timeout: float, player: dict[str, Any]) -> requests.Session:
    """Return a session that keeps to YouTube, and that fills `player` with the video's details as they come by."""

    def look(response: requests.Response, *_: Any, **__: Any) -> None:
        youtube_faults.check_status(response.status_code)
        if urlsplit(response.url).path == PLAYER:
            with contextlib.suppress(ValueError, AttributeError, TypeError):  # told by the client, which reads it next
                player.update(response.json().get("videoDetails"))

    session = requests.Session()
    guard = _Guard(timeout)
    session.mount("https://", guard)
    session.mount("http://", guard)
    session.hooks["response"].append(look)
    return session


class _Guard(HTTPAdapter):
    """Gives every request a time-out and every answer a limit, and lets none leave YouTube's hosts."""

    def __init__(self, timeout: float):
        super().__init__()
        self.timeout = timeout

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        _check_address(request.url)
        response = super().send(request, stream, self.timeout, verify, cert, proxies)
        response.raw = _Limited(response.raw)
        return response


def _check_address(url: str) -> None:
    address = urlsplit(url)
    host = address.hostname or ""
    if host == "consent.youtube.com":
        raise Fault(youtube_faults.CONSENT)
    if host == "www.google.com" and address.path.startswith("/sorry"):
        raise Fault(youtube_faults.BLOCKED)
    if address.scheme != "https" or not f".{host}".endswith(".youtube.com"):
        raise Fault(
            f"the answer leads away from YouTube, to {address.scheme}://{host}, and is not followed. "
            "Open the link in a browser on this machine: the network may ask to sign in."
        )


class _Limited:
    """A raw answer that ends with a fault when it grows too large."""

    def __init__(self, raw: Any):
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, *arguments: Any, **options: Any) -> Iterator[bytes]:
        size = 0
        for block in self._raw.stream(*arguments, **options):
            size += len(block)
            if size > ANSWER_BYTES:
                raise Fault(f"the answer is larger than {ANSWER_BYTES // 1_000_000} MB. Choose another video.")
            yield block
