"""The page that asks for a new address, says what will happen, and on POST changes it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from careers.addresses import AddressTaken, rename_field, rename_guide
from careers.models import Field, Guide, GuideListing, RelatedPin
from newsroom.addresses.forms import AddressForm
from newsroom.admin.access import editor

RIGHT = "careers.publish_guide"


def guide_url(admin: ModelAdmin[Guide]) -> URLPattern:
    return _url(admin, _of_guide, "careers_guide_address")


def field_url(admin: ModelAdmin[Field]) -> URLPattern:
    return _url(admin, _of_field, "careers_field_address")


def _url(admin: ModelAdmin[Any], view: Callable[..., HttpResponse], name: str) -> URLPattern:
    page = require_http_methods(["GET", "HEAD", "POST"])(admin.admin_site.admin_view(partial(view, admin)))
    return path("<int:pk>/address/", page, name=name)


def _of_guide(admin: ModelAdmin[Guide], request: HttpRequest, pk: int) -> HttpResponse:
    guide: Guide = _row(admin, request, pk)
    listing = GuideListing.objects.filter(guide=guide).first()
    context = {
        "was_public": Guide.objects.was_public(guide.slug),
        "is_public": listing is not None,
        "pins": RelatedPin.objects.filter(slug=guide.slug).count(),
        "former": list(guide.former_slugs.values_list("slug", flat=True)),
        "prefix": "/guides/",
    }
    return _ask(admin, request, guide, context, lambda slug: rename_guide(guide, slug, by=editor(request)).slug)


def _of_field(admin: ModelAdmin[Field], request: HttpRequest, pk: int) -> HttpResponse:
    field: Field = _row(admin, request, pk)
    context = {
        "is_field": True,
        "was_public": True,
        "is_public": True,
        "guides": GuideListing.objects.filter(field=field).count(),
        "former": list(field.former_slugs.values_list("slug", flat=True)),
        "prefix": "/guides/field/",
    }
    return _ask(admin, request, field, context, lambda slug: rename_field(field, slug).slug)


def _row(admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> Any:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    row = admin.model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404("There is no such guide or field.")
    return row


def _ask(
    admin: ModelAdmin[Any], request: HttpRequest, row: Guide | Field, context: dict[str, Any], rename: Callable[[str], str]
) -> HttpResponse:
    form = AddressForm(row, request.POST if request.method == "POST" else None, initial={"slug": row.slug})
    if request.method == "POST" and form.is_valid() and _renamed(admin, request, row, form, rename):
        return HttpResponseRedirect(reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk]))
    shown = {**admin.admin_site.each_context(request), "opts": row._meta, "row": row, "form": form, **context}
    title = f"Change the address of “{row}”"
    return TemplateResponse(request, "admin/newsroom/address.html", {**shown, "title": title}, status=422 if form.errors else 200)


def _renamed(admin: ModelAdmin[Any], request: HttpRequest, row: Guide | Field, form: AddressForm, rename: Callable[[str], str]) -> bool:
    old = row.slug
    try:
        slug = rename(form.cleaned_data["slug"])
    except AddressTaken as error:  # by somebody who was quicker
        form.add_error("slug", str(error))
        return False
    admin.log_change(request, row, f"Address changed from {old} to {slug}.")
    admin.message_user(request, f"“{row}” has the address {slug} now. Links to {old} lead there.", messages.SUCCESS)
    return True
