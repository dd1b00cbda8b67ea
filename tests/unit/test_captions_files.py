"""Caption files and the subtitle track: read back by a strict check of our own and by other programs' readers."""

import re
import subprocess
from fractions import Fraction

import av
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video_gen.render import captions, subtitles
from video_gen.render.captions import Cue, Word
from video_gen.speech import voices

HOSTILE = [
    Cue(0.0, 1.5, ("Use <b>bold</b> & &lt; as is,", "{\\an8}top --> bottom"), (Word("Use", 0.0, 0.5),)),
    Cue(1.5, 3.25, ("00:00:01,000 --> 00:00:02,000",), (Word("00:00:01,000", 1.5, 2.0),)),
    Cue(4.0, 3605.007, ("NOTE <00:00:05.000>", "مرحبا 你好"), (Word("NOTE", 4.0, 5.0),)),
]
STAMP = r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})"


def _seconds(parts):
    hours, minutes, seconds, milliseconds = map(int, parts)
    return (hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + milliseconds) / 1000


def read_vtt(text):
    """Return (start, end, lines, inner stamps) of each cue; fail on whatever the syntax of WebVTT does not allow."""
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    found = []
    for block in blocks:
        if block.startswith("NOTE"):
            assert "-->" not in block and not found
            continue
        timing, *payload = block.split("\n")
        match = re.fullmatch(f"{STAMP} --> {STAMP}", timing)
        assert match and payload and all(payload)
        start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        stamps = [_seconds(parts) for parts in re.findall(f"<{STAMP}>", "\n".join(payload))]
        plain = re.sub(f"<{STAMP}>", "", "\n".join(payload))
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", plain)
        assert [start, *stamps, end] == sorted({start, *stamps, end}), "times must grow strictly"
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        found.append((start, end, tuple(plain.split("\n")), stamps))
    return found


def shown_by_ffmpeg(path):
    """Return (start, text) of every cue as FFmpeg's reader takes it, styles and tags interpreted."""
    with av.open(str(path)) as container:
        stream = container.streams.subtitles[0]
        return [
            (float(packet.pts * packet.time_base), part.dialogue.decode())
            for packet in container.demux(stream)
            if packet.size
            for part in stream.decode(packet)
        ]


def spoken_cues(texts):
    words = [{"text": text, "start": 0.4 * place, "end": 0.4 * place + 0.3} for place, text in enumerate(texts)]
    end = 0.4 * len(texts) + 1
    scenes = [{"start_time": 0.0, "end_time": end, "words": words}]
    return captions.cues({"language": "en", "fps": 30, "scenes": scenes})


def test_webvtt_keeps_hostile_text_as_text(tmp_path):
    captions.write_vtt(tmp_path / "a.vtt", HOSTILE, "pt-BR")
    text = (tmp_path / "a.vtt").read_text("utf-8")
    assert [found[:3] for found in read_vtt(text)] == [(cue.start, cue.end, cue.lines) for cue in HOSTILE]
    assert "NOTE Language: pt-BR\n" in text
    assert "01:00:05.007" in text


def test_subrip_keeps_hostile_text_as_text(tmp_path):
    captions.write_srt(tmp_path / "a.srt", HOSTILE)
    shown = shown_by_ffmpeg(tmp_path / "a.srt")
    assert [start for start, _ in shown] == [0.0, 1.5, 4.0]
    visible = [text.replace("\u2060", "") for _, text in shown]
    assert "Use <b>bold</b> & &lt; as is," in visible[0]
    assert "top --> bottom" in visible[0] and "{\\an8}" not in shown[0][1]
    assert "00:00:01,000 --> 00:00:02,000" in visible[1]


def test_subrip_of_plain_text_is_what_everyone_expects(tmp_path):
    captions.write_srt(tmp_path / "a.srt", [Cue(0.0, 1.0, ("One", "two"), ()), Cue(61.5, 62.25, ("Three",), ())])
    assert (tmp_path / "a.srt").read_text("utf-8") == (
        "1\n00:00:00,000 --> 00:00:01,000\nOne\ntwo\n\n2\n00:01:01,500 --> 00:01:02,250\nThree\n"
    )


