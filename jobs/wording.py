"""Facts of a job in words, for lists. Nothing is converted: pay is as stated."""

from decimal import Decimal

from jobs.choices import PayPeriod
from jobs.models import Job
from kit.words import money


def pay_in_words(job: Job) -> str:
    """$18.50–$22 an hour, from €30,000 a year, up to £400 a day; empty where none is stated."""
    bounds = [_amount(bound, job.pay_currency) for bound in (job.pay_minimum, job.pay_maximum)]
    if not any(bounds):
        return ""
    low, high = bounds
    span = low if low == high else f"{low}–{high}" if low and high else f"from {low}" if low else f"up to {high}"
    return f"{span} {PayPeriod(job.pay_period).label}"


def place_in_words(job: Job) -> str:
    """Bremen (hybrid); on site; empty where neither is known."""
    workplace = job.get_workplace_display().lower()
    return f"{job.place} ({workplace})" if job.place and workplace else job.place or workplace


def _amount(amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return ""
    whole = money(int(amount), currency)
    cents = round(amount % 1 * 100)
    return f"{whole}.{cents:02}" if cents else whole
