"""Names of videos and scenes, which are also names of files and folders."""

import re
import unicodedata

MAX_LENGTH = 200
WILDCARD = r"[\w-]+"


def video_name(text: str) -> str:
    """Return the name of the video made from a file called `text` (without its suffix).

    The one rule: Unicode is normalised (NFC); every run of characters that are not letters, digits, `_` or `-` becomes one
    `_`; `_` and `-` at either end go; at most 200 bytes are kept. Case is kept. The result may be empty.
    """
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", text)).strip("_-")
    return name.encode()[:MAX_LENGTH].decode(errors="ignore").strip("_-")
