"""What the benchmark needs from inside Django: a member's session, sizes, query counts, cold pages."""

import time
from http.client import HTTPConnection

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.load import Load, measure_while
from careers.models import Field, GuideListing
from careers.page.shelf import shelf
from kit import stamp
from portal.middleware.pagecache import store

COLD_ROUNDS = 6


def guide_address() -> str:
    return GuideListing.objects.get(slug="medical-office-specialist").get_absolute_url()


def member_session() -> str:
    user = User.objects.create_user("bench@example.org")
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.save()
    return str(session.session_key)


def _get(port: int, path: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
    connection_ = HTTPConnection("127.0.0.1", port)
    connection_.request("GET", path, headers=headers)
    answer = connection_.getresponse()
    return {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def etag(port: int, path: str) -> str:
    return _get(port, path, {})[0]["etag"]


def size(port: int, path: str) -> int:
    return len(_get(port, path, {"Accept-Encoding": "gzip"})[1])


def queries(name: str, path: str) -> int:
    """SQL statements of one request of that kind, in this process."""
    client = Client()
    if "member" in name:
        client.force_login(User.objects.get(email="bench@example.org"))
    client.get(path)
    stamp.recent()
    if "cold" in name:
        store.clear()
        shelf.clear()
        stamp.recent.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def guide_addresses() -> list[str]:
    return [listing.get_absolute_url() for listing in GuideListing.objects.for_cards()]


def cold(port: int, pid: int, paths: list[str]) -> Load:
    """Pages made anew: the content stamp is raised before each round, and no query string was asked before."""

    def rounds() -> int:
        for number in range(COLD_ROUNDS):
            Field.objects.update(position=F("position"))
            time.sleep(stamp.RECENT_SECONDS + 0.1)
            for path in paths:
                _get(port, f"{path}?cold={number}", {"Accept-Encoding": "gzip"})
        return COLD_ROUNDS * len(paths)

    return measure_while(pid, rounds)
