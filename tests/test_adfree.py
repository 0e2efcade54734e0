"""Plus has pages without ads: not one byte of markup, script or request, on any page, by any template."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ads.models import Creative
from ads.tests.factories import make_ad
from billing.entitlements import has
from billing.models import Account, Grant
from billing.plans import Feature
from careers.tests.factories import published_guide
from jobs.tests.factories import make_job
from tests.conftest import PASSWORD, sign_in
from tests.source import ROOT, templates
from tests.test_access import TABLE

# What a box, its ad, its script or its requests leave in an answer.
TRACES = re.compile(
    r"""class=["'][^"']*\bad(?:-[a-z]+|--[a-z]+)?(?=["'\s])|ads\.js|data-ad\b|/ads/(?:picture|count)/|Advertisement|sponsored""",
    re.IGNORECASE,
)
OURS = re.compile(r"^ads/")
TAGS = {
    "careers/guide_detail.html",
    "careers/guide_list.html",
    "careers/partials/guide_results.html",
    "jobs/job_list.html",
    "jobs/partials/job_results.html",
}
ABOUT = {"ads:about"}  # speaks of ads in words
STAFF = re.compile(r"^admin:")


@pytest.fixture
def more(content):
    """Lists long enough for an ad, and for every place ads that leave all the traces there are."""
    Creative.objects.update(is_on=False)
    for n in range(6):
        published_guide(slug=f"maker-{n}", title=f"Maker number {n}", plural=f"Makers number {n}", aliases=[])
        make_ad(with_picture=True)
        make_job(f"more {n}")


@pytest.fixture
def plus_client(cast, more):
    """The member of the cast, who keeps a guide and has every second factor, on Plus."""
    account, _ = Account.objects.get_or_create(user=cast.member, defaults={"world": "live"})
    Grant.objects.create(account=account, until=timezone.now() + timedelta(days=30), reason="test")
    cast.member.refresh_from_db()
    assert has(cast.member, Feature.AD_FREE)
    return sign_in(cast.member)


def traces(response):
    return [found[0] for found in TRACES.finditer(response.content.decode(errors="replace"))] if not response.streaming else []


@pytest.mark.django_db
def test_the_traces_are_found_on_the_pages_of_everybody_else(at, more, clients):
    for role in ("visitor", "stranger"):
        for name in ("careers:guide", "careers:guide_list", "careers:field", "jobs:list"):
            found = " ".join(traces(clients[role].get(at(name))))
            for trace in ("ad-box", "ads.js", "data-ad", "/ads/picture/", "/ads/count/", "Advertisement", "sponsored"):
                assert trace in found, (role, name, trace)


@pytest.mark.django_db
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_no_address_answers_plus_with_a_byte_of_an_ad(htmx, at, plus_client):
    headers = {"HX-Request": "true", "HX-Target": "results"} if htmx else {}
    wrong = {}
    for name in TABLE.keys() - ABOUT:
        if name in {"account_logout", "ads:picture"} or STAFF.match(name):
            continue
        response = plus_client.get(at(name), headers=headers)
        if found := traces(response):
            wrong[name] = found
        assert "/ads/" not in response.headers.get("Link", "")
    assert not wrong, wrong


@pytest.mark.django_db
def test_no_search_and_no_page_of_a_list_answers_plus_with_an_ad(at, plus_client):
    for query in ("?q=maker", "?q=sewnig", "?page=2", "?field=crafts&sort=pay", "?demand=4", "?q=zzzz"):
        for headers in ({}, {"HX-Request": "true", "HX-Target": "results"}):
            assert not traces(plus_client.get(at("careers:guide_list") + query, headers=headers)), query
    for query in ("?q=maker", "?q=maekr", "?sort=pay", "?q=zzzz", "?workplace=remote&level=mid", "?new=1"):
        for headers in ({}, {"HX-Request": "true", "HX-Target": "results"}):
            assert not traces(plus_client.get(at("jobs:list") + query, headers=headers)), query


@pytest.mark.django_db
def test_a_list_of_jobs_has_an_ad_after_its_third_job_and_one_beside_it(at, more, clients):
    for role in ("visitor", "stranger"):
        text = clients[role].get(at("jobs:list")).content.decode()
        head, _, jobs = text.partition('class="job-list"')
        assert "ad-box" not in head
        assert jobs.partition("ad-box")[0].count('<li class="job') == 3
        assert "ad-box" in text[text.index('class="side-col"') :]
        swapped = clients[role].get(at("jobs:list"), headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
        assert swapped.count("ad-box") >= 1


@pytest.mark.django_db
def test_the_page_about_ads_holds_none_either(at, plus_client):
    text = plus_client.get(at("ads:about")).content.decode()
    assert not re.search(r"ad-box|ads\.js|data-ad\b|/ads/(picture|count)/", text)


@pytest.mark.django_db
def test_a_visitors_stored_page_is_never_plus_own(at, cast, plus_client):
    """The store of shared pages knows only people without a session."""
    address = at("careers:guide")
    shared = Client().get(address).content
    assert not traces(plus_client.get(address))
    assert Client().get(address).content == shared
    assert traces(Client().get(address))


@pytest.mark.django_db
def test_plus_that_signs_in_loses_the_ads_with_the_next_page(at, cast, plus_client):
    client = Client()
    assert traces(client.get(at("careers:guide")))
    client.login(email=cast.stranger.email, password=PASSWORD)
    assert traces(client.get(at("careers:guide")))
    client.logout()
    client.force_login(cast.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert not traces(client.get(at("careers:guide")))


# --- templates -----------------------------------------------------------------------------------
def test_ad_markup_stands_in_templates_of_the_ads_only():
    wrong = {name: found[0] for name, text in templates().items() if not OURS.match(name) and (found := TRACES.search(text))}
    assert not wrong, wrong


def test_ads_are_reached_through_their_tags_only():
    including = {name for name, text in templates().items() if not OURS.match(name) and re.search(r"""["']ads/[\w/]+\.html""", text)}
    assert not including, including
    assert {name for name, text in templates().items() if re.search(r"{%\s*ad_(?:slot|script)\b", text)} == TAGS


def test_no_script_but_that_of_the_ads_knows_of_them():
    scripts = {path.name: path.read_text() for path in (ROOT / "static" / "js").rglob("*.js")}
    assert {name for name, text in scripts.items() if re.search(r"data-ad\b|\.ad-|ads/", text)} == {"ads.js"}
