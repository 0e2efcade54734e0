"""Which one to merge into: chosen by name, where there are thousands."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from careers.models import Field, Guide, GuideSkill, Skill

POINTERS: dict[type[Any], Any] = {Skill: GuideSkill._meta.get_field("skill"), Field: Guide._meta.get_field("field")}


class TargetForm(forms.Form):
    into: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None, label="Merge into")

    def __init__(self, of: Skill | Field, site: AdminSite, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        into: Any = self.fields["into"]
        into.widget = AutocompleteSelect(POINTERS[type(of)], site)
        into.queryset = type(of)._default_manager.all()

    def clean_into(self) -> Skill | Field:
        into: Skill | Field = self.cleaned_data["into"]
        if into.pk == self.of.pk:
            raise ValidationError("Choose another one: nothing is merged into itself.")
        return into
