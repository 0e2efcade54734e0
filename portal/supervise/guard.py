"""Ends the supervisor's programs when the supervisor cannot, because it was killed.

A separate process that reads a pipe from the supervisor: `+PID` for a program that started, `-PID` for one that ended.
The system closes the pipe however the supervisor dies; what is still on the list is stopped then. Linux could send a
signal on the parent's death (PR_SET_PDEATHSIG), but only to direct children, while the web server has workers of its
own, and macOS has no such thing. Every program leads a session of its own, so a whole family is one process group.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 10.0  # seconds between asking and killing


def send(group: int, how: signal.Signals) -> None:
    """Signal a whole process group; one that is gone is fine (macOS answers EPERM when only zombies are left)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, how)


def lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def watch(lines: Iterable[str]) -> set[int]:
    """Read the supervisor's notes to their end and return the groups that it left behind."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def end(groups: set[int]) -> None:
    for group in groups:
        send(group, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(map(lives, groups)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in groups:
        send(group, signal.SIGKILL)


def main(checkout: str = "") -> None:
    """`checkout` is given when the supervisor uses its local database: that is then stopped too, unless others use it."""
    orphans = watch(sys.stdin)
    end(orphans)
    if orphans and checkout:
        from portal import localpg

        localpg.stop_if_unused(checkout=Path(checkout))


if __name__ == "__main__":
    main(*sys.argv[1:])
