"""What the dashboard says of somebody's alerts: what came since the last mail, and when the next one goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.keeping.dashboard_parts import DashboardPart
from accounts.models import User
from alerts.cadence import Clock, next_slot
from alerts.choices import Kind
from alerts.models import Alert, Subscriber
from alerts.sending.candidates import MOST_BACK
from billing.entitlements import has
from billing.plans import Feature
from jobs.search.matching import NewJobs, Watched, read

SHOWN = 5  # alerts, the newest first


@dataclass(frozen=True)
class News:
    """One alert. `jobs`: new ones since its last mail; None for what is no search, rests, or is off."""

    alert: Alert
    url: str
    words: str


@dataclass(frozen=True)
class AlertsPart:
    news: Sequence[News]
    others: int  # that are not shown
    next_at: datetime | None
    is_stopped: bool


def part_for(user: User) -> DashboardPart:
    """Two queries for any number of alerts, a third where there are searches that run."""
    subscriber = Subscriber.objects.filter(user=user).first()
    alerts = list(subscriber.alerts.kept().select_related("guide").order_by("-created_at", "-pk")) if subscriber else []
    shown = alerts[:SHOWN]
    stopped = bool(subscriber and subscriber.stopped_at)
    content = AlertsPart(
        news=_news(shown, is_stopped=stopped),
        others=len(alerts) - len(shown),
        next_at=_next_at(subscriber, user, alerts) if subscriber and not stopped else None,
        is_stopped=stopped,
    )
    return DashboardPart("alerts/partials/dashboard.html", content)


def _next_at(subscriber: Subscriber, user: User, alerts: Sequence[Alert]) -> datetime | None:
    """When the next mail may come: by the plan as it is now."""
    clock, now, may_daily = Clock.of(subscriber), timezone.now(), has(user, Feature.DAILY_ALERTS)
    slots = [next_slot(alert, clock, now, may_daily=may_daily) for alert in alerts if alert.off_at is None]
    return clock.moment_of(min(slots)) if slots else None


def _news(alerts: Sequence[Alert], *, is_stopped: bool) -> list[News]:
    now, today = timezone.now(), timezone.localdate()
    running = [one for one in alerts if one.kind == Kind.JOBS and one.off_at is None and not one.is_paused(today)] if not is_stopped else []
    since = max(min((one.covered_until for one in running), default=now), now - MOST_BACK)
    asked = [Watched(one.query, max(one.covered_until, since)) for one in running]
    found = NewJobs(since, now).match(list(dict.fromkeys(asked))) if asked else []
    totals = {one: matched.total for one, matched in zip(dict.fromkeys(asked), found, strict=True)}
    new = {one.pk: totals[watched] for one, watched in zip(running, asked, strict=True)}
    return [News(one, _url(one), _words(one, new.get(one.pk))) for one in alerts]


def _url(alert: Alert) -> str:
    if alert.kind == Kind.GUIDE and alert.guide:
        return reverse("careers:guide", args=[alert.guide.slug])
    query = read(alert.query).for_feed().to_query()
    return f"{reverse('jobs:list')}{'?' if query else ''}{query}"


def _words(alert: Alert, new: int | None) -> str:
    if new is not None:
        return "nothing new since the last mail" if not new else f"{new:,} new since the last mail"
    if alert.off_at:
        return "off"
    return "paused" if alert.kind == Kind.JOBS else "tells you when the guide changes"
