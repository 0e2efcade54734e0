"""Feeds over the network: https, from public addresses only, within limits of time and size.

urllib3's own connection classes are used, not a client on top of them: they take the address that was checked and, apart from it, the
name for TLS, so a name that resolves differently a moment later (DNS rebinding) changes nothing. Redirects are followed here, each
checked like the first. urllib3 was here already, through allauth and stripe.
"""

import random
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from jobs.hosts import Forbidden, Resolver, is_public, resolve, usable_addresses
from jobs.unpacking import TooBig, Unpacked

REDIRECTS = {301, 302, 303, 307, 308}
WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Fetched:
    """`body` is decoded of its transfer compression, and empty when `not_modified`. The two marks are sent back next time."""

    body: bytes
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False
    final_address: str = ""


class FetchFailed(Exception):
    """Nothing was fetched. The message says why, in words for staff."""


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. `total_seconds` is of one try with its redirects; a server that drips is cut off then.

    `schemes` and `is_allowed` are for tests, whose server is on the loopback address and has no certificate.
    """

    schemes: tuple[str, ...] = ("https",)
    is_allowed: Callable[[str], bool] = is_public
    step_seconds: float = 10
    total_seconds: float = 60
    most_bytes: int = 50_000_000
    redirects: int = 3
    tries: int = 3
    longest_wait: float = 60


class _Again(Exception):
    """This try failed in a way that may pass. `wait`: seconds that the server asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limits: Limits | None = None,
    resolver: Resolver = resolve,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """GET with up to three tries; between them 1 and 2 seconds, a little spread, or what Retry-After asks, if at most a minute.

    Raises FetchFailed. A fragment in the address is not sent.
    """
    limits = limits or Limits()
    marks = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if _is_header(value)}
    for attempt in range(1, limits.tries + 1):
        try:
            return _one_try(address, marks, limits, resolver, attempt)
        except _Again as failure:
            wait = failure.wait if failure.wait is not None else 2 ** (attempt - 1) * random.uniform(1, 1.25)  # noqa: S311 - spreads load
            if attempt == limits.tries or wait > limits.longest_wait:
                raise FetchFailed(f"{failure} (tried {attempt} times)") from None
            sleep(wait)
        except Forbidden as error:
            raise FetchFailed(str(error)) from None
    raise FetchFailed("No try was allowed.")


def _one_try(address: str, marks: dict[str, str], limits: Limits, resolver: Resolver, attempt: int) -> Fetched:
    until = time.monotonic() + limits.total_seconds
    for _ in range(limits.redirects + 1):
        parts = _checked(address, limits)
        with _answer(parts, marks, limits, until, resolver, attempt) as response:
            if response.status not in REDIRECTS or not (target := response.headers.get("Location")):
                return _fetched(response, address, limits, until)
        address = urljoin(address, target)
    raise FetchFailed(f"It redirects more than {limits.redirects} times.")


def _checked(address: str, limits: Limits) -> SplitResult:
    try:
        parts = urlsplit(address)
        has_port = parts.port != 0
    except ValueError:
        raise FetchFailed("This is not a web address.") from None
    if parts.scheme not in limits.schemes:
        raise FetchFailed(f"Only {' and '.join(limits.schemes)} addresses are fetched, not {parts.scheme[:20] or 'this'}.")
    if (
        not parts.hostname
        or not has_port
        or parts.username is not None
        or not address.isascii()
        or not address.isprintable()
        or " " in address
    ):
        raise FetchFailed("This is not a plain web address with a host.")
    return parts


@contextmanager
def _answer(
    parts: SplitResult, marks: dict[str, str], limits: Limits, until: float, resolver: Resolver, attempt: int
) -> Iterator[BaseHTTPResponse]:
    """The answer to a GET, its body still to be read. The connection is shut at `until`, wherever it is then. Each try takes the
    host's next address.
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
        connection.request("GET", target, headers=_headers(parts) | marks, preload_content=False, decode_content=False)
        yield connection.getresponse()
    except (HTTPError, HTTPException, OSError) as error:
        raise _Again(_late(limits) if time.monotonic() >= until else f"The connection failed: {_words(error)}") from None
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


def _headers(parts: SplitResult) -> dict[str, str]:
    return {
        "Host": parts.netloc,
        "User-Agent": f"Waymark/1.0 (+{settings.SITE_URL}; {settings.SERVER_EMAIL})",
        "Accept": "application/json, application/rss+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }


def _shut(connection: HTTPConnection) -> None:
    """Wakes a read that waits. The socket class's own method: that of TLS sockets would first take the TLS state away under it."""
    if connection.sock is not None:
        try:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return  # closed already


def _fetched(response: BaseHTTPResponse, address: str, limits: Limits, until: float) -> Fetched:
    etag, last_modified = response.headers.get("ETag", "")[:300], response.headers.get("Last-Modified", "")[:60]
    if response.status == 304:
        return Fetched(b"", etag, last_modified, not_modified=True, final_address=address)
    if response.status in WORTH_ANOTHER_TRY:
        raise _Again(f"The server answered {response.status}", _retry_after(response.headers.get("Retry-After", "")))
    if response.status != 200:
        raise FetchFailed(f"The server answered {response.status}.")
    return Fetched(_body(response, limits, until), etag, last_modified, final_address=address)


def _body(response: BaseHTTPResponse, limits: Limits, until: float) -> bytes:
    """Read piece by piece as it comes; what is too big is noticed before it is in memory, compressed or not."""
    expected = response.headers.get("Content-Length", "")
    if expected.isascii() and expected.isdigit() and len(expected) < 20 and int(expected) > limits.most_bytes:
        raise FetchFailed(f"It is larger than {limits.most_bytes // 1_000_000} MB.")
    try:
        unpacked = Unpacked(response.headers.get("Content-Encoding", ""), limits.most_bytes)
        while piece := response.read1(65_536):
            if time.monotonic() >= until:
                raise _Again(_late(limits))
            unpacked.add(piece)
        body = unpacked.finish()
    except TooBig:
        raise FetchFailed(f"It is larger than {limits.most_bytes // 1_000_000} MB.") from None
    except ValueError as error:
        raise _Again(str(error)) from None
    if time.monotonic() >= until:
        raise _Again(_late(limits))
    return body


def _late(limits: Limits) -> str:
    return f"It took longer than {limits.total_seconds:g} seconds"


def _retry_after(value: str) -> float | None:
    """Seconds; the date form is left, as if the server had said nothing."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def _is_header(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
