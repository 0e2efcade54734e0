"""The search of jobs as people see it: visitors, members, with and without a script."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from careers.tests.factories import published_guide
from jobs.models import JobVisit
from jobs.personal import hide, mark_seen
from jobs.search import engine
from jobs.search.spelling import learn_words
from jobs.tests.factories import make_employer, make_job
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db

URL = reverse("jobs:list")
NOINDEX = '<meta name="robots" content="noindex">'
FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}


@pytest.fixture(autouse=True)
def _stamp(db):
    ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture
def member(db):
    return User.objects.create_user("member@example.org", "x")


@pytest.fixture
def signed_in(member):
    client = Client()
    client.force_login(member)
    return client


def page(client, query="", **headers):
    response = client.get(f"{URL}?{query}" if query else URL, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def status(html):
    return re.search(r'id="count-words"[^>]*>([^<]*)<', html)[1]


def card(html, job):
    """The list item of this job."""
    return next(part for part in html.split("<li ") if f'href="{job.get_absolute_url()}"' in part)


# --- the page --------------------------------------------------------------------------------------
def test_the_page_lists_open_jobs_newest_first(client):
    make_job("1", title="Older", posted_at=timezone.now() - timedelta(days=3))
    make_job("2", title="Newer")
    html = page(client)
    assert status(html) == "2 jobs"
    assert html.index("Newer") < html.index("Older")
    assert re.search(r"<h1[^>]*>Find a job</h1>", html)
    assert "<title>Jobs | " in html


def test_only_the_bare_page_is_for_search_engines_and_every_page_names_it(client):
    make_job()
    assert NOINDEX not in page(client)
    for query in ("level=mid", "page=2", "q=kite", "sort=pay", "guide=kite-maker"):
        assert NOINDEX in page(client, query), query
    for query in ("", "level=mid&page=2"):
        assert f'<link rel="canonical" href="{settings.SITE_URL}{URL}">' in page(client, query)


def test_chosen_filters_stay_in_place_and_can_be_taken_off(client):
    make_job(level="mid", place="Columbus, OH")
    html = page(client, "q=kite&where=Ohio&level=mid&pay=50k&unstated=1&without=night")
    assert 'id="o-level-mid" name="level" value="mid" checked' in html
    assert 'id="o-pay-50k" name="pay" value="50k" checked' in html
    assert 'name="unstated" value="1" id="unstated" checked' in html
    assert 'name="without" value="night"' in html
    assert f'<a class="chip" href="{URL}?q=kite&amp;where=Ohio&amp;pay=50k&amp;without=night&amp;unstated=1">' in html
    assert "Jobs for “kite” in Ohio: $50,000 a year or more, mid level, without “night”" in html
    assert "Filters (4)" in html


def test_the_number_beside_a_choice_is_what_choosing_it_shows(client):
    for number, (level, kind) in enumerate([("mid", "intern"), ("mid", "full_time"), ("lead", "intern")]):
        make_job(number, level=level, kind=kind)
    html = page(client, "level=lead")
    for name, value, beside in (("level", "mid", "2"), ("level", "lead", "1"), ("kind", "intern", "1"), ("kind", "full-time", "0")):
        found = re.search(rf'id="o-{name}-{value}".*?<span class="c[^"]*">([\d,+]+)<', html)
        assert found[1] == beside, (name, value)


@pytest.mark.parametrize(
    ("query", "shown"), [("", "Newest"), ("q=kite", "Best match"), ("q=kite&sort=newest", "Newest"), ("sort=pay", "Highest pay")]
)
def test_the_order_stands_in_its_box(query, shown, client):
    make_job()
    assert re.search(r"<option[^>]* selected>([^<]*)<", page(client, query))[1] == shown


def test_whoever_types_words_on_the_first_page_gets_the_best_match_first(client):
    """The form sends its order along: untouched, that is whatever suits the search."""
    make_job("1", title="Kite maker", posted_at=timezone.now() - timedelta(days=9))
    make_job("2", title="Other", employer=make_employer("Kite Works"))
    default = re.search(r'<option value="([^"]*)" selected', page(client))[1]
    html = page(client, f"q=kite&sort={default}")
    assert html.index(">Kite maker</a>") < html.index(">Other</a>")
    again = re.search(r'<option value="([^"]*)" selected', html)[1]
    assert "Newest" in re.search(r"<option[^>]* selected>([^<]*)<", page(client, f"q=&sort={again}"))[1]


def test_many_choices_fold_and_unfold_where_one_is_chosen(client):
    for number in range(8):
        make_job(number, employer=make_employer(f"Employer {number}"))
    assert re.search(r'<details class="data-table" id="more-employer">\s*<summary>Show 2 more', page(client))
    html = page(client, "employer=employer-7&employer=employer-6")
    assert re.search(r'value="employer-7" checked', html)


def test_what_is_typed_does_nothing_but_stand_there(client):
    make_job()
    evil = '"><script>alert(1)</script>'
    html = page(client, "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&where=%3Cb%3E&without=%3Cb%3E&employer=x%22onload=")
    assert evil not in html
    assert "<b>" not in html.replace("<b>", "", html.count("Showing results for <b>"))
    assert escape(evil) in html


def test_many_hits_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr(engine, "MOST", 3)
    monkeypatch.setattr("jobs.search.page.MOST", 3)
    for number in range(5):
        make_job(number, level="mid")
    html = page(client)
    assert status(html) == "3+ jobs"
    assert "These are the first 3 jobs" in html
    assert re.search(r'id="o-level-mid".*?<span class="c">3\+<', html)


def test_pages_lead_on_and_are_bounded(client):
    for number in range(41):
        make_job(number, title=f"Job {number}.", level="mid", posted_at=timezone.now() - timedelta(minutes=number))
    shown = [re.findall(r">(Job \d+\.)</a></h3>", page(client, f"level=mid&page={number}")) for number in (1, 2, 3)]
    assert [title for titles in shown for title in titles] == [f"Job {number}." for number in range(41)]
    assert shown[2] == re.findall(r">(Job \d+\.)</a></h3>", page(client, "level=mid&page=9999999999999999999999"))
    assert 'rel="next" href="?level=mid&amp;page=2"' in page(client, "level=mid")


def test_a_form_sent_without_a_script_leads_to_clean_addresses_of_further_pages(client):
    for number in range(21):
        make_job(number, level="mid")
    assert 'rel="next" href="?level=mid&amp;page=2"' in page(client, "q=&where=&level=mid&pay=&age=&without=&sort=&page=1")


# --- htmx ------------------------------------------------------------------------------------------
def test_a_change_of_filters_swaps_list_counts_title_and_heading(client):
    make_job(level="mid")
    html = page(client, "level=mid&sort=pay", **FRAGMENT)
    assert "<html" not in html
    assert "<title>Jobs: mid level | " in html
    assert '<h1 class="page-title" id="list-title" hx-swap-oob="true">Jobs: mid level</h1>' in html
    for name in ("count-words", "filters-words", "sheet-words", "facets", "take-along", "sheet-clear", "sort"):
        assert re.search(rf'id="{name}"[^>]* hx-swap-oob', html), name
    assert status(html) == "1 job"


def test_every_control_that_is_swapped_keeps_the_focus_by_its_id(client):
    job = make_job(level="mid")
    html = page(client, f"level=mid&pay=50k&unstated=1&no_employer={job.employer.slug}", **FRAGMENT)
    facets = html[html.index('<div id="facets"') : html.index('id="take-along"')]
    assert all(" id=" in control for control in re.findall(r"<input[^>]*>", facets))


def test_fragment_and_page_are_told_apart_by_caches_and_history(client):
    make_job()
    response = client.get(f"{URL}?level=mid&q=&where=&pay=&sort=newest", headers=FRAGMENT)
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}
    assert response["HX-Push-Url"] == f"{URL}?level=mid"
    assert "<html" in page(client, HX_Request="true", HX_Target="other")


# --- nothing found ---------------------------------------------------------------------------------
def test_a_corrected_search_says_so_and_offers_the_other(client):
    make_job(title="Electrician")
    learn_words()
    html = page(client, "q=electricain")
    assert "Showing results for <b>electrician</b>" in html
    assert f'href="{URL}?q=electricain&amp;exact=1"' in html
    assert "Showing results for" not in page(client, "q=electricain&exact=1")


def test_who_finds_nothing_is_told_what_to_leave_out(client):
    make_job(level="mid", place="Oslo")
    html = page(client, "q=kite&where=Oslo&level=lead")
    assert status(html) == "No jobs"
    assert "No jobs for “kite” in Oslo match this filter" in html
    assert "1 job matches if you leave out “Lead or manager”." in html
    (address,) = re.findall(r'<a class="btn" href="([^"]*)">Leave out “Lead', html)
    assert status(page(client, address.partition("?")[2].replace("&amp;", "&"))) == "1 job"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "No jobs here yet"), ("q=zzzz", "No jobs for “zzzz” right now"), ("where=Oslo", "No jobs in Oslo right now"),
        ("level=mid", "No jobs match this filter"), ("level=mid&kind=intern", "No jobs match all 2 filters"),
    ],
)  # fmt: skip
def test_an_empty_list_is_said_in_words(query, said, client):
    html = page(client, query)
    assert said in html
    assert ("it is the combination" in html) == ("&" in query), "one wish is no combination"
    assert reverse("careers:guide_list") in html


# --- who keeps it ----------------------------------------------------------------------------------
def test_the_bare_page_is_stored_for_visitors_and_made_anew_after_a_minute(client):
    with time_machine.travel(timezone.now(), tick=False) as clock, pytest.MonkeyPatch.context() as patch:
        now = [1000.0]
        patch.setattr("portal.middleware.pagecache.time.monotonic", lambda: now[0])
        response = client.get(URL)
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
        make_job(title="Fresh")
        now[0] += 59
        assert "Fresh" not in page(client)
        now[0] += 2
        clock.shift(61)
        assert "Fresh" in page(client)


def test_so_is_that_of_one_career_that_exists(client):
    published_guide()
    assert "public" in client.get(f"{URL}?guide=kite-maker")["Cache-Control"]
    for query in ("guide=nobody", "guide=kite-maker&level=mid", "level=mid", "q=x", "page=2"):
        assert client.get(f"{URL}?{query}")["Cache-Control"] == "private, no-store", query


def test_pages_of_members_are_their_own(signed_in):
    assert signed_in.get(URL)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["list", "feed", "json"])
def test_a_search_is_read_only(name, client):
    assert client.post(reverse(f"jobs:{name}")).status_code == 405
    assert client.head(reverse(f"jobs:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["list", "feed", "json"])
def test_no_address_of_an_employer_shows(name, client, signed_in):
    make_job(apply_url="", apply_email="secret@kites.example.org", description="<p>Sew.</p>")
    for who in (client, signed_in):
        assert b"secret@" not in who.get(reverse(f"jobs:{name}")).content


# --- what is personal ------------------------------------------------------------------------------
def test_a_hidden_job_is_gone_and_comes_back(signed_in, member):
    job, other = make_job("1", title="Mine"), make_job("2", title="Other")
    html = page(signed_in, "level=&sort=pay")
    assert f'hx-post="{reverse("jobs:hide", args=[job.pk])}"' in card(html, job)
    assert f'name="next" value="{URL}?level=&amp;sort=pay"' in card(html, job)
    answer = signed_in.post(reverse("jobs:hide", args=[job.pk]), {"next": f"{URL}?sort=pay"}, follow=True)
    assert answer.redirect_chain == [(f"{URL}?sort=pay", 302)]
    text = answer.content.decode()
    assert status(text) == "1 job"
    assert "Hidden: Mine." in text
    assert status(page(Client())) == "2 jobs"
    signed_in.post(reverse("jobs:unhide", args=[job.pk]))
    assert status(page(signed_in)) == "2 jobs"
    hide(member.pk, other.pk)
    html = page(signed_in, "level=mid", **FRAGMENT)
    assert status(html) == "No jobs"


def test_visitors_are_led_to_sign_in_and_back(client):
    job = make_job(level="mid")
    assert f'href="{reverse("account_login")}?next=%2Fjobs%2F%3Flevel%3Dmid"' in card(page(client, "level=mid"), job)
    assert "csrfmiddlewaretoken" not in card(page(client), job)


def test_an_employer_is_left_out_from_its_card_and_wanted_again_by_its_chip(client):
    job = make_job(level="mid")
    make_job("2", title="Other", employer=make_employer("Other & Co"), level="mid")
    html = page(client, "level=mid")
    assert re.search(
        r'href="/jobs/\?level=mid&amp;no_employer=kite-works" rel="nofollow"><svg.*?</svg>Leave out Kite Works<', card(html, job)
    )
    html = page(client, "level=mid&no_employer=kite-works")
    assert status(html) == "1 job"
    assert "Not Kite Works" in html
    assert f'<a class="chip" href="{URL}?level=mid">' in html


def test_what_was_opened_is_dimmed_and_what_is_new_is_marked(signed_in, member):
    now = timezone.now()
    JobVisit.objects.create(user=member, started_at=now - timedelta(days=2), active_at=now - timedelta(days=2))
    seen, new, old = (make_job(name, title=name.title(), employer=make_employer(name)) for name in ("seen", "new", "old"))
    type(old).objects.filter(pk=old.pk).update(first_seen_at=now - timedelta(days=3))
    mark_seen(member.pk, seen.pk)
    html = page(signed_in)
    assert ["job--seen" in card(html, job) for job in (seen, new, old)] == [True, False, False]
    assert ["New to you" in card(html, job) for job in (seen, new, old)] == [False, True, False]
    assert "job--seen" not in page(Client())
    assert "New to you" not in page(Client())


def test_only_new_is_offered_to_those_who_were_here(signed_in, member, client):
    make_job(first_seen_at=timezone.now() - timedelta(days=1), title="Older")
    make_job("2", title="Fresh")
    words = "Only new since your last visit"
    assert words not in page(client)
    assert words not in page(signed_in)
    signed_in.post(reverse("jobs:visited"))
    assert words not in page(signed_in), "this is the first visit"
    JobVisit.objects.update(active_at=timezone.now() - timedelta(hours=3), started_at=timezone.now() - timedelta(hours=4))
    html = page(signed_in)
    assert words in html
    html = page(signed_in, "new=1")
    assert ("Fresh" in html, "Older" in html) == (True, False)
    assert "New since your last visit" in html
    html = page(client, "new=1")
    assert ("Fresh" in html, "Older" in html) == (True, True)
    assert "since your last visit" not in html, "visitors are not told so"


def test_the_page_notes_the_visit_of_members_only(signed_in, client):
    assert reverse("jobs:visited") in page(signed_in)
    assert reverse("jobs:visited") not in page(client)
