"""The site as somebody has it after `make run`: a process of its own with DEBUG, its own database, and no Stripe key."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg

from portal.supervise.plan import Address, web
from tests.environment import VALUES
from tests.source import ROOT

PASSWORD = "a kite for newcomers"


@contextmanager
def newcomers_site() -> Iterator[str]:
    """Address of the running site. What it prints is shown when it does not come up."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = f"newcomer_{os.getpid()}"
    where = Address("127.0.0.1", port)
    environment = os.environ | VALUES | {"DEBUG": "on", "SITE_URL": where.url, "DATABASE_URL": url_of(name), "CACHE_URL": ""}
    administer(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    try:
        for arguments in (["migrate", "--noinput", "--verbosity=0"], ["seed_demo", f"--password={PASSWORD}"]):
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
        server = subprocess.Popen(web(where), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            wait_for(where.probe, server)
            yield where.url
        finally:
            server.terminate()
            server.communicate(timeout=20)
    finally:
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def wait_for(address: str, server: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2)
        except (URLError, ConnectionError, TimeoutError):
            assert server.poll() is None, server.communicate()[0]
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the newcomer's site did not come up")


def url_of(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def administer(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
