"""The staff pages of bundles: upload, report, import, download."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from careers.bundles.archive import MAX_ZIP, BundleRefused
from kit.uploads import takes_more
from newsroom.admin.access import editor
from newsroom.bundles.keeping import TO_IMPORT, ask_for, start_import, take_in
from newsroom.models import Bundle, BundleFile

ROWS = 100
UNDER_WAY = (Bundle.State.READING, Bundle.State.IMPORTING, Bundle.State.PACKING)
BundleAdmin = ModelAdmin[Bundle]


class ZipForm(forms.Form):
    file = forms.FileField(
        label="Zip file",
        help_text="Guide files (YAML) or copied pages, also in folders. At most 30 MB and 2,000 files. Nothing changes until you say so.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_ZIP:
            raise forms.ValidationError(f"It has {file.size / 1024**2:.1f} MB; at most {MAX_ZIP // 1024**2} MB can be read.")
        return file


def may_add(request: HttpRequest) -> bool:
    return request.user.has_perm("newsroom.add_bundle")


def urls(admin: BundleAdmin) -> list[URLPattern]:
    """Before the admin's own: the addresses of adding and changing lead to the pages here."""

    def page(view: Any) -> Any:
        return admin.admin_site.admin_view(partial(view, admin))

    return [
        path("add/", takes_more(MAX_ZIP, may_add)(page(upload)), name="newsroom_bundle_add"),
        path("export/", require_POST(page(export)), name="newsroom_bundle_export"),
        path("<int:pk>/change/", require_safe(page(report)), name="newsroom_bundle_change"),
        path("<int:pk>/import/", require_POST(page(bring_in)), name="newsroom_bundle_import"),
        path("<int:pk>/file/", require_safe(page(download)), name="newsroom_bundle_file"),
    ]


def upload(admin: BundleAdmin, request: HttpRequest) -> HttpResponse:
    if not may_add(request):
        raise PermissionDenied
    form = ZipForm(request.POST, request.FILES) if request.method == "POST" else ZipForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            bundle = take_in(file.read(), file.name, by=editor(request))
        except BundleRefused as error:
            form.add_error("file", str(error))
        else:
            admin.log_addition(request, bundle, f"Uploaded {bundle.name}.")
            return HttpResponseRedirect(_page_of(bundle))
    return _shown(admin, request, "bundle_upload.html", {"title": "Many guides at once", "form": form}, 422 if form.errors else 200)


def export(admin: BundleAdmin, request: HttpRequest) -> HttpResponse:
    """All guides; the list of guides has an action for some."""
    if not may_add(request):
        raise PermissionDenied
    bundle = ask_for([], by=editor(request))
    admin.log_addition(request, bundle, "Export of all guides.")
    return HttpResponseRedirect(_page_of(bundle))


def report(admin: BundleAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    bundle = _bundle(request, pk)
    files = bundle.files.all()
    counts = dict(files.order_by().values_list("outcome").annotate(Count("pk")))
    chosen = request.GET.get("outcome", "")
    shown: QuerySet[BundleFile] = files.filter(outcome=chosen) if chosen in counts else files
    context = {
        "title": f"{bundle.get_way_display()}: {bundle.name}",
        "bundle": bundle,
        "is_under_way": bundle.state in UNDER_WAY,
        "outcomes": [(value, label, counts[value]) for value, label in BundleFile.Outcome.choices if value in counts],
        "chosen": chosen if chosen in counts else "",
        "page": Paginator(shown, ROWS).get_page(request.GET.get("p")),
        "importable": sum(counts.get(value, 0) for value in TO_IMPORT),
        "may_import": may_add(request) and bundle.state == Bundle.State.READ and bundle.has_data,
    }
    return _shown(admin, request, "bundle.html", context)


def bring_in(admin: BundleAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """A second POST does no harm."""
    bundle = _bundle(request, pk)
    if not may_add(request):
        raise PermissionDenied
    if start_import(bundle, by=editor(request)):
        admin.log_change(request, bundle, "Import of its guides as drafts.")
    else:
        admin.message_user(request, "This zip was imported before, or its day is over. Upload it again.", messages.WARNING)
    return HttpResponseRedirect(_page_of(bundle))


def download(admin: BundleAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    bundle = _bundle(request, pk)
    if not may_add(request):
        raise PermissionDenied
    if bundle.way != Bundle.Way.OUT or bundle.state != Bundle.State.DONE or not bundle.has_data:
        raise Http404("There is no such file, or its day is over.")
    headers = {"Content-Disposition": f'attachment; filename="{bundle.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(bundle.data or b""), content_type="application/zip", headers=headers)


def _bundle(request: HttpRequest, pk: int) -> Any:
    if not (may_add(request) or request.user.has_perm("newsroom.view_bundle")):
        raise PermissionDenied
    bundle = Bundle.objects.with_has_data().filter(pk=pk).first()
    if bundle is None:
        raise Http404("There is no such zip.")
    return bundle


def _page_of(bundle: Bundle) -> str:
    return reverse("admin:newsroom_bundle_change", args=[bundle.pk])


def _shown(admin: BundleAdmin, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = {**admin.admin_site.each_context(request), "opts": admin.opts, **context}
    response = TemplateResponse(request, f"admin/newsroom/{template}", shown, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
