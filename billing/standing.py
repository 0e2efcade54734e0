"""What an account row means for the person: which plan, why, until when, and what is wrong. Pure: no query, no network."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from billing.models import Account
from billing.plans import Plan
from billing.world import world

# A renewal that fails is tried again for about two weeks. Grace counts from the start of the unpaid period: Stripe has
# advanced the period by then, so its end would give an unpaid month away.
GRACE = timedelta(days=14)
# Renewals reach us within minutes. If deliveries stop, Plus lasts this long before it fails closed.
SLACK = timedelta(days=3)

# Stripe's words for a subscription that may still take money. Others, also words not known yet, are over.
LIVE_STATUSES = frozenset({"trialing", "active", "past_due", "unpaid", "incomplete", "paused"})


class Why(StrEnum):
    """The state of somebody's plan in the words that pages choose by."""

    NEVER = "never"  # Free, and no subscription that is worth a word
    ACTIVE = "active"
    ENDING = "ending"  # paid for, and canceled to a date
    PAST_DUE = "past_due"  # a payment failed; Plus goes on for a while
    STOPPED = "stopped"  # unpaid, paused or never completed: no Plus, and Stripe still has something to settle
    ENDED = "ended"
    GRANTED = "granted"  # complimentary


@dataclass(frozen=True)
class Standing:
    """`until`: when Plus ends or renews; for ENDED when it ended. `is_disputed`: staff look at it, nothing is sold."""

    plan: Plan
    why: Why
    until: datetime | None = None
    amount: int | None = None
    currency: str = ""
    granted_until: datetime | None = None
    is_disputed: bool = False
    pays_twice: bool = False

    @property
    def is_plus(self) -> bool:
        return self.plan is Plan.PLUS

    @property
    def has_subscription(self) -> bool:
        """Whether there is something at Stripe to manage."""
        return self.why in {Why.ACTIVE, Why.ENDING, Why.PAST_DUE, Why.STOPPED} or self.pays_twice


FREE = Standing(Plan.FREE, Why.NEVER)


def paid_until(account: Account) -> datetime | None:
    """Until when the subscription gives its plan; None when it gives none. A status nobody knows gives none."""
    match account.status:
        case "active":
            limit = account.paid_through and account.paid_through + SLACK
        case "trialing":
            limit = account.paid_through
        case "past_due":
            limit = account.period_start and account.period_start + GRACE
        case _:
            limit = None
    return min(limit, account.ends_at) if limit and account.ends_at else limit


def gives_plus(account: Account, now: datetime) -> bool:
    """Whether the subscription gives Plus at this moment, in this world."""
    if account.world != world() or account.plan != Plan.PLUS:
        return False
    limit = paid_until(account)
    return limit is not None and now < limit


def standing_of(account: Account, granted_until: datetime | None, now: datetime) -> Standing:
    subscribed = gives_plus(account, now)
    why, until = _why(account, now, subscribed=subscribed)
    if granted_until and not subscribed:
        why, until = (why, until) if why is Why.STOPPED else (Why.GRANTED, granted_until)
    here = account.world == world()
    return Standing(
        plan=Plan.PLUS if subscribed or granted_until else Plan.FREE,
        why=why,
        until=until,
        amount=account.amount if here else None,
        currency=account.currency if here else "",
        granted_until=granted_until,
        is_disputed=here and account.disputed_at is not None,
        pays_twice=here and account.live_subscriptions > 1,
    )


def _why(account: Account, now: datetime, *, subscribed: bool) -> tuple[Why, datetime | None]:
    if account.world != world() or not account.subscription_id or account.plan != Plan.PLUS:
        return Why.NEVER, None
    if subscribed and account.status == "past_due":
        return Why.PAST_DUE, paid_until(account)
    if subscribed:
        return (Why.ENDING, account.ends_at) if account.ends_at else (Why.ACTIVE, account.paid_through)
    if account.ends_at and account.ends_at <= now:
        return Why.ENDED, account.ends_at
    if account.status in LIVE_STATUSES:
        return Why.STOPPED, None
    return Why.ENDED, account.ends_at or account.paid_through
