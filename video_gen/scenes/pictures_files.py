"""Picture files that a scene names: opened with care, since a small file can ask for gigabytes."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from video_gen.errors import InputError
from video_gen.scenes.model import Colour

MOST_PIXELS = 50_000_000
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
_KINDS = ("PNG", "JPEG", "WEBP", "GIF")


def load(path: str, ground: Colour) -> Image.Image:
    """Return the picture of a file (the first frame of a GIF) as RGB, upright, laid on `ground` where it is clear.

    Raises InputError for a file that is missing, of another kind, damaged, or of more than 50 million pixels.
    """
    if not Path(path).is_file():
        raise InputError(
            f"{path}: there is no such picture. Check the name; it is looked for from the folder the run started in."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_KINDS) as opened:
                _refuse_large(opened, path)
                opened.seek(0)
                # A draft lets a large JPEG be read at an eighth of its size; it must not fall below what is drawn.
                opened.load()
                return _flat(ImageOps.exif_transpose(opened), ground)
    except UnidentifiedImageError as error:
        raise InputError(
            f"{path}: is no PNG, JPEG, WebP or GIF picture. Convert it to PNG, or name another file."
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large(path) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputError(f"{path}: the picture is damaged ({error}). Save it again from its source.") from error


def _refuse_large(picture: Image.Image, path: str) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(path)


def _too_large(path: str) -> InputError:
    return InputError(
        f"{path}: the picture has more than {MOST_PIXELS // 1_000_000} million pixels. Scale it down to the video's size."
    )


def _flat(picture: Image.Image, ground: Colour) -> Image.Image:
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, ground)
        flat.paste(clear, (0, 0), clear)
        return flat
    return picture.convert("RGB")
