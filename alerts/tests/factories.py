"""People with alerts, and jobs that came since."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.tests.factories import make_user
from alerts.choices import DigestState, Frequency, Kind
from alerts.models import Alert, Digest, Run, Subscriber
from alerts.people import reschedule
from alerts.sending.candidates import Candidates
from alerts.sending.claim import claim
from billing.models import Account, Grant
from jobs.tests.factories import make_employer, make_job

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # eight o'clock in UTC: the hour of everybody here who chose no other
DAY = timedelta(days=1)


def make_subscriber(email="", *, user=None, **values):
    """A visitor with this address, or a member."""
    if not email and user is None:
        user = make_user()
    who = {"user": user, "time_zone": user.time_zone} if user else {"email": email}
    return Subscriber.objects.create(
        **who | {"confirmed_at": MONDAY - 30 * DAY, "created_at": MONDAY - 30 * DAY, "mailed_at": MONDAY - 7 * DAY} | values
    )


def make_alert(subscriber=None, query="", *, frequency=Frequency.WEEKLY, guide=None, **values):
    subscriber = subscriber or make_subscriber()
    kind = {"kind": Kind.GUIDE, "guide": guide} if guide else {"query": query}
    defaults = {"name": query or "All jobs", "covered_until": MONDAY - 7 * DAY, "after_slot": (MONDAY - 7 * DAY).date()}
    alert = Alert.objects.create(subscriber=subscriber, frequency=frequency, **kind | defaults | values)
    reschedule(subscriber, MONDAY - 7 * DAY)
    return alert


def new_job(number="1", *, at=MONDAY - DAY, employer=None, **values):
    return make_job(number, first_seen_at=at, posted_at=at, employer=employer or make_employer("Acme"), **values)


def give_plan(user, *, until=timedelta(days=400)):
    """Complimentary: the paid plan without Stripe."""
    account, _ = Account.objects.get_or_create(user=user, defaults={"world": "live"})
    return Grant.objects.create(account=account, until=timezone.now() + until, reason="a thank-you")


def claim_at(now=MONDAY, size=100):
    """One pass over those who are due; the people it looked at."""
    run = Run.objects.create(moment=now)
    found, after = [], None
    with Candidates(now) as candidates:
        while True:
            claimed = claim(run, candidates, after, size)
            if (after := claimed.last) is None:
                return found
            found += claimed.people


def tell_at(now=MONDAY, size=100):
    """The same, and what it claimed has been sent."""
    people = claim_at(now, size)
    Digest.objects.claimed().update(state=DigestState.QUEUED)
    return people
