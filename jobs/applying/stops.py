"""Why there is no form now: each reason in words, with the status of the answer and the way on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timesince import timeuntil

from jobs.models import Job


@dataclass(frozen=True)
class Stop:
    title: str
    text: str
    status: int
    url: str = ""
    label: str = ""
    retry_after: int = 0  # seconds


def closed() -> Stop:
    return Stop("This job has closed", "The employer no longer takes applications for it, so nothing was sent.", 410)


def moved(job: Job) -> Stop:
    text = "The employer now takes applications for this job on a site of its own. Nothing was sent from here."
    return Stop("One applies elsewhere", text, 410, f"{job.get_absolute_url()}#apply", "Go to the job")


def signed_out(job: Job) -> Stop:
    text = "Your sign-in ran out meanwhile, so nothing was sent. Sign in and you are back at the form."
    url = f"{reverse('account_login')}?{urlencode({'next': reverse('jobs:apply', args=[job.pk, job.slug])})}"
    return Stop("Sign in to apply", text, 403, url, "Sign in")


def applied_before(job: Job, when: datetime) -> Stop:
    """By another way than our form, as the person told us."""
    text = f"You applied on {timezone.localtime(when):%B %-d, %Y}, as your applications say. A second one reaches the same people."
    url = f"{reverse('jobs:apply', args=[job.pk, job.slug])}?again=yes"
    return Stop("Apply again?", text, 200, url, "Apply again")


def unconfirmed(email: str) -> Stop:
    text = f"Employers answer to the address of your account, so we send applications from confirmed ones only. Confirm {email} first."
    return Stop("Confirm your email address", text, 403, reverse("account_email"), "Confirm my address")


def too_many(until: datetime) -> Stop:
    """`until` is in the future; times are those of the reader's zone."""
    now = timezone.now()
    rounded = max(until - now, timedelta(minutes=1))
    text = (
        f"You sent as many applications as a person can write in so short a time. Go on in {timeuntil(now + rounded, now)}, "
        f"at {timezone.localtime(until):%-I:%M %p}. There is no limit on how many jobs you apply for; this keeps programs out."
    )
    return Stop("A short pause", text, 429, retry_after=int(rounded.total_seconds()) + 1)
