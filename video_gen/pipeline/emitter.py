"""Listeners: each is called in its own thread or event loop, in order, so that a slow or failing one harms nobody."""

import asyncio
import contextlib
import inspect
import logging
import queue
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

from video_gen.errors import ConfigError
from video_gen.pipeline.events import Event, EventType
from video_gen.schema import suggest

Listener = Callable[[Event], Any]
_log = logging.getLogger("video_gen")


class EventEmitter:
    """Hands events on to listeners. Safe to use from several threads and event loops.

    enabled: while it is False, listeners hear nothing; state and event files are written all the same.
    """

    def __init__(self) -> None:
        self.enabled = True
        self._lock = threading.Lock()
        self._calls: list[_Call] = []

    def on(self, event_type: EventType | str, listener: Listener) -> Listener:
        """Call `listener(event)` for each event of a type; it may be a coroutine function. Returns the listener.

        A listener of several types hears them in their order, and each event once. A coroutine function runs in the event
        loop that is running now, or else in one of its own. Raises ConfigError for an unknown type, and for what cannot be called.
        """
        return self._add(_type(event_type), listener)

    def on_all(self, listener: Listener) -> Listener:
        """Call `listener(event)` for every event. Returns the listener. Raises ConfigError for what cannot be called."""
        return self._add(None, listener)

    def off(self, event_type: EventType | str | None, listener: Listener) -> None:
        """Stop calling a listener for events of a type; None: for all types, as well as what `on_all` began."""
        kind = None if event_type is None else _type(event_type)
        with self._lock:
            for call in [call for call in self._calls if call.listener == listener]:
                call.kinds = set() if kind is None else call.kinds - {kind}
                if not call.kinds:
                    self._calls.remove(call)
                    call.close()

    def emit(self, event: Event) -> None:
        """Hand an event to the listeners, without waiting for them."""
        if not self.enabled:
            return
        with self._lock:
            for call in self._calls:
                if not call.kinds.isdisjoint((None, event.type)):
                    call.put(event)

    def flush(self, timeout: float = 1.0) -> bool:
        """Wait until the listeners have heard all, at most `timeout` seconds. Returns whether they have."""
        end = time.monotonic() + timeout
        with self._lock:
            calls = list(self._calls)
        # From within a listener there is nothing to wait for: it is busy itself.
        return all(call.wait(end) for call in calls if not call.is_current())

    def _add(self, kind: EventType | None, listener: Listener) -> Listener:
        if not callable(listener):
            raise ConfigError(f"a listener must be a function of an event, not {listener!r}.")
        with self._lock:
            call = next((call for call in self._calls if call.listener == listener), None)
            if call is None:
                self._calls.append(call := _Call(listener))
            call.kinds.add(kind)
        return listener


def _type(given: EventType | str) -> EventType:
    try:
        return EventType(given)
    except ValueError:
        raise ConfigError(f"there is no event {given!r}. {suggest(str(given), map(str, EventType))}") from None


class _Call:
    """One listener with the events that it has not heard yet, and the thread that calls it."""

    def __init__(self, listener: Listener):
        self.listener = listener
        self.kinds: set[EventType | None] = set()  # None: all of them
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._waiting = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self._loop = _running_loop() if _is_async(listener) else None

    def put(self, event: Event) -> None:
        with self._changed:
            self._waiting += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="video-gen listener", daemon=True)
            self._thread.start()
        self._events.put(event)

    def close(self) -> None:
        self._closed = True
        self._events.put(None)

    def wait(self, end: float) -> bool:
        if self._loop is not None and self._loop is _running_loop():
            return True  # it can only run when its loop goes on
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting == 0, max(0.0, end - time.monotonic()))

    def is_current(self) -> bool:
        return self._thread is threading.current_thread()

    def _run(self) -> None:
        while (event := self._events.get()) is not None:
            if not self._closed:
                self._call(event)
            with self._changed:
                self._waiting -= 1
                self._changed.notify_all()

    def _call(self, event: Event) -> None:
        try:
            if self._loop is None or self._loop.is_closed():
                answer = self.listener(event)
                if inspect.isawaitable(answer):
                    asyncio.run(_awaited(answer))
            else:
                self._call_in(self._loop, event)
        except Exception:  # whatever a listener does wrong must not reach the run or the other listeners
            _log.exception("a listener of %s failed", event.type)

    def _call_in(self, loop: asyncio.AbstractEventLoop, event: Event) -> None:
        future = asyncio.run_coroutine_threadsafe(_awaited(self.listener(event)), loop)
        while not loop.is_closed():
            with contextlib.suppress(TimeoutError):
                return future.result(timeout=1.0)


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


def _is_async(listener: Listener) -> bool:
    return inspect.iscoroutinefunction(listener) or inspect.iscoroutinefunction(type(listener).__call__)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
