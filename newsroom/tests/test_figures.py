"""Figures in one list by age, and a figure that gets a new source together with its numbers."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from careers.models import GuideSource, Outlook, PayBand, Source
from careers.tests.factories import PLAIN, draft_guide
from newsroom.figures import receipt, said
from newsroom.figures.ages import age
from newsroom.roles import WRITERS

pytestmark = pytest.mark.django_db
LIST = "admin:careers_guide_figures"


def member(*groups):
    user = User.objects.create_user(f"{'-'.join(groups) or 'nobody'}@example.org", "long-enough-password", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def writer():
    return member(WRITERS)


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("May 2024", 2.4),
        ("2024", 2.3),
        ("2024-34", 2.3),  # a projection is as old as its first year
        ("2024–2034", 2.3),
        ("2019-23", 3.3),  # a survey over years is as old as its last one
        ("2019-2023", 3.3),
        ("Q1 2026", 0.7),
        ("December 2025 to March 2026", 0.6),
        ("Sept. 2025", 1.1),
        ("2030-40", None),
        ("lately", None),
        ("", None),
        ("1234 people", None),
    ],
)
def test_the_age_of_a_period(period, years):
    found = age(period, date(2026, 10, 1))
    assert (round(found, 1) if found is not None else None) == years


def test_a_receipt_in_words():
    draft_guide()
    Source.objects.update(licence="public domain", retrieved=date(2025, 4, 3))
    band, outlook = PayBand.objects.get(), Outlook.objects.get()
    of_source = "Survey of kite makers by Wind Office"
    assert receipt(band) == f"Measured, {of_source}, May 2024, licence public domain, looked up 3 April 2025"
    assert receipt(outlook) == f"Measured, {of_source}, 2024-2034, licence public domain, looked up 3 April 2025"
    assert said(band) == "$45,000 a year, $30,000 to $70,000, United States"
    assert said(outlook) == "+5.2%, 1,200 openings a year, United States"
    band.source, band.period = None, ""
    assert receipt(band) == "Measured, no source, no period"


def rows(page):
    return [(row.figure.guide.title, row.kind) for row in page.context["rows"]]


def with_period(title, period, **source):
    slug = title.lower().replace(" ", "-")
    guide = draft_guide(slug=slug, title=title, outlook=[])
    PayBand.objects.filter(guide=guide).update(period=period, **source)
    return guide


def test_unknown_ages_come_first_and_then_the_oldest(writer):
    with_period("Rope maker", "May 2025")
    with_period("Sail maker", "May 2019")
    with_period("Tent maker", "some day")
    draft_guide()
    page = writer.get(reverse(LIST))
    assert rows(page) == [
        ("Tent maker", "pay"),
        ("Sail maker", "pay"),
        ("Kite maker", "pay"),
        ("Kite maker", "outlook"),
        ("Rope maker", "pay"),
    ]
    assert "unknown" in page.content.decode()


def test_it_is_filtered_by_source_and_publisher(writer):
    other = Source.objects.create(key="rope-survey", publisher="Rope Office", title="Ropes")
    with_period("Rope maker", "May 2025", source=other)
    with_period("Tent maker", "May 2025", source=None)
    for query, titles in (
        ("?source=rope-survey", ["Rope maker"]),
        ("?publisher=Rope+Office", ["Rope maker"]),
        ("?source=none", ["Tent maker"]),
        ("?source=rope-survey&publisher=Wind+Office", ["Rope maker"]),  # Wind Office has no figure left: no filter
        ("?source=odd&page=zzz", ["Tent maker", "Rope maker"]),
    ):
        assert sorted(title for title, _ in rows(writer.get(reverse(LIST) + query))) == sorted(titles), query


def test_a_hundred_figures_cost_what_one_costs_and_come_in_pages(writer):
    def cost(query=""):
        with CaptureQueriesContext(connection) as seen:
            page = writer.get(reverse(LIST) + query)
        return len(seen), page

    guide = draft_guide()
    cost()
    before, _ = cost()
    band, outlook = PayBand.objects.get(), Outlook.objects.get()
    for n in range(60):
        band.pk, band.position, band.period = None, n + 2, f"May {1960 + n}"
        band.save()
        outlook.pk, outlook.position = None, n + 2
        outlook.save()
    after, page = cost()
    assert after <= before
    assert len(page.context["rows"]) == 50
    assert "Page 1 of 3, 122 in all" in page.content.decode()
    assert len(cost("?page=3")[1].context["rows"]) == 22
    assert guide.pk


def test_only_staff_with_the_right_come_in(writer):
    draft_guide()
    address = reverse("admin:careers_guide_figure", args=["pay", PayBand.objects.get().pk])
    nobody = member()
    assert [nobody.get(url).status_code for url in (reverse(LIST), address)] == [403, 403]
    assert nobody.post(address).status_code == 403
    assert writer.get(address).status_code == 200
    assert writer.get(reverse("admin:careers_guide_figure", args=["pay", 0])).status_code == 404
    assert writer.get(reverse("admin:careers_guide_figure", args=["age", 1])).status_code == 404
    assert writer.post(reverse(LIST)).status_code == 405


# --- a new source --------------------------------------------------------------------------------
def opened(client, url):
    page = client.get(url)
    forms = (page.context["form"], page.context["new"])
    return {bound.html_name: str(bound.value()) for form in forms for bound in form if bound.value() is not None}


@pytest.fixture
def band():
    draft_guide()
    return PayBand.objects.get()


def url_of(figure):
    return reverse("admin:careers_guide_figure", args=["pay" if isinstance(figure, PayBand) else "outlook", figure.pk])


def test_a_figure_and_its_receipt_change_together(writer, band):
    new = Source.objects.create(key="wind-survey-2025", publisher="Wind Office", title="Survey of kite makers", period="May 2025")
    page = writer.get(url_of(band)).content.decode()
    assert "now: 45000" in page
    data = opened(writer, url_of(band)) | {"source": new.pk, "period": "May 2025", "median": 47_000}
    assert writer.post(url_of(band), data).status_code == 302
    band.refresh_from_db()
    assert (band.source, band.period, band.median) == (new, "May 2025", 47_000)
    assert GuideSource.objects.filter(guide=band.guide, source=new).exists()
    document = band.guide.revisions.first().document
    assert (document["pay"][0]["source"], document["pay"][0]["median"]) == ("wind-survey-2025", 47_000)
    (entry,) = LogEntry.objects.all()
    assert entry.object_id == str(band.guide_id)
    assert "$47,000" in entry.change_message


def test_a_source_is_made_on_the_way(writer, band):
    source = {"new-key": "rope-2025", "new-publisher": "Rope Office", "new-title": "Ropes", "new-period": "2025"}
    assert writer.post(url_of(band), opened(writer, url_of(band)) | {"period": "2025"} | source).status_code == 302
    band.refresh_from_db()
    assert band.source.publisher == "Rope Office"
    assert LogEntry.objects.filter(content_type__model="source").count() == 1


def test_an_outlook_gets_its_years_and_percents(writer, band):
    outlook = Outlook.objects.get()
    data = opened(writer, url_of(outlook)) | {"period_from": 2025, "period_to": 2035, "percent": "4.1"}
    assert writer.post(url_of(outlook), data).status_code == 302
    outlook.refresh_from_db()
    assert (outlook.percent, outlook.period_from, outlook.period_to) == (4.1, 2025, 2035)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Nothing has changed"),
        ({"median": 20_000}, "p25 is above median"),
        ({"median": "many"}, "Enter a whole number"),
        ({"range_min": 5}, "Measured pay has percentiles only"),
        ({"source": 99_999}, "Select a valid choice"),
        ({"new-key": "rope-2025"}, "This field is required"),
        ({"new-key": "wind-survey", "new-publisher": "P", "new-title": "T"}, "already exists"),
        ({"seen": "2020-01-01", "median": 46_000}, "Somebody saved this guide on"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(writer, band, changes, said):
    response = writer.post(url_of(band), opened(writer, url_of(band)) | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    band.refresh_from_db()
    assert (band.median, band.source.key, Source.objects.count()) == (PLAIN["pay"][0]["median"], "wind-survey", 1)
    assert not LogEntry.objects.exists()


def test_a_source_is_chosen_or_made_not_both(writer, band):
    other = Source.objects.create(key="rope-survey", publisher="Rope Office", title="Ropes")
    new = {"new-key": "rope-2025", "new-publisher": "Rope Office", "new-title": "Ropes", "source": other.pk}
    response = writer.post(url_of(band), opened(writer, url_of(band)) | new)
    assert "not both" in response.content.decode()
    assert Source.objects.count() == 2
