"""Mails of signing in. Their words stand in allauth's text templates; the HTML part is made of the same text, so both say the same."""

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

WRAPPED_FROM = 80  # letters: the next line goes on with the sentence of one that is as long


def with_html(message: EmailMultiAlternatives) -> EmailMultiAlternatives:
    """Give a mail of text its HTML part, in our frame. Only our own addresses become links: a user agent may hold one, too."""
    *paragraphs, _name_and_address = str(message.body).strip().split("\n\n")  # the frame has the last one
    context = {
        "subject": message.subject,
        "paragraphs": [[(line, line.startswith(settings.SITE_URL)) for line in _lines(paragraph)] for paragraph in paragraphs],
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    message.attach_alternative(render_to_string("account/email/message.html", context), "text/html")
    return message


def _lines(paragraph: str) -> Iterator[str]:
    """The lines of a paragraph as they are meant: a wrapped sentence is one line."""
    line = ""
    for part in paragraph.split("\n"):
        if line and (len(line) < WRAPPED_FROM or part.startswith("http")):
            yield line
            line = part
        else:
            line = f"{line} {part}".strip()
    yield line