def test_karaoke_has_a_stamp_for_every_later_word(tmp_path):
    words = [{"text": "One", "start": 0.0, "end": 0.4}, {"text": "<two>", "start": 0.5, "end": 0.9}]
    report = {"language": "en", "fps": 30, "scenes": [{"start_time": 0.0, "end_time": 3.0, "words": words}]}
    captions.write_karaoke_vtt(tmp_path / "a.vtt", captions.cues(report))
    assert "One <00:00:00.500>&lt;two&gt;\n" in (tmp_path / "a.vtt").read_text("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60), min_size=1, max_size=20))
def test_files_of_any_words_can_be_read_back(tmp_path_factory, texts):
    folder = tmp_path_factory.getbasetemp()
    cues = spoken_cues(texts)
    captions.write_vtt(folder / "any.vtt", cues, "en")
    captions.write_karaoke_vtt(folder / "karaoke.vtt", cues)
    expected = [(cue.start, cue.end, cue.lines) for cue in cues]
    for name in ("any.vtt", "karaoke.vtt"):
        assert [found[:3] for found in read_vtt((folder / name).read_text("utf-8"))] == expected


def test_no_captions_give_valid_files(tmp_path):
    captions.write_vtt(tmp_path / "a.vtt", [], "en")
    captions.write_srt(tmp_path / "a.srt", [])
    assert read_vtt((tmp_path / "a.vtt").read_text("utf-8")) == []
    assert (tmp_path / "a.srt").read_text("utf-8") == ""


TRACK = [
    Cue(0.5, 1.5, ("Use <b> & {\\an8}", "你好 مرحبا"), ()),
    Cue(1.5, 2.123, ("Second",), ()),
    Cue(2.4, 2.967, ("Third",), ()),
]


@pytest.fixture
def subtitled(tmp_path):
    """A video of 3 s whose video packets were copied from another file, with a subtitle track."""
    plain, path = tmp_path / "plain.mp4", tmp_path / "subtitled.mp4"
    with av.open(str(plain), "w") as output:
        video = output.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        for level in range(90):
            output.mux(video.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), level, np.uint8))))
        output.mux(video.encode(None))
    with av.open(str(plain)) as source, av.open(str(path), "w", options={"movflags": "+faststart"}) as output:
        video = output.add_stream_from_template(source.streams.video[0])
        track = subtitles.add_track(output, "de-AT", Fraction(1, 30 * 512))
        packets = [packet for packet in source.demux(video=0) if packet.size]
        for packet in packets:
            packet.stream = video
        packets += subtitles.mov_text_packets(TRACK, track)
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            output.mux(packet)
    return path


def test_subtitle_track_has_the_texts_and_times_of_the_captions(subtitled):
    with av.open(str(subtitled)) as container:
        stream = container.streams.subtitles[0]
        assert stream.language == "deu"
        samples = [
            (
                float(packet.pts * packet.time_base),
                float(packet.duration * packet.time_base),
                bytes(packet)[2:].decode(),
            )
            for packet in container.demux(stream)
            if packet.size
        ]
    assert [text for _, _, text in samples] == ["", "Use <b> & {\\an8}\n你好 مرحبا", "Second", "", "Third"]
    assert [start for start, _, _ in samples] == pytest.approx([0, 0.5, 1.5, 2.123, 2.4], abs=1e-4)
    assert [length for _, length, _ in samples] == pytest.approx([0.5, 1.0, 0.623, 0.277, 0.567], abs=1e-4)


def test_subtitle_track_leaves_the_video_as_it_was(subtitled):
    with av.open(str(subtitled)) as after, av.open(str(subtitled.with_name("plain.mp4"))) as before:
        assert [bytes(packet) for packet in after.demux(video=0)] == [bytes(packet) for packet in before.demux(video=0)]


def test_ffmpeg_lists_the_track_and_extracts_it(subtitled):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(subtitled), "-map", "0:s:0", "-f", "srt", "-"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert re.search(r"Stream #0:1.*\(deu\): Subtitle: mov_text \(tx3g", done.stderr)
    assert done.stdout.split("\n\n")[:3] == [
        "1\n00:00:00,500 --> 00:00:01,500\nUse <b> & {\\an8}\n你好 مرحبا",
        "2\n00:00:01,500 --> 00:00:02,123\nSecond",
        "3\n00:00:02,400 --> 00:00:02,967\nThird",
    ]


@pytest.mark.parametrize(("language", "code"), [("en", "eng"), ("pt-BR", "por"), ("fil", "fil"), ("xx", "und")])
def test_languages_have_three_letters(language, code):
    assert subtitles.language_code(language) == code


def test_every_language_with_a_voice_has_a_code():
    assert {subtitles.language_code(language) for language in voices.DEFAULTS}.isdisjoint({"und"})
