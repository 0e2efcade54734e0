"""Feeds over the network: https, from public addresses only, within limits of time and size.

What makes one request safe is in `kit.asking`. Redirects are followed here, each checked like the first.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.response import BaseHTTPResponse

from jobs.unpacking import TooBig, Unpacked
from kit import asking
from kit.asking import REDIRECTS, Unanswered, answer, checked, late, retry_after
from kit.hosts import Forbidden, Resolver, resolve

WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}
HEADERS = {
    "Accept": "application/json, application/rss+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


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
class Limits(asking.Limits):
    """Of a feed: its bytes, and how often and how patiently it is tried."""

    most_bytes: int = 50_000_000
    tries: int = 3
    longest_wait: float = 60


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
        except Unanswered as failure:
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
        parts = checked(address, limits)
        with answer("GET", parts, HEADERS | marks, limits, until, resolver=resolver, attempt=attempt) as response:
            if response.status not in REDIRECTS or not (target := response.headers.get("Location")):
                return _fetched(response, address, limits, until)
        address = urljoin(address, target)
    raise FetchFailed(f"It redirects more than {limits.redirects} times.")


def _fetched(response: BaseHTTPResponse, address: str, limits: Limits, until: float) -> Fetched:
    etag, last_modified = response.headers.get("ETag", "")[:300], response.headers.get("Last-Modified", "")[:60]
    if response.status == 304:
        return Fetched(b"", etag, last_modified, not_modified=True, final_address=address)
    if response.status in WORTH_ANOTHER_TRY:
        raise Unanswered(f"The server answered {response.status}", retry_after(response.headers.get("Retry-After", "")))
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
                raise Unanswered(late(limits))
            unpacked.add(piece)
        body = unpacked.finish()
    except TooBig:
        raise FetchFailed(f"It is larger than {limits.most_bytes // 1_000_000} MB.") from None
    except ValueError as error:
        raise Unanswered(str(error)) from None
    if time.monotonic() >= until:
        raise Unanswered(late(limits))
    return body


def _is_header(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()
