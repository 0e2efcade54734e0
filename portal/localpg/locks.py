"""Two locks per server: who may start or stop it, and who uses it.

The lease is a shared flock on a file, so a killed user's lease vanishes with it. Whoever leaves tries to make the
lock exclusive; only the last one can. Joining and leaving both happen under the start lock, so nobody joins a
server between "I am the last" and its end.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.localpg.errors import LocalPgError

PATIENCE = 180  # seconds; longer than the longest start that we allow


@contextmanager
def start_lock(path: Path) -> Iterator[None]:
    """Hold the only right to start or stop the server. Raises LocalPgError when somebody holds it for too long."""
    # Python opens files close-on-exec: neither the server nor any other program that we start keeps a lock of ours.
    with path.open("ab") as file:
        deadline = time.monotonic() + PATIENCE
        while not _try_lock(file.fileno(), fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise LocalPgError(f"another process has been starting or stopping the local server for {PATIENCE} s (lock: {path}).")
            time.sleep(0.02)
        yield


class Lease:
    """One process's share in the server. Create and end it only under the start lock."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        fcntl.flock(self._file, fcntl.LOCK_SH)
        self._owner = os.getpid()

    def end(self) -> bool:
        """Give the share back. True when nobody else has one."""
        last = _try_lock(self._file.fileno(), fcntl.LOCK_EX)
        self._file.close()
        return last

    def forget(self) -> None:
        """Close a forked copy: the lock stays with the process that took it."""
        if self._owner != os.getpid():
            self._file.close()


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
