"""Hardware encoders: taken only where they really encode, else x264 with one note; then every frame is encoded."""

import headers
import numpy as np
import probe
import pytest
import timelines

from video_gen.errors import StageError
from video_gen.render import encode, encoders
from video_gen.render.encoders import VideoFormat

PICTURES = timelines.planes()
CLIP = timelines.shots([(0, 0, 25), (1, 4, 30)], PICTURES)


@pytest.fixture
def stand_in(monkeypatch):
    """x264 under the name of a hardware encoder, as FFmpeg would have it by default: it holds frames back."""
    monkeypatch.setitem(encoders.CODECS, "qsv", "libx264")


def test_x264_is_never_tried(monkeypatch):
    monkeypatch.setattr(encoders, "failure", lambda engine: pytest.fail(engine))
    assert encoders.decide("x264") == {"requested": "x264", "engine": "x264", "note": ""}


@pytest.mark.parametrize("engine", encoders.HARDWARE)
def test_an_encoder_by_name(engine):
    """On this computer, whatever it has: the encoder works, or x264 stands in and the note says why."""
    reason, decision = encoders.failure(engine), encoders.decide(engine)
    assert decision["engine"] == ("x264" if reason else engine)
    assert (f"{engine} ({reason})" in decision["note"]) == bool(reason)


def test_auto_tells_all_that_was_tried(monkeypatch):
    monkeypatch.setattr(encoders, "failure", lambda engine: f"no {engine} here")
    note = encoders.decide("auto")["note"]
    assert all(f"{engine} (no {engine} here)" in note for engine in encoders.HARDWARE)


def test_an_encoder_that_is_unknown_to_ffmpeg(monkeypatch):
    monkeypatch.setitem(encoders.CODECS, "nvenc", "h264_of_tomorrow")
    assert encoders.failure("nvenc") == "not part of this FFmpeg"


def test_auto_takes_the_first_that_works(stand_in):
    assert encoders.decide("auto", ["qsv"])["engine"] == "qsv"
    assert encoders.decide("auto", ["x264", "qsv"])["engine"] == "x264"


def test_every_frame_is_encoded(stand_in, tmp_path):
    """Frames come out late, from planes that are packed otherwise, and are all there; holds are not repeated packets."""
    path, of = tmp_path / "clip.mp4", VideoFormat(*timelines.SIZE, 10, engine="qsv")
    wanted = timelines.each_frame(CLIP)
    assert encode.write_clip(path, iter(CLIP), of) == len(wanted)
    shown = timelines.decoded(path)
    assert all(np.abs(got - asked[0]).mean() < 4 for got, asked in zip(shown, wanted, strict=True))
    keys = [index for index, (_, key) in enumerate(probe.video_packets(path)) if key]
    assert keys[0] == 0 and max(np.diff([*keys, len(wanted)])) <= 20
    assert len(headers.read(path)[1]) == len(wanted)


def test_an_encoder_that_is_missing_where_the_job_runs(tmp_path, monkeypatch):
    """The decision was made on another computer; an encoder that cannot be opened stands for the missing one."""
    monkeypatch.setitem(encoders.CODECS, "nvenc", "libx264")
    monkeypatch.setattr(encoders, "_options", lambda of: {"x264-params": "level=nonsense", "preset": "nonsense"})
    of = VideoFormat(*timelines.SIZE, 10, engine="nvenc")
    with pytest.raises(StageError, match=r"x\.mp4: the encoder nvenc failed .* Set encoder\.engine to x264"):
        encode.write_clip(tmp_path / "x.mp4", iter(CLIP), of)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("engine", encoders.HARDWARE)
def test_the_real_thing(engine, tmp_path):
    reason = encoders.failure(engine)
    if reason:
        pytest.skip(f"{engine}: {reason}")
    size = (640, 360)
    drawn = timelines.shots([(0, 0, 45), (1, 12, 40)], timelines.planes(size))
    path = tmp_path / "clip.mp4"
    encode.write_clip(path, iter(drawn), VideoFormat(*size, 30, engine=engine))
    shown = timelines.decoded(path)
    wanted = timelines.each_frame(drawn)
    assert all(np.abs(got - asked[0]).mean() < 6 for got, asked in zip(shown, wanted, strict=True))
