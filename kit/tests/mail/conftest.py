import pytest
from django.core.mail import EmailMultiAlternatives

from kit.mail import outbox
from kit.models import OutgoingMail


def letter(to="ada@example.org", subject="A kite", text="It flies.\n", html="<p>It flies.</p>", **more):
    message = EmailMultiAlternatives(subject, text, to=[to], **more)
    message.attach_alternative(html, "text/html")
    return message


def put(to="ada@example.org", stream="transactional", **more):
    return outbox.put(letter(to, **more), stream=stream)


def put_many(count, stream="alerts"):
    return [put(f"p{number}@example.org", stream) for number in range(count)]


def row(mail):
    return OutgoingMail.objects.get(pk=mail.pk)


@pytest.fixture
def away(smtp):
    """Nobody listens where the mail server should be."""
    smtp.stop()
