"""What `make run` starts, and where it listens."""

import os
import secrets
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import environ

from portal.database import BASE_DIR

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        """For a browser on this machine."""
        local = self.host in _EVERYWHERE or self.host in _EVERYWHERE.values()
        return f"http://{'localhost' if local else self.host}:{self.port}"

    @property
    def probe(self) -> str:
        host = _EVERYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/healthz"

    def problem(self) -> str:
        """Why nothing can listen here; empty when it can."""
        try:
            [(family, kind, _, _, place), *_] = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that linger from the last run do no harm
                probe.bind(place)
                probe.listen()
        except OSError as error:
            other = self.port + 1 if self.port < 65535 else 8000
            return f"Port {self.port} on {self.host} cannot be used: {error.strerror}. Choose another: make run PORT={other}"
        return ""


@dataclass(frozen=True)
class Step:
    """A command that must succeed before the programs start."""

    title: str
    command: Sequence[str]
    is_shown: bool = False  # its output passes through as it comes; otherwise only when it fails
    is_optional: bool = False  # skipped when Django does not know the command


@dataclass(frozen=True)
class Program:
    """A command that is started again whenever it ends: the worker ends by itself, with code 0, when the database restarts."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Plan:
    address: Address
    steps: Sequence[Step]
    programs: Sequence[Program]


def address() -> Address:
    """From PORT and HOST. Ends the program with one line when PORT is no port."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return Address(os.environ.get("HOST") or "127.0.0.1", int(port))


def development(where: Address) -> Plan:
    """Sample content with demo sign-ins when DEBUG is on; collected static files when it is off."""
    if environ.Env().bool("DEBUG", default=False):
        os.environ.setdefault("SITE_URL", where.url)  # links in mails follow PORT
        last = Step("Sample content", _manage("seed_demo", f"--password={_demo_password()}"), is_shown=True, is_optional=True)
    else:
        last = Step("Static files", _manage("collectstatic", "--noinput"))
    return Plan(
        where,
        (Step("Migrations", _manage("migrate", "--noinput")), last),
        (Program("web", web(where)), Program("worker", _manage("procrastinate", "worker"))),
    )


def web(where: Address, application: str = "portal.wsgi:application") -> list[str]:
    listen = ["--host", where.host, "--port", str(where.port)]
    limits = ["--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *listen, *limits, application]


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(BASE_DIR / "manage.py"), *arguments]


def _demo_password() -> str:
    """Made up once per checkout, so that a browser may remember it from one run to the next."""
    path = BASE_DIR / ".local" / "demo-password"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(9))
    return path.read_text(encoding="utf-8").strip()
