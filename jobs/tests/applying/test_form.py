"""The form: who gets it, what it refuses, and that nothing typed is lost."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_user, signed_in
from jobs.choices import Ending, State
from jobs.models import Application, Job, ResumeFile
from jobs.tests.factories import make_job
from jobs.tests.files import docx, pdf, upload

pytestmark = pytest.mark.django_db

LETTER = "I have sewn kites for ten years.\n\nThey flew."


def address(job):
    return reverse("jobs:apply", args=[job.pk, job.slug])


def filled(**changes):
    return {"name": "Ada Lovelace", "phone": "+49 421 1234", "letter": LETTER, "resume": upload()} | changes


def send(client, job, **changes):
    data = {name: value for name, value in filled(**changes).items() if value is not None}
    return client.post(address(job), data)


# --- the way to the form
def test_a_visitor_signs_in_and_is_at_the_form(job, ada):
    visitor = Client()
    response = visitor.get(address(job))
    assert response["Location"] == f"{reverse('account_login')}?next={address(job)}"
    response = visitor.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD, "next": address(job)})
    assert response["Location"] == address(job)
    page = visitor.get(address(job)).content.decode()
    assert 'value="Ada Lovelace"' in page
    assert "ada@example.org" in page


def test_the_address_of_the_employer_is_nowhere(job, client):
    send(client, job)
    pages = [address(job), job.get_absolute_url(), Application.objects.get().get_absolute_url()]
    for page in pages:
        assert "hiring@kites" not in client.get(page, follow=True).content.decode()


def test_another_title_in_the_address_leads_to_the_true_one(job, client):
    assert client.get(reverse("jobs:apply", args=[job.pk, "old-title"]))["Location"] == address(job)


@pytest.mark.parametrize("state", [None, State.HELD])
def test_what_is_not_public_is_not_found(state, client, job):
    Job.objects.filter(pk=job.pk).update(state=state or State.OPEN)
    where = address(job) if state else reverse("jobs:apply", args=[10**15, "nothing"])
    assert client.get(where).status_code == client.post(where, filled()).status_code == 404


# --- sending
def test_an_application_is_kept_as_it_was_sent(job, client, ada):
    response = send(client, job)
    application = Application.objects.get()
    assert response["Location"] == application.get_absolute_url()
    assert (application.user, application.job, application.name, application.email) == (ada, job, "Ada Lovelace", "ada@example.org")
    assert (application.phone, application.letter, application.file_name) == ("+49 421 1234", LETTER, "Ada Resume.pdf")
    assert bytes(application.resume.data) == pdf()
    assert (application.delivery, application.withdrawn_at) == ("queued", None)
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert mail.outbox[0].subject == "Your application: Kite maker, Kite Works"


def test_a_docx_goes_too_and_the_phone_may_be_left_out(job, client):
    assert send(client, job, phone="", resume=upload(docx(), "cv.docx", "application/x-anything")).status_code == 302
    application = Application.objects.get()
    assert (application.phone, application.resume.get_kind_display(), application.file_name) == ("", "DOCX", "cv.docx")


def test_the_same_file_for_two_jobs_is_kept_once(job, client):
    send(client, job)
    send(client, make_job("2", apply_email="b@kites.example.org"))
    assert (Application.objects.count(), ResumeFile.objects.count()) == (2, 1)


def test_the_address_to_answer_to_is_the_accounts_whatever_is_posted(job, client):
    send(client, job, email="boss@example.com", user="1", sent_to="x@example.com", delivery="delivered")
    application = Application.objects.get()
    assert (application.email, application.sent_to, application.delivery) == ("ada@example.org", "hiring@kites.example.org", "queued")


# --- what comes back
REFUSED = {
    "no name": ({"name": "  "}, "Enter your name"),
    "long name": ({"name": "x" * 121}, "120 characters at most"),
    "header in name": ({"name": "Ada\r\nBcc: all@example.org"}, "line break or an invisible character"),
    "reversed name": ({"name": "Ada \u202ecod.exe"}, "line break or an invisible character"),
    "no phone": ({"phone": "call me"}, "A phone number has digits"),
    "header in phone": ({"phone": "1\r\n2"}, "A phone number has digits"),
    "no letter": ({"letter": ""}, "Write a few lines"),
    "long letter": ({"letter": "x" * 5001}, "5,000 characters at most. This one has 5001"),
    "nul": ({"letter": "a\0b"}, "Null characters"),
    "no file": ({"resume": None}, "Choose your resume"),
    "empty file": ({"resume": upload(b"")}, "The file is empty"),
    "a program": ({"resume": upload(b"MZ\x90\0" * 99)}, "neither a PDF nor a DOCX"),
    "6 MB": ({"resume": upload(pdf(padding=6_100_000))}, "5.8 MB; at most 5 MB"),
    "20 MB": ({"resume": upload(pdf(padding=20_000_000))}, "19.1 MB; at most 5 MB"),
    "encrypted": ({"resume": upload(pdf(trailer="/Encrypt 9 0 R"))}, "encrypted"),
    "macros": ({"resume": upload(docx(word__vbaProject_bin=b"x"))}, "macros"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_form_comes_back_with_words_beside_the_field_and_all_that_was_typed(what, job, client):
    changes, words = REFUSED[what]
    response = send(client, job, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(words) == 2, "in the summary and beside the field"
    assert 'aria-invalid="true"' in page
    assert "Error: Apply" in page
    if "letter" not in changes:
        assert LETTER.splitlines()[0] in page
    if "phone" not in changes:
        assert "+49 421 1234" in page
    assert (Application.objects.count(), ResumeFile.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_a_post_of_nothing_is_a_form_with_errors(job, client):
    for answer in (client.post(address(job)), client.post(address(job), b"{}", content_type="application/json")):
        assert answer.status_code == 422
        assert "Choose your resume" in answer.content.decode()


def test_a_good_file_must_be_chosen_again_and_the_form_says_so(job, client):
    page = send(client, job, name="").content.decode()
    assert page.count("Choose your file again") == 2


def test_a_letter_of_5000_characters_is_counted_as_the_browser_counts(job, client):
    letter = "a\r\n" * 2499 + "ab"
    assert send(client, job, letter=letter).status_code == 302
    assert Application.objects.get().letter == letter.replace("\r\n", "\n")


def test_markup_stays_text(job, client):
    hostile = "<script>alert(1)</script>{{ 7|add:42 }}"
    send(client, job, letter=hostile, name=hostile)
    page = client.get(Application.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:42 }}" in page


def test_it_needs_the_token(job, ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert send(client, job).status_code == 403
    assert not Application.objects.exists()


# --- no form
def stopped(response, status, words):
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "<form class" not in page.partition("<main")[2].partition("</main>")[0]
    assert not Application.objects.exists()
    return page


def test_a_job_that_closed_meanwhile_gives_the_letter_back(job, client):
    Job.objects.open().end(Ending.OVER)
    page = stopped(send(client, job), 410, "This job has closed")
    assert "They flew." in page
    assert "readonly" in page
    stopped(client.get(address(job)), 410, "This job has closed")


def test_a_job_that_now_takes_applications_elsewhere_gives_the_letter_back(job, client):
    Job.objects.update(apply_email="", apply_url="https://kites.example.org/1")
    assert "They flew." in stopped(send(client, job), 410, "One applies elsewhere")


def test_a_session_that_ran_out_gives_the_letter_back_and_leads_to_the_form(job):
    page = stopped(send(Client(), job), 403, "Sign in to apply")
    assert "They flew." in page
    assert f"{reverse('account_login')}?next=" in page


def test_an_address_that_nobody_confirmed_is_to_be_confirmed_first(job):
    newcomer = make_user("new@example.org", verified=False)
    client = signed_in(newcomer)
    page = stopped(send(client, job), 403, "Confirm new@example.org first")
    assert "They flew." in page
    assert reverse("account_email") in page
    EmailAddress.objects.update(verified=True)
    assert send(client, job).status_code == 302


def test_a_confirmed_address_that_is_not_the_accounts_is_not_enough(job):
    newcomer = make_user("new@example.org", verified=False)
    EmailAddress.objects.create(user=newcomer, email="other@example.org", verified=True)
    stopped(send(signed_in(newcomer), job), 403, "Confirm")


def test_markup_in_a_letter_that_comes_back_stays_text(job, client):
    Job.objects.open().end(Ending.OVER)
    page = send(client, job, letter="</textarea><script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


# --- once
def test_who_applied_is_told_when_and_sees_what_was_sent(job, client, time_machine):
    time_machine.move_to("2026-11-03 12:00+00:00")
    Job.objects.update(posted_at="2026-11-01T00:00Z")
    send(client, job)
    time_machine.move_to("2026-11-05 12:00+00:00")
    where = Application.objects.get().get_absolute_url()
    assert client.get(address(job))["Location"] == send(client, job)["Location"] == where
    page = client.get(where).content.decode()
    assert "You applied on November 3, 2026." in page
    assert Application.objects.count() == 1


def test_the_same_job_from_another_source_counts_as_applied(job, client):
    other = make_job("2", apply_email="b@kites.example.org", duplicate_of=job)
    third = make_job("3", apply_email="b@kites.example.org", duplicate_of=job)
    send(client, other)
    for same in (job, other, third):
        send(client, same)
        assert client.get(address(same)).status_code == 302
    assert Application.objects.count() == 1


def test_others_may_apply_too(job, client):
    send(client, job)
    send(signed_in(make_user()), job)
    assert Application.objects.count() == 2
