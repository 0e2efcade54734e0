"""Public pages for people who are signed out, ready and compressed in each web process.

The decision comes before sessions, authentication and templates. A stored page is fresh while the content
stamp stands (`kit.stamp.recent`), which is read at most once a second: new text shows within that second.
A page may also say how many seconds it keeps (`kit.cache.keep_seconds`): then it is made anew after them.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from kit import stamp
from kit.cache import is_public, keep_seconds, stamp_of

MAX_BYTES = 24_000_000  # of compressed pages in one process
CDN_SECONDS = 60  # so long a CDN may answer before it asks again; browsers always ask (304 costs almost nothing)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: compressed body and headers as the first visitor got them."""

    number: int  # content stamp
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    modified: int  # Unix seconds
    until: float  # time.monotonic() from which it is stale whatever the stamp

    def is_fresh(self) -> bool:
        return self.number == stamp.recent() and time.monotonic() < self.until

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        if self._is_known_to(request):
            response: HttpResponseBase = HttpResponseNotModified()
            kept = {"etag", "last-modified", "cache-control", "vary"}
            for name, value in self.headers:
                if name.lower() in kept:
                    response.headers[name] = value
            return response
        zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(self.body if zipped else gzip.decompress(self.body))
        for name, value in self.headers:
            response.headers[name] = value
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response

    def _is_known_to(self, request: HttpRequest) -> bool:
        if given := request.META.get("HTTP_IF_NONE_MATCH"):
            return "*" in given or self.etag in parse_etags(given)
        since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
        return since is not None and self.modified <= since


class Store:
    """Least recently used pages go first when the bytes run out."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> Page | None:
        page = self._pages.get(key)
        if page is None or not page.is_fresh():
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > MAX_BYTES:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: tuple[str, ...]) -> None:
        if page := self._pages.pop(key, None):
            self._bytes -= len(page.body)


store = Store()


class PageCache:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        if page := store.get(key):
            return page.answer(request)
        response = self.get_response(request)
        if not is_public(response) or response.status_code != 200 or response.cookies or not isinstance(response, HttpResponse):
            return response
        page = _page(response, stamp_of(response), keep_seconds(request, response))
        store.put(key, page)
        return page.answer(request)


def _key(request: HttpRequest) -> tuple[str, ...] | None:
    """What the answer may depend on, or None when this request is nobody's but its sender's."""
    meta = request.META
    if request.method not in {"GET", "HEAD"} or "HTTP_HX_REQUEST" in meta or request.path_info.startswith("/static/"):
        return None
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return None
    host = meta.get("HTTP_X_FORWARDED_HOST" if settings.USE_X_FORWARDED_HOST else "HTTP_HOST", "")
    return request.scheme or "", host, request.path_info, meta.get("QUERY_STRING", ""), cookies.get("theme", "")


def _page(response: HttpResponse, number: int, keep: int | None) -> Page:
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    modified = int(time.time())  # when this process made it: what stands on a page changes with other pages too
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    shared = CDN_SECONDS if keep is None else min(CDN_SECONDS, keep)
    response["Cache-Control"] = f"public, max-age=0, s-maxage={shared}, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    until = float("inf") if keep is None else time.monotonic() + keep
    return Page(number, gzip.compress(response.content, compresslevel=9, mtime=0), tuple(response.items()), etag, modified, until)
