"""The page of an application and its file belong to one person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from jobs.applying.sending import withdraw
from jobs.applying.standing import applied_on
from jobs.choices import Delivery
from jobs.models import Application, Job
from jobs.tests.applying.test_delivery import apply
from jobs.tests.factories import make_job
from jobs.tests.files import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(ada, job):
    return apply(ada, job)


def url(action, application):
    return reverse(f"jobs:application{action}", args=[application.pk])


def test_a_stranger_finds_nothing_and_changes_nothing(sent):
    stranger = signed_in(make_user(is_staff=True, is_superuser=True))
    assert [stranger.get(url(action, sent)).status_code for action in ("", "_file")] == [404, 404]
    assert stranger.post(url("_withdraw", sent)).status_code == 404
    sent.refresh_from_db()
    assert sent.withdrawn_at is None


def test_the_file_comes_to_be_stored_and_runs_nowhere(client, sent):
    response = client.get(url("_file", sent))
    assert response.content == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Ada Resume.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        (Delivery.QUEUED, "On its way to Kite Works"),
        (Delivery.DELIVERED, "Sent to Kite Works on"),
        (Delivery.FAILED, "We could not deliver this application"),
    ],
)
def test_the_page_says_how_the_delivery_goes(client, sent, delivery, words):
    Application.objects.update(delivery=delivery, delivery_at=None if delivery == Delivery.QUEUED else timezone.now())
    page = client.get(url("", sent)).content.decode()
    assert f'<h1 class="page-title">{words}' in page
    for part in ("Ada Lovelace", "<p>I sew.</p>", "Ada Resume.pdf", "Withdraw application"):
        assert part in page


def test_withdrawing_is_a_post_that_does_no_harm_twice(client, sent):
    assert client.get(url("_withdraw", sent)).status_code == 405
    for _ in range(2):
        assert client.post(url("_withdraw", sent))["Location"] == url("", sent)
    page = client.get(url("", sent)).content.decode()
    assert "You withdrew this application" in page
    assert "apply again" in page
    assert "Withdraw application" not in page


def test_a_closed_job_offers_no_way_to_apply_again(client, sent):
    withdraw(application=sent)
    Job.objects.get().close()
    assert "apply again" not in client.get(url("", sent)).content.decode()


def test_deleting_the_account_deletes_letter_and_file(ada, sent):
    ada.delete()
    assert not Application.objects.exists()
    assert not type(sent.resume).objects.exists()
    assert Job.objects.exists()


# --- for lists
def test_applied_on_tells_of_the_same_job_under_every_number_in_a_query_for_each_way(ada, job, sent, django_assert_num_queries):
    copy, cousin, other = make_job("2", duplicate_of=job), make_job("3", duplicate_of=job), make_job("4", apply_email="d@kites.example.org")
    with django_assert_num_queries(2):
        found = applied_on(ada.pk, [job.pk, copy.pk, other.pk])
    assert found == {job.pk: sent.sent_at, copy.pk: sent.sent_at}
    apply(make_user(), other)
    assert applied_on(ada.pk, [other.pk, cousin.pk, 10**12]) == {cousin.pk: sent.sent_at}
    withdraw(application=sent)
    assert applied_on(ada.pk, [job.pk, copy.pk]) == {}
    with django_assert_num_queries(0):
        assert applied_on(ada.pk, []) == {}


# --- the area on the job page
def area(client, job):
    return client.get(job.get_absolute_url()).content.decode()


def test_who_applied_sees_that_in_place_of_the_button(client, job, sent):
    page = area(client, job)
    assert "You applied on" in page
    assert sent.get_absolute_url() in page
    assert "Apply with letter" not in page


def test_a_closed_job_has_no_button(client, job):
    job.close()
    assert "Apply with" not in area(client, job)
    away = make_job("2")
    away.close()
    assert "kites.example.org" not in area(client, away)
