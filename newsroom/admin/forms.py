"""Forms of a guide and of its parts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.models import Guide, GuideListing, RelatedPin, SkillGroup, Source
from careers.models.fields import LinesField
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


class LevelForm(PartForm):
    """A skill of the skill map always stands in a level."""

    def __init__(self, *args: Any, levels: Iterable[SkillGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.required, group.label = True, "Level"
        group.queryset = SkillGroup.objects.filter(pk__in=[level.pk for level in levels])
        group.choices = [("", "---------"), *((level.pk, str(level)) for level in levels)]  # one query for all rows


class GuideForm(CheckedForm):
    """`seen` is the moment of the version that the editor opened: nobody overwrites what somebody else saved since."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Guide
        exclude = ()  # noqa: DJ006  # GuideAdmin's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        if self.instance.pk and seen and seen != self.instance.updated_at.isoformat():
            raise ValidationError(
                f"Somebody saved this guide on {moment(self.instance.updated_at)}, after you opened it. Nothing of yours was saved: "
                "open the guide in a second tab and carry your changes over."
            )
        return seen

    def faults(self) -> list[Fault]:
        return list(head_faults(self.instance))


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Guide file",
        help_text="A guide file (YAML), or a career page copied as plain text. At most 1 MB. The result is a draft.",
    )
