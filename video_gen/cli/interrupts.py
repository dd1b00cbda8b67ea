"""What Ctrl-C does, and the SIGTERM with which a CI server cancels a job."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_BOTH = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def handled(act: Callable[[int], None], numbers: Sequence[signal.Signals] = _BOTH) -> Iterator[None]:
    """Call `act` with the number of each signal that comes; for the main thread.

    Children begin with the usual behaviour: a handler is not inherited, whereas an ignored signal would be.
    """
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda number, frame: act(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def interrupt(number: int) -> None:
    """Raise KeyboardInterrupt."""
    raise KeyboardInterrupt
