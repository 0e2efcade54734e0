"""The page of one application: history, facts, and what hangs on it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApplicationDocument, DocumentFile, Interview
from accounts.models.tracking_words import Status
from accounts.tests.factories import signed_in
from accounts.tests.tracker.factories import key, make_tracked, seen
from accounts.tracker import documents
from accounts.tracker.documents import DocumentRefused, read_document
from accounts.tracker.history import record
from jobs.tests.files import pdf

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def client(member):
    return signed_in(member)


@pytest.fixture
def application(member):
    return make_tracked(member, title="Sail maker", employer="Sails")


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def event(application, **more):
    return {"status": "interviewing", "day": timezone.localdate().isoformat(), "note": "", "seen": seen(application), "key": key()} | more


def test_an_entry_is_added_once(client, application):
    data = event(application, note="They called.")
    answers = [client.post(url("event_add", application.pk), data) for _ in range(2)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, application.get_absolute_url())}
    assert application.events.count() == 2
    assert "They called." in client.get(application.get_absolute_url()).text


def test_an_entry_in_the_future_is_refused_beside_its_field(client, application):
    answer = client.post(url("event_add", application.pk), event(application, day="2999-01-01"))
    assert answer.status_code == 422
    assert "still to come" in answer.text


def test_an_entry_of_a_tab_that_is_behind_is_offered_again_with_its_note(client, application):
    data = event(application, note="My words.")
    record(application, Status.REJECTED)
    answer = client.post(url("event_add", application.pk), data)
    assert answer.status_code == 409
    assert "My words." in answer.text
    assert "Rejected" in answer.text
    assert application.events.count() == 2


def test_an_entry_is_corrected_taken_out_and_brought_back(client, application):
    made = record(application, Status.OFFER)
    client.post(url("event_correct", application.pk, made.pk), event(application, status="rejected", note="Misread."))
    application.refresh_from_db()
    assert application.status == Status.REJECTED
    assert "Before: Offer" in client.get(application.get_absolute_url()).text
    last = application.events.order_by("-pk").first()
    client.post(url("event_remove", application.pk, last.pk), {"seen": seen(application), "key": key()})
    application.refresh_from_db()
    assert application.status == Status.APPLIED
    last = application.events.order_by("-pk").first()
    client.post(url("event_undo", application.pk, last.pk), {"seen": seen(application), "key": key()})
    application.refresh_from_db()
    assert application.status == Status.REJECTED


def test_a_form_without_a_key_is_refused(client, application):
    assert client.post(url("event_add", application.pk), event(application, key="x")).status_code == 400
    assert application.events.count() == 1


def test_facts_and_note_are_changed(client, application):
    page = client.get(url("application_edit", application.pk))
    data = page.context["form"].initial | {"note": "Ask about\r\nholidays."}
    assert client.post(url("application_edit", application.pk), data).status_code == 302
    application.refresh_from_db()
    assert application.note == "Ask about\nholidays."


def test_a_note_that_another_tab_changed_is_not_overwritten_unseen(client, application):
    first = client.get(url("application_edit", application.pk)).context["form"].initial
    client.post(url("application_edit", application.pk), first | {"note": "Of the other tab."})
    answer = client.post(url("application_edit", application.pk), first | {"note": "Of this tab."})
    assert answer.status_code == 409
    assert "Of the other tab." in answer.text
    assert "Of this tab." in answer.text
    application.refresh_from_db()
    assert application.note == "Of the other tab."
    again = first | {"note": "Of this tab.", "state": answer.context["form"]["state"].value()}
    assert client.post(url("application_edit", application.pk), again).status_code == 302
    application.refresh_from_db()
    assert application.note == "Of this tab."


def test_a_second_click_on_save_is_no_conflict(client, application):
    first = client.get(url("application_edit", application.pk)).context["form"].initial
    assert [client.post(url("application_edit", application.pk), first | {"note": "N"}).status_code for _ in range(2)] == [302, 302]


def salary(**more):
    return {"salary_minimum": "", "salary_maximum": "", "salary_currency": "", "salary_period": ""} | more


def test_the_salary_is_kept_as_it_was_said(client, application):
    state = client.get(url("application_salary", application.pk)).context["form"].initial["state"]
    data = salary(salary_minimum="18.50", salary_currency="usd", salary_period="HOUR", state=state)
    assert client.post(url("application_salary", application.pk), data).status_code == 302
    application.refresh_from_db()
    assert application.salary_minimum == Decimal("18.50")
    assert "From $18.50 an hour" in client.get(application.get_absolute_url()).text


@pytest.mark.parametrize(
    "bad",
    [
        salary(salary_minimum="many"),
        salary(salary_minimum="-1", salary_currency="USD", salary_period="HOUR"),
        salary(salary_minimum="20"),
        salary(salary_minimum="20", salary_currency="XXQ", salary_period="HOUR"),
        salary(salary_minimum="20", salary_maximum="10", salary_currency="USD", salary_period="HOUR"),
        salary(salary_minimum="1e99", salary_currency="USD", salary_period="HOUR"),
        salary(salary_minimum="NaN", salary_currency="USD", salary_period="HOUR"),
    ],
)
def test_a_salary_that_cannot_be_is_refused(client, application, bad):
    state = client.get(url("application_salary", application.pk)).context["form"].initial["state"]
    assert client.post(url("application_salary", application.pk), bad | {"state": state}).status_code == 422


PARTS = {
    "contacts": {"name": "Ada", "email": "ada@sails.example.org", "note": "Friendly."},
    "tasks": {"text": "Send thanks", "due_on": "2026-12-01"},
    "interviews": {
        "kind": "video",
        "day": "2026-12-02",
        "at": "14:30",
        "zone": "America/New_York",
        "minutes": "45",
        "place": "https://meet.example.org/a",
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_added_once_changed_removed_and_brought_back(client, application, part):
    data = PARTS[part] | {"key": key()}
    assert client.get(url("part_add", application.pk, part)).status_code == 200
    answers = [client.post(url("part_add", application.pk, part), data) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    rows = {"contacts": application.contacts, "tasks": application.applicationtasks, "interviews": application.interviews}[part]
    made = rows.get()
    edit = url("part_edit", application.pk, part, made.pk)
    form = client.get(edit).context["form"]
    assert client.post(edit, data | {"state": form.initial["state"]}).status_code == 302
    assert rows.count() == 1
    client.post(url("part_remove", application.pk, part, made.pk))
    assert client.get(edit).status_code == 404
    assert client.get(url("part_restore", application.pk, part, made.pk)).status_code == 200
    client.post(url("part_restore", application.pk, part, made.pk))
    assert client.get(edit).status_code == 200


@pytest.mark.parametrize("part", [*PARTS, "documents"])
def test_a_part_of_somebody_else_is_not_there(application, stranger, part):
    theirs = signed_in(stranger)
    for name, args in (("part_add", []), ("part_edit", [1]), ("part_remove", [1]), ("part_restore", [1])):
        assert theirs.post(url(name, application.pk, part, *args), {"key": key()}).status_code == 404


def test_an_interview_keeps_its_moment_and_its_clocks(client, application):
    client.post(url("part_add", application.pk, "interviews"), PARTS["interviews"] | {"key": key()})
    made = Interview.objects.get()
    assert made.starts_at.isoformat() == "2026-12-02T19:30:00+00:00"
    assert made.there_in_words == "December 2, 2:30 PM"
    page = client.get(application.get_absolute_url()).text
    assert "December 2, 2026, 7:30 p.m." in page or "December 2, 2026, 7:30 PM" in page
    assert "2:30 PM in New York" in page
    assert "Move to Interviewing" in page


def test_a_time_that_the_clocks_skip_is_refused(client, application):
    bad = PARTS["interviews"] | {"day": "2027-03-14", "at": "02:30", "key": key()}
    answer = client.post(url("part_add", application.pk, "interviews"), bad)
    assert answer.status_code == 422
    assert "clocks are put forward" in answer.text


def test_a_changed_interview_counts_up(client, application):
    client.post(url("part_add", application.pk, "interviews"), PARTS["interviews"] | {"key": key()})
    made = Interview.objects.get()
    state = client.get(url("part_edit", application.pk, "interviews", made.pk)).context["form"].initial["state"]
    client.post(url("part_edit", application.pk, "interviews", made.pk), PARTS["interviews"] | {"at": "15:00", "state": state})
    made.refresh_from_db()
    assert (made.version, made.starts_at.hour) == (1, 20)


def test_a_task_is_done_and_opened_again(client, application):
    client.post(url("part_add", application.pk, "tasks"), PARTS["tasks"] | {"key": key()})
    task = application.applicationtasks.get()
    client.post(url("task_done", application.pk, task.pk))
    task.refresh_from_db()
    done_at = task.done_at
    client.post(url("task_done", application.pk, task.pk))
    task.refresh_from_db()
    assert task.done_at == done_at is not None
    client.post(url("task_done", application.pk, task.pk), {"done": "0"})
    task.refresh_from_db()
    assert task.done_at is None


def upload(client, application, data, name="notes.txt"):
    return client.post(url("part_add", application.pk, "documents"), {"file": SimpleUploadedFile(name, data), "key": key()})


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (pdf(), "a.exe", "a.pdf"),
        ("Größe\n".encode(), "../../etc/pass wd<script>.html", "pass wd script.txt"),
        (PNG, "x.jpg", "x.png"),
    ],
)
def test_a_document_is_kept_and_given_out_safely(client, application, stranger, data, name, kept):
    assert upload(client, application, data, name).status_code == 302
    made = ApplicationDocument.objects.get()
    assert made.name == kept
    answer = client.get(url("document_file", application.pk, made.pk))
    assert answer.content == data
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in(stranger).get(url("document_file", application.pk, made.pk)).status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90\x00\x03", b"\x00\x01", b"%PDF-1.7 broken", PNG[:40], b"<svg/>\x00", b"\xff\xfe\x00a", b"x" * (5 * 1024 * 1024 + 1)],
)
def test_what_is_no_document_is_refused(client, application, data):
    assert upload(client, application, data).status_code == 422
    assert not ApplicationDocument.objects.exists()
    assert not DocumentFile.objects.exists()


def test_a_picture_that_unfolds_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MAX_PIXELS", 0)
    with pytest.raises(DocumentRefused, match="pixels"):
        read_document(PNG, "a.png")


def test_there_is_room_for_a_number_of_files(client, application, monkeypatch):
    monkeypatch.setattr(documents, "MOST_FILES", 1)
    assert upload(client, application, b"one").status_code == 302
    assert upload(client, application, b"two").status_code == 422


def test_there_is_room_for_an_amount_of_files(client, application, monkeypatch):
    monkeypatch.setattr(documents, "MOST_BYTES", 5)
    assert upload(client, application, b"one").status_code == 302
    assert "All your files together" in upload(client, application, b"two").text


def test_a_week_without_an_answer_offers_a_draft(client, member):
    application = make_tracked(member, title="Kite & sail maker", at=timezone.now() - timedelta(days=8))
    application.contacts.create(name="Ada", email="ada+jobs@sails.example.org")
    page = client.get(application.get_absolute_url())
    assert "No answer for 8 days" in page.text
    draft = page.context["page"].follow_up.mailto
    assert draft.startswith("mailto:ada%2Bjobs@sails.example.org?subject=My%20application%3A%20Kite%20%26%20sail%20maker&body=Hello%20Ada")
    record(application, Status.INTERVIEWING)
    assert "No answer for" not in client.get(application.get_absolute_url()).text
