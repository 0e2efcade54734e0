"""Bounds that stop programs, and posts that come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from jobs.applying import limits
from jobs.applying.sending import AlreadyApplied, TooMany, withdraw
from jobs.models import Application, ResumeFile
from jobs.tests.applying.test_delivery import apply
from jobs.tests.applying.test_form import address, send
from jobs.tests.factories import make_job
from jobs.tests.files import pdf, upload

pytestmark = pytest.mark.django_db


def many(user, count, job, ago=timedelta(0)):
    """So many applications that were withdrawn since: they count too."""
    resume = apply(user, make_job("first of many", apply_email="a@kites.example.org")).resume
    Application.objects.all().delete()
    when = timezone.now() - ago
    row = {"user": user, "name": "Ada", "email": user.email, "letter": "x", "resume": resume, "sent_to": "a@kites.example.org"}
    Application.objects.bulk_create([Application(job=job, sent_at=when, withdrawn_at=when, **row) for _ in range(count)])


@pytest.fixture
def other(db):
    return make_job("other", apply_email="b@kites.example.org")


def test_thirty_an_hour_then_a_pause_in_words(client, ada, job, other):
    many(ada, limits.A_HOUR - 1, other)
    assert send(client, job).status_code == 302
    third = make_job("3", apply_email="c@kites.example.org")
    for response in (send(client, third), client.get(address(third))):
        page = response.content.decode()
        assert response.status_code == 429
        assert "A short pause" in page
        assert 3000 < int(response["Retry-After"]) <= 3661
    assert "They flew." in send(client, third).content.decode()
    Application.objects.update(sent_at=timezone.now() - timedelta(minutes=61))
    assert send(client, third).status_code == 302


def test_a_hundred_a_day(client, ada, job, other):
    many(ada, limits.A_DAY, other, ago=timedelta(hours=2))
    response = send(client, job)
    assert response.status_code == 429
    assert 21 * 3600 < int(response["Retry-After"]) <= 22 * 3600 + 60
    assert "hours" in response.content.decode()


def test_one_job_three_times_a_day(ada, job):
    for _ in range(limits.A_DAY_FOR_ONE_JOB):
        withdraw(application=apply(ada, job))
    with pytest.raises(TooMany):
        apply(ada, job)
    apply(ada, make_job("2", apply_email="b@kites.example.org"))


def test_new_files_a_day_are_bounded_and_the_same_one_costs_nothing(ada, job, monkeypatch):
    monkeypatch.setattr(limits, "BYTES_A_DAY", len(pdf()) + 1)
    apply(ada, job)
    apply(ada, make_job("2", apply_email="b@kites.example.org"))
    apply(ada, make_job("3", apply_email="b@kites.example.org"), data=pdf(text="another"))
    with pytest.raises(TooMany):
        apply(ada, make_job("4", apply_email="b@kites.example.org"), data=pdf(text="a third"))
    ResumeFile.objects.update(created_at=timezone.now() - timedelta(hours=25))
    apply(ada, make_job("5", apply_email="b@kites.example.org"), data=pdf(text="a third"))


def test_one_persons_haste_is_not_anothers(ada, job, other):
    many(ada, limits.A_HOUR, other)
    apply(make_user(), job)


def test_a_second_click_raises_with_the_first(ada, job):
    first = apply(ada, job)
    with pytest.raises(AlreadyApplied) as before:
        apply(ada, job)
    assert before.value.application == first


def test_a_click_that_overtakes_another_leads_where_that_one_did(ada, job, monkeypatch):
    """The other is written between two questions of this one: found as sent, not as an application noted elsewhere."""
    from jobs.views import applying

    ask, sent = applying.application_for, []

    def overtaken(user, job):
        found = ask(user, job)
        if not sent:
            sent.append(apply(ada, job))
        return found

    monkeypatch.setattr(applying, "application_for", overtaken)
    answer = send(signed_in(ada), job)
    assert (answer.status_code, answer["Location"]) == (302, sent[0].get_absolute_url())


# --- at once
AT_ONCE = 10


def at_once(work):
    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_send_once(ada, job, queue):
    clients = [signed_in(ada) for _ in range(AT_ONCE)]
    answers = at_once(lambda number: send(clients[number], job))
    where = Application.objects.get().get_absolute_url()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, where)}
    assert len(queue.waiting()) == 1


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_to_one_job_under_two_numbers_send_once(ada, job, queue):
    same = make_job("2", apply_email="b@kites.example.org", duplicate_of=job)
    clients = [signed_in(ada) for _ in range(AT_ONCE)]
    at_once(lambda number: send(clients[number], (job, same)[number % 2]))
    assert Application.objects.count() == len(queue.waiting()) == 1


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_do_not_slip_under_the_limit(ada, monkeypatch):
    monkeypatch.setattr(limits, "A_HOUR", 3)
    jobs = [make_job(str(number), apply_email="a@kites.example.org") for number in range(AT_ONCE)]
    clients = [signed_in(ada) for _ in range(AT_ONCE)]
    answers = at_once(lambda number: send(clients[number], jobs[number]).status_code)
    assert sorted(answers) == [302] * 3 + [429] * 7
    assert Application.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_withdrawing_at_once_tells_once(ada, job, queue):
    from jobs.applying.delivery import WITHDRAWAL

    application = apply(ada, job)
    clients = [signed_in(ada) for _ in range(AT_ONCE)]
    path = reverse("jobs:application_withdraw", args=[application.pk])
    assert set(at_once(lambda number: clients[number].post(path).status_code)) == {302}
    assert len(queue.waiting(WITHDRAWAL)) == 1


# --- more than any form takes
def test_a_body_beyond_every_form_is_answered_in_words(client, job):
    response = client.post(address(job), b"x" * 34_000_000, content_type="application/octet-stream")
    assert response.status_code == 413
    assert "larger than any form" in response.content.decode()


def test_nothing_uploaded_is_written_to_disk(client, job, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    assert send(client, job, resume=upload(pdf(padding=4_000_000))).status_code == 302
