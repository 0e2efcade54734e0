"""What a sent form says, as a guide document, without saving it.

The form and its rows are saved within a savepoint that is always rolled back, with every row as a new one: so it does not matter which
rows somebody else has added, replaced or removed since the form was opened.
"""

import copy
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.forms import all_valid
from django.http import HttpRequest, QueryDict

from careers.document import rows, schema
from careers.models import Guide
from careers.models.parts import GuidePart
from newsroom.admin.drafts import list_used_sources

GuideAdmin = ModelAdmin[Guide]


class NotValid(ValueError):
    """The form holds something that cannot be saved; opened again it says what."""


def document_of(admin: GuideAdmin, request: HttpRequest, guide: Guide, data: QueryDict) -> schema.Guide:
    """Raises NotValid, or pydantic.ValidationError for parts that contradict each other. Writes nothing."""
    with transaction.atomic():
        try:
            return _saved(admin, request, guide, data)
        finally:
            transaction.set_rollback(True)


def _saved(admin: Any, request: HttpRequest, guide: Guide, data: QueryDict) -> schema.Guide:
    for part in GuidePart.__subclasses__():
        for model in [part, *part.__subclasses__()]:
            if not model._meta.abstract:
                model._default_manager.filter(guide=guide).delete()
    asked = as_sent(request, as_new(data))
    guide = Guide.objects.get(pk=guide.pk)
    form = admin.get_form(asked, guide, change=True)(asked.POST, {}, instance=guide)
    is_valid = form.is_valid()
    formsets, _ = admin._create_formsets(asked, form.instance, change=True)
    if not (all_valid(formsets) and is_valid):
        raise NotValid
    form.save()
    form.save_skills(whole=True)
    for formset in formsets:
        formset.save()
    list_used_sources(guide)
    return rows.read(Guide.objects.select_related("field").get(pk=guide.pk))


def as_new(data: QueryDict) -> QueryDict:
    """The same fields with every row as one that is not stored yet; rows marked for deletion stay out by themselves."""
    new = data.copy()
    for name in [name for name in new if name.endswith("-INITIAL_FORMS")]:
        prefix = name.removesuffix("-INITIAL_FORMS")
        new[name] = "0"
        for number in range(int(new.get(f"{prefix}-TOTAL_FORMS") or 0)):
            new.pop(f"{prefix}-{number}-id", None)
    return new


def as_sent(request: HttpRequest, data: QueryDict) -> Any:
    """The request as if these data had been sent with it, without files."""
    request.FILES  # noqa: B018  # Django reads the body once, of the request and not of its copy
    asked: Any = copy.copy(request)
    asked.method, asked.POST = "POST", data
    return asked
