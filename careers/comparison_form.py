"""The form that starts a comparison: two to four guides, by choice or, where there are very many, by name."""

from dataclasses import dataclass, field

from django.http import QueryDict

from careers import former
from careers.comparison import LEAST
from careers.listings import guides_called, titles
from careers.search import clean
from kit.text import fold

NAMES = "abcd"
LABELS = ("First guide", "Second guide", "Third guide", "Fourth guide")
MOST_CHOICES = 250  # more than that are typed, not chosen from four long lists


@dataclass
class Slot:
    name: str
    label: str
    value: str  # as given
    slug: str = ""  # of the guide it means
    error: str = ""

    @property
    def is_optional(self) -> bool:
        return NAMES.index(self.name) >= LEAST


@dataclass
class CompareForm:
    slots: list[Slot]
    is_sent: bool  # somebody pressed the button; a link with one guide only opens the form
    is_edited: bool  # asked to be shown although it could be answered
    choices: list[tuple[str, str]] = field(default_factory=list)  # slug, title; empty when there are too many

    @classmethod
    def from_query(cls, query: QueryDict) -> "CompareForm":
        slots = [Slot(name, label, clean.text(query.get(name, ""))) for name, label in zip(NAMES, LABELS, strict=True)]
        form = cls(slots, is_sent="b" in query, is_edited=query.get("edit") == "1")
        form._find()
        if form.is_sent and not form.is_edited:
            form._check()
        if not form.is_ready:
            choices = titles(MOST_CHOICES + 1)
            form.choices = choices if len(choices) <= MOST_CHOICES else []
        return form

    @property
    def slugs(self) -> list[str]:
        return [slot.slug for slot in self.slots if slot.slug]

    @property
    def errors(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.error]

    @property
    def is_ready(self) -> bool:
        return self.is_sent and not self.is_edited and len(self.slugs) >= LEAST and not self.errors

    def _find(self) -> None:
        """A guide by its slug, a former slug or its title."""
        given = [slot.value for slot in self.slots if slot.value]
        rows = guides_called(given, {fold(value) for value in given}).values_list("slug", "title_folded") if given else []
        slug_of = {key: slug for slug, title in rows for key in (title, slug)}
        if unknown := [value for value in given if value not in slug_of and fold(value) not in slug_of]:
            slug_of |= former.public_slugs(unknown)
        for slot in self.slots:
            slot.slug = slug_of.get(slot.value) or slug_of.get(fold(slot.value), "")

    def _check(self) -> None:
        seen: set[str] = set()
        for slot in self.slots:
            if slot.value and not slot.slug:
                slot.error = "Choose a guide from the list" if len(slot.value) > 60 else f"There is no guide called “{slot.value}”"
            elif slot.slug in seen:
                slot.error = "Choose a different guide: this one is chosen above"
            seen |= {slot.slug} - {""}
        for slot in self.slots[:LEAST]:
            if len(self.slugs) < LEAST and not slot.value and not self.errors:
                slot.error = f"Choose the {slot.label.lower()}"
