"""Stored pages: the same for everybody who is signed out, never older than the content, never personal."""

import gzip
import itertools
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from careers.document import rows
from careers.models import Guide
from careers.publishing import publish, withdraw
from careers.tests.factories import complete_document, published_guide
from kit import stamp
from kit.cache import keep_for, public_page
from portal.middleware import pagecache
from portal.middleware.pagecache import PageCache, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return published_guide().get_absolute_url()


def queries(client, address, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return response, len(captured)


def test_a_visitors_first_page_costs_five_queries_and_the_next_none(client, address):
    response, count = queries(client, address)
    assert response.status_code == 200
    assert count <= 5
    again, count = queries(client, address)
    assert count == 0
    assert again.content == response.content


def test_a_stored_page_comes_compressed_to_those_who_take_it(client, address):
    plain = client.get(address)
    zipped = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in zipped["Vary"]


def test_a_known_page_is_a_304_by_etag_and_by_date(client, address):
    first = client.get(address)
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        known = client.get(address, headers=header)
        assert known.status_code == 304
        assert known.content == b""
        assert known["ETag"] == first["ETag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-None-Match": "garbage", "If-Modified-Since": "yesterday"}).status_code == 200


def test_new_text_shows_as_soon_as_the_stamp_is_read_again(client, address):
    client.get(address)
    guide = Guide.objects.get()
    rows.write(complete_document(standfirst="You fly what you sew, and the sky decides whether you did it well enough today."), guide)
    publish(guide)
    stamp.recent.forget()
    assert "the sky decides" in client.get(address).content.decode()


def test_a_withdrawn_guide_is_gone(client, address):
    client.get(address)
    withdraw(Guide.objects.get())
    stamp.recent.forget()
    gone = client.get(address)
    assert gone.status_code == 410
    assert "public" not in gone["Cache-Control"]


def test_a_visitors_page_sets_no_cookie_and_may_be_shared(client, address):
    response = client.get(address)
    assert not response.cookies
    assert response["Cache-Control"].startswith("public")
    assert "Cookie" in response["Vary"]
    assert b"csrfmiddlewaretoken" not in response.content


def test_a_members_page_is_private_and_never_stored(client, address):
    user = User.objects.create_user("member@example.org")
    client.force_login(user)
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert b"member@example.org" not in Client().get(address).content


def test_a_member_sees_new_text_at_once(client, address):
    client.force_login(User.objects.create_user("editor@example.org"))
    client.get(address)
    guide = Guide.objects.get()
    rows.write(complete_document(title="Sail maker"), guide)
    publish(guide)
    assert "Sail maker" in client.get(address).content.decode()


def test_the_chosen_theme_has_a_page_of_its_own(client, address):
    client.get(address)
    client.cookies["theme"] = "dark"
    dark = client.get(address).content.decode()
    assert 'data-theme="dark"' in dark
    assert 'data-theme="dark"' not in Client().get(address).content.decode()


def test_a_theme_that_is_not_one_changes_nothing(client, address):
    client.cookies["theme"] = '"><script>'
    assert b"<script>" not in client.get(address).content.replace(b"<script src", b"")


def test_fragments_for_htmx_never_come_from_the_store(client):
    published_guide()
    address = reverse("careers:guide_list")
    page = client.get(address).content
    fragment = client.get(address, headers={"HX-Request": "true", "HX-Target": "results"}).content
    assert len(fragment) < len(page)
    assert client.get(address).content == page


def test_an_unknown_host_is_refused_also_when_the_page_is_stored(client, address):
    client.get(address)
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 400


def test_head_answers_like_get_without_a_body(client, address):
    client.get(address)
    head = client.head(address)
    assert head.status_code == 200
    assert head.content == b""


def test_errors_are_not_stored(client):
    missing = reverse("careers:guide", args=["soon-there"])
    assert client.get(missing).status_code == 404
    published_guide(slug="soon-there")
    stamp.recent.forget()
    assert client.get(missing).status_code == 200


def test_while_the_database_is_away_stored_pages_are_still_answered(client, address, monkeypatch):
    from django.db import OperationalError

    client.get(address)
    stamp.recent.forget()
    monkeypatch.setattr(stamp, "current", lambda: (_ for _ in ()).throw(OperationalError("gone")))
    assert client.get(address).status_code == 200


def test_the_store_forgets_the_least_recent_page_when_full(monkeypatch, client, address):
    monkeypatch.setattr(pagecache, "MAX_BYTES", 1)
    client.get(address)
    assert not store._pages


@pytest.mark.parametrize("query", ["q=%00", "page=%00", "%00=1"])
def test_a_nul_character_is_a_bad_request(client, query):
    assert client.get(f"{reverse('careers:guide_list')}?{query}").status_code == 400


@pytest.fixture
def clock(monkeypatch):
    """The clock of stored pages, to be moved by hand; the stamp keeps its own."""
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(pagecache, "time", SimpleNamespace(monotonic=lambda: now.seconds, time=time.time))
    return now


def counting_page(seconds):
    """A page that differs each time it is made; `seconds` are what its view and a part of it ask for."""
    made = itertools.count(1)

    @public_page
    def view(request):
        response = HttpResponse(f"number {next(made)}")
        response.keep_seconds = seconds[0]
        for part in seconds[1:]:
            keep_for(request, part)
        return response

    def get():
        request = RequestFactory().get("/counted/", headers={"Host": "testserver"})
        request.user = AnonymousUser()
        return PageCache(view)(request)

    return get


@pytest.mark.parametrize("seconds", [(600,), (None, 600), (900, 600), (600, 900), (None, 900, 600, 700)])
def test_a_page_that_changes_by_itself_is_made_anew_after_the_least_of_its_seconds(clock, seconds):
    get = counting_page(seconds)
    assert get().content == b"number 1"
    clock.seconds += 599
    assert get().content == b"number 1"
    clock.seconds += 1
    assert get().content == b"number 2"
    clock.seconds += 599
    assert get().content == b"number 2"


def test_a_page_that_does_not_say_so_stands_as_long_as_the_stamp(clock):
    get = counting_page((None,))
    get()
    clock.seconds += 10_000_000
    assert get().content == b"number 1"


def test_a_shared_cache_keeps_a_short_lived_page_no_longer_than_we_do(clock):
    assert "s-maxage=5," in counting_page((5,))()["Cache-Control"]


def test_a_shared_cache_asks_after_a_minute_at_the_latest(clock):
    assert "s-maxage=60," in counting_page((600,))()["Cache-Control"]
