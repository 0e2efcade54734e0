"""What visitors ask for: a mail to the address, and the alert once its owner says yes."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from accounts.zones import known
from alerts.asking import Asked, in_words
from alerts.links import confirm_url
from alerts.models import Alert, Subscriber, Wish
from alerts.people import confirm_address
from alerts.writing import add, start_with
from kit.mail.letter import send_letter

_PLAIN = re.compile(r"[\w\s,'’&+#-]{1,60}")  # nothing that a mail program makes a link of


@dataclass(frozen=True)
class Stranger:
    """Who reads the mail: somebody of whom we know an address."""

    email: str
    time_zone: str


@transaction.atomic
def ask_to_confirm(asked: Asked, *, name: str, email: str, zone: str) -> None:
    """Write one row and one mail, the same for every address: so neither answer nor time tells who has an account."""
    wish = Wish.objects.create(email=email, time_zone=known(zone), name=name, query=asked.query, guide=asked.guide)
    context = {"wanted": said_in_mail(asked), "is_guide": asked.guide is not None, "confirm_url": confirm_url(wish)}
    send_letter("emails/alert_confirm", to=Stranger(wish.email, wish.time_zone), context=context)


def said_in_mail(asked: Asked) -> str:
    """What is asked for, in words of ours. Whoever asks may have typed a stranger's address, so of what was typed only short plain
    words go into the mail, and the name of the alert does not.
    """
    if asked.results is None:
        return asked.words
    search = asked.results.search
    harmless = replace(search, q=_harmless(search.q), where=_harmless(search.where), without=_harmless(search.without))
    return in_words(harmless, asked.results.facets)


def _harmless(typed: str) -> str:
    return typed if _PLAIN.fullmatch(typed) else ""


@transaction.atomic
def confirm_wish(wish: Wish, now: datetime) -> tuple[Subscriber, Alert | None]:
    """Make the alert; None when that was done before and it was removed since. Raises TooMany.

    Other alerts of the person stay as they are, but where everything was stopped: then this one alone is on.
    """
    locked = Wish.objects.select_for_update(of=["self"]).select_related("guide").get(pk=wish.pk)
    subscriber = confirm_address(locked.email, locked.time_zone, now)
    if locked.confirmed_at is not None:
        return subscriber, subscriber.alerts.kept().filter(query=locked.query, guide=locked.guide).first()
    alert, _ = add(subscriber, name=locked.name, query=locked.query, guide=locked.guide)
    start_with(alert, now)
    locked.confirmed_at = now
    locked.save(update_fields=["confirmed_at"])
    return subscriber, alert
