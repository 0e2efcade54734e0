"""The link to the employer's own site, and the count of those who follow it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from jobs import leaving
from jobs.models import Job, JobDay
from jobs.tests.factories import make_job
from kit.flood import REPORTS
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db

READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _stamp(db):
    ContentStamp.objects.get_or_create(pk=1)


def report(body, *, headers=READER, client=None):
    where = reverse("jobs:leave_count")
    return (client or Client(enforce_csrf_checks=True)).post(where, body, content_type="text/plain;charset=UTF-8", headers=headers)


def counted():
    leaving.tally.write()
    return dict(JobDay.objects.values_list("job_id", "leaves"))


# --- the link
def page_of(job, client=None):
    return (client or Client()).get(job.get_absolute_url()).content.decode()


def test_it_leads_straight_to_the_employer_and_says_where():
    job = make_job(apply_url="https://www.careers.example.com/j?a=1&b=2")
    page = page_of(job)
    assert 'href="https://www.careers.example.com/j?a=1&amp;b=2" rel="nofollow noopener external" referrerpolicy="origin"' in page
    assert "Opens careers.example.com" in page
    assert f'data-leave="{job.pk}"' in page
    assert f'data-to="{reverse("jobs:leave_count")}"' in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "https://bank.example@evil.example/", "ftp://a.example/"]
)
def test_what_came_in_by_another_way_and_is_no_web_address_is_no_link(address):
    job = make_job()
    Job.objects.update(apply_url=address)
    page = page_of(job)
    assert address not in page
    assert "Apply on" not in page


def test_the_pages_of_staff_do_not_count():
    staff = signed_in(make_user(is_staff=True))
    page = page_of(make_job(), staff)
    assert "Apply on the employer’s site" in page
    assert "data-leave" not in page
    assert "leave.js" not in page


def test_a_visitors_page_costs_no_question_about_applying():
    job = make_job(apply_email="a@kites.example.org")
    with CaptureQueriesContext(connection) as captured:
        page = page_of(job)
    assert not [query["sql"] for query in captured if "jobs_application" in query["sql"]]
    assert reverse("jobs:apply", args=[job.pk, job.slug]) in page
    assert "csrfmiddlewaretoken" not in page


# --- the count
def test_clicks_become_one_row_for_each_job_and_day():
    first, second = make_job("1"), make_job("2")
    for job in (first, first, second):
        assert report(f"job={job.pk}").status_code == 204
    assert counted() == {first.pk: 2, second.pk: 1}
    report(f"job={first.pk}")
    assert counted() == {first.pk: 3, second.pk: 1}
    assert {row.day for row in JobDay.objects.all()} == {timezone.now().date()}


def test_another_day_has_a_row_of_its_own(monkeypatch):
    job = make_job()
    report(f"job={job.pk}")
    counted()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(leaving.timezone, "now", lambda: tomorrow)
    leaving.count(job.pk)
    leaving.tally.write()
    assert JobDay.objects.count() == 2


def test_jobs_that_are_not_there_or_take_applications_here_are_dropped():
    ours = make_job("1", apply_url="", apply_email="a@kites.example.org")
    there = make_job("2")
    for number in (ours.pk, there.pk, there.pk + 1000, 10**18 - 1):
        assert report(f"job={number}").status_code == 204
    assert counted() == {there.pk: 1}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "job=",
        "job=0",
        "job=-1",
        "job=1&job=2",
        "job=²",
        "job=1 ",
        "job=" + "9" * 30,
        "u=https://evil.example",
        "job=1\n",
        "\0",
        b"\xff\xfe",
    ],
)
def test_what_our_script_never_sends_is_refused(body):
    assert report(body).status_code == 400
    assert leaving.tally.waiting() == 0


ROBOTS = [
    READER | {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    READER | {"User-Agent": "curl/8.1"},
    READER | {"User-Agent": ""},
    {"User-Agent": READER["User-Agent"]},
    READER | {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", ROBOTS)
def test_programs_are_answered_alike_and_not_counted(headers):
    assert report(f"job={make_job().pk}", headers=headers).status_code == 204
    assert leaving.tally.waiting() == 0


def test_a_page_of_another_site_is_refused():
    for headers in (READER | {"Sec-Fetch-Site": "cross-site"}, READER | {"Origin": "https://evil.example"}):
        assert report("job=1", headers=headers).status_code == 403


def test_one_address_cannot_drive_the_count_up():
    job = make_job()
    for _ in range(REPORTS + 20):
        report(f"job={job.pk}")
    assert counted() == {job.pk: REPORTS}


def test_counting_sets_no_cookie_and_asks_nothing_of_the_database(django_assert_num_queries):
    job = make_job()
    with django_assert_num_queries(0):
        response = report(f"job={job.pk}")
    assert not response.cookies
