"""Sets of rows: their order, and what may stand in a list only once."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.forms import BaseInlineFormSet, ModelForm
from django.utils.text import capfirst

from careers.models import Guide
from kit.text import fold
from newsroom.admin.forms import published_guides

PartRow = ModelForm[Any]


class OnceMixin:
    """Refuses a row that would stand twice in its list, beside the row.

    `once` names the fields that may not repeat. A changed row is compared with the others as they are stored,
    because rows are saved one after the other.
    """

    once: tuple[str, ...] = ()
    once_message = "This stands in the list already."

    def clean(self) -> None:
        if self.once:
            self._refuse_repeated()
        super().clean()  # type: ignore[misc]

    def _refuse_repeated(self) -> None:
        stored = {form: self._key(form.initial) for form in self.initial_forms}  # type: ignore[attr-defined]
        taken: set[tuple[Any, ...]] = set()
        for form in self._live():
            key = self._key(form.cleaned_data)
            others = {other for owner, other in stored.items() if owner is not form} if form in stored and form.has_changed() else set()
            if key in taken or key in others:
                form.add_error(self.once[-1], self.once_message)
            taken.add(key)

    def _live(self) -> Iterator[ModelForm[Any]]:
        """Rows that will be there after saving, in the order of the form."""
        for form in self.forms:  # type: ignore[attr-defined]
            is_row = form in self.initial_forms or form.has_changed()  # type: ignore[attr-defined]
            if is_row and not form.errors and not form.cleaned_data.get("DELETE"):
                yield form

    def _key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Comparable for typed and stored values: rows by primary key, text folded."""
        found = (values.get(name) for name in self.once)
        return tuple(fold(value) if isinstance(value, str) else getattr(value, "pk", value) for value in found)


class PartFormSet(OnceMixin, BaseInlineFormSet[Any, Guide, ModelForm[Any]]):
    """Rows in the editor's order.

    The number that an editor types is the place the row gets; the others make room. Afterwards the rows are
    numbered from 1 without gaps. `block` names a field whose equal values stay together.
    """

    block = ""
    is_table = False  # cells have no labels of their own

    def add_fields(self, form: ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        if self.is_table:
            row = "" if index is None else f", row {index + 1}"
            for name, field in form.fields.items():
                inner: Any = getattr(field.widget, "widget", field.widget)  # within the admin's wrapper for related rows
                inner.attrs.setdefault("aria-label", f"{capfirst(str(field.label or name))}{row}")

    def save(self, commit: bool = True) -> list[Any]:
        saved = super().save(commit=commit)
        if commit and self.has_changed():
            self._number()
        return saved

    def _number(self) -> None:
        forms = [form for block in self._blocks(self._placed(list(self._live()))) for form in block]
        for number, form in enumerate(forms, 1):
            form.instance.position = number
        if forms:
            type(forms[0].instance)._default_manager.bulk_update([form.instance for form in forms], ["position"])

    def _blocks(self, forms: Iterable[PartRow]) -> list[list[PartRow]]:
        """Rows with equal `block` together, in the order of the first row of each."""
        found: dict[Any, list[PartRow]] = {}
        for form in forms:
            found.setdefault(getattr(form.instance, self.block, None), []).append(form)
        return list(found.values())

    def _placed(self, forms: list[PartRow]) -> list[PartRow]:
        """Rows whose number was typed stand at that number; the others fill the places between in their old order."""
        rows = [form for form in forms if not self._typed(form)]
        place = 0
        for form in sorted(filter(self._typed, forms), key=self._position):
            place = max(place + 1, self._position(form))
            rows.insert(place - 1, form)
        return rows

    def _typed(self, form: PartRow) -> bool:
        before = form.initial["position"] if form in self.initial_forms else 0
        return self._position(form) != before

    def _position(self, form: PartRow) -> int:
        return int(form.cleaned_data["position"])


class PinFormSet(PartFormSet):
    once = ("slug",)
    once_message = "This guide is pinned already."

    @cached_property
    def _published(self) -> list[tuple[str, str]]:
        return published_guides(but=self.instance)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "published": self._published}


class CaseFormSet(PartFormSet):
    once = ("slug",)
    once_message = "Another case study of this guide has this address."


class SourceFormSet(PartFormSet):
    once = ("source",)
    once_message = "This source stands in the list already."


class CaseShareFormSet(PartFormSet):
    once = ("case",)
    once_message = "This case study stands in the list already."


class QuestionShareFormSet(PartFormSet):
    once = ("question",)
    once_message = "This question stands in the list already."


class ToolFormSet(PartFormSet):
    block = "group"
