"""A ceiling on how often one address may report: enough for a school behind one address, too little for a script."""

import hashlib
import secrets
import time
from collections import Counter
from threading import Lock

REPORTS = 60  # that one address may send in a minute
MOST_ADDRESSES = 50_000


class Ceiling:
    """Reports of this minute by address. Addresses are kept as hashes with a salt that lasts one minute, in memory only."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = -1
        self._salt = b""
        self._reports: Counter[bytes] = Counter()

    def allows(self, address: str) -> bool:
        """Counts the report. False above the ceiling, and for new addresses when there are too many to remember."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._salt = minute, secrets.token_bytes(16)
                self._reports.clear()
            key = hashlib.blake2b(address.encode(), key=self._salt, digest_size=16).digest()
            if key not in self._reports and len(self._reports) >= MOST_ADDRESSES:
                return False
            self._reports[key] += 1
            return self._reports[key] <= REPORTS

    def forget(self) -> None:
        with self._lock:
            self._minute = -1


ceiling = Ceiling()
