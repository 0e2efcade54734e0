"""What somebody's own applications say, and that nothing is said of too few."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models.tracking_words import Status
from accounts.tests.factories import signed_in
from accounts.tests.tracker.factories import make_tracked
from accounts.tracker.history import correct, record
from accounts.tracker.insight import insight
from careers.tests.factories import published_guide

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:application_insight")


def course(user, days, *statuses, guide_id=None):
    """Applied 30 days ago, answered after so many days."""
    start = timezone.now() - timedelta(days=30)
    application = make_tracked(user, at=start, guide_id=guide_id)
    for number, status in enumerate(statuses):
        record(application, status, happened_at=start + timedelta(days=days + number))
    return application


def test_nothing_is_claimed_of_four(member):
    for _ in range(4):
        course(member, 3, Status.REJECTED)
    page = signed_in(member).get(PAGE).text
    assert "You have sent 4 so far" in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]
    assert '<svg class="plot' not in page


def test_what_was_only_saved_was_not_sent(member):
    for _ in range(6):
        make_tracked(member, Status.SAVED)
    assert insight(member).sent == 0


def test_five_are_told_in_sentences_and_drawn(member):
    course(member, 2, Status.INTERVIEWING, Status.OFFER, Status.ACCEPTED)
    course(member, 4, Status.INTERVIEWING, Status.REJECTED)
    course(member, 6, Status.REJECTED)
    course(member, 0)
    course(member, 0, Status.NO_ANSWER)
    found = insight(member)
    assert [(stage.name, stage.count) for stage in found.funnel] == [
        ("Applied", 5), ("Answered", 3), ("Interview", 2), ("Offer", 1), ("Accepted", 1),
    ]  # fmt: skip
    page = signed_in(member).get(PAGE).text
    assert "You sent 5 applications. 3 were answered, which is 60%. 2 led to an interview and 1 to an offer." in page
    assert "How long answers take can be said from 5 answers on." in page
    assert "No career has 5 applications yet" in page
    assert page.count('<svg class="plot') == 2


def test_time_to_answer_is_the_middle_and_by_career(member):
    guide = published_guide()
    for days in (1, 2, 3, 10, 20):
        course(member, days, Status.REJECTED, guide_id=guide.guide_id)
    for days in (4, 5):
        course(member, days, Status.REJECTED)
    found = insight(member)
    assert found.days == 4
    (career,) = found.careers
    assert (career.name, career.sent, career.percent, career.days) == ("Kite maker", 5, 100, 3)
    assert found.few == 2
    assert "Kite maker: 5 of 5 answered (100%), half of them within 3 days." in signed_in(member).get(PAGE).text


def test_an_offer_counts_as_an_interview_too_and_corrections_count_as_corrected(member):
    for _ in range(4):
        course(member, 3, Status.OFFER)
    wrong = course(member, 3, Status.OFFER).events.order_by("-pk").first()
    correct(wrong, "")
    assert [stage.count for stage in insight(member).funnel] == [5, 4, 4, 4, 0]


def test_weeks_begin_on_monday_and_this_one_is_the_last(member):
    for _ in range(5):
        course(member, 1)
    weeks = insight(member).weeks
    assert len(weeks) == 12
    assert {week.start.weekday() for week in weeks} == {0}
    assert sum(week.sent for week in weeks) == 5


def test_nothing_of_others_or_removed_is_in_it(member, stranger):
    for _ in range(5):
        course(stranger, 1)
        course(member, 1)
    member.tracked.update(removed_at=timezone.now())
    assert insight(member).sent == 0


def test_the_page_costs_the_same_for_many(member, django_assert_max_num_queries):
    for _ in range(40):
        course(member, 1, Status.REJECTED)
    with django_assert_max_num_queries(2):
        insight(member)
