"""The outbox: mails a second to a mail server on loopback, queries a mail, and memory.

Run with `make bench-mail` (BENCH_MAILS=2000). Uses a database of its own (waymark_bench) and, as mail server, a process that
answers and throws away. No limit on the pace. Linux only (reads /proc).
"""

import os
import socketserver
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

MAILS = int(os.environ.get("BENCH_MAILS", "2000"))
TARGET = 100  # mails a second, in bulk
TEXT = "A kite that flies. " * 200
_numbers = count()


class Sink(socketserver.StreamRequestHandler):
    """As little of SMTP as our client needs: the figure is about us."""

    def handle(self) -> None:
        self._say(b"220 sink")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say(b"354 go on")
                while (text := self.rfile.readline()) and text != b".\r\n":
                    pass
            self._say(b"221 bye" if word == b"QUIT" else b"250 OK")
            if word == b"QUIT":
                return

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


def serve() -> None:
    socketserver.ThreadingTCPServer.daemon_threads = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


def main() -> None:
    sink = subprocess.Popen([sys.executable, "-m", "bench.mail", "sink"], stdout=subprocess.PIPE, text=True)
    try:
        assert sink.stdout
        _prepare(int(sink.stdout.readline()))
        _measure()
    finally:
        sink.terminate()
        sink.wait()


def _measure() -> None:
    import django

    django.setup()
    from kit.mail.delivery import deliver, deliver_stream

    put_seconds, put_queries, _ = _timed(lambda: [_put("alerts") for _ in range(MAILS)])
    memory = _memory_mb()
    stream_seconds, stream_queries, sent = _timed(lambda: deliver_stream("alerts"))
    grown = _memory_mb() - memory
    assert sum(sent.values()) == MAILS, sent
    single = [_put("transactional").pk for _ in range(MAILS // 10)]
    single_seconds, single_queries, _ = _timed(lambda: [deliver(pk) for pk in single])
    print(f"\n{MAILS:,} mails of {2 * len(TEXT) // 1000} kB, text and HTML, to a mail server on loopback that throws them away")
    print(f"{'':<34}{'mails/s':>9}{'queries':>9}   target")
    _row("put into the outbox", MAILS, put_seconds, put_queries, "")
    _row("handed over in bulk, one process", MAILS, stream_seconds, stream_queries, f"{TARGET}")
    _row("one job and connection each", len(single), single_seconds, single_queries, "")
    print(f"memory: {memory:.0f} MB before, {grown:+.1f} MB by handing over {MAILS:,} in bulk")


def _put(stream: str) -> Any:
    from django.core.mail import EmailMultiAlternatives

    from kit.mail import outbox

    message = EmailMultiAlternatives("New jobs for you", TEXT, to=[f"p{next(_numbers)}@example.org"])
    message.attach_alternative(f"<p>{TEXT}</p>", "text/html")
    return outbox.put(message, stream=stream)


def _timed(work: Callable[[], object]) -> tuple[float, int, object]:
    """Seconds, statements and what it returned. Statements are counted, not kept."""
    from django.db import connection

    seen = 0

    def tally(execute: Any, *statement: Any) -> Any:
        nonlocal seen
        seen += 1
        return execute(*statement)

    begun = time.perf_counter()
    with connection.execute_wrapper(tally):
        result = work()
    return time.perf_counter() - begun, seen, result


def _row(name: str, mails: int, seconds: float, queries: int, target: str) -> None:
    print(f"{name:<34}{mails / seconds:>9.0f}{queries / mails:>9.2f}   {target}")


def _memory_mb() -> float:
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024


def _prepare(port: int) -> None:
    if not os.environ.get("DATABASE_URL"):
        from portal import localpg

        os.environ["DATABASE_URL"] = localpg.acquire("test")
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS waymark_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE waymark_bench")
    head, _, options = os.environ["DATABASE_URL"].partition("?")
    os.environ |= {
        "DATABASE_URL": f"{head.rpartition('/')[0]}/waymark_bench{'?' + options if options else ''}",
        "DEBUG": "off",
        "SECRET_KEY": "bench-" + "x" * 50,
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "http://127.0.0.1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_PER_SECOND": "0",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["sink"] else main()
