"""The encoders of H.264 that a clip can be made with: x264, and what a computer's own hardware offers."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import av.logging
from av.video.frame import PictureType
from av.video.reformatter import ColorRange

KEY_SECONDS = 2
CODECS = {"x264": "libx264", "nvenc": "h264_nvenc", "videotoolbox": "h264_videotoolbox", "qsv": "h264_qsv"}
HARDWARE = tuple(name for name in CODECS if name != "x264")
_BT709 = 1
# The encoder decides nothing on its own: key pictures are asked for, each picture refers to the one before it only, and the
# slice headers have the same form whatever the picture. The quality of a picture does not depend on those before it
# (qcomp), leaves more to the edges of letters than to plain ground (aq-strength), and is the same on every processor.
_X264 = {
    **{"keyint": "infinite", "scenecut": 0, "open-gop": 0, "bframes": 0, "ref": 1, "weightp": 0},
    **{"8x8dct": 1, "cabac": 1, "sliced-threads": 0, "stitchable": 1, "force-cfr": 1},
    **{"qcomp": 1, "aq-strength": 0.8, "cpu-independent": 1},
}


@dataclass(frozen=True)
class VideoFormat:
    """What all clips of a video share. preset is x264's, crf on its scale 0..51. stillness: `hold` or `plain`, see
    `encode.write_clip`. engine: a name of `CODECS`.
    """

    width: int
    height: int
    fps: int
    preset: str = "veryfast"
    crf: int = 20
    stillness: str = "hold"
    engine: str = "x264"


def decide(requested: str, engines: Iterable[str] = HARDWARE) -> dict[str, Any]:
    """Return the decision that is kept for a video: {requested, engine, note}.

    requested: a setting `encoder.engine`: a name of `CODECS`, or `auto` for the first of `engines` that works here, else
    x264. A hardware encoder that does not work here is replaced by x264, and note says so; else note is empty.
    """
    tried = list(engines) if requested == "auto" else [requested]
    failures = []
    for engine in tried:
        reason = "" if engine == "x264" else failure(engine)
        if not reason:
            return {"requested": requested, "engine": engine, "note": ""}
        failures.append(f"{engine} ({reason})")
    note = f"no hardware encoder works on this computer, so x264 encodes the video. Tried: {', '.join(failures)}."
    return {"requested": requested, "engine": "x264", "note": note}


def failure(engine: str) -> str:
    """Return why an encoder does not work on this computer, found by encoding a picture, or an empty text if it works."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.logging.Capture():
            return "" if _encodes(engine) else "gave no picture"
    except av.FFmpegError as error:
        # What the encoder says tells more than the error's number.
        return str(error.log[-1]).strip().rstrip(".") if error.log else str(error.strerror)
    except av.codec.codec.UnknownCodecError:
        return "not part of this FFmpeg"
    finally:
        av.logging.set_level(level)


def _encodes(engine: str) -> bool:
    of = VideoFormat(640, 360, 30, engine=engine)
    with av.open(io.BytesIO(), "w", format="mp4") as container:
        stream = add_stream(container, of)
        frame = av.VideoFrame(of.width, of.height, stream.pix_fmt or "")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        frame.pts, frame.pict_type = 0, PictureType.I
        return any(packet.is_keyframe and packet.size for packet in [*stream.encode(frame), *stream.encode(None)])


def add_stream(container: av.container.OutputContainer, of: VideoFormat) -> av.VideoStream:
    """Add a video stream to a container; all streams of one format have the same parameter sets."""
    stream = container.add_stream(CODECS[of.engine], rate=of.fps)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = of.width, of.height
    stream.pix_fmt = "nv12" if of.engine == "qsv" else "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, of.fps)
    # One thread: the bytes then do not depend on the machine, and the graph keeps the cores busy with other clips.
    context.thread_count = 1
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    context.options = {"profile": "high"} | _options(of)
    if of.engine != "x264":
        context.gop_size, context.max_b_frames = KEY_SECONDS * of.fps, 0
    return stream


def _options(of: VideoFormat) -> dict[str, str]:
    """Return an encoder's own options: a constant quality, key pictures on demand, as little delay as there can be."""
    if of.engine == "nvenc":
        return {"preset": "p4", "rc": "constqp", "qp": str(of.crf), "forced-idr": "1", "no-scenecut": "1", "delay": "0"}
    if of.engine == "videotoolbox":
        lambda_per_step = 118  # FFmpeg's unit of a quality of 0..100
        return {"flags": "+qscale", "global_quality": str((100 - 2 * of.crf if of.crf < 50 else 1) * lambda_per_step)}
    if of.engine == "qsv":
        return {"global_quality": str(max(of.crf, 1)), "forced_idr": "1", "async_depth": "1", "preset": "medium"}
    values = ":".join(f"{name}={value}" for name, value in _X264.items())
    return {
        **{"preset": of.preset, "crf": str(of.crf), "tune": "zerolatency", "forced-idr": "1"},
        "x264-params": values,
    }
