"""Staff see whether applications arrive, and nothing of who wrote them or what is in them."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user, signed_in
from jobs.applying.delivery import APPLICATION
from jobs.choices import Delivery
from jobs.models import Application, JobDay
from jobs.tests.applying.test_delivery import apply
from jobs.tests.factories import make_job
from kit.mail.outbox import late_id
from kit.models import ContentStamp, MailState, OutgoingMail

pytestmark = pytest.mark.django_db
LIST = "admin:jobs_application_changelist"


@pytest.fixture
def sent():
    ContentStamp.objects.get_or_create(pk=1)
    user = make_user("ada@example.org", display_name="Ada")
    job = make_job(apply_url="", apply_email="hiring@kites.example.org")
    return apply(user, job, name="Adalbert Secretname", letter="A secret letter.", file_name="secretfile.pdf")


@pytest.fixture
def admin():
    return signed_in(make_user("admin@example.org", is_staff=True, is_superuser=True))


def test_no_page_shows_the_person_the_letter_the_file_or_the_address(admin, sent):
    for page in (reverse(LIST), reverse("admin:jobs_application_change", args=[sent.pk])):
        text = admin.get(page).content.decode()
        assert "Kite maker" in text
        for secret in ("Secretname", "secret letter", "secretfile", "ada@example.org", "hiring@kites"):
            assert secret not in text, (page, secret)


def test_nothing_can_be_changed_or_deleted(admin, sent):
    page = reverse("admin:jobs_application_change", args=[sent.pk])
    assert admin.post(page, {"delivery": "delivered"}).status_code == 403
    assert admin.post(reverse("admin:jobs_application_delete", args=[sent.pk]), {"post": "yes"}).status_code == 403
    assert Application.objects.get().delivery == Delivery.QUEUED


def test_what_failed_is_sent_again_and_nothing_else(admin, sent):
    other = apply(make_user(), make_job("2", apply_url="", apply_email="b@kites.example.org"))
    Application.objects.filter(pk=sent.pk).update(delivery=Delivery.FAILED, delivery_at=timezone.now())
    gone = {"state": MailState.FAILED, "message": None, "done_at": timezone.now(), "tries": 8}
    OutgoingMail.objects.filter(message__late=APPLICATION, message__key=sent.pk).update(**gone)
    mail.outbox.clear()
    data = {"action": "send_again", "_selected_action": [sent.pk, other.pk]}
    assert "1 are sent again" in admin.post(reverse(LIST), data, follow=True).content.decode()
    sent.refresh_from_db()
    assert sent.delivery == Delivery.QUEUED
    row = OutgoingMail.objects.get(message_id=late_id(APPLICATION, sent.pk))
    assert (row.state, row.tries, row.done_at) == (MailState.WAITING, 0, None)
    assert mail.outbox == []


def test_who_may_only_look_cannot_send(sent):
    from django.contrib.auth.models import Permission

    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_application"))
    Application.objects.update(delivery=Delivery.FAILED, delivery_at=timezone.now())
    signed_in(looker).post(reverse(LIST), {"action": "send_again", "_selected_action": [sent.pk]})
    sent.refresh_from_db()
    assert sent.delivery == Delivery.FAILED


def test_the_page_of_a_job_counts_those_who_left_and_those_who_applied(admin, sent):
    JobDay.objects.create(job=sent.job, day="2026-01-01", leaves=40)
    JobDay.objects.create(job=sent.job, day="2026-01-02", leaves=2)
    text = admin.get(reverse("admin:jobs_job_change", args=[sent.job_id])).content.decode()
    assert '<div class="readonly">42</div>' in text
    assert '<div class="readonly">1</div>' in text


def test_deleting_a_person_takes_their_applications_along(admin, sent):
    page = reverse("admin:accounts_user_delete", args=[sent.user_id])
    assert "would require deleting" not in admin.get(page).content.decode()
    assert admin.post(page, {"post": "yes"}).status_code == 302
    assert not Application.objects.exists()
