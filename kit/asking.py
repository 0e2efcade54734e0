"""One request over the network: to public addresses only, within limits of time.

urllib3's own connection classes are used, not a client on top of them: they take the address that was checked and, apart from it, the
name for TLS, so a name that resolves differently a moment later (DNS rebinding) changes nothing. Redirects are not followed: whoever
does checks each like the first. urllib3 was here already, through allauth and stripe.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from kit.hosts import Forbidden, Resolver, is_public, resolve, usable_addresses

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Limits:
    """Seconds. `total_seconds` is of one try with its redirects; a server that drips is cut off then.

    `schemes` and `is_allowed` are also for tests, whose server is on the loopback address and has no certificate.
    """

    schemes: tuple[str, ...] = ("https",)
    is_allowed: Callable[[str], bool] = is_public
    step_seconds: float = 10
    total_seconds: float = 60
    redirects: int = 3


class Unanswered(Exception):
    """This try failed in a way that may pass. `wait`: seconds that the server asked for. The message is in words for staff."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def checked(address: str, limits: Limits) -> SplitResult:
    """The parts of a plain web address. Raises Forbidden for anything else."""
    try:
        parts = urlsplit(address)
        has_port = parts.port != 0
    except ValueError:
        raise Forbidden("This is not a web address.") from None
    if parts.scheme not in limits.schemes:
        raise Forbidden(f"Only {' and '.join(limits.schemes)} addresses are fetched, not {parts.scheme[:20] or 'this'}.")
    if (
        not parts.hostname
        or not has_port
        or parts.username is not None
        or not address.isascii()
        or not address.isprintable()
        or " " in address
    ):
        raise Forbidden("This is not a plain web address with a host.")
    return parts


@contextmanager
def answer(
    method: str,
    parts: SplitResult,
    headers: Mapping[str, str],
    limits: Limits,
    until: float,
    *,
    resolver: Resolver = resolve,
    attempt: int = 1,
) -> Iterator[BaseHTTPResponse]:
    """The answer, its body still to be read. The connection is shut at `until` (time.monotonic), wherever it is then. Each attempt
    takes the host's next address. Raises Forbidden and Unanswered; errors while the body is read become Unanswered too.
    """
    port = parts.port or (443 if parts.scheme == "https" else 80)
    hosts = usable_addresses(parts.hostname or "", port, limits.is_allowed, resolver)
    connection = _connection(parts, hosts[(attempt - 1) % len(hosts)], port, limits)
    seconds = until - time.monotonic()
    timer = Timer(max(seconds, 0), _shut, [connection])
    timer.daemon = True
    timer.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={**_identity(parts), **headers}, preload_content=False, decode_content=False)
        yield connection.getresponse()
    except (HTTPError, HTTPException, OSError) as error:
        raise Unanswered(late(limits) if time.monotonic() >= until else f"The connection failed: {_words(error)}") from None
    finally:
        timer.cancel()
        connection.close()


def _connection(parts: SplitResult, host: str, port: int, limits: Limits) -> HTTPConnection:
    if parts.scheme == "http":
        return HTTPConnection(host, port, timeout=limits.step_seconds)
    name = parts.hostname
    return HTTPSConnection(
        host, port, timeout=limits.step_seconds, ssl_context=ssl.create_default_context(), server_hostname=name, assert_hostname=name
    )


def _identity(parts: SplitResult) -> dict[str, str]:
    return {"Host": parts.netloc, "User-Agent": f"Waymark/1.0 (+{settings.SITE_URL}; {settings.SERVER_EMAIL})"}


def _shut(connection: HTTPConnection) -> None:
    """Wakes a read that waits. The socket class's own method: that of TLS sockets would first take the TLS state away under it."""
    if connection.sock is not None:
        try:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return  # closed already


def late(limits: Limits) -> str:
    return f"It took longer than {limits.total_seconds:g} seconds"


def retry_after(value: str) -> float | None:
    """Seconds; the date form is left, as if the server had said nothing."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
