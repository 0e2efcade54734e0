"""Figures with their receipts: pay and outlook."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from careers.choices import Method, PayUnit
from careers.models.parts import GuidePart
from careers.models.taxonomy import Source


class Figure(GuidePart):
    """What every figure says of itself: how it came about, for whom, where, when, from which source."""

    method = models.CharField(max_length=10, choices=Method)
    occupation = models.CharField(max_length=300, blank=True, help_text="Whom the figures describe, if not exactly this guide's title.")
    place = models.CharField(max_length=300, default="United States")
    country = models.CharField(max_length=2, default="US", help_text="ISO 3166-1, two letters.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(GuidePart.Meta):
        abstract = True


def _amount(help_text: str = "") -> "models.PositiveIntegerField[int | None, int | None]":
    return models.PositiveIntegerField(
        null=True, blank=True, help_text=help_text, validators=[MinValueValidator(1), MaxValueValidator(99_999_999)]
    )


class PayBand(Figure):
    """Pay in one place: percentiles of a survey, or an editor's range, never both."""

    currency = models.CharField(max_length=3, default="USD", help_text="ISO 4217.")
    unit = models.CharField("per", max_length=4, choices=PayUnit, default=PayUnit.YEAR)
    period = models.CharField(max_length=300, blank=True, help_text="When: May 2024.")
    full_year = models.BooleanField(default=True, help_text="Off where people work part of the year: nothing is converted to hours then.")
    p10 = _amount("10th percentile, measured pay only")
    p25 = _amount("25th percentile")
    median = _amount()
    p75 = _amount("75th percentile")
    p90 = _amount("90th percentile")
    range_min = _amount("Editor's range, from")
    range_max = _amount("Editor's range, to")
    entry = _amount("Editor's level pay")
    mid = _amount()
    senior = _amount()
    top = _amount()

    class Meta(Figure.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(method="measured", range_min=None, range_max=None, entry=None, mid=None, senior=None, top=None)
                | Q(method="editor", p10=None, p25=None, p75=None, p90=None),
                name="pay_measured_or_editor",
                violation_error_message="Measured pay has percentiles only; an editor's range has none.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{low: None}) | Q(**{high: None}) | Q(**{f"{low}__lte": F(high)}),
                    name=f"pay_{low}_{high}",
                    violation_error_message=f"{low} is above {high}.",
                )
                for low, high in (
                    ("p10", "p25"),
                    ("p25", "median"),
                    ("median", "p75"),
                    ("p75", "p90"),
                    ("range_min", "median"),
                    ("median", "range_max"),
                    ("entry", "mid"),
                    ("mid", "senior"),
                    ("senior", "top"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.place}, {self.period or 'no period'}"


class Outlook(Figure):
    """Projected change in the number of jobs."""

    percent = models.FloatField(validators=[MinValueValidator(-100), MaxValueValidator(1000)])
    all_jobs_percent = models.FloatField(
        "all jobs, percent", null=True, blank=True, validators=[MinValueValidator(-100), MaxValueValidator(1000)]
    )
    period_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    period_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    openings_per_year = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(100_000_000)])
    stated_label = models.CharField(max_length=300, blank=True, help_text="What an imported text called it. Not shown.")

    class Meta(Figure.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from=None, period_to=None)
                | Q(period_from__isnull=False, period_to__isnull=False, period_from__lt=F("period_to")),
                name="outlook_period_ordered",
                violation_error_message="Give both years, the earlier one first.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent:+g}%"
