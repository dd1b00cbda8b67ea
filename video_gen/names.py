"""Names of videos and scenes, which are also names of files and folders."""

import re
import unicodedata

MAX_LENGTH = 200
WILDCARD = r"[\w-]+"
# The files of a finished video, as endings. The metadata (json) ask for the MP4 and the poster in all formats; both are named here
# too, since Snakemake makes a missing file again only if it is asked for itself.
KINDS = ("mp4", "jpg", "vtt", "karaoke.vtt", "srt", "md", "html", "chapters.txt", "json")


def video_name(text: str) -> str:
    """Return the name of the video made from a file called `text` (without its suffix).

    The one rule: Unicode is normalised (NFC); every run of characters that are not letters, digits, `_` or `-` becomes one
    `_`; `_` and `-` at either end go; at most 200 bytes are kept. Case is kept. The result may be empty.
    """
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", text)).strip("_-")
    return name.encode()[:MAX_LENGTH].decode(errors="ignore").strip("_-")


def is_periodic(name: str) -> bool:
    """Return whether a name repeats something twenty times over, which Snakemake takes for a rule that feeds itself."""
    return re.search(r"(.+?)\1{19}", name) is not None
