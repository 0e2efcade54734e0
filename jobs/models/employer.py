from django.db import models
from django.db.models import Q

from careers.models.fields import AddressField
from kit.text import Fold


class EmployerQuerySet(models.QuerySet["Employer"]):
    def by_folded_name(self, folded: "set[str]") -> "dict[str, Employer]":
        """Folded name -> employer. One query."""
        return {employer.name_folded: employer for employer in self.filter(name_folded__in=folded)}


class Employer(models.Model):
    """Who hires. One row per name, whatever its case and accents; `merged_into` after staff found two to be one."""

    slug = models.SlugField(max_length=220, unique=True)
    name = models.CharField(max_length=200)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    website = AddressField(max_length=300, blank=True)
    about = models.TextField(blank=True)
    is_trusted = models.BooleanField(default=False, help_text="Their jobs open without review.")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name_folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_folded"], name="employer_name_unique", violation_error_message="There is an employer of this name."
            ),
            models.CheckConstraint(condition=Q(name__gt=""), name="employer_has_name"),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="employer_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name
