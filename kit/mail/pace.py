"""How fast this process talks to the mail server."""

import threading
import time

from django.conf import settings


class Pace:
    """Spaces the mails of all threads evenly: settings.MAIL_PER_SECOND of them in a second, 0 for no limit. Nobody overtakes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0  # monotonic seconds

    def wait(self) -> None:
        """Until it is this mail's turn."""
        if settings.MAIL_PER_SECOND <= 0:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + 1 / settings.MAIL_PER_SECOND
        if turn > now:
            time.sleep(turn - now)


pace = Pace()
