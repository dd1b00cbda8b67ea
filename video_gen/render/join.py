"""Clips and soundtrack to the finished MP4, by copying: nothing is encoded again."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from video_gen.errors import StageError
from video_gen.files import atomic
from video_gen.render import coding, subtitles
from video_gen.render.captions import cues


def join(
    path: str | Path,
    clips: Sequence[str | Path],
    soundtrack: str | Path,
    report: Mapping[str, Any],
    chapters: Sequence[str],
) -> None:
    """Write the MP4: clips one after another, soundtrack, captions, a chapter a scene, the title; moov at the front.

    chapters: a title a scene. Raises StageError if a clip has not the frames of the report or other encoder parameters.
    """
    timescale = report["fps"] * 512
    options = coding.mp4_options("faststart", late=_late(clips[0])) | {"video_track_timescale": str(timescale)}
    with atomic(path) as part, av.open(str(part), "w", options=options) as output:
        output.metadata["title"] = report["title"]
        output.set_chapters(_chapters(report, chapters))
        with av.open(str(clips[0])) as first, av.open(str(soundtrack)) as sound:
            video = output.add_stream_from_template(first.streams.video[0])
            audio = output.add_stream_from_template(sound.streams.audio[0])
            audio.metadata["language"] = subtitles.language_code(report["language"])
            extradata = bytes(first.streams.video[0].codec_context.extradata or b"")
            captions = subtitles.add_track(output, report["language"], Fraction(1, timescale))
            for packet in _interleaved(
                _onto(video, _video_packets(clips, report, extradata)),
                _onto(audio, _audio_packets(sound)),
                subtitles.mov_text_packets(cues(report), captions),
            ):
                output.mux(packet)


def _late(clip: str | Path) -> bool:
    """Return whether the packets of a clip are decoded one frame before they are shown."""
    with av.open(str(clip)) as container:
        return bool(container.streams.video[0].codec_context.has_b_frames)


def _chapters(report: Mapping[str, Any], titles: Sequence[str]) -> list[Any]:
    base = Fraction(1, report["fps"])
    return [
        {
            "id": number,
            "start": scene["start_frame"],
            "end": scene["start_frame"] + scene["frames"],
            "time_base": base,
            "metadata": {"title": title},
        }
        for number, (scene, title) in enumerate(zip(report["scenes"], titles, strict=True), 1)
    ]


def _video_packets(clips: Sequence[str | Path], report: Mapping[str, Any], extradata: bytes) -> Iterator[av.Packet]:
    """Yield the packets of all clips on one time line, one tick a frame."""
    late = _late(clips[0])
    for path, scene in zip(clips, report["scenes"], strict=True):
        count = 0
        with av.open(str(path)) as clip:
            stream = clip.streams.video[0]
            if bytes(stream.codec_context.extradata or b"") != extradata:
                raise StageError(
                    f"{path}: was made by another encoder than the clips before it, perhaps on another computer. "
                    f"Delete the folder {Path(path).parent} and run again."
                )
            for packet in clip.demux(stream):
                if packet.size == 0:
                    continue
                shown = round((packet.pts or 0) * (packet.time_base or 1) * report["fps"])
                packet.pts, packet.dts = scene["start_frame"] + shown, scene["start_frame"] + count - late
                packet.duration, packet.time_base = 1, Fraction(1, report["fps"])
                count += 1
                yield packet
        if count != scene["frames"]:
            raise StageError(
                f"{path}: has {count} frames, but the timing report says {scene['frames']}. Delete it and run again."
            )


def _onto(stream: Any, packets: Iterator[av.Packet]) -> Iterator[av.Packet]:
    for packet in packets:
        packet.stream = stream
        yield packet


def _audio_packets(sound: av.container.InputContainer) -> Iterator[av.Packet]:
    yield from (packet for packet in sound.demux(sound.streams.audio[0]) if packet.size)


def _interleaved(*sources: Iterator[av.Packet]) -> Iterator[av.Packet]:
    """Merge packets by time."""
    yield from heapq.merge(*sources, key=lambda packet: Fraction(packet.dts or 0) * (packet.time_base or 1))
