"""What a card shows: of the job, and of the reader when somebody says so."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from jobs.choices import State
from jobs.models import Job
from jobs.page.card import cards
from jobs.tests.factories import make_employer, make_job

pytestmark = pytest.mark.django_db


def card_of(**values):
    make_job("1", **values)
    return cards(Job.objects.for_cards())[0]


def html(card, **context):
    return render_to_string("jobs/partials/job_card.html", {"card": card, **context})


def words_of(card):
    return " ".join(strip_tags(html(card).replace("</", " </")).split())


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({}, ["New"]),
        ({"posted_at": timedelta(days=-3)}, []),
        ({"valid_through": timedelta(days=7)}, ["New", "Closing soon"]),
        ({"valid_through": timedelta(days=8)}, ["New"]),
        ({"featured_until": timedelta(hours=1)}, ["Featured", "New"]),
        ({"featured_until": timedelta(hours=-1)}, ["New"]),
        ({"state": State.CLOSED, "valid_through": timedelta(days=3)}, ["Closed"]),
        ({"workplace": "hybrid", "kind": "intern", "level": "lead"}, ["New", "Hybrid", "Internship", "Lead or manager"]),
    ],
)
def test_tags(values, tags):
    now = timezone.now()
    values = {name: now + value if isinstance(value, timedelta) else value for name, value in values.items()}
    assert [tag.words for tag in card_of(**values).tags] == tags


def test_a_card_says_employer_place_pay_and_date():
    card = card_of(place="Columbus, OH", summary="You sew.")
    assert words_of(card) == "Kite maker Kite Works · Columbus, OH Save Kite maker, Kite Works Pay not stated You sew. New Posted yesterday"


def test_remote_work_without_a_place_is_called_that():
    assert card_of(workplace="remote").org == "Kite Works · Remote"


def test_near_the_end_the_last_day_stands_in_place_of_the_first():
    assert card_of(valid_through=timezone.now() + timedelta(days=3)).when.words == "Closes in 3 days"


def test_what_depends_on_the_reader_is_filled_in_by_others():
    plain = card_of()
    mine = plain.for_reader(is_seen=True, is_new_to_you=True, applied_on=date(2026, 10, 12))
    assert "Applied October 12, 2026 New to you" in words_of(mine)
    assert 'class="job job--seen"' in html(mine)
    assert "Seen" not in words_of(plain)
    assert "Applied" not in words_of(plain)


def test_the_level_of_its_heading_can_be_chosen():
    assert "<h3>" in html(card_of())
    assert "<h2>" in html(cards(Job.objects.for_cards())[0], level=2)


def test_cards_of_many_jobs_cost_three_queries_and_read_no_description(guide):
    for number in range(6):
        make_job(number, guide_id=guide.pk, employer=make_employer(f"Works {number}"), summary="You sew.")
    with CaptureQueriesContext(connection) as captured:
        rendered = [html(card) for card in cards(Job.objects.for_cards())]
    assert len(rendered) == 6
    assert len(captured) <= 3, [query["sql"] for query in captured]  # jobs, guides, and the stamp
    assert '"description"' not in str([query["sql"] for query in captured])
