"""A server under load: requests a second, and the processor time that a request costs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
DATABASE = "waymark_bench"


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    server_ms: float  # processor milliseconds of the web processes, per request
    database_ms: float  # of PostgreSQL

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.server_ms + self.database_ms


@contextmanager
def serving(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """(port, process id) of granian with two workers, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--port",
        str(port),
        "--blocking-threads",
        "4",
        "--no-access-log",
        "--log-level",
        "error",
        application,
    ]
    process = subprocess.Popen(command, env=os.environ | env, start_new_session=True)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("The server did not start; its message stands above.")
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer within 30 seconds.")


def measure(port: int, pid: int, path: str, headers: dict[str, str], seconds: float) -> Load:
    """Load one address over 8 kept connections."""
    run = _wrk if shutil.which("wrk") else _threads
    return measure_while(pid, lambda: run(port, path, headers, seconds))


def measure_while(pid: int, work: Callable[[], int]) -> Load:
    """Processor time that the server and PostgreSQL spend while `work` sends so many requests."""
    before, database_before, start = _cpu(_family(pid)), _cpu(_postgres()), time.monotonic()
    requests = work()
    took = time.monotonic() - start
    server, database = _cpu(_family(pid)) - before, _cpu(_postgres()) - database_before
    return Load(requests, took, server / requests * 1000, database / requests * 1000)


def _wrk(port: int, path: str, headers: dict[str, str], seconds: float) -> int:
    wanted = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", *wanted, f"http://127.0.0.1:{port}{path}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out and "If-None-Match" not in headers:
        raise SystemExit(f"{path} did not answer 200:\n{out}")
    line = next(line for line in out.splitlines() if " requests in " in line).split()
    return int(line[0])


def _threads(port: int, path: str, headers: dict[str, str], seconds: float) -> int:
    """Without wrk: Python threads. They take processor time of their own, so requests a second come out lower."""
    counts: list[int] = []

    def work(until: float) -> None:
        connection, done = HTTPConnection("127.0.0.1", port), 0
        while time.monotonic() < until:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status not in {200, 304}:
                raise SystemExit(f"{path} answered {answer.status}")
            done += 1
        counts.append(done)

    start = time.monotonic()
    threads = [threading.Thread(target=work, args=[start + seconds]) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _processes() -> dict[int, tuple[int, str]]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = stat.read_text().split("(", 1)[1].rsplit(")", 1)
        except (OSError, IndexError):
            continue
        found[int(stat.parent.name)] = (int(rest.split()[1]), name)
    return found


def _family(pid: int) -> list[int]:
    processes, family = _processes(), [pid]
    for member in family:
        family += [child for child, (parent, _) in processes.items() if parent == member]
    return family


def _postgres() -> list[int]:
    """Server processes of our database; others on the machine do not count."""
    return [pid for pid, (_, name) in _processes().items() if name == "postgres" and DATABASE in _title(pid)]


def _title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def _cpu(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory_mb(pid: int) -> float:
    """PSS of the web processes: shared pages count once."""
    total = 0
    for member in _family(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
    return total / 1024
