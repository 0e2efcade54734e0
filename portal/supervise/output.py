"""The supervisor's terminal."""

import os
import sys
import threading
import time


class Output:
    """Whole lines from several threads. When the reader goes away (a closed terminal, `| head`) the rest is dropped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began = time.monotonic()

    def line(self, text: str = "") -> None:
        with self._lock:
            try:
                sys.stdout.write(f"{text}\n")
                sys.stdout.flush()
            except OSError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def say(self, text: str) -> None:
        """A line of our own, with the seconds since the start."""
        self.line(f"{time.monotonic() - self._began:6.1f} s  {text}")
