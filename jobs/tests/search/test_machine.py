"""Every search is an Atom feed and a JSON answer, the same for everybody."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs.models import JobVisit
from jobs.personal import hide
from jobs.search import catalogue, engine
from jobs.tests.factories import make_employer, make_job, make_source
from kit.models import ContentStamp
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db

FEED, JSON = reverse("jobs:feed"), reverse("jobs:json")
SITE = "https://jobs.example"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _site(settings, db):
    settings.SITE_URL = SITE
    ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture
def member(db):
    return User.objects.create_user("member@example.org", "x")


def feed(client, query=""):
    response = client.get(f"{FEED}?{query}" if query else FEED)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(node, name):
    return [found.text for found in node.findall(f"{ATOM}{name}")]


def links(node):
    return {link.get("rel", "alternate"): link.get("href") for link in node.findall(f"{ATOM}link")}


def answer(client, query=""):
    response = client.get(f"{JSON}?{query}" if query else JSON)
    assert response.status_code == 200
    return response.json()


# --- Atom ------------------------------------------------------------------------------------------
def test_the_feed_is_atom_with_whole_addresses(client):
    now = timezone.now()
    job = make_job(title="Kite <maker> & co", summary="Sew & fly.", place="Oslo", posted_at=now - timedelta(hours=2))
    make_job("2", title="Older", posted_at=now - timedelta(days=2))
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    assert texts(root, "title") == ["Jobs"]
    assert links(root) == {"alternate": f"{SITE}/jobs/", "self": f"{SITE}{FEED}"}
    assert texts(root, "id") == [f"{SITE}/jobs/"]
    assert datetime.fromisoformat(texts(root, "updated")[0]) == job.posted_at
    first, second = root.findall(f"{ATOM}entry")
    assert texts(first, "title") == ["Kite <maker> & co, Kite Works"]
    assert texts(first, "summary") == ["Oslo · Sew & fly."]
    assert links(first) == {"alternate": f"{SITE}{job.get_absolute_url()}"}
    assert texts(first, "id") == [f"{SITE}{job.get_absolute_url()}"] != texts(second, "id")
    for name in ("updated", "published"):
        assert datetime.fromisoformat(texts(first, name)[0]) == job.posted_at


def test_a_feed_holds_the_newest_of_its_search_and_says_which_it_is(client):
    for number in range(60):
        make_job(number, title=f"Job {number}", level="mid", posted_at=timezone.now() - timedelta(minutes=number))
    make_job("other", level="lead")
    root = feed(client, "level=mid&sort=pay&page=2&new=1")
    assert texts(root, "title") == ["Jobs: mid level"]
    assert links(root) == {"alternate": f"{SITE}/jobs/?level=mid", "self": f"{SITE}{FEED}?level=mid"}
    assert [texts(entry, "title")[0] for entry in root.findall(f"{ATOM}entry")] == [f"Job {n}, Kite Works" for n in range(50)]
    with_words = feed(client, "q=job&level=mid")
    assert links(with_words)["self"] == f"{SITE}{FEED}?q=job&level=mid&sort=newest"


def test_a_feed_without_jobs_is_one_too(client):
    root = feed(client, "q=zzzz")
    assert root.findall(f"{ATOM}entry") == []
    assert texts(root, "updated")


@pytest.mark.parametrize("q", ["%EF%BF%BE", "%EF%BF%BF", "%01%0b%1f", "%E2%80%AE", "%3C%26%3E%22]]%3E", "%F0%9F%92%A9"])
def test_no_words_break_the_xml(q, client):
    assert texts(feed(client, f"q=a{q}b&where={q}"), "title")


def test_the_feed_shows_new_jobs_within_a_minute(client, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("portal.middleware.pagecache.time.monotonic", lambda: now[0])
    for query in ("", "level="):
        make_job(f"old {query}")
        before = len(feed(client, query).findall(f"{ATOM}entry"))
        make_job(f"new {query}")
        now[0] += 61
        assert len(feed(client, query).findall(f"{ATOM}entry")) == before + 1
    assert client.get(FEED)["Cache-Control"].startswith("public")
    for query in ("level=mid", "q=x"):
        assert client.get(f"{FEED}?{query}")["Cache-Control"] == "private, no-store"


# --- JSON ------------------------------------------------------------------------------------------
FIELDS = {
    "id", "url", "title", "employer", "place", "place_country", "workplace", "applicants", "kind", "level", "pay", "summary", "posted",
    "valid_through", "source",
}  # fmt: skip


def test_json_tells_the_facts(client):
    source = make_source("Partner", attribution="Partner Board", attribution_url="https://partner.example/")
    posted = timezone.now().replace(microsecond=0) - timedelta(days=1)
    job = make_job(
        source=source, title="Łódź kite maker", place="Łódź", place_country="PL", workplace="hybrid", countries=["PL"], regions=["EU"],
        kind="full_time", level="mid", pay_minimum=Decimal("20.50"), pay_currency="USD", pay_period="HOUR", year_minimum=42_640,
        summary="Sew.", posted_at=posted, valid_through=posted + timedelta(days=30),
    )  # fmt: skip
    found = answer(client, "q=lodz")
    assert found == {
        "search": "Jobs for “lodz”", "url": f"{SITE}/jobs/?q=lodz", "total": 1, "total_is_at_least": False, "page": 1, "pages": 1,
        "jobs": [
            {
                "id": job.pk, "url": f"{SITE}{job.get_absolute_url()}", "title": "Łódź kite maker", "employer": "Kite Works",
                "place": "Łódź", "place_country": "PL", "workplace": "hybrid",
                "applicants": {"anywhere": False, "countries": ["PL"], "regions": ["EU"]},
                "kind": "full_time", "level": "mid", "pay": {"minimum": 20.5, "maximum": None, "currency": "USD", "period": "HOUR"},
                "summary": "Sew.", "posted": posted.isoformat().replace("+00:00", "Z"),
                "valid_through": (posted + timedelta(days=30)).isoformat().replace("+00:00", "Z"),
                "source": {"name": "Partner Board", "url": "https://partner.example/"},
            }
        ],
    }  # fmt: skip


def test_the_fields_are_always_there_and_what_is_unknown_is_empty(client):
    make_job(employer=make_employer("Plain"))
    (job,) = answer(client)["jobs"]
    assert set(job) == FIELDS
    assert (job["pay"], job["valid_through"], job["source"], job["workplace"], job["place"]) == (None, None, None, "", "")


def test_other_sites_may_read_it_and_search_engines_shall_not(client):
    for query in ("", "?level=mid", "?page=9"):
        response = client.get(JSON + query)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Robots-Tag"] == "noindex"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    assert client.get(JSON)["Cache-Control"].startswith("public")
    assert client.get(f"{JSON}?level=mid")["Cache-Control"] == "private, no-store"


def test_pages_are_linked_to_and_fro_over_the_whole_search(client):
    for number in range(45):
        make_job(number, level="mid", posted_at=timezone.now() - timedelta(minutes=number))
    address, seen, pages = f"{JSON}?level=mid", [], []
    while address:
        found = client.get(address.removeprefix(SITE)).json()
        seen += [job["id"] for job in found["jobs"]]
        pages.append((found["page"], found["pages"], "previous" in found))
        address = found.get("next")
    assert len(seen) == len(set(seen)) == 45
    assert pages == [(1, 3, False), (2, 3, True), (3, 3, True)]
    assert found["previous"] == f"{SITE}{JSON}?level=mid&page=2"
    assert answer(client, "level=mid&page=50") == found


def test_a_capped_total_says_so(client, monkeypatch):
    monkeypatch.setattr(engine, "MOST", 3)
    monkeypatch.setattr("jobs.search.machine.MOST", 3)
    for number in range(5):
        make_job(number)
    found = answer(client)
    assert (found["total"], found["total_is_at_least"]) == (3, True)


# --- both ------------------------------------------------------------------------------------------
def test_nothing_personal_is_in_either(client, member):
    signed_in = Client()
    signed_in.force_login(member)
    jobs = [make_job(str(number), title=f"Job {number}") for number in range(3)]
    hide(member.pk, jobs[0].pk)
    before = timezone.now() - timedelta(hours=5)
    JobVisit.objects.create(user=member, started_at=before, active_at=before)
    for query in ("", "new=1"):
        assert len(answer(signed_in, query)["jobs"]) == len(feed(signed_in, query).findall(f"{ATOM}entry")) == 3
        store.clear()
        assert signed_in.get(f"{JSON}?{query}").content == client.get(f"{JSON}?{query}").content
    assert signed_in.get(FEED).content == client.get(FEED).content


@pytest.mark.parametrize("name", ["list", "feed", "json"])
def test_many_jobs_cost_what_one_does(name, client, member):
    """Each job of another employer, source and guide."""
    signed_in = Client()
    signed_in.force_login(member)

    def cost(who):
        store.clear()
        catalogue.forget()
        with CaptureQueriesContext(connection) as captured:
            assert who.get(f"{reverse(f'jobs:{name}')}?level=mid").status_code == 200
        return [query["sql"][:200] for query in captured]

    def add(numbers):
        for number in numbers:
            source, employer = make_source(str(number), attribution="A"), make_employer(f"Employer {number}")
            make_job(number, source=source, employer=employer, level="mid", countries=["US"])

    for who in (client, signed_in):
        add([f"{id(who)}"])
        cost(who)
        one = cost(who)
        add(f"{id(who)} {number}" for number in range(8))
        many = cost(who)
        assert len(many) == len(one), "\n".join(many)


def test_the_page_leads_to_both_with_the_same_search(client):
    make_job()
    html = client.get(f"{reverse('jobs:list')}?level=mid&q=kite&page=1").content.decode()
    assert f'<a href="{FEED}?q=kite&amp;level=mid" type="application/atom+xml" rel="nofollow">' in html
    assert f'<a href="{JSON}?q=kite&amp;level=mid" type="application/json" rel="nofollow">' in html
    assert re.search(
        rf'<link rel="alternate" type="application/atom\+xml" title="[^"]*" href="{re.escape(FEED)}\?q=kite&amp;level=mid">', html
    )


def test_json_is_utf8_and_says_so(client):
    make_job(title="Łódź")
    response = client.get(JSON)
    assert response["Content-Type"] == "application/json"
    assert "Łódź" in response.content.decode()
    assert json.loads(response.content)


def test_robots_are_kept_out_of_the_maze(client):
    lines = client.get(reverse("robots")).content.decode().splitlines()
    assert {f"Disallow: {reverse('jobs:list')}?", f"Disallow: {FEED}?", f"Disallow: {JSON}"} <= set(lines)
    assert f"Disallow: {reverse('jobs:list')}" not in lines
