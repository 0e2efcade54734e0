"""The public face of a guide: built from its published revision, never edited."""

from functools import cached_property
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse

from careers.choices import Balance, Demand, Education, RemoteWork, Stress
from careers.document.schema import Guide as GuideDocument
from careers.models.guide import Guide, GuideRevision
from careers.models.taxonomy import Field, Skill
from kit.text import Fold

# Columns that no card or row shows: most of a listing's bytes.
HEAVY = ("document", "prose", "words_a", "words_b", "words_c", "search")


class ListingQuerySet(models.QuerySet["GuideListing"]):
    def for_cards(self) -> Self:
        """All that a card or row shows, without the document. One query."""
        return self.select_related("field").defer(*HEAVY)


class GuideListing(models.Model):
    """One published guide: its document for the page, and real columns for search, facets and comparison.

    Pay is per year in `currency` (an hourly figure times 2,080 hours); NULL is unknown, never zero.
    `careers.publishing` is the only writer.
    """

    guide = models.OneToOneField(Guide, on_delete=models.PROTECT, primary_key=True, related_name="listing")
    revision = models.ForeignKey(GuideRevision, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    title_folded = models.GeneratedField(expression=Fold("title"), output_field=models.TextField(), db_persist=True)
    standfirst = models.TextField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="listings")
    demand = models.PositiveSmallIntegerField(choices=Demand, null=True)
    stress = models.PositiveSmallIntegerField(choices=Stress, null=True)
    balance = models.PositiveSmallIntegerField(choices=Balance, null=True)
    remote = models.PositiveSmallIntegerField(choices=RemoteWork, null=True)
    education = models.PositiveSmallIntegerField(choices=Education, null=True)
    min_months = models.PositiveSmallIntegerField(null=True)
    max_months = models.PositiveSmallIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    pay_low = models.PositiveIntegerField(null=True)
    pay_median = models.PositiveIntegerField(null=True)
    pay_high = models.PositiveIntegerField(null=True)
    growth_percent = models.FloatField(null=True)
    document = models.JSONField()
    prose = models.JSONField(help_text="Document path -> cleaned HTML of that prose.")
    words_a = models.TextField(help_text="Title and aliases.")
    words_b = models.TextField(help_text="Skills and tools.")
    words_c = models.TextField(help_text="Standfirst and field.")
    search = models.GeneratedField(
        expression=SearchVector(Fold("words_a"), weight="A", config="english")
        + SearchVector(Fold("words_b"), weight="B", config="english")
        + SearchVector(Fold("words_c"), weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    skills = models.ManyToManyField(Skill, through="ListedSkill", related_name="listings")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["title_folded"]
        indexes = [
            GinIndex(fields=["search"], fastupdate=False, name="listing_search"),
            models.Index(fields=["title_folded"], name="listing_title"),
            models.Index(fields=["-published_at"], name="listing_newest"),
            models.Index(fields=["-pay_median"], name="listing_pay"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:guide", args=[self.slug])

    @cached_property
    def content(self) -> GuideDocument:
        """The published document, typed."""
        return GuideDocument.model_validate(self.document)


class TextPrint(models.Model):
    """A long sentence of a published guide, as a number (`careers.gates.prints`)."""

    listing = models.ForeignKey(GuideListing, on_delete=models.CASCADE, related_name="prints")
    digest = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "digest"], name="text_print_once")]

    def __str__(self) -> str:
        return str(self.digest)


class ListedSkill(models.Model):
    """A skill of a published guide, from any of its lists."""

    listing = models.ForeignKey(GuideListing, on_delete=models.CASCADE)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "skill"], name="listed_skill_once")]

    def __str__(self) -> str:
        return str(self.skill)
