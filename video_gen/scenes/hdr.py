"""Pictures of high dynamic range (PQ and HLG), brought to what all other pictures are: BT.709.

FFmpeg's scaler does it. The white of an ordinary picture (203 cd/m²) becomes white, darker tones keep their brightness, and what is
brighter than white is white.
"""

from fractions import Fraction
from functools import lru_cache

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorTrc

_TRANSFERS = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
_BT2020 = 9  # FFmpeg's number of the matrix; unnamed ones are 2
_UNNAMED = (0, 2)
_INTENT = "relative_colorimetric"


def is_hdr(frame: av.VideoFrame) -> bool:
    """Whether a frame says that it is of high dynamic range."""
    return frame.color_trc in _TRANSFERS


def mapped(frame: av.VideoFrame, width: int, height: int) -> np.ndarray:
    """Return a frame of high dynamic range scaled and as RGB, shape (height, width, 3). Raises av.FFmpegError."""
    if frame.color_primaries in _UNNAMED:
        frame.color_primaries = ColorPrimaries.BT2020
    if frame.colorspace in _UNNAMED:
        frame.colorspace = _BT2020
    tags = int(frame.color_trc), int(frame.color_primaries), int(frame.colorspace), int(frame.color_range)
    graph = _graph(frame.width, frame.height, frame.format.name, width, height, tags)
    graph.push(frame)
    return graph.pull().to_ndarray()


# Working out the table of colours takes two seconds, so the graph is kept; one whose frames change works it out again.
@lru_cache(maxsize=2)
def _graph(
    width: int, height: int, pixels: str, wanted_width: int, wanted_height: int, tags: tuple[int, ...]
) -> av.filter.Graph:
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=width, height=height, format=av.VideoFormat(pixels), time_base=Fraction(1, av.time_base)
    )
    scale = f"{wanted_width}:{wanted_height}:flags=bicubic:out_transfer=bt709:out_primaries=bt709:intent={_INTENT}"
    graph.link_nodes(source, graph.add("scale", scale), graph.add("format", "rgb24"), graph.add("buffersink"))
    graph.configure()
    return graph
