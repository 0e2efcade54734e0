"""What somebody wants to hear of: a search for jobs, or changes of a guide."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from alerts.choices import Frequency, Kind
from alerts.models.subscriber import Subscriber
from careers.models import Guide, GuideRevision

MAX_QUERY = 2_000


class AlertQuerySet(models.QuerySet["Alert"]):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        return self.filter(removed_at__isnull=False)

    def on(self) -> Self:
        """Not turned off; a pause passes by itself."""
        return self.kept().filter(off_at=None)

    def besides(self, alert: "Alert | None") -> Self:
        return self.exclude(pk=alert.pk) if alert else self

    def newest(self) -> Self:
        """The last removed one first."""
        return self.order_by("-removed_at", "-pk")

    def running(self, day: date) -> Self:
        """Neither off nor paused on this day."""
        return self.kept().filter(off_at=None).filter(Q(paused_until=None) | Q(paused_until__lte=day))

    def with_last_told(self) -> Self:
        """`told_at`: when a job of it was last written into a mail."""
        return self.annotate(told_at=models.Max("deliveries__digest__created_at"))

    def in_order(self) -> Self:
        """As the page and the mail list them."""
        return self.order_by("created_at", "pk")


class Alert(models.Model):
    """`query`: the canonical query string of a JobSearch (`JobSearch.for_alert().to_query()`); `name`: in words, the reader may change it.

    `covered_until`: jobs that we first saw after this moment are new to it. Days are by the reader's clock: `last_slot` is the last one
    for which it was looked at (also when there was nothing new), and only days after `after_slot` count (`alerts.cadence`).
    `revision`: the state of the guide that the reader knows. Until the day `paused_until` nothing is sent; `off_at`: nothing until
    the reader turns it on again. What came during a pause is in the first digest after it.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.JOBS)
    name = models.CharField(max_length=200)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    guide = models.ForeignKey(Guide, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")
    revision = models.ForeignKey(GuideRevision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    frequency = models.CharField(max_length=6, choices=Frequency, default=Frequency.WEEKLY)
    paused_until = models.DateField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    covered_until = models.DateTimeField(default=timezone.now)
    last_slot = models.DateField(null=True, blank=True)
    after_slot = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__gt=""), name="alert_has_name"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="alert_frequency_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.JOBS, guide=None) | Q(kind=Kind.GUIDE, query="", guide__isnull=False), name="alert_of_jobs_or_guide"
            ),
            models.UniqueConstraint(fields=["subscriber", "query"], condition=Q(kind=Kind.JOBS, removed_at=None), name="alert_search_once"),
            models.UniqueConstraint(fields=["subscriber", "guide"], condition=Q(kind=Kind.GUIDE, removed_at=None), name="alert_guide_once"),
        ]
        indexes = [models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="alert_removed")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alerts:edit", args=[self.pk])

    def is_paused(self, day: date) -> bool:
        return self.paused_until is not None and self.paused_until > day
