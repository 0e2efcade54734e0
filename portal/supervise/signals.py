"""Being asked to stop: Ctrl-C, SIGTERM, and SIGHUP of a closed terminal."""

import signal
from types import FrameType

ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """We were asked to stop: no error."""


class Signals:
    """Handlers only count, and the loops ask: nothing is torn between starting a process and knowing of it."""

    def __init__(self) -> None:
        self._count = 0

    def install(self) -> None:
        for number in ASKED:
            signal.signal(number, self._note)

    def check(self) -> None:
        """Raise Stopped when we were asked to stop."""
        if self._count:
            raise Stopped

    @property
    def urgent(self) -> bool:
        return self._count > 1

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._count += 1


def interrupt_on_all() -> None:
    """For the time before there are processes to lose: each of the signals raises KeyboardInterrupt wherever we are."""
    for number in ASKED:
        signal.signal(number, signal.default_int_handler)
