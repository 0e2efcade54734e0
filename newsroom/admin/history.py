"""History of one guide: its stored versions, what each changed, and any two of them side by side."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from careers.diff import diff, section_titles
from careers.document import rows
from careers.models import Guide, GuideListing, GuideRevision
from careers.revisions import changed_fields
from newsroom.admin.access import may_change, may_view
from newsroom.admin.faults import in_words

GuideAdmin = ModelAdmin[Guide]
PER_PAGE = 50
WORKING = "working"  # names the working copy where a number names a revision


@dataclass(frozen=True)
class Version:
    """One side of a comparison."""

    name: str
    document: dict[str, Any]
    revision: GuideRevision | None = None


def urls(admin: GuideAdmin) -> list[URLPattern]:
    def page(view: Any) -> Any:
        return require_safe(admin.admin_site.admin_view(partial(view, admin)))

    return [
        path("<int:pk>/revisions/", page(revisions), name="careers_guide_revisions"),
        path("<int:pk>/revisions/compare/", page(compare), name="careers_guide_compare"),
    ]


def revisions(admin: GuideAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Newest first, fifty to a page, each with the sections it changed."""
    guide = _guide(request, pk)
    found = guide.revisions.select_related("created_by").defer("document")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    changed = changed_fields([revision.pk for revision in page])
    context = {
        "title": f"History of {guide}",
        "guide": guide,
        "page": page,
        "rows": [(revision, section_titles(changed.get(revision.pk, ()))) for revision in page],
        "shown": GuideListing.objects.filter(guide=guide).values_list("revision", flat=True).first(),
        "may_change": may_change(request),
    }
    return _answer(admin, request, "revisions.html", context)


def compare(admin: GuideAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """`from` and `to` are numbers of revisions, or "working". Without them, the newest revision and the working copy."""
    guide = _guide(request, pk)
    newest = str(guide.revisions.values_list("number", flat=True).first() or "")
    try:
        before = _version(guide, request.GET.get("from", newest))
        after = _version(guide, request.GET.get("to", WORKING))
    except ValidationError as error:
        admin.message_user(request, f"The draft contradicts itself and cannot be compared: {'; '.join(in_words(error))}", messages.ERROR)
        return HttpResponseRedirect(reverse("admin:careers_guide_revisions", args=[guide.pk]))
    context = {
        "title": f"{before.name} and {after.name}",
        "guide": guide,
        "before": before,
        "after": after,
        "sections": diff(before.document, after.document),
        "may_change": may_change(request),
    }
    return _answer(admin, request, "compare.html", context)


def _guide(request: HttpRequest, pk: int) -> Guide:
    if not may_view(request):
        raise PermissionDenied
    try:
        return Guide.objects.get(pk=pk)
    except Guide.DoesNotExist as error:
        raise Http404("There is no such guide.") from error


def _version(guide: Guide, name: str) -> Version:
    """Raises ValidationError when a working copy contradicts itself, and Http404 for what is not there."""
    if name == WORKING:
        return Version("Working copy", rows.read(guide).model_dump(mode="json"))
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 10 else 0
    revision = guide.revisions.select_related("created_by").filter(number=number).first()
    if revision is None:
        raise Http404("There is no such revision of this guide.")
    return Version(f"Revision {revision.number}", revision.document, revision)


def _answer(admin: GuideAdmin, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    shown = {**admin.admin_site.each_context(request), "opts": Guide._meta, **context}
    return TemplateResponse(request, f"admin/careers/guide/{template}", shown)
