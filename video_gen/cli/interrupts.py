"""What Ctrl-C does, the SIGTERM with which a CI server cancels a job, and the SIGHUP of a terminal that is closed."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_HANG_UP = getattr(signal, "SIGHUP", None)  # Windows has none
_ALL = tuple(number for number in (signal.SIGINT, signal.SIGTERM, _HANG_UP) if number is not None)


@contextmanager
def handled(act: Callable[[int], None], numbers: Sequence[signal.Signals] = _ALL) -> Iterator[None]:
    """Call `act` with the number of each signal that comes; for the main thread. After `nohup` a SIGHUP stays ignored.

    Children begin with the usual behaviour: a handler is not inherited, whereas an ignored signal would be.
    """
    before = {number: signal.getsignal(number) for number in numbers}
    before = {number: handler for number, handler in before.items() if number != _HANG_UP or handler != signal.SIG_IGN}
    for number in before:
        signal.signal(number, lambda number, frame: act(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def interrupt(number: int) -> None:
    """Raise KeyboardInterrupt."""
    raise KeyboardInterrupt
