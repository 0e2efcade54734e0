"""The form that changes a figure and its receipt together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from careers.models import Outlook, PayBand, Source
from newsroom.admin.faults import Fault, part_faults
from newsroom.admin.forms import CheckedForm, SourceForm, moment

NEW_SOURCE = "new"  # prefix of the fields of a source that is made here
UNCHANGED = "Nothing has changed. Give the new source or period, or the new numbers."
OUTDATED = (
    "Somebody saved this guide on {when}, after you opened this page. The numbers beside the fields are those of now: look at them, "
    "then save again."
)


@dataclass(frozen=True)
class Line:
    """A field of the form beside what it says now."""

    field: forms.BoundField
    now: str


class FigureForm(CheckedForm):
    """`seen`: when the guide was saved last, as of the page that was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: self._words(name) for name in self._meta.fields or ()}
        self.initial["seen"] = self.instance.guide.updated_at.isoformat()
        self.takes_new_source = False  # set by the view, when the fields of a new source are filled in

    def _words(self, name: str) -> str:
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name)
        return "" if value is None else str(value)

    def lines(self) -> Iterator[Line]:
        for name, now in self.before.items():
            yield Line(self[name], now)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.data.get("seen") != self.instance.guide.updated_at.isoformat():
            raise ValidationError(OUTDATED.format(when=moment(self.instance.guide.updated_at)))
        if not self.takes_new_source and not set(self.changed_data) & set(self.before):
            raise ValidationError(UNCHANGED)
        if self.takes_new_source and "source" in self.changed_data and data.get("source"):
            self.add_error("source", "Choose a source or describe a new one, not both.")
        return data

    def faults(self) -> list[Fault]:
        return list(part_faults(self.instance))


class PayForm(FigureForm):
    class Meta:
        model = PayBand
        fields = (
            "method",
            "source",
            "period",
            "p10",
            "p25",
            "median",
            "p75",
            "p90",
            "range_min",
            "range_max",
            "entry",
            "mid",
            "senior",
            "top",
        )
        widgets = {"source": AutocompleteSelect(PayBand._meta.get_field("source"), admin.site)}


class OutlookForm(FigureForm):
    class Meta:
        model = Outlook
        fields = ("method", "source", "period_from", "period_to", "percent", "all_jobs_percent", "openings_per_year")
        widgets = {"source": AutocompleteSelect(Outlook._meta.get_field("source"), admin.site)}


FORMS: dict[str, type[FigureForm]] = {"pay": PayForm, "outlook": OutlookForm}


def new_source_form(data: Any = None) -> SourceForm:
    """May stay empty."""
    return SourceForm(data, prefix=NEW_SOURCE, instance=Source(), empty_permitted=True, use_required_attribute=False)
