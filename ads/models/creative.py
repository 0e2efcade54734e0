"""One ad: a few words and a link, with a picture if there is one. The words fit every box."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ads.links import LINK, check_link
from careers.models import Field

MAX_WEIGHT = 100
LATE = timedelta(days=1)


class Shape(models.TextChoices):
    """The boxes an ad is made for. On a narrow screen every box is 300 × 250."""

    ANY = "any", "Every box"
    BOX = "box", "Only the box beside a text, 300 × 250"
    BAND = "band", "Only the band across the page, 728 × 90"


class State(models.TextChoices):
    """Worked out from the row and the clock, first match first; no column holds it."""

    OFF = "off", "Off"
    SPENT = "spent", "Spent"
    OVER = "over", "Over"
    SCHEDULED = "scheduled", "Scheduled"
    RUNNING = "running", "Running"


class CreativeQuerySet(models.QuerySet["Creative"]):
    def in_state(self, state: State, now: datetime) -> Self:
        over = Q(ends_at__lte=now)
        conditions = {
            State.OFF: Q(is_on=False),
            State.SPENT: Q(is_on=True, spent_at__isnull=False),
            State.OVER: Q(is_on=True, spent_at=None) & over,
            State.SCHEDULED: Q(is_on=True, spent_at=None, starts_at__gt=now) & ~over,
            State.RUNNING: Q(is_on=True, spent_at=None, starts_at__lte=now) & ~over,
        }
        return self.filter(conditions[state])

    def recent(self, now: datetime) -> Self:
        """Those that are or will be shown, and those that stopped within LATE: pages with them may still be open.

        With `field_slugs`, and their picture's row but for its pixels. One query.
        """
        stopped = Q(ends_at__lte=now - LATE) | Q(spent_at__lte=now - LATE)
        slugs = ArrayAgg("fields__slug", filter=Q(fields__isnull=False), default=Value([]))
        rows = self.filter(is_on=True).exclude(stopped).select_related("picture").defer("picture__data")
        return rows.annotate(field_slugs=slugs).order_by("pk")

    def with_counts(self) -> Self:
        """`seen` and `followed` over all days."""
        return self.annotate(
            seen=Coalesce(Sum("days__impressions"), 0),
            followed=Coalesce(Sum("days__clicks"), 0),
        )


class Creative(models.Model):
    """What an advertiser shows. Staff write it and switch it on and off; only the counter writes `spent_at`.

    off <-> scheduled -> running -> over, or spent when its impressions reach the cap; a later end or a higher cap
    makes it run again.
    """

    name = models.CharField(max_length=80, unique=True, help_text="For staff; readers never see it.")
    title = models.CharField(max_length=40)
    text = models.CharField(max_length=90)
    link = models.CharField(
        max_length=500, validators=[check_link], help_text="A path of this site, such as /guides/, or an address with https://."
    )
    shape = models.CharField(max_length=4, choices=Shape, default=Shape.ANY)
    fields = models.ManyToManyField(
        Field, blank=True, related_name="+", help_text="Shown on guides and lists of these fields only; none chosen: everywhere."
    )
    weight = models.PositiveSmallIntegerField(
        default=10, help_text=f"1 to {MAX_WEIGHT}. With twice the weight it is chosen twice as often as another."
    )
    starts_at = models.DateTimeField("start", default=timezone.now)
    ends_at = models.DateTimeField("end", null=True, blank=True, help_text="Empty: until it is switched off.")
    cap = models.PositiveIntegerField(
        null=True, blank=True, help_text="Impressions after which it stops by itself, give or take those of half a minute. Empty: none."
    )
    is_on = models.BooleanField("on", default=True)
    spent_at = models.DateTimeField("cap reached", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CreativeQuerySet.as_manager()

    class Meta:
        verbose_name = "ad"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="ad_has_name"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="ad_has_words"),
            models.CheckConstraint(
                condition=Q(link__regex=LINK), name="ad_link_own_or_https", violation_error_message="The link must be a path or https."
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="ad_shape_known"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=MAX_WEIGHT),
                name="ad_weight_in_range",
                violation_error_message=f"Choose a weight from 1 to {MAX_WEIGHT}.",
            ),
            models.CheckConstraint(
                condition=Q(cap=None) | Q(cap__gt=0), name="ad_cap_positive", violation_error_message="A cap is 1 or more, or empty."
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="ad_ends_after_start",
                violation_error_message="The end must come after the start.",
            ),
            models.CheckConstraint(condition=Q(spent_at=None) | Q(cap__isnull=False), name="ad_spent_has_cap"),
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, now: datetime) -> State:
        """The same answer as `CreativeQuerySet.in_state`."""
        if not self.is_on:
            return State.OFF
        if self.spent_at:
            return State.SPENT
        if self.ends_at and self.ends_at <= now:
            return State.OVER
        return State.SCHEDULED if self.starts_at > now else State.RUNNING
