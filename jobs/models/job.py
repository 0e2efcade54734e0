"""One job ad."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Self, assert_never

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from careers.models import Guide, Skill
from jobs.choices import Ending, Kind, Level, PayPeriod, State, Workplace
from jobs.models.employer import Employer
from jobs.models.source import Source
from kit.text import Fold

# All that a card shows; the description is most of a job's bytes and stays where it is.
CARD = (
    "title", "summary", "place", "place_country", "workplace", "kind", "level", "pay_minimum", "pay_maximum", "pay_currency", "pay_period",
    "year_minimum", "year_maximum", "guide_id", "state", "posted_at", "valid_through", "featured_until", "first_seen_at",
    "employer__name", "employer__slug",
)  # fmt: skip


class Move(StrEnum):
    """What staff do with a job."""

    APPROVE = "approve"
    CLOSE = "close"
    REOPEN = "reopen"
    REMOVE = "remove"


# From which states each move leads, and where to.
WAYS: dict[Move, tuple[frozenset[State], State]] = {
    Move.APPROVE: (frozenset({State.HELD}), State.OPEN),
    Move.CLOSE: (frozenset({State.OPEN, State.HELD}), State.CLOSED),
    Move.REOPEN: (frozenset({State.CLOSED}), State.OPEN),
    Move.REMOVE: (frozenset({State.HELD, State.OPEN, State.CLOSED}), State.REMOVED),
}


def changes(move: Move, *, relisted: Any) -> dict[str, Any]:
    """Columns that a move writes."""
    fields: dict[str, Any] = {"state": WAYS[move][1]}
    match move:
        case Move.APPROVE:  # nobody has seen it before: alerts and "new since your last visit" go by this
            return fields | {"first_seen_at": timezone.now()}
        case Move.CLOSE:
            return fields | {"closed_at": timezone.now(), "ending": Ending.STAFF}
        case Move.REOPEN:
            return fields | {"closed_at": None, "ending": "", "relisted": relisted}
        case Move.REMOVE:
            return fields | {"closed_at": timezone.now()}
    assert_never(move)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> Self:
        """What people may apply for now."""
        return self.filter(state=State.OPEN).filter(Q(valid_through=None) | Q(valid_through__gte=timezone.now()))

    def listed(self) -> Self:
        """What lists show: open, and the same ad once."""
        return self.open().filter(duplicate_of=None)

    def public(self) -> Self:
        """Open or closed: what has a page."""
        return self.filter(state__in=[State.OPEN, State.CLOSED])

    def for_page(self) -> Self:
        """All that the page of a job shows of its row and neighbours. One query. Guides come from `jobs.page.guides`."""
        return self.select_related("employer", "source", "duplicate_of").defer(
            *(f"duplicate_of__{name}" for name in ("description", "summary", "apply_url", "countries", "regions"))
        )

    def for_cards(self) -> Self:
        """All that a card shows (`jobs.page.card`), without the description. One query."""
        return self.select_related("employer").only(*CARD)

    def for_machines(self) -> Self:
        """All that feed and JSON tell of a job, without the description. One query."""
        return self.select_related("employer", "source").defer("description")

    def end(self, why: Ending) -> int:
        """Close them all; how many there were. One statement."""
        return self.update(state=State.CLOSED, closed_at=timezone.now(), ending=why)

    def movable(self, move: Move) -> Self:
        """Those from whose state this move leads."""
        return self.filter(state__in=WAYS[move][0])

    def move(self, move: Move) -> int:
        """The same move for many in one statement; those that cannot stay as they are. Returns how many moved."""
        return self.movable(move).update(**changes(move, relisted=F("relisted") + 1))

    def expired(self, now: datetime) -> Self:
        return self.filter(state=State.OPEN, valid_through__lt=now)


class Job(models.Model):
    """An ad as we show it. Pay is as stated, with a yearly form for comparing; NULL is unknown, never zero.

    `description` is HTML that was cleaned when it came in. `content_hash` is of all that the source states: the same
    hash, nothing changed. `fingerprint` is the same for the same ad in several sources. `first_seen_at`: since when people can
    have seen it: when it came, or when staff approved it.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="jobs")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="jobs")
    external_id = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    title_folded = models.GeneratedField(expression=Fold("title"), output_field=models.TextField(), db_persist=True)
    description = models.TextField(blank=True)
    summary = models.CharField(max_length=300, blank=True, help_text="The first words of the description, as text.")
    place = models.CharField(max_length=200, blank=True)
    place_country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2 of the place of work.")
    workplace = models.CharField(max_length=8, choices=Workplace, blank=True)
    anywhere = models.BooleanField(default=False, help_text="People everywhere may apply.")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="Where applicants may live.")
    regions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    pay_minimum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, choices=PayPeriod, blank=True)
    year_minimum = models.PositiveIntegerField(null=True, blank=True, help_text="Whole units of pay_currency a year.")
    year_maximum = models.PositiveIntegerField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, related_name="jobs")
    guide = models.ForeignKey(Guide, null=True, blank=True, on_delete=models.SET_NULL, related_name="jobs")
    apply_url = models.URLField(max_length=1000, blank=True)
    apply_email = models.EmailField(blank=True, help_text="Where our own form sends applications; empty: apply at apply_url.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    posted_at = models.DateTimeField()
    valid_through = models.DateTimeField(null=True, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField("closed because", max_length=5, choices=Ending, blank=True)
    relisted = models.PositiveSmallIntegerField(default=0, help_text="How often it came back after it was gone.")
    featured_until = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates")
    content_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="job_once_per_source"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_known"),
            models.CheckConstraint(condition=Q(title__gt=""), name="job_has_title"),
            models.CheckConstraint(condition=~Q(apply_url="") | ~Q(apply_email=""), name="job_can_be_applied_for"),
            models.CheckConstraint(
                condition=Q(pay_minimum=None) | Q(pay_maximum=None) | Q(pay_minimum__lte=F("pay_maximum")), name="job_pay_in_order"
            ),
            models.CheckConstraint(
                condition=Q(pay_minimum=None, pay_maximum=None, pay_currency="", pay_period="", year_minimum=None, year_maximum=None)
                | (~Q(pay_currency="") & ~Q(pay_period="") & (Q(pay_minimum__gt=0) | Q(pay_maximum__gt=0))),
                name="job_pay_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | (Q(closed_at__isnull=False) & ~Q(ending="")), name="job_closed_when_and_why"
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="job_not_its_own_duplicate"),
        ]
        indexes = [
            models.Index(fields=["-posted_at", "-id"], condition=Q(state=State.OPEN), name="job_newest"),
            models.Index(fields=["-posted_at", "-id"], condition=Q(state=State.HELD), name="job_held"),
            models.Index(fields=["featured_until"], condition=Q(featured_until__isnull=False), name="job_featured"),
            models.Index(fields=["employer", "-posted_at"], name="job_of_employer"),
            models.Index(fields=["guide", "-posted_at"], condition=Q(state=State.OPEN), name="job_of_guide"),
            models.Index(fields=["fingerprint"], name="job_fingerprint"),
            models.Index(fields=["valid_through"], condition=Q(state=State.OPEN, valid_through__isnull=False), name="job_expiring"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The words of the title, for the address; its number alone finds the job."""
        return slugify(self.title)[:60].strip("-") or "job"

    def get_absolute_url(self) -> str:
        return self.address("jobs:detail")

    def address(self, name: str) -> str:
        """Of a page about this job, by its URL name."""
        return reverse(name, args=[self.pk, self.slug])

    @property
    def report_url(self) -> str:
        return self.address("jobs:report")

    @property
    def is_open(self) -> bool:
        """People may apply now."""
        return self.state == State.OPEN and (self.valid_through is None or self.valid_through >= timezone.now())

    # --- transitions: each is a verb, and saves
    def approve(self) -> None:
        """held -> open"""
        self._move(Move.APPROVE)

    def close(self) -> None:
        """open or held -> closed, by staff: its source does not open it again"""
        self._move(Move.CLOSE)

    def reopen(self) -> None:
        """closed -> open, counted as listed again"""
        self._move(Move.REOPEN)

    def remove(self) -> None:
        """any -> removed, for good: no source brings it back"""
        self._move(Move.REMOVE)

    def _move(self, move: Move) -> None:
        """Raises ValueError for a state from which this is no way. A second call changes nothing."""
        allowed, to = WAYS[move]
        if self.state == to:
            return
        if self.state not in allowed:
            raise ValueError(f"a job that is {self.state} cannot become {to}")
        fields = changes(move, relisted=self.relisted + 1)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=[*fields])
