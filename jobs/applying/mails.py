"""Mails about an application: two to the employer, two to the person who applied.

Those to the employer are written when the worker hands them over (`jobs.applying.delivery`): a file of some megabytes has no
place in the outbox. All they hold of a person's words is text.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from jobs.models import Application
from kit.mail.letter import send_letter
from kit.mail.outbox import late_id
from kit.models import MailState
from kit.text import one_line

MAX_SUBJECT = 150


def to_employer(application: Application, data: bytes) -> EmailMultiAlternatives:
    """Letter and resume (`data`). An answer goes to the person."""
    subject = f"Application for {application.job.title}: {application.name}"
    message = _message(application, "application_for_employer", subject)
    message.attach(application.file_name, data, application.resume.kind)
    return message


def withdrawal(application: Application) -> EmailMultiAlternatives:
    return _message(application, "application_withdrawn", f"Withdrawn: {application.name}, {application.job.title}")


def confirm(application: Application) -> None:
    _write_to_applicant(application, "application_sent")


def tell_failed(application: Application, how: MailState) -> None:
    """`how`: refused by their mail server, given up after the last try, or unknown: its answer was lost."""
    _write_to_applicant(application, "application_failed", is_refused=how == MailState.REFUSED, is_unknown=how == MailState.UNKNOWN)


def _message(application: Application, name: str, subject: str) -> EmailMultiAlternatives:
    """The same Message-ID whenever the same mail is made: should it ever go out twice, mail programs show it once."""
    context = {"application": application, "job": application.job, **_site(application)}
    message = EmailMultiAlternatives(
        one_line(subject, MAX_SUBJECT),
        render_to_string(f"emails/{name}.txt", context).strip() + "\n",
        to=[application.sent_to],
        reply_to=[application.email],
        headers={"Message-ID": late_id(name, application.pk)},
    )
    message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    return message


def _write_to_applicant(application: Application, name: str, **about: bool) -> None:
    context = {"application": application, "job": application.job, **_site(application), **about}
    send_letter(f"emails/{name}", to=application.user, context=context)


def _site(application: Application) -> dict[str, str]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.SERVER_EMAIL,
        "job_url": settings.SITE_URL + application.job.get_absolute_url(),
        "application_url": settings.SITE_URL + application.get_absolute_url(),
    }
