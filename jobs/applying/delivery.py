"""What becomes of an application's mails. The outbox (`kit.mail`) holds their number only: a file of some megabytes has no place there.

The worker writes them when it hands them over, and tells us how it ended. A mail that goes out twice has the same Message-ID.
"""

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from jobs.applying import mails
from jobs.choices import Delivery
from jobs.models import Application, ResumeFile
from kit.mail import outbox
from kit.mail.late import Late
from kit.models import MailState, OutgoingMail

APPLICATION = "application_for_employer"
WITHDRAWAL = "application_withdrawn"


def queue(application: Application) -> None:
    outbox.put_late(APPLICATION, application.pk, to=application.sent_to)


def queue_withdrawal(application: Application) -> None:
    outbox.put_late(WITHDRAWAL, application.pk, to=application.sent_to)


def write(application_id: int) -> EmailMessage | None:
    """For the employer, unless that is done, given up, or the person has withdrawn or left meanwhile."""
    application = Application.objects.for_page().standing().filter(pk=application_id, delivery=Delivery.QUEUED).first()
    if application is None:
        return None
    data = ResumeFile.objects.values_list("data", flat=True).get(pk=application.resume_id)
    return mails.to_employer(application, bytes(data))


def write_withdrawal(application_id: int) -> EmailMessage | None:
    """If the application has reached the employer. When that is known only later, `settled` asks again."""
    application = Application.objects.for_page().filter(pk=application_id, delivery=Delivery.DELIVERED).first()
    return mails.withdrawal(application) if application else None


@transaction.atomic
def settled(application_id: int, mail: OutgoingMail) -> None:
    """What the mail server may have taken counts as delivered when it is withdrawn meanwhile: the employer is told.

    The update comes first: it waits for a withdrawal that is being written, and one that comes after it finds it delivered.
    """
    may_have_arrived = mail.state == MailState.SENT or (mail.state == MailState.SKIPPED and mail.lost)
    if mail.state == MailState.SKIPPED and not mail.lost:
        return
    if not _settle(application_id, Delivery.DELIVERED if may_have_arrived else Delivery.FAILED):
        return
    application = Application.objects.for_page().get(pk=application_id)
    if application.withdrawn_at is None and not may_have_arrived:
        mails.tell_failed(application, MailState.UNKNOWN if mail.lost else MailState(mail.state))
    elif application.withdrawn_at and may_have_arrived:
        queue_withdrawal(application)


def nothing_to_note(application_id: int, mail: OutgoingMail) -> None:
    """A withdrawal is settled on our side whether the employer reads of it or not."""


KINDS = {APPLICATION: Late(write, settled), WITHDRAWAL: Late(write_withdrawal, nothing_to_note)}


def _settle(application_id: int, how: Delivery) -> bool:
    waiting = Application.objects.filter(pk=application_id, delivery=Delivery.QUEUED)
    return bool(waiting.update(delivery=how, delivery_at=timezone.now()))
