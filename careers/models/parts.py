"""The repeated parts of a guide: one table each, in the editor's order.

Column names equal the names in `careers.document.schema`, so that rows and document convert by name.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from careers.choices import Basis, NameKind, PayLevel, Section, TierKind
from careers.models.fields import AddressField, LinesField
from careers.models.guide import Guide
from careers.models.taxonomy import Skill, Source

HELD = "A draft: it stays out of the guide when the guide is published."


class GuidePart(models.Model):
    """A row that belongs to one guide and stands at a place in a list."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        default_related_name = "%(class)s_set"


class Takeaway(GuidePart):
    text = models.CharField(max_length=300)
    section = models.CharField(max_length=30, choices=Section)

    class Meta(GuidePart.Meta):
        verbose_name = "line of the short version"
        verbose_name_plural = "short version"

    def __str__(self) -> str:
        return self.text


class Tool(GuidePart):
    group = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300)
    examples = LinesField(help_text="Products, one per line.")

    def __str__(self) -> str:
        return self.name


class WorldPlace(GuidePart):
    name = models.CharField("country or region", max_length=300)
    note = models.CharField("what to expect", max_length=300)

    class Meta(GuidePart.Meta):
        verbose_name = "place"
        verbose_name_plural = "around the world"

    def __str__(self) -> str:
        return self.name


class SkillGroup(GuidePart):
    """One level of the skill map."""

    title = models.CharField(max_length=300)
    description = models.CharField(max_length=300, blank=True)

    class Meta(GuidePart.Meta):
        verbose_name = "skill map level"

    def __str__(self) -> str:
        return self.title


class GuideSkill(GuidePart):
    """A skill in one of the guide's lists."""

    class Listing(models.TextChoices):
        TECHNICAL = "technical", "Technical skills"
        SOFT = "soft", "People skills"
        MAP = "map", "Skill map"

    listing = models.CharField("list", max_length=10, choices=Listing)
    group = models.ForeignKey(SkillGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="uses")

    class Meta(GuidePart.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(listing="map", group__isnull=False) | (~Q(listing="map") & Q(group__isnull=True)),
                name="map_skill_has_level",
                violation_error_message="A skill of the skill map needs a level; other skills have none.",
            ),
            models.UniqueConstraint(
                fields=["guide", "listing", "group", "skill"],
                nulls_distinct=False,
                name="skill_once_per_list",
                violation_error_message="This skill stands in the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.skill.name


class Step(GuidePart):
    """One step of the way in."""

    title = models.CharField(max_length=300, blank=True)
    when = models.CharField(max_length=300, blank=True, help_text="In words: 3 to 24 months.")
    text = models.TextField()

    class Meta(GuidePart.Meta):
        verbose_name = "step of the route"
        verbose_name_plural = "route, step by step"

    def __str__(self) -> str:
        return self.title or self.text[:60]


class TrainingOption(GuidePart):
    name = models.CharField(max_length=300)
    time = models.CharField(max_length=300)
    good_for = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class NameToKnow(GuidePart):
    kind = models.CharField(max_length=20, choices=NameKind)
    name = models.CharField(max_length=300)
    abbreviation = models.CharField(max_length=300, blank=True)
    url = AddressField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(GuidePart.Meta):
        verbose_name_plural = "names to know"

    def __str__(self) -> str:
        return self.name


class Tier(GuidePart):
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=300, blank=True, help_text="For the signpost and the drawing.")
    tagline = models.CharField(max_length=300, blank=True)
    years_min = models.PositiveSmallIntegerField(validators=[MaxValueValidator(60)])
    years_max = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(60)], help_text="Empty: and more.")
    kind = models.CharField(max_length=10, choices=TierKind, default=TierKind.STEP, help_text="A branch may overlap the tier before it.")
    pay_level = models.CharField(max_length=10, choices=PayLevel, blank=True, help_text="The pay itself stands in the first pay band.")
    text = models.TextField()

    class Meta(GuidePart.Meta):
        verbose_name = "career tier"
        constraints = [
            models.CheckConstraint(
                condition=Q(years_max=None) | Q(years_max__gt=F("years_min")),
                name="tier_years_ordered",
                violation_error_message="The second number of years must be larger than the first.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class RelatedPin(GuidePart):
    """A related guide that editors put first, with their reason. Others are computed from shared skills."""

    slug = models.SlugField("guide", max_length=80)
    reason = models.CharField(max_length=300)

    class Meta(GuidePart.Meta):
        verbose_name = "pinned related guide"
        constraints = [models.UniqueConstraint(fields=["guide", "slug"], name="related_pin_once")]

    def __str__(self) -> str:
        return self.slug


class DayBlock(GuidePart):
    name = models.CharField(max_length=300)
    start = models.TimeField()
    end = models.TimeField()
    focus = models.CharField(max_length=300)
    tasks = LinesField(help_text="One task per line.")

    class Meta(GuidePart.Meta):
        verbose_name = "part of the day"
        verbose_name_plural = "a day on the job"
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="day_block_ordered", violation_error_message="The end must be after the start."
            )
        ]

    def __str__(self) -> str:
        return self.name


class CaseStudy(GuidePart):
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    result = models.CharField(max_length=300, blank=True, help_text="A short phrase: 25% fewer billing errors.")
    text = models.TextField()
    takeaway = models.CharField(max_length=300)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.ILLUSTRATIVE)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True)
    held = models.BooleanField("hold back", default=False, help_text=HELD)

    class Meta(GuidePart.Meta):
        verbose_name_plural = "case studies"
        constraints = [
            models.UniqueConstraint(fields=["guide", "slug"], name="case_slug_unique"),
            models.CheckConstraint(
                condition=~Q(basis="sourced") | Q(source__isnull=False),
                name="sourced_case_has_source",
                violation_error_message="A case study from a source needs the source.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(GuidePart):
    question = models.CharField(max_length=300)
    answer = models.TextField()
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, help_text="Where the answer comes from. Empty: it is our editors' own."
    )
    held = models.BooleanField("hold back", default=False, help_text=HELD)

    class Meta(GuidePart.Meta):
        verbose_name = "common question"

    def __str__(self) -> str:
        return self.question


class CaseShare(GuidePart):
    """A case study that stands in this guide too. It is written in the guide that it belongs to."""

    case = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="shares")

    class Meta(GuidePart.Meta):
        verbose_name = "case study of another guide"
        verbose_name_plural = "case studies of other guides"
        constraints = [models.UniqueConstraint(fields=["guide", "case"], name="case_shared_once")]

    def __str__(self) -> str:
        return str(self.case)


class QuestionShare(GuidePart):
    """A question that stands in this guide too. It is answered in the guide that it belongs to."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="shares")

    class Meta(GuidePart.Meta):
        verbose_name = "question of another guide"
        verbose_name_plural = "questions of other guides"
        constraints = [models.UniqueConstraint(fields=["guide", "question"], name="question_shared_once")]

    def __str__(self) -> str:
        return str(self.question)


class GuideSource(GuidePart):
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses")
    supports = models.CharField(max_length=300, blank=True, help_text="What this guide takes from it.")

    class Meta(GuidePart.Meta):
        verbose_name = "source"
        constraints = [models.UniqueConstraint(fields=["guide", "source"], name="source_once_per_guide")]

    def __str__(self) -> str:
        return str(self.source)


class MarginNote(GuidePart):
    section = models.CharField(max_length=30, choices=Section)
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta(GuidePart.Meta):
        verbose_name = "note in the margin"
        verbose_name_plural = "notes in the margin"

    def __str__(self) -> str:
        return self.title
