"""Billing in the staff area: to look at, to bring up to date, and to give Plus away."""

from billing.admin import accounts, events, grants

__all__ = ["accounts", "events", "grants"]
