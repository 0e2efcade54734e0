"""Dates, places and amounts of jobs in words, the same on pages, cards and in markup."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from jobs.choices import Kind, Level, PayPeriod, Workplace
from jobs.models import Job
from kit.words import money

NEW_DAYS = 3  # younger than that is "New"
CLOSING_DAYS = 7  # so many or fewer to the last day is "Closing soon"
PAY_NOT_STATED = "Pay not stated"
_CENTS = Decimal("0.01")


@dataclass(frozen=True)
class When:
    """A moment, and how a person would say it: "Posted 2 days ago"."""

    moment: datetime
    words: str


def days_ago(moment: datetime, now: datetime) -> int:
    """Midnights that have passed since, in the time zone of the reader; zero for the future."""
    return max((timezone.localdate(now) - timezone.localdate(moment)).days, 0)


def days_left(moment: datetime, now: datetime) -> int:
    return (timezone.localdate(moment) - timezone.localdate(now)).days


def ago(moment: datetime, now: datetime) -> str:
    """today, yesterday, 5 days ago, 3 weeks ago; from two months on the date."""
    days = days_ago(moment, now)
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 7:
        return f"{days} days ago"
    if days < 60:
        return f"{days // 7} week{'s' if days >= 14 else ''} ago"
    return f"on {date(moment)}"


def date(moment: datetime) -> str:
    """October 12, 2026"""
    return f"{timezone.localtime(moment):%B %-d, %Y}"


def posted(job: Job, now: datetime) -> When:
    return When(job.posted_at, f"Posted {ago(job.posted_at, now)}")


def closes(job: Job, now: datetime) -> When | None:
    """None for a job without a last day."""
    if job.valid_through is None:
        return None
    days = days_left(job.valid_through, now)
    said = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days" if days <= 60 else f"on {date(job.valid_through)}"
    return When(job.valid_through, f"Closes {said}")


def is_new(job: Job, now: datetime) -> bool:
    return (now - job.posted_at).days < NEW_DAYS


def is_closing_soon(job: Job, now: datetime) -> bool:
    return job.is_open and job.valid_through is not None and days_left(job.valid_through, now) <= CLOSING_DAYS


# --- pay -----------------------------------------------------------------------------------------
def amount(value: Decimal, currency: str) -> str:
    """$41,000, and $18.50 where there are cents."""
    whole = int(value)
    cents = f"{value.quantize(_CENTS) - whole:.2f}"[1:] if value != whole else ""
    return money(whole, currency) + cents


def pay(job: Job) -> str:
    """As stated: $41,000 to $46,500 a year; from, up to, or one amount. "Pay not stated" when it is not."""
    bounds = _bounds(job, " to ", same_sign=False)
    return f"{bounds} {PayPeriod(job.pay_period).label}" if bounds else PAY_NOT_STATED


def short_pay(job: Job) -> str:
    """For cards: $41,000–46,500 a year."""
    bounds = _bounds(job, "–", same_sign=True)
    return f"{bounds} {PayPeriod(job.pay_period).label}" if bounds else PAY_NOT_STATED


def yearly(job: Job) -> str:
    """Beside pay in another period: about $37,440 to $45,760 a year. Empty where pay is by the year or not stated."""
    if job.pay_period in {"", PayPeriod.YEAR}:
        return ""
    least, most = (money(value, job.pay_currency) for value in (job.year_minimum, job.year_maximum))
    both = least if least == most else f"{least} to {most}"
    return f"about {both if least and most else f'from {least}' if least else f'up to {most}'} a year"


def _bounds(job: Job, between: str, *, same_sign: bool) -> str:
    least, most = job.pay_minimum, job.pay_maximum
    if least is None and most is None:
        return ""
    if least is None or most is None:
        return f"From {amount(least, job.pay_currency)}" if least is not None else f"Up to {amount(most or Decimal(), job.pay_currency)}"
    first, second = amount(least, job.pay_currency), amount(most, job.pay_currency)
    sign = money(0, job.pay_currency).removesuffix("0")
    return first if least == most else f"{first}{between}{second.removeprefix(sign) if same_sign else second}"


# --- place ---------------------------------------------------------------------------------------
def where(job: Job) -> str:
    """Place of work in a few words, for beside the employer; empty when nothing is known."""
    return job.place or ("Remote" if job.workplace == Workplace.REMOTE else "")


def place(job: Job) -> str:
    """Bremen (hybrid), Remote; empty where neither place nor way of working is known. For lists without tags."""
    workplace = Workplace(job.workplace).label if job.workplace else ""
    return f"{job.place} ({workplace.lower()})" if job.place and workplace else job.place or workplace


def kinds(job: Job) -> str:
    """On site, full time, entry level"""
    said = [
        Workplace(job.workplace).label if job.workplace else "",
        Kind(job.kind).label if job.kind else "",
        Level(job.level).label if job.level else "",
    ]
    return ", ".join(one.lower() if n else one for n, one in enumerate(filter(None, said)))
