"""What the worker does with an application. Jobs of one application run one after the other (procrastinate's lock).

A mail counts as delivered when the mail server has taken it. Between that and our note of it lies a moment in which a worker
can die; the mail then goes out again under the same Message-ID.
"""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from jobs.applying import mails
from jobs.choices import Delivery
from jobs.models import Application, ResumeFile


def deliver(application_id: int) -> None:
    """Mail it to the employer, unless that is done, given up, or the person has withdrawn or left meanwhile."""
    application = Application.objects.for_page().standing().filter(pk=application_id, delivery=Delivery.QUEUED).first()
    if application is None:
        return
    data = ResumeFile.objects.values_list("data", flat=True).get(pk=application.resume_id)
    _hand_over(mails.to_employer(application, bytes(data)))
    _settle(application_id, Delivery.DELIVERED)


@transaction.atomic
def give_up(application_id: int) -> None:
    """Mark it as failed and tell the person, once."""
    if _settle(application_id, Delivery.FAILED):
        application = Application.objects.for_page().get(pk=application_id)
        if application.withdrawn_at is None:
            mails.tell_failed(application)


def deliver_withdrawal(application_id: int) -> None:
    """Tell the employer, if the application had reached it."""
    application = Application.objects.for_page().filter(pk=application_id, delivery=Delivery.DELIVERED).first()
    if application:
        _hand_over(mails.withdrawal(application))


def _settle(application_id: int, how: Delivery) -> bool:
    waiting = Application.objects.filter(pk=application_id, delivery=Delivery.QUEUED)
    return bool(waiting.update(delivery=how, delivery_at=timezone.now()))


def _hand_over(message: EmailMessage) -> None:
    """To the mail server itself, past the queue: this is the worker."""
    with get_connection(settings.EMAIL_DELIVERY_BACKEND) as connection:
        connection.send_messages([message])
