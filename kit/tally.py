"""Counts gathered in each process and written in sums: no row and no moment belongs to one reader."""

import logging
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from multiprocessing.util import Finalize
from threading import Lock, Timer
from typing import Generic, TypeVar

from django.db import Error, connection

EVERY_SECONDS = 10.0
EVERY_COUNTS = 200
MOST_KEPT = 20_000  # different sums, while the database is away

log = logging.getLogger(__name__)
K = TypeVar("K", bound=Hashable)


class Tally(Generic[K]):
    """Safe for threads. A timer runs only while something waits to be written; what waits at exit is written then.

    `write_sums` adds a batch to the database, in a transaction; `what` names the counts in the log.
    """

    def __init__(self, write_sums: Callable[[Counter[K]], None], what: str) -> None:
        self._write_sums = write_sums
        self._what = what
        self._sums: Counter[K] = Counter()
        self._lock = Lock()
        self._writing = Lock()
        self._is_held = False  # the database did not take the last batch: only the timer tries again
        self._timer: Timer | None = None
        self._at_exit: Finalize | None = None

    def add(self, keys: Iterable[K]) -> None:
        """One for each key. Every EVERY_COUNTS counts the caller's request writes the batch."""
        with self._lock:
            self._sums.update(keys)
            is_full = self._sums.total() >= EVERY_COUNTS and not self._is_held
            if not is_full:
                self._start_timer()
        if is_full:
            self.write()

    def write(self) -> None:
        """Write what waits. When the database does not take it, it waits for the next time."""
        with self._writing:
            with self._lock:
                taken, self._sums = self._sums, Counter()
                self._stop_timer()
            if not taken:
                return
            try:
                self._write_sums(taken)
            except Error as error:
                log.warning("%s wait for the database: %s", self._what, error)
                self._put_back(taken)
            else:
                self._is_held = False

    def waiting(self) -> int:
        return self._sums.total()

    def forget(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._sums, self._is_held = Counter(), False
            self._stop_timer()

    def _put_back(self, taken: Counter[K]) -> None:
        with self._lock:
            self._is_held = True
            if len(self._sums) < MOST_KEPT:
                self._sums.update(taken)
            self._start_timer()

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = Timer(EVERY_SECONDS, self._write_in_own_thread)
            self._timer.daemon = True
            self._timer.start()
        if self._at_exit is None:  # in the process that counts: web servers start theirs as children
            self._at_exit = Finalize(None, self.write, exitpriority=1)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _write_in_own_thread(self) -> None:
        try:
            self.write()
        finally:
            connection.close()  # this thread ends here, and its connection with it
