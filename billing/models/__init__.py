"""Who pays, what Stripe told us, and what staff gave away."""

from billing.models.account import Account, AccountQuerySet
from billing.models.event import StripeEvent
from billing.models.grant import Grant
from billing.models.milestone import Milestone

__all__ = ["Account", "AccountQuerySet", "Grant", "Milestone", "StripeEvent"]
