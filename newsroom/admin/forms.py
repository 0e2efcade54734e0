"""Forms of a guide and of its parts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from careers.document import rows
from careers.models import Guide, GuideListing, GuideSkill, RelatedPin, Source
from careers.models.fields import LinesField, LinesFormField
from kit.text import fold
from newsroom.admin.faults import Fault, head_faults, part_faults

WIDE = 70


def line(size: int) -> forms.TextInput:
    """An input that shows so many characters: a whole sentence should be seen while it is written."""
    return forms.TextInput(attrs={"size": size})


WIDGETS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 8})},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 6})},
}


def moment(when: datetime) -> str:
    return date_format(localtime(when), "j M Y, H:i")


class CheckedForm(forms.ModelForm[Any]):
    """Runs the rules of the document once the form's own rules hold, so that nothing is said twice."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's documented hook after clean()
        if not self.errors:
            for where, message in self.faults():
                self.add_error(where if where in self.fields else None, message)

    def faults(self) -> list[Fault]:
        raise NotImplementedError


class PartForm(CheckedForm):
    """One row of a guide. Position 0 or empty puts a new row at the end."""

    position = forms.IntegerField(
        label="Order",
        min_value=0,
        max_value=32_767,
        required=False,
        initial=0,
        widget=forms.TextInput(attrs={"class": "vPositiveSmallIntegerField", "size": 3, "inputmode": "numeric"}),
        help_text="Place in the list. With 0, a new row goes to the end.",
    )

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def faults(self) -> list[Fault]:
        return list(part_faults(self.instance))


class SourceForm(CheckedForm):
    class Meta:
        model = Source
        fields = ("key", "publisher", "title", "url", "period", "licence", "retrieved")

    def faults(self) -> list[Fault]:
        return list(part_faults(self.instance))


class PinForm(PartForm):
    """A pinned guide is chosen from those that are published."""

    class Meta:
        model = RelatedPin
        fields = ("position", "slug", "reason")

    def __init__(self, *args: Any, published: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(published)
        if self.instance.slug and self.instance.slug not in dict(choices):
            choices = [*choices, (self.instance.slug, f"{self.instance.slug} (not published)")]
        self.fields["slug"] = forms.ChoiceField(choices=[("", "---------"), *choices], label="Guide")


def published_guides(*, but: Guide | None = None) -> list[tuple[str, str]]:
    listings = GuideListing.objects.exclude(pk=but.pk if but else None)
    return list(listings.values_list("slug", "title"))


class NamesField(LinesFormField):
    """Names of skills, one per line, each once."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        seen: dict[str, int] = {}
        for number, name in enumerate(value, 1):
            if before := seen.get(fold(name)):
                raise ValidationError(f"Line {number} repeats line {before}: {name}")
            seen[fold(name)] = number


def names_field(label: str, help_text: str = "", *, required: bool = False, rows: int = 8) -> NamesField:
    return NamesField(
        label=label,
        required=required,
        help_text=help_text or "One skill per line. A name or alias that exists is taken; any other becomes a new skill.",
        widget=AdminTextareaWidget(attrs={"rows": rows}),
    )


class LevelForm(PartForm):
    """A level of the skill map with its skills."""

    skill_names = names_field("Skills", required=True, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["skill_names"] = [use.skill.name for use in self.instance.skills.all()]

    def save(self, commit: bool = True) -> Any:
        level = super().save(commit)
        if commit:
            rows.write_skill_list(level.guide, GuideSkill.Listing.MAP, self.cleaned_data["skill_names"], level)
        return level


class GuideForm(CheckedForm):
    """`seen` is the number of the newest revision that the editor opened (newsroom.collision)."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    technical_skills = names_field("Technical skills")
    soft_skills = names_field("People skills")

    class Meta:
        model = Guide
        exclude = ()  # noqa: DJ006  # GuideAdmin's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: self._names(listing) for name, listing in SKILL_LISTS.items()})
            self.initial["seen"] = newest_number(self.instance)
        for name in ("owner", "deputy"):
            if name in self.fields:
                kept = Q(pk=getattr(self.instance, f"{name}_id") or 0)  # who has left the staff stays until somebody takes over
                self.fields[name].queryset = User.objects.filter(Q(is_staff=True, is_active=True) | kept)  # type: ignore[attr-defined]

    def save_skills(self, *, whole: bool = False) -> None:
        """Once the guide is saved: the lists that were changed, or all."""
        for name, listing in SKILL_LISTS.items():
            if whole or name in self.changed_data:
                rows.write_skill_list(self.instance, listing, self.cleaned_data[name])

    def _names(self, listing: GuideSkill.Listing) -> list[str]:
        return list(GuideSkill.objects.filter(guide=self.instance, listing=listing).values_list("skill__name", flat=True))

    def faults(self) -> list[Fault]:
        return list(head_faults(self.instance))


SKILL_LISTS = {"technical_skills": GuideSkill.Listing.TECHNICAL, "soft_skills": GuideSkill.Listing.SOFT}


def newest_number(guide: Guide) -> int:
    """Of its revisions; 0 before there is one."""
    return guide.revisions.values_list("number", flat=True).first() or 0


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Guide file",
        help_text="A guide file (YAML), or a career page copied as plain text. At most 1 MB. The result is a draft.",
    )
