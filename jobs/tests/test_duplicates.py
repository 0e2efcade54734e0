"""One ad in several sources: which of them stands for all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.choices import Ending, State
from jobs.duplicates import hand_over
from jobs.expiry import close_expired
from jobs.models import Job
from jobs.tests.factories import ad, look, make_job, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources():
    """The same ad came in three sources, one after the other; each has another of its own."""
    found = [make_source(name) for name in ("First", "Second", "Third")]
    for source in found:
        list_in(source)
    return found


def list_in(source, *, without=False):
    own = ad("own", title=f"Only in {source.name}")
    return look(source, [own] if without else [ad(source.name, title="Kite maker"), own])


def shown():
    """Open and not behind another."""
    return set(Job.objects.open().filter(duplicate_of=None).exclude(external_id="own").values_list("external_id", flat=True))


def leads():
    return dict(Job.objects.exclude(duplicate_of=None).values_list("external_id", "duplicate_of__external_id"))


def test_the_oldest_open_duplicate_takes_the_place_of_one_that_is_gone(sources):
    assert (shown(), leads()) == ({"First"}, {"Second": "First", "Third": "First"})
    list_in(sources[0], without=True)
    assert (shown(), leads()) == ({"Second"}, {"First": "Second", "Third": "Second"})


def test_when_the_first_comes_back_there_is_still_one(sources):
    list_in(sources[0], without=True)
    list_in(sources[0])
    assert (shown(), leads()) == ({"Second"}, {"First": "Second", "Third": "Second"})
    list_in(sources[1], without=True)
    assert shown() == {"First"}


def test_whichever_way_they_come_and_go_exactly_one_is_shown(sources):
    for listed in ([0, 1], [1], [1, 2], [], [2], [0, 2], [0], [0, 1, 2]):
        for number, source in enumerate(sources):
            list_in(source, without=number not in listed)
        assert len(shown()) == bool(listed), listed


def test_one_whose_last_day_has_passed_is_followed(sources):
    Job.objects.filter(external_id="First").update(valid_through=timezone.now() - timedelta(hours=1))
    close_expired()
    assert shown() == {"Second"}


def test_a_duplicate_that_staff_approve_is_not_left_behind_one_that_is_gone():
    first = make_job("first", state=State.CLOSED)
    held = make_job("held", state=State.HELD, duplicate_of=first)
    assert hand_over() == 0
    held.approve()
    close_expired()
    assert shown() == {"held"}


@pytest.mark.parametrize("verb", ["close", "remove"])
def test_what_staff_took_away_does_not_come_back_through_another_source(sources, verb):
    getattr(Job.objects.get(external_id="First"), verb)()
    assert hand_over() == 0
    list_in(sources[1])
    assert shown() == set()


def test_one_that_is_held_again_is_followed(sources):
    Job.objects.filter(external_id="First").update(state=State.HELD)
    assert hand_over() == 1
    assert shown() == {"Second"}


def test_many_at_once_take_three_statements(django_assert_num_queries):
    for number in range(4):
        former = make_job(f"former {number}", state=State.CLOSED, ending=Ending.GONE, closed_at=timezone.now())
        for copy in range(2):
            make_job(f"copy {number} {copy}", duplicate_of=former)
    with django_assert_num_queries(5):  # a savepoint around them
        assert hand_over() == 4
    with django_assert_num_queries(3):
        assert hand_over() == 0
    assert len(shown()) == 4
