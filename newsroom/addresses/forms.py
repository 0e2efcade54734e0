"""A new address: well formed, and nobody else's."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from careers.addresses import AddressTaken, check_field_slug, check_guide_slug
from careers.models import Field, Guide


class AddressForm(forms.Form):
    """For either; the rules for a slug are those of its model."""

    slug = forms.CharField(
        label="New address",
        max_length=80,
        help_text="Small letters, digits and hyphens: dental-hygienist.",
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, of: Guide | Field, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as given to any form
        self.of = of

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        _rules(type(self.of), slug)
        if slug == self.of.slug:
            raise ValidationError("This is the address that it has.")
        try:
            if isinstance(self.of, Guide):
                check_guide_slug(slug, but=self.of)
            else:
                check_field_slug(slug, but=self.of)
        except AddressTaken as error:
            raise ValidationError(str(error)) from error
        return slug


def _rules(model: type[Model], slug: str) -> None:
    """Raises ValidationError. Also small letters only: capitals would make two addresses of one."""
    if slug != slug.lower():
        raise ValidationError("Use small letters.")
    for validator in model._meta.get_field("slug").validators:  # type: ignore[union-attr]  # a field of ours, not a relation
        validator(slug)
