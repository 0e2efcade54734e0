"""How applications come into the tracker, each once: from our form, from "I applied", by hand, from a file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Departure, TrackedApplication
from accounts.models.tracking_words import EventSource, Status
from accounts.tests.factories import make_user, signed_in
from accounts.tests.tracker.factories import make_tracked
from accounts.tracker.birth import track_job
from accounts.tracker.departures import leave, to_ask
from accounts.tracker.history import record
from jobs.applying import sending
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_application, withdraw
from jobs.applying.standing import applied_on
from jobs.choices import State
from jobs.models import Application, Job
from jobs.tests.factories import make_job
from jobs.tests.files import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return make_job(title="Sail maker", place="Bremen")


@pytest.fixture
def here():
    return make_job("here", title="Rope maker", apply_url="", apply_email="jobs@ropes.example.org")


@pytest.fixture
def client(member):
    return signed_in(member)


def send(user, job):
    resume = read_resume(pdf(), "resume.pdf")
    return send_application(user=user, job=job, name="Mo", phone="", letter="I sew.", resume=resume)


def of(user):
    return user.tracked.get()


def answer(client, job, said):
    return client.post(reverse("accounts:job_answer", args=[job.pk]), {"answer": said}, follow=True)


def test_what_is_sent_on_our_form_is_tracked_with_the_ad(member, here):
    sent = send(member, here)
    made = of(member)
    assert (made.sent, made.job, made.status, made.title) == (sent, here, Status.APPLIED, "Rope maker")
    assert made.frozen["description"] == here.description
    assert made.events.get().source == EventSource.FORM


def test_what_cannot_be_tracked_is_not_sent_either(member, here, monkeypatch):
    def broken(application):
        raise RuntimeError

    monkeypatch.setattr(sending.listeners, "on_sent", [broken])
    with pytest.raises(RuntimeError):
        send(member, here)
    assert not Application.objects.exists()


def test_one_withdrawn_there_is_withdrawn_here_and_sent_again_is_the_same(member, here):
    withdraw(application=send(member, here))
    assert of(member).status == Status.WITHDRAWN
    second = send(member, here)
    made = of(member)
    assert (made.status, made.sent, made.events.count()) == (Status.APPLIED, second, 3)
    page = signed_in(member).get(made.get_absolute_url()).text
    assert page.count("Letter and resume.pdf") == 2


def test_the_ad_stays_readable_when_the_job_is_closed_or_gone(client, member, job):
    made = track_job(user=member, job=job, status=Status.SAVED, source=EventSource.PERSON)
    job.close()
    assert "The job has closed" in client.get(made.get_absolute_url()).text
    job.remove()
    Job.objects.filter(pk=job.pk).update(description="<p>Other.</p>")
    page = client.get(made.get_absolute_url()).text
    assert "Sew and fly." in page
    assert "was taken down" in page


def test_going_to_the_employers_site_is_asked_about_on_coming_back(client, member, job):
    page = client.get(job.get_absolute_url()).text
    assert "data-question hidden" in page
    assert client.post(reverse("accounts:job_left", args=[job.pk])).status_code == 204
    assert "Did you apply for <b>Sail maker</b>" in client.get(reverse("accounts:applications")).text
    assert "data-question>" in client.get(job.get_absolute_url()).text
    page = answer(client, job, "yes").text
    assert "is in your applications" in page
    assert "You applied on" in page
    assert (of(member).status, of(member).events.get().source) == (Status.APPLIED, EventSource.RETURN)
    assert not list(to_ask(member))


def test_not_yet_asks_again_after_the_next_visit_and_dont_ask_never(client, member, job):
    leave(member, job)
    answer(client, job, "not_yet")
    assert not list(to_ask(member))
    leave(member, job)
    assert list(to_ask(member))
    answer(client, job, "never")
    leave(member, job)
    assert not list(to_ask(member))
    assert not member.tracked.exists()


def test_what_is_long_ago_is_not_asked_about(member, job):
    leave(member, job)
    Departure.objects.update(at=timezone.now() - timedelta(days=31))
    assert not list(to_ask(member))


def test_an_answer_that_is_none_notes_nothing(client, member, job):
    leave(member, job)
    assert "Nothing was noted" in answer(client, job, "maybe").text
    assert list(to_ask(member))


def test_i_applied_twice_is_one_application_with_one_event(client, member, job):
    answer(client, job, "yes")
    answer(client, job, "yes")
    assert of(member).events.count() == 1


def test_who_is_interviewed_is_not_set_back_by_a_click(client, member, job):
    answer(client, job, "yes")
    record(of(member), Status.INTERVIEWING)
    answer(client, job, "yes")
    assert of(member).status == Status.INTERVIEWING


def test_a_removed_one_comes_back_when_it_is_tracked_again(client, member, job):
    answer(client, job, "yes")
    client.post(reverse("accounts:application_remove", args=[of(member).pk]))
    client.post(reverse("accounts:job_track", args=[job.pk]))
    assert of(member).removed_at is None
    assert of(member).status == Status.APPLIED


def test_the_same_job_under_another_number_is_the_same_application(member, job):
    double = make_job("double", title="Sail maker", duplicate_of=job)
    track_job(user=member, job=job, status=Status.APPLIED, source=EventSource.PERSON)
    track_job(user=member, job=double, status=Status.APPLIED, source=EventSource.PERSON)
    assert set(applied_on(member.pk, [job.pk, double.pk])) == {job.pk, double.pk}
    assert of(member).job == job


def test_a_card_says_when_one_applied_elsewhere_until_it_is_withdrawn(client, member, job, django_assert_num_queries):
    long_ago = timezone.now() - timedelta(days=9)
    made = track_job(user=member, job=job, status=Status.APPLIED, source=EventSource.RETURN, happened_at=long_ago)
    record(made, Status.INTERVIEWING)
    with django_assert_num_queries(2):
        assert applied_on(member.pk, [job.pk]) == {job.pk: long_ago}
    assert "You applied on" in client.get(job.get_absolute_url()).text
    record(made, Status.WITHDRAWN)
    assert applied_on(member.pk, [job.pk]) == {}


def test_a_tracked_job_that_was_not_applied_for_does_not_count(member, job):
    track_job(user=member, job=job, status=Status.PREPARING, source=EventSource.PERSON)
    assert applied_on(member.pk, [job.pk]) == {}


def test_what_one_applied_for_by_another_way_is_asked_about_before_our_form(client, member, here):
    track_job(user=member, job=here, status=Status.APPLIED, source=EventSource.PERSON)
    url = reverse("jobs:apply", args=[here.pk, here.slug])
    page = client.get(url)
    assert "Apply again?" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert "Send application" in client.get(url, {"again": "yes"}).text


def test_visitors_see_nothing_of_the_tracker(client, job, db):
    from django.test import Client

    page = Client().get(job.get_absolute_url()).text
    assert "I applied" not in page
    assert "csrf" not in page
    for name in ("job_track", "job_left", "job_answer"):
        assert Client().post(reverse(f"accounts:{name}", args=[job.pk])).status_code == 302


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED])
def test_a_job_that_nobody_sees_is_not_tracked(client, state):
    hidden = make_job("hidden", state=state)
    for name in ("job_track", "job_left", "job_answer"):
        assert client.post(reverse(f"accounts:{name}", args=[hidden.pk]), {"answer": "yes"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_make_one_application():
    user, job = make_user(), make_job()

    def click(_):
        try:
            track_job(user=user, job=job, status=Status.APPLIED, source=EventSource.RETURN)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(8)))
    assert TrackedApplication.objects.get().events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_adds_one_application():
    client = signed_in(make_user())
    session = client.cookies
    from django.test import Client

    from accounts.tests.tracker.factories import key

    data = {"title": "Sail maker", "status": "saved", "day": timezone.localdate().isoformat(), "key": key()}

    def click(_):
        browser = Client()
        browser.cookies = session
        try:
            return browser.post(reverse("accounts:application_add"), data)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        led = set(pool.map(click, range(6)))
    assert led == {TrackedApplication.objects.get().get_absolute_url()}


def test_a_persons_applications_go_with_the_account(member, here):
    send(member, here)
    make_tracked(member)
    member.delete()
    assert not TrackedApplication.objects.exists()
    assert not Application.objects.exists()
