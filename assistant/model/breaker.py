"""A model that keeps failing is left alone for a while, so that people do not wait for it at each question.

In: successes and failures as they come. Out: whether to ask. Safe to use from several threads.
"""

import threading
import time
from collections.abc import Callable

from assistant.model.values import Reason

FAILURES = 3
PAUSE_SECONDS = 30.0
_COUNTED = {
    Reason.TIMED_OUT, Reason.UNREACHABLE, Reason.KEY_REFUSED, Reason.UNKNOWN_MODEL, Reason.BUSY, Reason.FAILED,
    Reason.CUT,
}  # fmt: skip
"""What the server does; what a model says badly is about one question."""


class Breaker:
    """Opens after some failures in a row, for some seconds; then lets one question try again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the model is to be left alone now."""
        with self._lock:
            return self._clock() < self._until

    def succeeded(self) -> None:
        """The server answered."""
        with self._lock:
            self._failures = 0

    def failed(self, reason: Reason) -> None:
        """It did not, or not in time."""
        with self._lock:
            self._failures = self._failures + 1 if reason in _COUNTED else 0
            if self._failures >= FAILURES:
                self._until = self._clock() + PAUSE_SECONDS
