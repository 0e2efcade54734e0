"""A run over the addresses that are due: one after the other, with a pause before a host is asked again, each kept at once."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlsplit

from django.db import connection
from django.utils import timezone

from newsroom.links.look import Look, look_at
from newsroom.models import LinkCheck

MOST = 300  # addresses of a run
SECONDS = 600  # that a run takes at most, give or take its last look
PAUSE = 5  # seconds between two requests to a host
MONTH = timedelta(days=30)
SOON = timedelta(days=1)
CLAIM = timedelta(hours=1)  # a look that was killed comes again after this
DEAD_AFTER = 3  # failures, on as many days
LONGEST_WAIT = timedelta(days=30)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # due before all others
State = LinkCheck.State

USED = """
SELECT s.url FROM careers_source s WHERE s.url > '' AND EXISTS (SELECT FROM careers_guidesource g WHERE g.source_id = s.id)
UNION SELECT n.url FROM careers_nametoknow n WHERE n.url > ''
"""


def list_links() -> None:
    """A row for each address that guides cite, and none for others."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO newsroom_linkcheck (url, state, error, moved_to, failures, next_at)
            SELECT used.url, 'new', '', '', 0, now() FROM ({USED}) used ON CONFLICT (url) DO NOTHING
            """  # noqa: S608 - a constant
        )
        cursor.execute(f"DELETE FROM newsroom_linkcheck l WHERE NOT EXISTS (SELECT FROM ({USED}) used WHERE used.url = l.url)")  # noqa: S608


class Run:
    """What one run remembers. The arguments are for tests."""

    def __init__(
        self,
        look: Callable[[str], Look] = look_at,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._look, self._clock, self._sleep = look, clock, sleep
        self._asked: dict[str, float] = {}  # host -> when it was asked last
        self._busy: dict[str, datetime] = {}  # host -> when it may be asked again
        self._spread = Random()  # noqa: S311 - spreads load

    def run(self, most: int = MOST, stop: Callable[[], bool] = lambda: False) -> int:
        """Looks at what is due, the longest overdue first, until `stop`. Returns how many addresses were looked at."""
        until = self._clock() + SECONDS
        due = list(LinkCheck.objects.filter(next_at__lte=timezone.now()).order_by("next_at", "pk")[:most])
        looked = 0
        for link in _hosts_in_turn(due):
            if self._clock() >= until or stop():
                break
            looked += self._one(link)
        return looked

    def _one(self, link: LinkCheck) -> bool:
        host = host_of(link.url)
        if again := self._busy.get(host):
            LinkCheck.objects.filter(pk=link.pk, next_at=link.next_at).update(next_at=again)
            return False
        if not claimed(link):
            return False
        self._pause(host)
        found = self._look(link.url)
        if found.is_busy:
            self._busy[host] = timezone.now() + min(max(timedelta(seconds=found.wait or 0), SOON), LONGEST_WAIT)
        keep(link, found, now=timezone.now(), spread=self._spread.uniform(0.9, 1.1), again=self._busy.get(host))
        return True

    def _pause(self, host: str) -> None:
        if host in self._asked and (left := self._asked[host] + PAUSE - self._clock()) > 0:
            self._sleep(left)
        self._asked[host] = self._clock()


def claimed(link: LinkCheck) -> bool:
    """Whether this run is the one to look. Whoever dies now leaves an address that is due again in an hour."""
    return LinkCheck.objects.filter(pk=link.pk, next_at=link.next_at).update(next_at=timezone.now() + CLAIM) == 1


def keep(link: LinkCheck, found: Look, *, now: datetime, spread: float, again: datetime | None = None) -> None:
    """What the look means for the address, and when the next is due. A busy host says nothing of it."""
    values: dict[str, object] = {"status": found.status, "error": found.error, "checked_at": now}
    if found.is_busy:
        values |= {"next_at": again or now + SOON}
    elif found.is_failure:
        is_new_day = link.checked_at is None or link.failures == 0 or link.checked_at.date() != now.date()
        failures = link.failures + 1 if is_new_day else link.failures
        is_dead = failures >= DEAD_AFTER
        pause = MONTH if is_dead else SOON * failures
        values |= {
            "failures": failures,
            "state": State.DEAD if is_dead else State.DOUBTFUL,
            "moved_to": "",
            "next_at": now + pause * spread,
        }
    else:
        answers = found.state in {State.FINE, State.MOVED}
        values |= {"failures": 0, "state": found.state, "moved_to": found.moved_to, "next_at": now + MONTH * spread}
        values |= {"fine_at": now} if answers else {}
    LinkCheck.objects.filter(pk=link.pk).update(**values)


def host_of(url: str) -> str:
    """For the pause between requests; an address that is none has no host, and nobody is asked."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _hosts_in_turn(links: list[LinkCheck]) -> list[LinkCheck]:
    """The first of each host, then the second of each: so that pauses cost little."""
    seen: dict[str, int] = {}
    turns = []
    for link in links:
        host = host_of(link.url)
        seen[host] = seen.get(host, -1) + 1
        turns.append(seen[host])
    return [link for _, link in sorted(zip(turns, links, strict=True), key=lambda pair: pair[0])]


def check(stop: Callable[[], bool]) -> int:
    """What the worker does every hour."""
    list_links()
    return Run().run(stop=stop)
