"""Pages of the guide admin beside its list and form; here the import and export of one file."""

from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from careers.document import files, rows
from careers.document.files import MAX_BYTES
from careers.importing import Imported, ImportRefused, import_bytes
from careers.models import Guide
from newsroom.addresses import views as addresses
from newsroom.admin import collision_views, history, steps, unsaved_views
from newsroom.admin.access import editor, may_change, may_view
from newsroom.admin.faults import in_words
from newsroom.admin.forms import UploadForm

GuideAdmin = ModelAdmin[Guide]

_framing = csp_update({"frame-src": SELF})


def _framed(view: Any) -> Any:
    """May stand in a frame of our own pages."""
    return xframe_options_sameorigin(csp_replace({"frame-ancestors": SELF})(view))


def urls(admin: GuideAdmin) -> list[URLPattern]:
    def page(view: Any) -> Any:
        return admin.admin_site.admin_view(partial(view, admin))

    asks = require_http_methods(["GET", "HEAD", "POST"])
    return [
        addresses.guide_url(admin),
        *history.urls(admin),
        path("import/", asks(page(upload)), name="careers_guide_import"),
        path("<int:pk>/export/", require_safe(page(export)), name="careers_guide_export"),
        path("<int:pk>/step/<slug:verb>/", asks(page(steps.step)), name="careers_guide_step"),
        path("<int:pk>/meet/", asks(page(collision_views.meet)), name="careers_guide_meet"),
        path("<int:pk>/look/", require_safe(_framing(page(unsaved_views.look))), name="careers_guide_look"),
        path("<int:pk>/page/", require_safe(_framed(page(unsaved_views.page))), name="careers_guide_page"),
        path("unsaved/", require_POST(page(unsaved_views.keep)), name="careers_guide_unsaved_new"),
        path("unsaved/discard/", require_POST(page(unsaved_views.discard)), name="careers_guide_discard_new"),
        path("<int:pk>/unsaved/", require_POST(page(unsaved_views.keep)), name="careers_guide_unsaved"),
        path("<int:pk>/unsaved/discard/", require_POST(page(unsaved_views.discard)), name="careers_guide_discard"),
        path("markdown/", require_POST(page(unsaved_views.markdown)), name="careers_guide_markdown"),
    ]


def _admin_page(admin: GuideAdmin, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    shown = {**admin.admin_site.each_context(request), "opts": Guide._meta, **context}
    return TemplateResponse(request, f"admin/careers/guide/{template}", shown)


def _guide(pk: int) -> Guide:
    try:
        return Guide.objects.get(pk=pk)
    except Guide.DoesNotExist as error:
        raise Http404("There is no such guide.") from error


def _form_of(guide: Guide) -> str:
    return reverse("admin:careers_guide_change", args=[guide.pk])


def upload(admin: GuideAdmin, request: HttpRequest) -> HttpResponse:
    """Reads a file into a draft. A copied page is followed by a report of what was found in it."""
    if not (may_change(request) and request.user.has_perm("careers.add_guide")):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    imported = _import(form, request) if request.method == "POST" and form.is_valid() else None
    if imported:
        admin.log_change(request, imported.guide, f"Imported a file: {imported.outcome}.")
        seen = " Visitors see the published guide until you publish this draft." if imported.is_public else ""
        admin.message_user(request, f"“{imported.guide}” is {imported.outcome}, as a draft.{seen}", messages.SUCCESS)
        if imported.reading is None:
            return HttpResponseRedirect(_form_of(imported.guide))
    return _admin_page(admin, request, "import.html", {"title": "Import a guide file", "form": form, "imported": imported})


def _import(form: UploadForm, request: HttpRequest) -> Imported | None:
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error("file", f"The file has {file.size:,} bytes; at most {MAX_BYTES:,} are read.")
        return None
    try:
        return import_bytes(file.read(), by=editor(request))
    except ImportRefused as error:
        problems = [f"Line {line}: {why}" if line else why for line, why in error.problems]
    except ValidationError as error:
        problems = ["The guide of this name contradicts itself; mend it first.", *in_words(error)]
    except IntegrityError as error:
        problems = [f"The file breaks a rule of the database: {_rule(error)}"]
    form.add_error("file", problems)
    return None


def _rule(error: IntegrityError) -> str:
    """Name of the broken constraint, as psycopg tells it: related_pin_once."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")).replace("_", " ")


def download(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(data, content_type="application/yaml; charset=utf-8", headers=headers)


def export(admin: GuideAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The working copy as a guide file."""
    if not may_view(request):
        raise PermissionDenied
    guide = _guide(pk)
    try:
        data = files.dump(rows.read(guide))
    except ValidationError as error:
        admin.message_user(request, f"“{guide}” contradicts itself: {'; '.join(in_words(error))}", messages.ERROR)
        return HttpResponseRedirect(_form_of(guide))
    return download(data, guide.slug)
