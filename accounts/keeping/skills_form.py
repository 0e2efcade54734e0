"""The form of a skill map: one choice for each skill."""

from hashlib import sha256

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from accounts.keeping.skills import SkillMap
from accounts.models import SkillState

CHOICES = [("", "Not said"), *SkillState.choices]


def field_name(skill: str) -> str:
    """Of its words, not of its place: the map may be published anew while the form is open. Fit for an id."""
    return f"skill-{sha256(skill.encode()).hexdigest()[:12]}"


class SkillsForm(forms.Form):
    """A skill that stands on several levels has one field, on the first. A posted form that leaves one out leaves it as it is."""

    def __init__(self, skill_map: SkillMap, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._map = skill_map
        self._names: dict[str, str] = {}  # of the field, by skill
        for skill in skill_map.skills:
            if skill.name not in self._names:
                name = self._names[skill.name] = field_name(skill.name)
                field = forms.ChoiceField(choices=CHOICES, required=False, label=skill.name, initial=skill.state or "")
                field.error_messages["invalid_choice"] = f"Choose one of the answers for {skill.name}"
                self.fields[name] = field

    @property
    def levels(self) -> list[tuple[str, str, list[BoundField]]]:
        """Title, description and fields of each."""
        seen: set[str] = set()
        found = []
        for level in self._map.levels:
            names = [skill.name for skill in level.skills if skill.name not in seen]
            seen.update(names)
            found.append((level.title, level.description, [self[self._names[name]] for name in dict.fromkeys(names)]))
        return found

    @property
    def said(self) -> dict[str, SkillState | None]:
        posted = {skill: self.cleaned_data[name] for skill, name in self._names.items() if name in self.data}
        return {skill: SkillState(state) if state else None for skill, state in posted.items()}
