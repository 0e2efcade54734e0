"""Asking what became of an application: when, how often, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from accounts.models import Contact, TrackedApplication
from accounts.models.tracking_words import Status
from jobs.page.words import date

WAIT = timedelta(days=7)  # without an answer
MOST = 2  # nudges of one application


@dataclass(frozen=True)
class FollowUp:
    """`mailto`: a draft in the reader's own mail program; we send nothing."""

    days: int
    mailto: str


def follow_up(application: TrackedApplication, contacts: Sequence[Contact], now: datetime) -> FollowUp | None:
    """None while it is too early, or when it is no longer about waiting for an answer."""
    waited = now - application.status_at
    if application.status != Status.APPLIED or waited < WAIT:
        return None
    return FollowUp(waited.days, mailto(application, contacts))


def mailto(application: TrackedApplication, contacts: Sequence[Contact]) -> str:
    """To the first contact with an address; without one, to be filled in. RFC 6068: everything is percent-encoded, lines end in CRLF."""
    to = next((contact for contact in contacts if contact.email), None)
    hello = f"Hello {to.name}," if to else "Hello,"
    text = (
        f"{hello}\r\n\r\n"
        f"I applied for the position {application.title} on {date(application.status_at)}. "
        "I am still very interested and would like to know whether there is any news, or anything else that you need from me.\r\n\r\n"
        "Thank you for your time.\r\n"
    )
    address = quote(to.email, safe="@") if to else ""
    return f"mailto:{address}?subject={quote(f'My application: {application.title}', safe='')}&body={quote(text, safe='')}"
