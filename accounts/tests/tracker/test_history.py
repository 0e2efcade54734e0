"""The status of an application is what its events say, whatever is added, corrected and taken out, and by however many at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import ApplicationEvent, TrackedApplication
from accounts.models.tracking_words import EventSource, Status
from accounts.tests.factories import make_user
from accounts.tests.tracker.factories import make_tracked, seen
from accounts.tracker.history import Meanwhile, NotPossible, computed, correct, last_event, record, undo

pytestmark = pytest.mark.django_db


def fresh(application):
    return TrackedApplication.objects.get(pk=application.pk)


def test_the_status_is_that_of_the_latest_event(member):
    application = make_tracked(member, Status.SAVED)
    record(application, Status.APPLIED)
    record(application, Status.INTERVIEWING)
    assert fresh(application).status == Status.INTERVIEWING
    assert fresh(application).status_at == last_event(application).happened_at


def test_what_happened_earlier_is_added_without_changing_the_status(member):
    application = make_tracked(member, Status.OFFER)
    record(application, Status.APPLIED, happened_at=timezone.now() - timedelta(days=9))
    assert fresh(application).status == Status.OFFER


@pytest.mark.parametrize("ended", [Status.NO_ANSWER, Status.REJECTED, Status.WITHDRAWN, Status.ACCEPTED])
def test_what_has_ended_can_be_opened_again(member, ended):
    application = make_tracked(member, ended)
    record(application, Status.INTERVIEWING)
    assert fresh(application).status == Status.INTERVIEWING


def test_a_correction_replaces_and_keeps_what_was_there(member):
    application = make_tracked(member, Status.APPLIED)
    wrong = record(application, Status.REJECTED)
    correct(wrong, Status.OFFER, happened_at=wrong.happened_at, note="Misread the mail.")
    assert fresh(application).status == Status.OFFER
    assert list(application.events.in_order().values_list("status", flat=True)) == ["applied", "rejected", "offer"]
    assert application.events.standing().count() == 2


def test_an_event_that_did_not_happen_leaves_the_one_before(member):
    application = make_tracked(member, Status.APPLIED)
    wrong = record(application, Status.OFFER)
    gone = correct(wrong, "")
    assert fresh(application).status == Status.APPLIED
    undo(gone)
    assert fresh(application).status == Status.OFFER


def test_undoing_a_correction_brings_back_status_moment_and_note(member):
    application = make_tracked(member)
    first = record(application, Status.INTERVIEWING, happened_at=timezone.now() - timedelta(minutes=1), note="By phone.")
    undo(correct(first, Status.OFFER))
    last = last_event(application)
    assert (last.status, last.happened_at, last.note) == (Status.INTERVIEWING, first.happened_at, "By phone.")


def test_the_only_entry_cannot_be_taken_out(member):
    application = make_tracked(member)
    with pytest.raises(NotPossible):
        correct(last_event(application), "")
    assert fresh(application).status == Status.APPLIED


def test_moving_to_where_it_is_writes_nothing(member):
    application = make_tracked(member, Status.APPLIED)
    assert record(application, Status.APPLIED) is None
    assert application.events.count() == 1


def test_a_form_that_did_not_see_the_last_event_changes_nothing(member):
    application = make_tracked(member)
    old = seen(application)
    record(application, Status.INTERVIEWING, seen=old)
    with pytest.raises(Meanwhile) as other:
        record(application, Status.REJECTED, seen=old)
    assert other.value.application.status == Status.INTERVIEWING
    assert application.events.count() == 2


def test_an_event_is_corrected_once(member):
    application = make_tracked(member)
    event = record(application, Status.OFFER)
    correct(event, Status.REJECTED)
    with pytest.raises(Meanwhile):
        correct(event, Status.ACCEPTED)


def test_the_database_lets_nobody_change_an_event(member):
    event = last_event(make_tracked(member))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ApplicationEvent.objects.filter(pk=event.pk).update(note="Other words.")
    event.application.delete()
    assert not ApplicationEvent.objects.exists()


@pytest.mark.parametrize("seed", range(12))
def test_the_stored_status_is_the_computed_one_after_any_history(member, seed):
    chance = random.Random(seed)
    application = make_tracked(member, chance.choice(Status.values))
    now = timezone.now()
    for _ in range(25):
        events = list(application.events.all())
        heads = [event for event in events if event.pk not in {other.corrects_id for other in events}]
        moment = now - timedelta(days=chance.randrange(40)) if chance.random() < 0.6 else None
        event = chance.choice(heads)
        try:
            match chance.randrange(4):
                case 0 | 1:
                    record(application, Status(chance.choice(Status.values)), happened_at=moment)
                case 2:
                    correct(event, chance.choice(["", *Status.values]), happened_at=moment)
                case 3:
                    undo(event)
        except NotPossible:
            assert application.events.standing().count() == 1
        deciding = computed(application.events.all())
        row = fresh(application)
        assert (row.status, row.status_at) == (deciding.status, deciding.happened_at)


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_move_at_once_one_moves_and_one_is_told():
    application = make_tracked(make_user())
    number = seen(application)

    def move(status):
        try:
            record(application, status, seen=number)
        except Meanwhile as other:
            return other.application.status
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(move, [Status.INTERVIEWING, Status.REJECTED]))
    assert application.events.count() == 2
    assert sorted(map(bool, told)) == [False, True]
    assert fresh(application).status in told


@pytest.mark.django_db(transaction=True)
def test_of_many_that_write_at_once_none_gets_lost():
    application = make_tracked(make_user(), Status.SAVED)

    def add(number):
        try:
            record(application, Status(Status.values[number % 9]), happened_at=timezone.now(), note=str(number), source=EventSource.PERSON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))
    assert application.events.count() == 21
    assert fresh(application).status == computed(application.events.all()).status
