"""Saved searches against the new jobs of a day: matched, picked and written into the ledger. Run with `make bench-alerts`.

Makes a database waymark_alerts of its own with BENCH_JOBS invented jobs (default 110,000), of which 10,000 came since yesterday, and
BENCH_ALERTS alerts (default 10,000 and 100,000, one after the other) of as many people, whose hour it is. Prints seconds, memory,
statements and what was found; then digests written and handed to a mail server on loopback, a second. About five minutes.
"""

import os
import random
import resource
import socket
import sys
import time
from datetime import timedelta
from typing import Any

from bench.search import FILTERS, PLACES, WORDS
from bench.search import _environment as environment_of
from bench.search import _fill as fill_jobs

JOBS = int(os.environ.get("BENCH_JOBS", "110000"))
NEW = int(os.environ.get("BENCH_NEW", "10000"))
SIZES = [int(size) for size in os.environ.get("BENCH_ALERTS", "10000,100000").split(",")]
SENT = int(os.environ.get("BENCH_SENT", "2000"))
DATABASE = "waymark_alerts"


def main() -> None:
    import bench.search

    bench.search.JOBS, bench.search.DATABASE = JOBS, DATABASE
    os.environ.update(environment_of())
    import django

    django.setup()
    fill_jobs()
    _make_new()
    print(f"\n{NEW:,} new jobs of {JOBS:,}\n")
    for size in SIZES:
        _subscribe(size)
        _claim(size)
    _send()


def _make_new() -> None:
    """The last NEW jobs came within the last day, the others before."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs_searchrow WHERE first_seen_at > now() - interval '1 day'")
        if cursor.fetchone()[0] == NEW:
            return
        cursor.execute(
            "UPDATE jobs_job SET first_seen_at = now() - interval '30 days' WHERE first_seen_at > now() - interval '30 days';"
            "UPDATE jobs_job SET first_seen_at = now() - random() * interval '20 hours'"
            " WHERE id IN (SELECT id FROM jobs_job ORDER BY id DESC LIMIT %s)",
            [NEW],
        )
        cursor.execute("VACUUM (ANALYZE) jobs_searchrow")


def _subscribe(size: int) -> None:
    """As many people, each with one weekly search; many ask the same, as people do: words and places are drawn from few."""
    from django.db import connection
    from django.utils import timezone

    from alerts.models import Alert, Subscriber
    from jobs.search.matching import read

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE alerts_subscriber, alerts_run, kit_outgoingmail CASCADE")
    draw, now = random.Random(size), timezone.now()
    started = now - timedelta(days=1)
    people = Subscriber.objects.bulk_create(
        (
            Subscriber(
                email=f"person{n}@bench.example", confirmed_at=started, weekday=now.weekday(), hour=now.hour, next_at=now, mailed_at=now
            )
            for n in range(size)
        ),
        batch_size=5_000,
    )
    Alert.objects.bulk_create(
        (
            Alert(
                subscriber=person,
                name="Bench",
                query=read(_query(draw)).to_query(),
                covered_until=started,
                after_slot=(now - timedelta(days=3)).date(),
            )
            for person in people
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) alerts_subscriber, alerts_alert")


def _query(draw: random.Random) -> str:
    """Most name a trade and a place, many a filter or two: some 40 words, 8 places, 17 filters."""
    parts = []
    if draw.random() < 0.85:
        parts.append(f"q={draw.choice(WORDS)}")
    if draw.random() < 0.7:
        parts.append(f"where={draw.choice(PLACES)}")
    for name, values in draw.sample([one for one in FILTERS if one[0] != "age"], draw.choice((0, 0, 1, 1, 2))):
        parts.append(f"{name}={draw.choice(values)}")
    return "&".join(parts) or "q=nurse"


def _claim(size: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from alerts.models import Alert, Delivery, Run
    from alerts.sending.candidates import Candidates
    from alerts.sending.claim import claim

    now = timezone.now()
    run = Run.objects.create(moment=now)
    different = Alert.objects.values("query").distinct().count()
    start, cpu, server = time.perf_counter(), time.process_time(), bench_cpu()
    batches = 0
    statements: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql[:10])
        return execute(sql, *rest)

    after = None
    with Candidates(now) as candidates:
        while True:
            with connection.execute_wrapper(counted):
                claimed = claim(run, candidates, after, 500)
            batches += 1
            if (after := claimed.last) is None:
                break
        searches = candidates.searches
    seconds = time.perf_counter() - start
    print(
        f"{size:>8,} alerts ({different:,} different, {searches:,} matched): {seconds:6.1f} s"
        f" (Python {time.process_time() - cpu:.1f}, database {(bench_cpu() - server) / 1000:.1f} s of processor),"
        f" {Delivery.objects.count():,} in the ledger, {len(statements):,} statements in {batches} batches,"
        f" peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bench_cpu() -> float:
    from bench.search import _database_cpu

    return _database_cpu()


def _send() -> None:
    """Writing and handing over the first digests, over one connection to a mail server on loopback."""
    from aiosmtpd.controller import Controller
    from django.test.utils import override_settings

    from alerts.choices import DigestState
    from alerts.models import Digest
    from alerts.sending.compose import AT_ONCE, STREAM, compose
    from alerts.sending.run import never
    from kit.mail import delivery

    class Sink:
        count = bytes_ = 0

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            self.count, self.bytes_ = self.count + 1, self.bytes_ + len(envelope.content)
            return "250 taken"

    sink = Sink()
    port = _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    mail = {"EMAIL_DELIVERY_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
    ids = list(Digest.objects.filter(state=DigestState.CLAIMED).order_by("pk").values_list("pk", flat=True)[:SENT])
    try:
        with override_settings(**mail, MAIL_PER_SECOND=0):
            start = time.perf_counter()
            for first in range(0, len(ids), AT_ONCE):
                compose(ids[first : first + AT_ONCE])
            written = time.perf_counter() - start
            start = time.perf_counter()
            delivery.deliver_stream(STREAM, stop=never)
            handed = time.perf_counter() - start
    finally:
        server.stop()
    both = sink.count / (written + handed)
    print(
        f"{sink.count:,} digests of {sink.bytes_ / max(sink.count, 1) / 1000:.1f} kB: {len(ids) / written:.0f} written and"
        f" {sink.count / handed:.0f} handed over a second, {both:.0f} both (target 50), peak"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
