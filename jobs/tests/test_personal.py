"""What the search remembers for one member: hidden jobs, seen jobs, and when the last visit was."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs import personal
from jobs.choices import State
from jobs.models import HiddenJob, Job, JobVisit, SeenJob
from jobs.personal import Personal, hide, mark_seen, mark_visit, trim_seen, unhide
from jobs.tasks import forget_seen_jobs
from jobs.tests.factories import make_job

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def member(db):
    return User.objects.create_user("member@example.org", "x")


@pytest.fixture
def stranger(db):
    return User.objects.create_user("stranger@example.org", "x")


@pytest.fixture
def client(member):
    client = Client()
    client.force_login(member)
    return client


def post(client, name, *args, **headers):
    return client.post(reverse(f"jobs:{name}", args=args), {"next": "/guides/"}, headers=headers)


# --- hiding ----------------------------------------------------------------------------------------
def test_hidden_jobs_are_known_newest_first_and_only_to_their_member(member, stranger):
    first, second = make_job("1"), make_job("2")
    hide(member.pk, first.pk)
    hide(member.pk, second.pk)
    hide(member.pk, second.pk)
    assert Personal.of(member).hidden_ids == (second.pk, first.pk)
    assert Personal.of(stranger) == Personal.of(AnonymousUser()) == Personal()
    unhide(stranger.pk, first.pk)
    unhide(member.pk, second.pk)
    unhide(member.pk, second.pk)
    assert Personal.of(member).hidden_ids == (first.pk,)


def test_only_open_jobs_count(member):
    for number, values in enumerate(({"state": State.CLOSED}, {"valid_through": timezone.now() - timedelta(hours=1)}, {})):
        hide(member.pk, make_job(number, **values).pk)
    assert len(Personal.of(member).hidden_ids) == 1


def test_a_search_leaves_out_the_newest_thousand(member, monkeypatch):
    monkeypatch.setattr(personal, "MOST_HIDDEN", 2)
    jobs = [make_job(number) for number in range(3)]
    for job in jobs:
        hide(member.pk, job.pk)
    assert Personal.of(member).hidden_ids == (jobs[2].pk, jobs[1].pk)


def test_what_the_search_needs_costs_two_queries_and_nothing_for_visitors(member, django_assert_num_queries):
    hide(member.pk, make_job("1").pk)
    mark_visit(member.pk)
    with django_assert_num_queries(1):
        Personal.of(member)
    with django_assert_num_queries(0):
        Personal.of(AnonymousUser())


# --- seen ------------------------------------------------------------------------------------------
def seen(user, jobs):
    shown = Job.objects.filter(pk__in=[job.pk for job in jobs]).annotate(was_seen=SeenJob.by(user.pk))
    return {job.pk for job in shown if job.was_seen}


def test_seen_jobs_are_known_among_those_that_are_shown(member, stranger, django_assert_num_queries):
    jobs = [make_job(number) for number in range(3)]
    mark_seen(member.pk, jobs[0].pk)
    mark_seen(member.pk, jobs[1].pk)
    with django_assert_num_queries(1):
        assert seen(member, jobs[1:]) == {jobs[1].pk}
    assert seen(stranger, jobs) == set()


def test_seen_again_moves_to_the_front(member):
    job = make_job("1")
    with time_machine.travel(MORNING, tick=False):
        mark_seen(member.pk, job.pk)
    mark_seen(member.pk, job.pk)
    assert SeenJob.objects.get().seen_at > MORNING


def test_the_newest_are_kept_for_each_member(member, stranger, monkeypatch):
    monkeypatch.setattr(personal, "MOST_SEEN", 2)
    jobs = [make_job(number) for number in range(4)]
    for job in jobs:
        mark_seen(member.pk, job.pk)
    mark_seen(member.pk, jobs[0].pk)
    mark_seen(stranger.pk, jobs[0].pk)
    forget_seen_jobs(timestamp=0)
    assert trim_seen() == 0
    assert set(member.seen_jobs.values_list("job", flat=True)) == {jobs[0].pk, jobs[3].pk}
    assert stranger.seen_jobs.count() == 1


# --- visits ----------------------------------------------------------------------------------------
def visits(member, *minutes, at=None):
    """Looks at the list so many minutes after nine; then `since` at `at` (the last of them) in minutes, None on the first visit."""
    for minute in minutes:
        with time_machine.travel(MORNING + timedelta(minutes=minute), tick=False):
            mark_visit(member.pk)
    with time_machine.travel(MORNING + timedelta(minutes=minutes[-1] if at is None else at), tick=False):
        since = Personal.of(member).since
    return since and (since - MORNING) // timedelta(minutes=1)


def test_the_first_visit_has_none_before_it(member):
    assert Personal.of(member).since is None
    assert visits(member, 0, 30, 80) is None


def test_a_visit_ends_after_an_hour_of_silence(member):
    assert visits(member, 0, 59, 119) is None
    assert visits(member, 180) == 119
    assert visits(member, 200) == 119


def test_the_first_page_after_a_pause_knows_it_before_the_visit_is_noted(member):
    assert visits(member, 0, 20, at=100) == 20
    assert visits(member, 0, 20, at=80) is None


def test_visits_follow_one_another(member):
    assert visits(member, 0, 500, 520, 1000) == 520
    visit = JobVisit.objects.get()
    assert (visit.started_at, visit.active_at) == (MORNING + timedelta(minutes=1000),) * 2


def test_reading_a_job_keeps_a_visit_going_but_begins_none(member):
    job = make_job("1")
    mark_seen(member.pk, job.pk)
    assert not JobVisit.objects.exists()
    visits(member, 0)
    with time_machine.travel(MORNING + timedelta(minutes=50), tick=False):
        mark_seen(member.pk, job.pk)
    assert visits(member, 100) is None


def test_a_clock_that_goes_back_loses_nothing(member):
    visits(member, 30)
    assert visits(member, 0) is None
    assert JobVisit.objects.get().active_at == MORNING + timedelta(minutes=30)


# --- two tabs at once ------------------------------------------------------------------------------
def both(action):
    """Runs it in two threads that start together, each with its own connection; what went wrong."""
    barrier, errors = threading.Barrier(2), []

    def run():
        try:
            barrier.wait(5)
            action()
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_two_tabs_make_one_row():
    member = User.objects.create_user("tabs@example.org", "x")
    job = make_job("1")
    for _ in range(5):
        for model, action in ((HiddenJob, hide), (SeenJob, mark_seen)):
            model.objects.all().delete()
            assert both(lambda action=action: action(member.pk, job.pk)) == []
            assert model.objects.count() == 1
        JobVisit.objects.all().delete()
        assert both(lambda: mark_visit(member.pk)) == []
        ended = timezone.now() - timedelta(hours=3)
        JobVisit.objects.update(started_at=ended, active_at=ended)
        assert both(lambda: mark_visit(member.pk)) == []
        assert JobVisit.objects.get().previous_at == ended, "the second tab does not begin another visit"


@pytest.mark.parametrize("model", [HiddenJob, SeenJob])
def test_the_database_holds_one_row_for_each(model, member):
    job = make_job("1")
    model.objects.create(user=member, job=job)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(user=member, job=job)


def test_an_account_takes_all_of_it_along(member):
    job = make_job("1")
    hide(member.pk, job.pk)
    mark_seen(member.pk, job.pk)
    mark_visit(member.pk)
    member.delete()
    assert [model.objects.count() for model in (HiddenJob, SeenJob, JobVisit)] == [0, 0, 0]
    job.refresh_from_db()


# --- addresses -------------------------------------------------------------------------------------
def test_with_a_script_the_card_becomes_a_line_with_the_way_back(client, member):
    job = make_job("1", title="Kite <b>maker")
    answer = post(client, "hide", job.pk, **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith("<li")
    assert "Hidden: Kite &lt;b&gt;maker" in text
    assert reverse("jobs:unhide", args=[job.pk]) in text
    assert 'name="next" value="/guides/"' in text
    shown = post(client, "unhide", job.pk, **HTMX).content.decode()
    assert "Shown again:" in shown
    assert reverse("jobs:hide", args=[job.pk]) in shown
    assert not member.hidden_jobs.exists()


def test_without_a_script_one_comes_back_and_is_told(client, member):
    job = make_job("1")
    answer = client.post(reverse("jobs:hide", args=[job.pk]), {"next": reverse("jobs:hidden")}, follow=True)
    text = answer.content.decode()
    assert f'Hidden: Kite maker. <a href="{reverse("jobs:hidden")}">Undo</a>' in text
    answer = client.post(reverse("jobs:unhide", args=[job.pk]), {"next": "https://evil.example/"}, follow=True)
    assert answer.redirect_chain == [(reverse("jobs:hidden"), 302)]
    assert "Shown again: Kite maker" in answer.content.decode()
    assert "You have not hidden any jobs" in answer.content.decode()


def test_the_list_shows_what_is_open_in_pages(client, member, stranger):
    hide(stranger.pk, make_job("other", title="Not mine").pk)
    hide(member.pk, make_job("closed", title="Closed one", state=State.CLOSED).pk)
    for number in range(51):
        hide(member.pk, make_job(number, title=f"Job {number}").pk)
    text = client.get(reverse("jobs:hidden")).content.decode()
    assert text.count("Show again") == 50
    assert "Not mine" not in text
    assert "Closed one" not in text
    assert "Job 50" in text
    assert "Job 0<" in client.get(f"{reverse('jobs:hidden')}?page=2").content.decode()


@pytest.mark.parametrize(
    ("name", "state", "status"),
    [
        ("hide", State.CLOSED, 404), ("hide", State.HELD, 404), ("hide", State.REMOVED, 404),
        ("unhide", State.CLOSED, 302), ("unhide", State.HELD, 404), ("unhide", State.REMOVED, 404),
        ("seen", State.CLOSED, 204), ("seen", State.HELD, 404), ("seen", State.REMOVED, 404),
    ],
)  # fmt: skip
def test_what_nobody_may_see_is_not_there(client, name, state, status):
    assert post(client, name, make_job("1", state=state).pk).status_code == status
    assert post(client, name, 0).status_code == 404


def test_opening_a_page_notes_it_and_doing_it_again_changes_nothing_more(client, member):
    job = make_job("1")
    page = client.get(job.get_absolute_url()).content.decode()
    assert f'hx-post="{reverse("jobs:seen", args=[job.pk])}" hx-trigger="load"' in page
    assert reverse("jobs:seen", args=[job.pk]) not in Client().get(job.get_absolute_url()).content.decode()
    assert [post(client, "seen", job.pk).status_code for _ in range(2)] == [204, 204]
    assert [post(client, "visited").status_code for _ in range(2)] == [204, 204]
    assert (member.seen_jobs.count(), JobVisit.objects.filter(user=member).count()) == (1, 1)


def test_a_visitor_is_asked_to_sign_in(db):
    job = make_job("1")
    for name, args in (("hide", [job.pk]), ("unhide", [job.pk]), ("seen", [job.pk]), ("visited", [])):
        assert post(Client(), name, *args)["Location"].startswith(reverse("account_login"))
    assert [model.objects.count() for model in (HiddenJob, SeenJob, JobVisit)] == [0, 0, 0]


def test_a_post_needs_the_token(member):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert post(strict, "hide", make_job("1").pk).status_code == 403
