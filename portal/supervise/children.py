"""Starts and ends programs, each with all its descendants, and keeps the guard informed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from portal.database import BASE_DIR
from portal.supervise.guard import PATIENCE, send
from portal.supervise.signals import Signals

Process = subprocess.Popen[bytes]
TICK = 0.1  # seconds between looks at programs and signals


class Children:
    """`checkout`: see guard.main()."""

    def __init__(self, signals: Signals, checkout: str) -> None:
        self._signals = signals
        # Python's descriptors are close-on-exec: no program inherits the pipe's end, so it closes with us.
        command = [sys.executable, "-m", "portal.supervise.guard", *filter(None, [checkout])]
        self._guard = subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.PIPE, start_new_session=True)

    def start(self, command: Sequence[str]) -> Process:
        """Start a program in a session of its own: a terminal's Ctrl-C reaches only the supervisor, which ends it in order."""
        process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._tell_guard(f"+{process.pid}\n")
        return process

    def end(self, processes: Sequence[Process]) -> None:
        """Ask each, wait, then kill what is left of its family. Being asked to stop a second time cuts the wait short."""
        for process in processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        while any(process.poll() is None for process in processes) and time.monotonic() < deadline and not self._signals.urgent:
            time.sleep(TICK / 4)
        for process in processes:
            send(process.pid, signal.SIGKILL)
            process.wait()
            self._tell_guard(f"-{process.pid}\n")

    def close(self) -> None:
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard.wait()

    def _tell_guard(self, note: str) -> None:
        if self._guard.stdin:
            with contextlib.suppress(BrokenPipeError):  # a killed guard costs only the second line of defence
                self._guard.stdin.write(note.encode())
                self._guard.stdin.flush()


def lines_of(process: Process) -> Iterator[str]:
    """What a program prints, until it and everything it started have closed their output."""
    if process.stdout:
        with process.stdout:
            for line in process.stdout:
                yield line.decode("utf-8", "replace").rstrip()
