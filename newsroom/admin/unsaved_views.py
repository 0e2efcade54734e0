"""What the browser sends while somebody writes, and what becomes of it."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from pydantic import ValidationError

from careers.models import Guide
from careers.page.load import preview_page
from careers.views.guide import render_guide
from kit.markdown import to_html
from newsroom import unsaved
from newsroom.admin.access import editor, may_change, may_view
from newsroom.collision.meeting import seen_of
from newsroom.collision.posted import NotValid, as_sent, document_of

GuideAdmin = ModelAdmin[Guide]
MOST_MARKDOWN = 20_000


def keep(admin: GuideAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Keeps the fields of the form as they are, right or wrong. Answers with who else is writing."""
    guide = _guide_to_write(request, pk)
    try:
        unsaved.keep(editor(request), guide, request.POST, seen_of(request.POST))
    except unsaved.TooLong:
        return JsonResponse({"error": "This is more text than can be kept."}, status=413)
    others = unsaved.others_writing(editor(request), guide) if guide else []
    return JsonResponse({"others": [str(other.user) for other in others]})


def discard(admin: GuideAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    guide = _guide_to_write(request, pk)
    unsaved.forget(editor(request), guide)
    admin.message_user(request, "What you had not saved is thrown away.")
    return HttpResponseRedirect(form_of(guide))


def restored(request: HttpRequest, object_id: str | None) -> HttpRequest | None:
    """The request that shows the form with what was kept: as a sent form that is not saved. None when nothing is kept."""
    if not may_change(request):
        return None
    guide = Guide.objects.filter(pk=int(object_id)).first() if object_id and object_id.isdecimal() else None
    kept = unsaved.of(editor(request), guide) if guide or object_id is None else None
    if kept is None:
        return None
    shown = as_sent(request, unsaved.fields_of(kept))
    shown.only_shown = True
    return shown  # type: ignore[no-any-return]


def look(admin: GuideAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a phone and a desktop show it, side by side."""
    guide = _guide_to_read(request, pk)
    context = {**admin.admin_site.each_context(request), "opts": Guide._meta, "guide": guide, "title": f"How “{guide}” looks"}
    context["unsaved"] = unsaved.of(editor(request), guide)
    return TemplateResponse(request, "admin/careers/guide/look.html", context)


def page(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the guide with what this person has not saved yet; 422 when it cannot be shown."""
    guide = _guide_to_read(request, pk)
    kept = unsaved.of(editor(request), guide) if may_change(request) else None
    try:
        document = document_of(admin, request, guide, unsaved.fields_of(kept)) if kept else None
        response = render_guide(request, preview_page(guide, document))  # type: ignore[arg-type]
    except (NotValid, ValidationError):
        response = TemplateResponse(request, "careers/preview_fault.html", {"guide": guide}, status=422)
    response["X-Robots-Tag"] = "noindex"
    return response


def markdown(admin: GuideAdmin, request: HttpRequest) -> HttpResponse:
    """A text as the page will show it."""
    if not may_view(request):
        raise PermissionDenied
    text = request.POST.get("text", "")
    if len(text) > MOST_MARKDOWN:
        return HttpResponse("This text is longer than a section may be.", status=413, content_type="text/plain")
    return HttpResponse(to_html(text))


def form_of(guide: Guide | None) -> str:
    return reverse("admin:careers_guide_change", args=[guide.pk]) if guide else reverse("admin:careers_guide_add")


def _guide_to_write(request: HttpRequest, pk: int | None) -> Guide | None:
    if not may_change(request):
        raise PermissionDenied
    return _guide(pk) if pk is not None else None


def _guide_to_read(request: HttpRequest, pk: int) -> Guide:
    if not may_view(request):
        raise PermissionDenied
    return _guide(pk)


def _guide(pk: int) -> Guide:
    guide = Guide.objects.select_related("field").filter(pk=pk).first()
    if guide is None:
        raise Http404("There is no such guide.")
    return guide
