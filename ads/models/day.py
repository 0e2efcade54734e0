"""How often an ad was seen and followed. Sums only: nothing in a row can be led back to a reader."""

from django.db import models
from django.db.models import Q

from ads.models.creative import Creative


class Placement(models.TextChoices):
    """The places of DESIGN.md, section 8. A page has each at most once, so never more than three ads."""

    BESIDE = "beside", "Beside chapter 1 of a guide"
    BETWEEN = "between", "After chapter 2 of a guide"
    LIST = "list", "In a list of guides, after the third"


class AdDay(models.Model):
    """One ad in one place on one day (UTC). Written in sums by `ads.counting` alone."""

    creative = models.ForeignKey(Creative, on_delete=models.PROTECT, related_name="days")  # what was counted stays; ads are switched off
    placement = models.CharField(max_length=8, choices=Placement)
    day = models.DateField()
    impressions = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "day of an ad"
        verbose_name_plural = "days of ads"
        ordering = ["-day", "placement"]
        constraints = [
            models.UniqueConstraint(fields=["creative", "placement", "day"], name="ad_day_once"),
            models.CheckConstraint(condition=Q(placement__in=Placement.values), name="ad_day_placement_known"),
        ]

    def __str__(self) -> str:
        return f"{self.creative_id}, {self.placement}, {self.day}"
