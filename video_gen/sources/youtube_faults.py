"""Every way in which asking YouTube can fail, in plain words."""

import contextlib
import errno
import socket
import ssl
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import requests
import youtube_transcript_api as client

from video_gen.errors import EngineError, InputError, VideoGenError
from video_gen.sources import youtube_text

KEPT = (
    "Fetch it once on a machine at home, and keep its output/transcripts/NAME.json here, or put it into inputs/ as "
    "NAME.transcript.json: no network is needed then."
)
COPIED = "Copy its words from “Show transcript” on the video's page into a Markdown document, or choose another video."
BLOCKED = f"YouTube refuses this network's address, as it does with most cloud and CI machines. {KEPT}"
AGE = f"YouTube shows it only to grown-ups who have signed in, which this program cannot. {COPIED}"
CONSENT = f"YouTube asks for consent to its cookies first, and did not take the answer. Try again later. {KEPT}"
SILENT = (
    "the video has no captions. Ask its owner to turn them on (YouTube generates them some time after an upload), "
    "or choose another video."
)
ELSEWHERE = (
    "it has no captions in {language}, and YouTube translates none into it. It has captions in: {known}. Set "
    "`translation.engine` in config.yaml to have the video translated (docs/translation.md), or leave {language} out of "
    "`languages`."
)
STRANGE = (
    "YouTube answered in an unknown way ({}). Try again later, or upgrade the client: "
    "`pip install -U youtube-transcript-api`."
)
WATCHABLE = "Open the link in a browser to see for yourself, and choose a video that everybody can watch."


_NOWHERE = {errno.ENETUNREACH, errno.EHOSTUNREACH}


class Fault(Exception):
    """Why a transcript did not come, in plain words.

    temporary: whether trying again may help. kind: the error that the user gets, InputError where the video is to blame.
    """

    def __init__(self, text: str, *, temporary: bool = False, kind: type[VideoGenError] = EngineError):
        super().__init__(text)
        self.temporary = temporary
        self.kind = kind

    def told(self, link: str) -> VideoGenError:
        """The error for the user, which names the link."""
        text = f"{link}: {self}"
        return EngineError(text, temporary=self.temporary) if self.kind is EngineError else self.kind(text)


def check_status(status: int) -> None:
    """Raise Fault for a status that is no answer, before the client makes its own of it."""
    if status == 429:
        raise Fault(f"too many requests (status 429). {BLOCKED}", temporary=True)
    if status >= 500:
        raise Fault(f"YouTube has a fault of its own (status {status}). Try again later.", temporary=True)
    if status >= 400:
        raise Fault(f"YouTube refused the request with status {status}. {KEPT}")


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Turn what the client and its libraries raise into a Fault; the client takes every answer to be as it expects."""
    try:
        yield
    except requests.JSONDecodeError as error:
        raise Fault(STRANGE.format("no JSON")) from error
    except requests.RequestException as error:
        raise _of_network(error) from error
    except client.YouTubeTranscriptApiException as error:
        raise _of_youtube(error) from error
    except ParseError as error:
        # Comes and goes: an empty answer, or the first half of one.
        raise Fault(STRANGE.format(f"broken captions: {error}"), temporary=True) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Fault(STRANGE.format(type(error).__name__)) from error


def _of_youtube(error: client.YouTubeTranscriptApiException) -> Fault:
    match error:
        case client.RequestBlocked():  # IpBlocked is one of them
            return Fault(BLOCKED)
        case client.AgeRestricted():
            return Fault(AGE, kind=InputError)
        case client.PoTokenRequired():
            return Fault(f"YouTube gives these captions only to its own players. {COPIED}")
        case client.FailedToCreateConsentCookie():
            return Fault(CONSENT)
        case client.TranscriptsDisabled() | client.NoTranscriptFound():
            return Fault(SILENT, kind=InputError)
        case client.VideoUnavailable() | client.InvalidVideoId():
            return Fault(f"there is no such video, or it was taken down. Check the link. {WATCHABLE}", kind=InputError)
        case client.VideoUnplayable():
            return _unplayable([error.reason or "", *error.sub_reasons])
    return Fault(STRANGE.format(type(error).__name__))


def _unplayable(reasons: list[str]) -> Fault:
    """YouTube's own words decide: they change more often than the client that compares them."""
    said = youtube_text.line(" ".join(map(str, reasons)))[:300]
    if "not a bot" in said:
        return Fault(BLOCKED)
    if "your age" in said or "inappropriate for some" in said:
        return Fault(AGE, kind=InputError)
    why = f"“{said}”" if said else "without a reason"
    return Fault(f"YouTube does not play it to guests: {why}. {WATCHABLE}", kind=InputError)


def _of_network(error: requests.RequestException) -> Fault:
    root = _root(error)
    cause = youtube_text.line(getattr(root, "strerror", None) or str(root))[:200]
    cause = cause if isinstance(root, OSError) else "the answer ended early"
    match error:
        # Behind a proxy, an answer that does not come is a fault of the proxy to the libraries.
        case requests.exceptions.ProxyError() if not isinstance(root, ConnectionResetError):
            return Fault(f"the proxy cannot be used ({cause}). Check HTTPS_PROXY in the environment.", temporary=True)
        case requests.exceptions.SSLError() if isinstance(root, ssl.SSLCertVerificationError):
            return Fault(
                f"the connection is not safe ({root.verify_message}). Where a company's proxy reads along, name the file with its "
                "certificate in REQUESTS_CA_BUNDLE."
            )
        case requests.Timeout():
            return Fault(f"YouTube did not answer in time. Check the connection and run again. {KEPT}", temporary=True)
        case requests.ConnectionError() | requests.exceptions.ChunkedEncodingError():
            nowhere = isinstance(root, socket.gaierror) or getattr(root, "errno", 0) in _NOWHERE
            what = "YouTube cannot be reached from here" if nowhere else "the connection to YouTube broke"
            return Fault(f"{what} ({cause}). Check the connection and run again. {KEPT}", temporary=not nowhere)
    return Fault(STRANGE.format(type(error).__name__))


def _root(error: BaseException) -> BaseException:
    """Return what an error of the network began with: the system's own, where there is one."""
    while not getattr(error, "errno", None):
        inner = error.__cause__ or error.__context__ or next(iter(error.args), None)
        if not isinstance(inner, BaseException):
            break
        error = inner
    return error
