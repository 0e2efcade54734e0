"""A career guide as staff edit it, and the immutable revisions of it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from careers.choices import Balance, Demand, Education, RemoteWork, State, Stress
from careers.models.fields import GroupedLinesField, LinesField
from careers.models.taxonomy import Field

GROUP_HELP = "One item per line. A line that starts with # and a space is the heading of the lines below it."


class GuideQuerySet(models.QuerySet["Guide"]):
    def was_public(self, slug: str) -> bool:
        """Whether a guide with this address has ever been published."""
        return self.filter(slug=slug, revisions__kind="published").exists()

    def known_as(self, slug: str) -> "Guide | None":
        """By its address, or by one that it had once."""
        return self.filter(slug=slug).first() or self.filter(former_slugs__slug=slug).first()


class Guide(models.Model):
    """The working copy. Visitors never see it: they see the published revision (`careers.models.GuideListing`)."""

    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="Address of the guide. Links to it exist once it is published: do not change it then.",
        validators=[RegexValidator(r"(^|-)vs(-|$)", "The word 'vs' is kept for comparisons.", inverse_match=True)],
    )
    title = models.CharField(max_length=300, help_text="Occupation name in sentence case.")
    plural = models.CharField(max_length=300, blank=True, help_text="The people, for sentences: Electricians.")
    aliases = LinesField(help_text="Other titles for the job, one per line. Searches find the guide by them.")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="guides")
    soc = models.CharField("SOC code", max_length=7, blank=True, validators=[RegexValidator(r"^\d\d-\d{4}$")])
    onet = models.CharField("O*NET code", max_length=10, blank=True, validators=[RegexValidator(r"^\d\d-\d{4}\.\d\d$")])
    isco = models.CharField("ISCO code", max_length=4, blank=True, validators=[RegexValidator(r"^\d{4}$")])
    standfirst = models.TextField(max_length=400, blank=True, help_text="15 to 40 words under the title; search engines show them too.")
    intro = models.TextField(blank=True, help_text="One paragraph that opens 'What you do'.")
    min_months = models.PositiveSmallIntegerField("months to start, least", null=True, blank=True, validators=[MaxValueValidator(180)])
    max_months = models.PositiveSmallIntegerField("months to start, most", null=True, blank=True, validators=[MaxValueValidator(180)])
    time_note = models.CharField("what the time is for", max_length=300, blank=True)
    remote = models.PositiveSmallIntegerField("remote work", choices=RemoteWork, null=True, blank=True)
    remote_note = models.CharField(max_length=300, blank=True)

    what_you_do = models.TextField(blank=True)
    responsibilities = GroupedLinesField(help_text=GROUP_HELP)
    setting = models.TextField("where you work", blank=True)

    pay_text = models.TextField("about pay", blank=True)
    demand = models.PositiveSmallIntegerField(choices=Demand, null=True, blank=True)
    demand_text = models.TextField("about demand", blank=True)
    outlook_text = models.TextField("about the outlook", blank=True)
    world_text = models.TextField("around the world", blank=True)

    skill_map_intro = models.TextField(blank=True)
    technical_text = models.TextField("about technical skills", blank=True)
    soft_text = models.TextField("about people skills", blank=True)

    education_minimum = models.PositiveSmallIntegerField(choices=Education, null=True, blank=True)
    education_preferred = models.PositiveSmallIntegerField(choices=Education, null=True, blank=True)
    education_text = models.TextField("about education", blank=True)
    route_intro = models.TextField(blank=True)
    training_text = models.TextField("about training", blank=True)
    portfolio = models.TextField("show what you can do", blank=True)
    mistakes = GroupedLinesField(help_text=GROUP_HELP)
    advice = LinesField(help_text="One piece of advice per line.")

    tiers_text = models.TextField("about career tiers", blank=True)
    growth_paths = models.TextField("where growth comes from", blank=True)
    challenges = models.TextField("challenges today", blank=True)
    trends = models.TextField("trends to watch", blank=True)

    stress = models.PositiveSmallIntegerField(choices=Stress, null=True, blank=True)
    stress_note = models.CharField(max_length=300, blank=True)
    balance = models.PositiveSmallIntegerField("work-life balance", choices=Balance, null=True, blank=True)
    balance_note = models.CharField(max_length=300, blank=True)
    balance_text = models.TextField("about stress and balance", blank=True)
    pros = LinesField(help_text="One per line; as many as there are drawbacks.")
    cons = LinesField("drawbacks", help_text="One per line.")

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, db_index=True, editable=False)
    goes_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    goes_live_zone = models.CharField(
        max_length=64, blank=True, editable=False, help_text="IANA name of the zone that the moment was given in."
    )
    goes_live = models.ForeignKey("GuideRevision", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Keeps the guide true."
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Is asked when the owner is silent.",
    )
    review_by = models.DateField(
        null=True, blank=True, db_index=True, help_text="The day by which somebody has looked through the guide again."
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What `careers.working` measured of the stored copy, so that lists sort and filter without reading its parts.
    blockers = models.PositiveSmallIntegerField("keeps it from being published", null=True, editable=False)
    warnings = models.PositiveSmallIntegerField(null=True, editable=False)
    filled = models.PositiveSmallIntegerField("filled, percent of its elements", null=True, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        permissions = [("publish_guide", "Can review, publish, schedule and retire guides")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="scheduled", goes_live_at__isnull=False) | (~Q(state="scheduled") & Q(goes_live_at=None, goes_live=None)),
                name="guide_scheduled_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(min_months=None, max_months=None)
                | Q(min_months__isnull=False, max_months__isnull=False, min_months__lte=F("max_months")),
                name="guide_months_ordered",
                violation_error_message="Give both numbers of months, the smaller one first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An address that leads to another guide is not free."""
        if other := Guide.objects.exclude(pk=self.pk).filter(former_slugs__slug=self.slug).first():
            raise ValidationError({"slug": f"The guide “{other}” had this address once, and links still lead there."})


class GuideRevision(models.Model):
    """The whole guide at one moment, as a document. Rows are written once and never changed."""

    class Kind(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    document = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="revision_number_unique")]

    def __str__(self) -> str:
        return f"{self.guide} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a revision is written once")
        super().save(*args, **kwargs)
