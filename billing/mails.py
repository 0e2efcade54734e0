"""Mails about Plus, one function each. Called inside the transaction of the change: the mail queue commits with it."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from billing import plans
from billing.models import Account, Milestone
from billing.standing import paid_until
from kit.mail.letter import send_letter


def send_for(account: Account, kind: Milestone.Kind) -> None:
    """The mail that belongs to a milestone, if one does and somebody is there to read it."""
    write = _MAILS.get(kind)
    if write and account.user and account.user.is_active:
        write(account)


def welcome(account: Account) -> None:
    _send(account, "plus_started", adds=plans.added_by_plus(), renews_at=account.paid_through)


def payment_failed(account: Account) -> None:
    _send(account, "plus_payment_failed", until=paid_until(account))


def canceled(account: Account) -> None:
    _send(account, "plus_canceled", until=account.ends_at)


def ended(account: Account) -> None:
    gift = account.grants.in_force(timezone.now()).order_by("-until").first()
    _send(account, "plus_ended", is_disputed=account.disputed_at is not None, granted_until=gift and gift.until)


_MAILS: dict[Milestone.Kind, Callable[[Account], None]] = {
    Milestone.Kind.STARTED: welcome,
    Milestone.Kind.PAYMENT_FAILED: payment_failed,
    Milestone.Kind.CANCELED: canceled,
    Milestone.Kind.ENDED: ended,
}


def _send(account: Account, name: str, **context: object) -> None:
    if account.user is None:
        return
    price = plans.amount_in_words(account.amount, account.currency) if account.amount is not None else plans.PRICE.short
    links = {
        "billing_url": settings.SITE_URL + reverse("billing:account"),
        "pricing_url": settings.SITE_URL + reverse("billing:pricing"),
    }
    send_letter(f"emails/{name}", to=account.user, context={"price": price, **links, **context})
