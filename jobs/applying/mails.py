"""Mails about an application: two to the employer, two to the person who applied.

Those to the employer are handed to the mail server by the worker itself (`jobs.applying.delivery`): a file of some
megabytes has no place in the queue. All they hold of a person's words is text.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from jobs.models import Application
from kit.mail.letter import send_letter

MAX_SUBJECT = 150


def to_employer(application: Application, data: bytes) -> EmailMessage:
    """Letter and resume (`data`). An answer goes to the person."""
    subject = f"Application for {application.job.title}: {application.name}"
    message = _message(application, "application_for_employer", subject)
    message.attach(application.file_name, data, application.resume.kind)
    return message


def withdrawal(application: Application) -> EmailMessage:
    return _message(application, "application_withdrawn", f"Withdrawn: {application.name}, {application.job.title}")


def confirm(application: Application) -> None:
    _write_to_applicant(application, "application_sent")


def tell_failed(application: Application) -> None:
    _write_to_applicant(application, "application_failed")


def _message(application: Application, name: str, subject: str) -> EmailMessage:
    """The same Message-ID whenever the same mail is made: should it ever go out twice, mail programs show it once."""
    host = urlsplit(settings.SITE_URL).hostname
    context = {"application": application, "job": application.job, **_site(application)}
    return EmailMessage(
        one_line(subject)[:MAX_SUBJECT],
        render_to_string(f"emails/{name}.txt", context).strip() + "\n",
        to=[application.sent_to],
        reply_to=[application.email],
        headers={"Message-ID": f"<{name}.{application.pk}@{host}>"},
    )


def _write_to_applicant(application: Application, name: str) -> None:
    context = {"application": application, "job": application.job, **_site(application)}
    send_letter(f"emails/{name}", to=application.user, context=context)


def _site(application: Application) -> dict[str, str]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.SERVER_EMAIL,
        "job_url": settings.SITE_URL + application.job.get_absolute_url(),
        "application_url": settings.SITE_URL + application.get_absolute_url(),
    }


def one_line(text: str) -> str:
    """For a header: no line break or control character is left."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
