"""Listeners: in order, in their own time, and no trouble to anybody else."""

import asyncio
import threading
import time

import pytest

from video_gen.errors import ConfigError
from video_gen.pipeline.emitter import EventEmitter
from video_gen.pipeline.events import Event, EventType


def event(number=0, kind=EventType.STAGE_PROGRESS):
    return Event(kind, "t", "2026-01-01T00:00:00.000+00:00", message=str(number))


def test_order_and_types():
    emitter, heard, progress = EventEmitter(), [], []
    emitter.on_all(heard.append)
    emitter.on("stage.progress", progress.append)
    events = [event(number, kind) for number, kind in enumerate(EventType)]
    for one in events:
        emitter.emit(one)
    assert emitter.flush(5)
    assert heard == events
    assert [one.type for one in progress] == ["stage.progress"]
    for wrong in (emitter.on, emitter.off):
        with pytest.raises(ConfigError, match=r"Did you mean 'stage\.progress'"):
            wrong("stage.progres", heard.append)
    for wrong in (lambda: emitter.on_all(5), lambda: emitter.on("stage.progress", None)):
        with pytest.raises(ConfigError, match="a listener must be a function"):
            wrong()


def test_a_listener_of_several_types_hears_them_in_order_and_once():
    emitter, heard = EventEmitter(), []
    for kind in EventType:
        emitter.on(kind, heard.append)
    emitter.on_all(heard.append)
    events = [event(number, kind) for number in range(50) for kind in EventType]
    for one in events:
        emitter.emit(one)
    assert emitter.flush(5) and heard == events


def test_failing_and_slow_listeners_harm_nobody(caplog):
    emitter, heard, go = EventEmitter(), [], threading.Event()
    emitter.on_all(lambda _: 1 / 0)
    emitter.on_all(lambda _: go.wait(10))
    emitter.on_all(heard.append)
    began = time.monotonic()
    for number in range(100):
        emitter.emit(event(number))
    assert time.monotonic() - began < 1
    assert not emitter.flush(0.3) and len(heard) == 100
    go.set()
    assert emitter.flush(5)
    assert "ZeroDivisionError" in caplog.text


def test_off_and_enabled():
    emitter, heard = EventEmitter(), []
    emitter.on_all(heard.append)
    emitter.on(EventType.STAGE_STARTED, heard.append)
    emitter.enabled = False
    emitter.emit(event())
    emitter.enabled = True
    emitter.off(EventType.STAGE_STARTED, heard.append)
    emitter.emit(event(1, EventType.STAGE_STARTED))
    assert emitter.flush(5) and len(heard) == 1, "all types are heard, and an event once"
    emitter.on(EventType.STAGE_STARTED, heard.append)
    emitter.off(None, heard.append)
    emitter.emit(event(2, EventType.STAGE_STARTED))
    assert emitter.flush(5) and len(heard) == 1


def test_async_listeners_run_in_the_loop_that_added_them():
    async def main():
        heard = []

        async def listen(one):
            await asyncio.sleep(0)
            heard.append((one.message, asyncio.get_running_loop() is loop))

        loop, emitter = asyncio.get_running_loop(), EventEmitter()
        emitter.on_all(listen)
        threading.Thread(target=lambda: [emitter.emit(event(number)) for number in range(50)]).start()
        while len(heard) < 50:
            await asyncio.sleep(0.01)
        return heard, emitter, listen

    heard, emitter, _ = asyncio.run(main())
    assert heard == [(str(number), True) for number in range(50)]
    emitter.emit(event("after the loop has closed"))
    assert emitter.flush(5) and heard[-1] == ("after the loop has closed", False)


def test_async_listener_without_a_loop():
    emitter, heard = EventEmitter(), []

    async def listen(one):
        heard.append(one.message)

    emitter.on_all(listen)
    emitter.emit(event(1))
    assert emitter.flush(5) and heard == ["1"]


def test_from_many_threads():
    emitter, heard = EventEmitter(), []
    emitter.on_all(heard.append)

    def work(number):
        def listener(one):
            return None

        for count in range(50):
            emitter.on(EventType.STAGE_FAILED, listener)
            emitter.emit(event(number * 1000 + count))
            emitter.off(EventType.STAGE_FAILED, listener)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert emitter.flush(5)
    by_thread = [[int(one.message) for one in heard if int(one.message) // 1000 == number] for number in range(8)]
    assert all(numbers == sorted(numbers) and len(numbers) == 50 for numbers in by_thread)


def test_a_listener_may_flush_and_remove_itself():
    emitter, heard = EventEmitter(), []

    def once(one):
        emitter.flush(5)
        emitter.off(None, once)
        heard.append(one)

    emitter.on_all(once)
    emitter.emit(event(1))
    emitter.flush(5)
    emitter.emit(event(2))
    assert emitter.flush(5) and len(heard) == 1
