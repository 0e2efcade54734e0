"""Guide, index, home and pricing: requests a second, processor time and SQL per request, beside a constant Django view.

Run with `make bench`. Uses a database of its own (waymark_bench) with the sample content, granian with two
workers, DEBUG off. Linux only (reads /proc). The targets are those of the architecture, not of this machine.
"""

import os
import subprocess
import sys
from dataclasses import dataclass

from bench.load import Load, measure, memory_mb, serving

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))
ZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Case:
    name: str
    path: str
    headers: dict[str, str]
    target_ms: float


def main() -> None:
    env = _prepare()
    os.environ.update(env)
    import django

    django.setup()
    from bench import probe

    cookie = {"Cookie": f"sessionid={probe.member_session()}"}
    guide = probe.guide_address()
    pages = {"guide": guide, "index": "/guides/", "home": "/", "pricing": "/pricing/"}
    cases = [Case(name, path, ZIP, 0.15) for name, path in pages.items()]
    cases += [Case(f"{case.name}, member", case.path, cookie, 2.0) for case in cases]
    with serving("portal.wsgi:application", env) as (port, pid):
        tag = probe.etag(port, guide)
        cases.append(Case("guide, 304", guide, ZIP | {"If-None-Match": tag}, 0.15))
        bytes_sent = probe.size(port, guide)
        for case in cases:
            measure(port, pid, case.path, case.headers, 1)  # warm
        loads = {case.name: measure(port, pid, case.path, case.headers, SECONDS) for case in cases}
        cold = [Case(f"{case.name}, cold", case.path, ZIP, 5.0) for case in cases[: len(pages)]]
        for case in cold:
            loads[case.name] = probe.cold(port, pid, probe.guide_addresses() if case.path == guide else [case.path])
        memory = memory_mb(pid)
    with serving("bench.constant:application", {"CONSTANT_BYTES": str(bytes_sent)}) as (port, pid):
        measure(port, pid, "/", {}, 1)
        constant = measure(port, pid, "/", {}, SECONDS)
    print(f"\nguide over the wire: {bytes_sent:,} bytes gzip; two web workers: {memory:.0f} MB PSS (target 120)")
    print(f"\n{'page':<16}{'req/s':>9}{'x const':>9}{'CPU ms':>9}{'of it SQL':>10}{'queries':>9}   target")
    _row("constant view", constant, constant, None, "")
    for case in [*cases, *cold]:
        _row(case.name, loads[case.name], constant, probe.queries(case.name, case.path), f"{case.target_ms:g} ms")


def _row(name: str, load: Load, constant: Load, queries: int | None, target: str) -> None:
    shown, times = "" if queries is None else queries, load.per_second / constant.per_second
    print(f"{name:<16}{load.per_second:>9.0f}{times:>9.2f}{load.cpu_ms:>9.3f}{load.database_ms:>10.3f}{shown:>9}   {target}")


def _prepare() -> dict[str, str]:
    """Database with sample content and the environment of a production process."""
    if not os.environ.get("DATABASE_URL"):
        from portal import localpg

        os.environ["DATABASE_URL"] = localpg.acquire("test")
    url = os.environ["DATABASE_URL"]
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS waymark_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE waymark_bench")
    head, _, options = url.partition("?")
    env = {
        "DATABASE_URL": f"{head.rsplit('/', 1)[0]}/waymark_bench{'?' + options if options else ''}",
        "DEBUG": "off",
        "SECRET_KEY": "bench-" + "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "SITE_URL": "http://127.0.0.1",
        "CACHE_URL": "locmemcache://",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    for command in (["migrate", "-v0"], ["seed_demo", "--no-users"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], env=os.environ | env, check=True)
    return env


if __name__ == "__main__":
    main()
