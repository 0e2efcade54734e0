"""The stored versions of guides: to read, to take home, and to go back to."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from careers.document import files, schema
from careers.importing import ImportRefused, import_document
from careers.models import GuideRevision
from careers.working import stored
from newsroom.admin.access import WithGuide, editor, may_change, may_view
from newsroom.admin.faults import in_words
from newsroom.admin.guide_views import download


@admin.register(GuideRevision)
class RevisionAdmin(WithGuide, admin.ModelAdmin[GuideRevision]):
    """Written once: nobody adds, changes or deletes them here."""

    list_display = ("number", "guide", "kind", "created_at", "created_by", "note", "file")
    list_filter = ("kind",)
    list_select_related = ("guide", "created_by")
    search_fields = ("guide__title",)
    ordering = ("-created_at",)
    actions = None
    fields = ("guide", "number", "kind", "note", "created_at", "created_by", "file", "text")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[GuideRevision]:
        return super().get_queryset(request).defer("document")

    @admin.display(description="file")
    def file(self, revision: GuideRevision) -> str:
        return format_html('<a href="{}">Download</a>', reverse("admin:careers_guiderevision_file", args=[revision.pk]))

    @admin.display(description="text")
    def text(self, revision: GuideRevision) -> str:
        try:
            return format_html("<pre>{}</pre>", files.dump(_document(revision)).decode())
        except ValidationError as error:
            return "; ".join(in_words(error))

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(partial(view, self))

        return [
            path("<int:pk>/file/", require_safe(page(_file)), name="careers_guiderevision_file"),
            path("<int:pk>/restore/", require_http_methods(["GET", "HEAD", "POST"])(page(_restore)), name="careers_guiderevision_restore"),
            *super().get_urls(),
        ]


def _document(revision: GuideRevision) -> schema.Guide:
    """Under the guide's address of today. Raises ValidationError for a version that today's format refuses."""
    document = schema.Guide.model_validate(revision.document)
    return document.model_copy(update={"slug": revision.guide.slug})


def _revision(pk: int) -> GuideRevision:
    try:
        return GuideRevision.objects.select_related("guide").get(pk=pk)
    except GuideRevision.DoesNotExist as error:
        raise Http404("There is no such revision.") from error


def _file(admin: RevisionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if not may_view(request):
        raise PermissionDenied
    revision = _revision(pk)
    try:
        data = files.dump(_document(revision))
    except ValidationError as error:
        admin.message_user(request, f"{revision} is not in today's format: {'; '.join(in_words(error))}", messages.ERROR)
        return HttpResponseRedirect(reverse("admin:careers_guiderevision_change", args=[pk]))
    return download(data, f"{revision.guide.slug}-{revision.number}")


def _restore(admin: RevisionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST makes the working copy say what this revision says. Visitors see it once it is published."""
    if not may_change(request):
        raise PermissionDenied
    revision = _revision(pk)
    if request.method != "POST":
        context = {**admin.admin_site.each_context(request), "opts": GuideRevision._meta, "revision": revision}
        return TemplateResponse(request, "admin/careers/guiderevision/restore.html", {**context, "title": f"Go back to {revision}?"})
    stored(revision.guide, by=editor(request), note=f"Before going back to revision {revision.number}")
    try:
        import_document(_document(revision), by=editor(request))
    except (ImportRefused, ValidationError) as error:
        reasons = in_words(error) if isinstance(error, ValidationError) else [why for _, why in error.problems]
        admin.message_user(request, f"{revision} cannot be restored: {'; '.join(reasons)}", messages.ERROR)
    else:
        admin.message_user(request, f"The draft says again what {revision} said. Publish it to show it.", messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:careers_guide_change", args=[revision.guide_id]))
