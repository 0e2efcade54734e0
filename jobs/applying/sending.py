"""Sending an application, withdrawing it, and sending it again: each is one transaction and harmless when repeated."""

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from jobs.applying import delivery, listeners, mails
from jobs.applying.limits import wait_until
from jobs.applying.resume import Resume
from jobs.applying.standing import application_for
from jobs.choices import Delivery
from jobs.models import Application, Job, ResumeFile

if TYPE_CHECKING:
    from accounts.models import User


class AlreadyApplied(Exception):
    def __init__(self, application: Application) -> None:
        super().__init__(f"applied in {application}")
        self.application = application


class TooMany(Exception):
    """The account sent too much in too short a time; `until` says when it may go on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"nothing before {until}")
        self.until = until


def has_confirmed_address(user: "User") -> bool:
    """Only such an address goes to an employer as the one to answer to."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


@transaction.atomic
def send_application(*, user: "User", job: Job, name: str, phone: str, letter: str, resume: Resume) -> Application:
    """Keep it, queue the mail to the employer, and confirm it to the person. Raises AlreadyApplied and TooMany."""
    # One at a time for each person: guard and limits count rows, and a second click must see those of the first.
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)
    if application := application_for(user, job):
        raise AlreadyApplied(application)
    if until := wait_until(user, job):
        raise TooMany(until)
    application = Application.objects.create(
        user=user,
        job=job,
        name=name,
        email=user.email,
        phone=phone,
        letter=letter,
        resume=_kept(user, resume),
        file_name=resume.file_name,
        sent_to=job.apply_email,
    )
    delivery.queue(application)
    mails.confirm(application)
    for told in listeners.on_sent:
        told(application)
    return application


@transaction.atomic
def withdraw(*, application: Application) -> bool:
    """Whether it was standing until now. The employer is told if the mail has left or leaves meanwhile."""
    changed = Application.objects.standing().filter(pk=application.pk).update(withdrawn_at=timezone.now())
    if changed:
        delivery.queue_withdrawal(application)
        for told in listeners.on_withdrawn:
            told(application)
    return bool(changed)


@transaction.atomic
def send_again(*, application: Application) -> bool:
    """Queue one that failed, to the address that the job states now. Whether there was anything to do."""
    address = application.job.apply_email or application.sent_to
    failed = Application.objects.standing().filter(pk=application.pk, delivery=Delivery.FAILED)
    changed = failed.update(delivery=Delivery.QUEUED, delivery_at=None, sent_to=address)
    if changed:
        application.sent_to = address
        delivery.queue(application)
    return bool(changed)


def _kept(user: "User", resume: Resume) -> ResumeFile:
    values = {"kind": resume.kind, "size": len(resume.data), "data": resume.data}
    return ResumeFile.objects.defer("data").get_or_create(user=user, sha256=resume.sha256, defaults=values)[0]
