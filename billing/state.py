"""From Stripe's answer to our row, and from one row to what changed. Pure: no query, no network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from billing.answers import Subscription
from billing.models import Account, Milestone
from billing.plans import Plan
from billing.standing import LIVE_STATUSES, gives_plus

Kind = Milestone.Kind

# Which subscription speaks for the person when there are several: the one that gives most.
_RANKS = ("active", "trialing", "past_due", "unpaid", "paused", "incomplete", "canceled", "incomplete_expired")


@dataclass(frozen=True)
class Before:
    """What the row said before it was written."""

    is_member: bool
    subscription_id: str
    status: str
    ends_at: datetime | None

    @classmethod
    def of(cls, account: Account) -> "Before":
        return cls(account.is_member, account.subscription_id, account.status, account.ends_at)


def of_plus(subscriptions: Iterable[Subscription], product: str) -> list[Subscription]:
    """Those that sell Plus, best first. By product, never by price: prices are replaced, and old ones go on being paid."""
    ours = [one for one in subscriptions if product in one.products]
    return sorted(ours, key=lambda one: (_rank(one.status), -(one.period_end.timestamp() if one.period_end else 0)))


def _rank(status: str) -> int:
    return _RANKS.index(status) if status in _RANKS else len(_RANKS)


def is_live(subscription: Subscription) -> bool:
    """Whether it may still take money: nothing is sold beside it."""
    return subscription.status in LIVE_STATUSES


def fill(account: Account, ours: Sequence[Subscription], now: datetime) -> None:
    """Write Stripe's word into the row (not yet into the database). `ours`: subscriptions of Plus, best first."""
    best = ours[0] if ours else None
    account.subscription_id = best.id if best else ""
    account.status = best.status if best else ""
    account.plan = Plan.PLUS if best else Plan.FREE
    account.period_start = best.period_start if best else None
    account.paid_through = best.period_end if best else None
    account.ends_at = best.ends_at if best else None
    account.amount = best.amount if best else None
    account.currency = best.currency if best else ""
    account.live_subscriptions = sum(map(is_live, ours))
    account.synced_at = now
    account.is_member = gives_plus(account, now)


def changes(before: Before, account: Account, now: datetime) -> list[Kind]:
    """What happened between two words of Stripe; nothing when the same word comes twice."""
    found: list[Kind] = []
    if account.is_member and not before.is_member:
        found.append(Kind.STARTED)
    if before.is_member and not account.is_member:
        return [Kind.ENDED]
    same = account.subscription_id == before.subscription_id
    if account.is_member and account.status == "past_due" and not (same and before.status == "past_due"):
        found.append(Kind.PAYMENT_FAILED)
    if same and before.status == "past_due" and account.status == "active" and before.is_member:
        found.append(Kind.RECOVERED)
    if account.is_member and account.ends_at and account.ends_at > now and not (same and before.ends_at):
        found.append(Kind.CANCELED)
    if same and account.is_member and before.is_member and before.ends_at and not account.ends_at:
        found.append(Kind.RESUMED)
    return found
