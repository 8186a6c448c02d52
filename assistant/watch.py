"""How the one who asked follows an answer in the making: told of each step, free to call it off.

In: a function that hears of steps (or none). Out: a `Watch`, itself such a function. Once called off, the next step
raises `CalledOff`, and what waits for something outside (a model) is told at once.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str], None]


class CalledOff(Exception):  # noqa: N818 (nothing is wrong: nobody waits for the answer any more)
    """The one who asked has left."""


class Watch:
    """Safe to use from several threads."""

    def __init__(self, tell: Progress | None = None) -> None:
        self._tell = tell
        self._off = False
        self._lock = threading.Lock()
        self._stops: list[Callable[[], object]] = []

    def __call__(self, step: str) -> None:
        """Tell of a step that starts; `CalledOff` when nobody waits for it."""
        if self._off:
            raise CalledOff
        if self._tell is not None:
            self._tell(step)

    @property
    def is_off(self) -> bool:
        """Whether it was called off."""
        return self._off

    def call_off(self) -> None:
        """Nobody waits any more: stop what is going on."""
        with self._lock:
            self._off = True
            stops = tuple(self._stops)
        for stop in stops:
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
        """While inside, `stop` is called when the answer is called off; `CalledOff` when it already is."""
        with self._lock:
            if self._off:
                raise CalledOff
            self._stops.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)


def watch_of(progress: Progress | None) -> Watch:
    """The watch itself, or one around a plain function."""
    return progress if isinstance(progress, Watch) else Watch(progress)
