"""Whose alerts a page is about, and the addresses behind the same door."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from alerts.cadence import Clock
from alerts.models import Alert, AlertQuerySet, Subscriber
from billing.entitlements import has
from billing.plans import Feature


@dataclass(frozen=True)
class Door:
    """`key`: of a visitor, who came by the link in a mail; empty for a member."""

    subscriber: Subscriber
    key: str

    def url(self, name: str, *args: object) -> str:
        """Of a page or action behind the same door."""
        if not self.key:
            return reverse(f"alerts:{name}", args=args)
        return reverse("alerts:by_mail" if name == "list" else f"alerts:mail_{name}", args=[self.key, *args])

    @property
    def list_url(self) -> str:
        return self.url("list")

    @property
    def clock(self) -> Clock:
        return Clock.of(self.subscriber)

    @property
    def may_daily(self) -> bool:
        """Asked of the plan; visitors have none."""
        return self.subscriber.user is not None and has(self.subscriber.user, Feature.DAILY_ALERTS)

    def alert(self, pk: int, *, among: AlertQuerySet | None = None) -> Alert:
        """One that is not removed, unless it is looked for `among` others. Anybody else's is a 404."""
        rows = self.subscriber.alerts.kept() if among is None else among
        if found := rows.select_related("guide").filter(pk=pk).first():
            return found
        raise Http404("There is no such alert.")
