"""YouTube videos as sources: their links, and the transcript that is fetched once and kept."""

import configparser
import plistlib
import random
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.parsers.expat import ExpatError

from video_gen import schema
from video_gen.errors import InputError
from video_gen.speech import voices

LINK_BYTES = 64_000  # a link file holds one address, seldom more than a kilobyte
HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "youtube-nocookie.com"}
FORMS = (
    "Known forms: https://www.youtube.com/watch?v=ID, https://youtu.be/ID, https://www.youtube.com/shorts/ID, "
    "…/live/ID, …/embed/ID, or the 11 characters of the ID alone."
)
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NO_IDS = {"videoseries", "live_stream"}  # players of playlists and channels, of the same length
_SECTIONS = {"internetshortcut", "desktop entry"}


def link_of(path: str | Path) -> str:
    """Return the address in a link file: .url, .webloc, .desktop, or text that begins with the address.

    Raises InputError if the file cannot be read, is too large or holds no address.
    """
    data = _read(Path(path))
    plist = data.startswith(b"bplist") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    link = (_in_plist(data) if plist else _in_text(data)).strip()
    if not link:
        raise InputError(
            f"{path}: holds no address. Drag the link out of the browser again, "
            "or write the address of the video into the file, for example https://youtu.be/ID."
        )
    return link


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LINK_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name and the permissions.") from error
    if len(data) > LINK_BYTES:
        raise InputError(
            f"{path}: is too large for a link (over {LINK_BYTES // 1000} kB). Give a file with one address."
        )
    return data


def _in_plist(data: bytes) -> str:
    try:
        content = plistlib.loads(data)
    except (ValueError, ExpatError, AttributeError, TypeError, LookupError, RecursionError):
        return ""  # all that plistlib raises for what is no property list
    link = content.get("URL", "") if isinstance(content, dict) else ""
    return link if isinstance(link, str) else ""


def _in_text(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "")
    rows = (row.strip() for row in text.splitlines())
    first = next((row for row in rows if row and row[0] not in "#;"), "")
    if not first.startswith("["):
        return first
    # `%` is a part of addresses; other programs' lines without `=` are no reason to refuse the file.
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error:
        return ""
    links = [parser[name].get("url") for name in parser.sections() if name.lower() in _SECTIONS]
    return next((link for link in links if link), "")


def video_id(link: str) -> str:
    """Return the 11 characters that name the video of an address, or that stand alone. Raises InputError for all else."""
    link = link.strip()
    found = link if _ID.fullmatch(link) else _id_in(link if "://" in link else f"https://{link}")
    if not _ID.fullmatch(found) or found in _NO_IDS:
        shown = link if len(link) <= 200 else f"{link[:199]}…"
        raise InputError(
            f"{shown!r} is no address of a YouTube video. {FORMS} Of a playlist or a channel, name one video at a time."
        )
    return found


def _id_in(link: str) -> str:
    """Return what stands where the id should, "" for addresses of other forms."""
    try:
        address = urlsplit(link)
        host = (address.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if host not in HOSTS or address.scheme.lower() not in ("http", "https"):
        return ""
    parts = [part for part in address.path.split("/") if part]
    if host == "youtu.be":
        return parts[0] if parts else ""
    if parts == ["watch"]:
        return parse_qs(address.query).get("v", [""])[0]
    return parts[1] if len(parts) > 1 and parts[0] in ("watch", "shorts", "embed", "live", "v") else ""


def canonical(link: str) -> str:
    """Return the usual address of the link's video. Raises InputError as `video_id` does."""
    return f"https://www.youtube.com/watch?v={video_id(link)}"


def fetch(
    link: str,
    language: str,
    *,
    only: bool = False,
    timeout: float = 10.0,
    attempts: int = 3,
    delay: float = 1.0,
) -> dict[str, Any]:
    """Ask YouTube for a video's captions and return its transcript, as schemas/transcript.schema.json has it.

    language: the code that is wished for, such as en or pt-BR; "" is the one that is spoken. Taken are, in this order: captions
    that people made in it, captions generated in it, YouTube's translation into it, any others (see `warnings`) unless `only`
    those in it are wanted. timeout: seconds that each request may wait; attempts: tries where the fault may pass; delay: seconds
    before the second, doubled each time. Raises InputError for a link, or for a video that has no captions or not those,
    EngineError for what the network or YouTube does.
    """
    from video_gen.sources import youtube_client, youtube_faults  # slow to import, and few jobs fetch

    name, address = video_id(link), canonical(link)
    for attempt in range(1, attempts + 1):
        try:
            transcript = youtube_client.ask(name, address, language, timeout, only=only)
            break
        except youtube_faults.Fault as fault:
            if not fault.temporary or attempt == attempts:
                raise fault.told(address) from fault
            # The jitter keeps jobs that failed together from coming back together.
            time.sleep(delay * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))  # noqa: S311
    schema.check(transcript, "transcript", address, InputError)
    return transcript


def warnings(transcript: Mapping[str, Any], language: str) -> list[str]:
    """Return what the user should know of a transcript: that it is not in the language wished for."""
    if not language or voices.base(transcript["language"]) == voices.base(language):
        return []
    return [
        f"{transcript['link']}: has no captions in {language}, and YouTube translates none into it. "
        f"Those in {transcript['language']} are taken."
    ]
