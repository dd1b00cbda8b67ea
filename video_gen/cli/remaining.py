"""The time that is left of a run, told so that it does not jump about."""

import math

_FIRST = 5.0  # seconds of a run after which its speed says something
_LEAST = 0.05  # part of the whole, likewise
_SLOW, _FAST = 10.0, 2.0  # seconds in which the shown end follows the reckoned one; the nearer it is, the faster


class Remaining:
    """Reckons when a run ends, from how far it is. Times are seconds since 1970; what is done is 0..1 of the whole."""

    def __init__(self) -> None:
        self._start: tuple[float, float] | None = None
        self._shown: tuple[float, float] | None = None  # when it was reckoned, and the end that was shown

    def begin(self, at: float, done: float) -> None:
        """A run begins; of a resumed task a part is done already."""
        self._start, self._shown = (at, done), None

    def left(self, now: float, done: float) -> float | None:
        """Return the seconds until all is done, at the speed of this run so far; None where that is not known."""
        if self._start is None or done >= 1:
            return None
        began, at = self._start
        passed, gained = now - began, done - at
        if passed < _FIRST or gained < min(_LEAST, (1 - at) / 4):
            return None
        end = now + passed / gained * (1 - done)
        if self._shown:
            when, shown = self._shown
            slowness = min(_SLOW, max(_FAST, (end - now) / 3))
            end = shown + (end - shown) * (1 - math.exp(-(now - when) / slowness))
        self._shown = now, end
        return max(end - now, 0.0)


def rounded(seconds: float) -> float:
    """Return a duration as coarse as it is sure: to 5 s, from 2 minutes on to 15 s, from 10 minutes on to the minute."""
    step = 5 if seconds < 120 else 15 if seconds < 600 else 60
    return max(5.0, math.ceil(seconds / step) * step)
