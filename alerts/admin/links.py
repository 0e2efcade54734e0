"""Ways between the staff pages of alerts."""

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html


def list_of(model: type[Model], words: str, **lookups: object) -> str:
    """A link to the list of a model, narrowed down."""
    query = "&".join(f"{name}={value}" for name, value in lookups.items())
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:alerts_{model._meta.model_name}_changelist"), query, words)
