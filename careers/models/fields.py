"""A list of short texts in one column, edited one item per line."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

GROUP_MARK = "# "  # a line that opens a group of the items below it
MAX_LINE = 300


class LinesFormField(forms.CharField):
    """Text area with one item per line; empty lines are dropped. Names the line that is too long."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-lines": True}

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [stripped for line in lines if (stripped := line.strip())]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        for number, line in enumerate(value, 1):
            super().run_validators(line)  # CharField's own: no NUL characters
            if len(line) > MAX_LINE:
                raise ValidationError(f"Line {number} has {len(line)} characters; at most {MAX_LINE} fit.", code="max_length")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


if TYPE_CHECKING:
    _Array = ArrayField[list[str], list[str]]
    _Url = models.URLField[str, str]
else:
    _Array, _Url = ArrayField, models.URLField


class LinesField(_Array):
    """text[] with the form above. Always a list, never NULL."""

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        kwargs.update(base_field=models.TextField(), default=list, blank=True)
        super().__init__(verbose_name=verbose_name, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("base_field", "default", "blank"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        options: dict[str, Any] = {"required": False, "help_text": self.help_text, "label": str(self.verbose_name).capitalize()}
        options |= {key: value for key, value in kwargs.items() if key in {"widget", "help_text", "label"}}
        return LinesFormField(**options)


class GroupedLinesField(LinesField):
    """The same, where a line that starts with '# ' is the heading of the lines below it."""


class AddressField(_Url):
    """A web address; a host typed without a scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})
