"""A short rest after Stripe did not answer, so that requests that would wait in vain do not hold every thread of the site."""

import threading
import time

SECONDS = 10.0


class Pause:
    """Of one process. Safe for threads."""

    def __init__(self) -> None:
        self._until = float("-inf")
        self._lock = threading.Lock()

    def begin(self) -> None:
        with self._lock:
            self._until = time.monotonic() + SECONDS

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def end(self) -> None:
        with self._lock:
            self._until = float("-inf")


pause = Pause()
