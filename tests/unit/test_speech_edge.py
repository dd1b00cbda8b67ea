"""The online engine: the real edge-tts client against a loopback server, each fault of a network."""

import socket
import time

import edge_tts
import numpy as np
import pytest
from edge_tts.drm import DRM

from tests.fakes.edge_server import EdgeServer
from video_gen import speech
from video_gen.errors import EngineError, InputError
from video_gen.speech import choice, edge, spell
from video_gen.speech.edge import Boundary, Edge
from video_gen.speech.model import Piece

TEXT = "Run snakemake with 5 GB, then open the video."


@pytest.fixture(scope="module")
def service():
    with EdgeServer() as server:
        yield server


@pytest.fixture
def server(service, monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(edge_tts.communicate, "WSS_URL", service.socket_url)
    monkeypatch.setattr(edge_tts.voices, "VOICE_LIST", service.list_url)
    service.faults, service.connections, service.clock = [], 0, None
    service.texts.clear()
    service.voices.clear()
    return service


def quick(**changes) -> Edge:
    return Edge(**{"attempts": 3, "delay": 0.01, "timeout": 5.0, **changes})


def say(engine: Edge, voice: str = "female") -> speech.Speech:
    return engine.speak(spell.speakable(spell.pieces(TEXT, "en")), voice, "en")


def test_rate_volume_and_pitch_reach_the_service(server):
    asked = {"rate": "+10%", "volume": "-5%", "pitch": "+20Hz"}
    say(quick(**asked))
    assert server.prosody == asked
    assert quick(**asked).identity("female", "en") != quick().identity("female", "en")


def test_words_come_back_with_their_times(server):
    said = say(quick())
    assert [word.text for word in said.words] == ["Run", "snakemake", "with", "5 GB,", "then", "open", "the", "video."]
    assert said.exact
    starts = [word.start for word in said.words]
    assert starts == sorted(starts)
    assert 1.5 < said.words[-1].end <= len(said.samples) / said.rate + edge.SHORTFALL
    assert server.texts == ["Run snake make with five gigabytes, then open the video."]
    assert server.voices[0].endswith("AriaNeural)")
    assert "AriaNeural" in said.engine


@pytest.mark.parametrize("fault", ["403", "429", "503", "no audio", "silence", "drop", "short", "garbage"])
def test_a_passing_fault_is_tried_again(server, fault):
    server.faults = [fault, fault] if fault == "403" else [fault]  # the client itself asks twice after a 403
    said = say(quick())
    assert said.exact
    assert server.connections == (3 if fault == "403" else 2)


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("429", "status 429"),
        ("503", "status 503"),
        ("no audio", "sent no sound"),
        ("silence", "only silence"),
        ("drop", "connection was cut"),
        ("short", "before its last word"),
        ("garbage", "no MP3"),
    ],
)
def test_a_lasting_fault_ends_with_cause_and_remedy(server, fault, cause):
    server.faults = [fault] * 3
    with pytest.raises(EngineError, match=cause) as caught:
        say(quick())
    assert server.connections == 3
    assert caught.value.temporary
    assert "offline engine" in str(caught.value)


def test_a_slow_service_is_left(server):
    server.faults = ["slow"]
    with pytest.raises(EngineError, match="no complete answer within 0") as caught:
        say(quick(attempts=1, timeout=0.4))
    assert caught.value.temporary


def test_a_wrong_clock_is_set_by_the_answer(server, monkeypatch):
    monkeypatch.setattr(DRM, "clock_skew_seconds", 0.0)
    server.clock = -5000.0
    assert say(quick(attempts=1)).exact
    assert server.connections == 2
    assert DRM.clock_skew_seconds == pytest.approx(-5000, abs=3)


@pytest.mark.parametrize(("fault", "cause"), [("401", "status 401"), ("unknown", "unknown way")])
def test_a_permanent_fault_is_not_tried_again(server, fault, cause):
    server.faults = [fault]
    with pytest.raises(EngineError, match=cause) as caught:
        say(quick())
    assert not caught.value.temporary
    assert server.connections == 1


def test_no_connection_is_temporary(monkeypatch):
    monkeypatch.setattr(edge_tts.communicate, "WSS_URL", "ws://127.0.0.1:9/speak?fake=1")
    with pytest.raises(EngineError, match="cannot be reached") as caught:
        say(quick(attempts=1))
    assert caught.value.temporary


def test_an_unknown_voice_never_reaches_the_service(server):
    with pytest.raises(InputError, match="Known voices"):
        say(quick(), "robot")
    assert server.connections == 0


def test_auto_takes_the_service_where_it_answers(server):
    assert speech.choose("auto", "en") == "edge"


def test_auto_goes_offline_where_nothing_answers(monkeypatch):
    monkeypatch.setattr(edge_tts.voices, "VOICE_LIST", "http://127.0.0.1:9/voices?fake=1")
    assert speech.choose("auto", "en", timeout=2.0) == "hibari"


def test_a_service_that_hangs_is_not_waited_for(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setattr(edge_tts.voices, "VOICE_LIST", f"http://127.0.0.1:{deaf.getsockname()[1]}/voices?fake=1")
        started = time.monotonic()
        assert not edge.reachable(timeout=0.5)
        assert time.monotonic() - started < 1.0
    assert choice.TIMEOUT < 5


def test_words_divided_otherwise_still_find_their_pieces():
    pieces = [Piece("5 GB", "five giga bytes"), Piece("don't", "don't"), Piece("end.", "end.")]
    heard = [
        Boundary("five", 0.0, 0.2),
        Boundary("gigabytes", 0.2, 0.7),
        Boundary("don", 0.8, 1.0),
        Boundary("t", 1.0, 1.1),
    ]
    assert edge.matched(pieces, heard) == [(0.0, 0.7), (0.8, 1.1), None]


def test_a_scene_spoken_online_is_trimmed_and_levelled(server):
    said = speech.speak(TEXT, engine=quick(), voice="male", language="en")
    assert np.abs(said.samples).max() < 10 ** (-1 / 20)
    assert said.words[0].start < 0.1
    assert said.words[-1].end <= len(said.samples) / said.rate
