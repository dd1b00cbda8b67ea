"""Captions as a soft subtitle track of an MP4 (mov_text), for players that do not read files beside the video."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import av
from av.subtitles.stream import SubtitleStream

from video_gen.render.caption_model import Cue

# ISO 639-2 codes, the only ones that an MP4 track can carry, of the languages that video-gen speaks.
_THREE_LETTERS = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
    "he": "heb", "hi": "hin", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "ms": "msa", "nb": "nob",
    "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "th": "tha",
    "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip

# The look that the encoder writes into the track's description: white, centred at the bottom, black outline.
_STYLE = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def language_code(language: str) -> str:
    """Return the three-letter code of a language such as `pt-BR`; `und` (undetermined) where none is known."""
    base = language.partition("-")[0].lower()
    return base if len(base) == 3 else _THREE_LETTERS.get(base, "und")


def add_track(output: av.container.OutputContainer, language: str, time_base: Fraction) -> SubtitleStream:
    """Add a mov_text stream to an MP4 that is being written, before its first packet.

    time_base: that of the video stream; the muxer compares the times of both.
    """
    stream = output.add_stream("mov_text")
    stream.codec_context.subtitle_header = _STYLE
    stream.time_base = time_base
    stream.metadata["language"] = language_code(language)
    return stream


def mov_text_packets(cues: Sequence[Cue], stream: SubtitleStream) -> Iterator[av.Packet]:
    """Yield the packets of a track from 0 to the end of the last cue, to be muxed among the others in order of time.

    A sample is the length of its UTF-8 text in two bytes, then the text; an empty one clears the screen between cues.
    """
    shown = 0
    for cue in cues:
        start, end = round(cue.start * 1000), round(cue.end * 1000)
        if start > shown:
            yield _packet("", shown, start, stream)
        yield _packet("\n".join(cue.lines), start, end, stream)
        shown = end


def _packet(text: str, start: int, end: int, stream: SubtitleStream) -> av.Packet:
    data = text.encode()
    packet = av.Packet(len(data).to_bytes(2, "big") + data)
    packet.stream, packet.time_base = stream, Fraction(1, 1000)
    packet.pts = packet.dts = start
    packet.duration = end - start
    return packet
