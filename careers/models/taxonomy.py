"""What guides share: fields of work, skills, sources."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from careers.models.fields import AddressField
from kit.text import Fold, fold


class FieldQuerySet(models.QuerySet["Field"]):
    def known_as(self, slug: str) -> "Field":
        """By its address, or by one that it had once. Raises Field.DoesNotExist."""
        return self.filter(slug=slug).first() or self.get(former_slugs__slug=slug)


class Field(models.Model):
    """A field of work. Every published guide belongs to one."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80, unique=True)
    intro = models.TextField(help_text="One or two sentences for the page of the field.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")

    objects = FieldQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("careers:field", args=[self.slug])

    def clean(self) -> None:
        """An address that leads to another field is not free."""
        if other := Field.objects.exclude(pk=self.pk).filter(former_slugs__slug=self.slug).first():
            raise ValidationError({"slug": f"The field “{other}” had this address once, and links still lead there."})


class SkillQuerySet(models.QuerySet["Skill"]):
    def by_name(self, names: list[str]) -> "dict[str, Skill]":
        """Folded name or alias -> skill, for those that exist. Two queries."""
        folded = {fold(name) for name in names}
        found = {fold(skill.name): skill for skill in self.annotate(folded=Fold("name")).filter(folded__in=folded)}
        aliases = SkillAlias.objects.annotate(folded=Fold("name")).filter(folded__in=folded - found.keys()).select_related("skill")
        return found | {fold(alias.name): alias.skill for alias in aliases}

    def ensure(self, names: list[str]) -> "dict[str, Skill]":
        """The same for all names, creating those that are new."""
        found = self.by_name(names)
        missing = {fold(name): Skill(name=name) for name in names if fold(name) not in found}
        Skill.objects.bulk_create(missing.values())
        return found | missing


class Skill(models.Model):
    """A skill by the name that guides show. Other names for it are aliases."""

    name = models.CharField(max_length=300)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Fold("name"), name="skill_name_unique", violation_error_message="There is a skill of this name."),
            models.CheckConstraint(condition=models.Q(name__gt=""), name="skill_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SkillAlias(models.Model):
    """Another name of a skill; imports and searches take it for the skill itself."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(Fold("name"), name="skill_alias_unique", violation_error_message="This alias is taken."),
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Where figures and statements come from: the receipt behind every number (ARCHITECTURE, decision 6)."""

    key = models.SlugField(max_length=80, unique=True, help_text="Short name used in guide files, such as oews-2024.")
    publisher = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    url = AddressField(max_length=500, blank=True)
    period = models.CharField(max_length=300, blank=True, help_text="What the data covers, such as May 2024.")
    licence = models.CharField(max_length=300, blank=True)
    retrieved = models.DateField(null=True, blank=True, help_text="The day we looked.")

    class Meta:
        ordering = ["publisher", "title"]
        constraints = [models.CheckConstraint(condition=models.Q(key__gt=""), name="source_has_key")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" + (f" ({self.period})" if self.period else "")
