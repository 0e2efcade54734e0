"""Contacts, tasks, interviews and documents of an application."""

from csp.decorators import csp_update
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import ApplicationDocument, ApplicationTask, DocumentFile, Interview, Part, TrackedApplication
from accounts.tracker import parts
from accounts.tracker.calendar import calendar_of
from accounts.tracker.documents import DocumentRefused, keep
from accounts.tracker.forms import DocumentForm, EditForm
from accounts.tracker.once import once, read_key
from accounts.tracker.parts import KINDS, Kind
from accounts.views.tracker.access import kind_of, own, own_part
from accounts.views.tracker.detail import status_of
from kit.http import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: MemberRequest, pk: int, part: str) -> HttpResponseBase:
    application, kind = own(request, pk), kind_of(part)
    if kind.form is None:
        return _upload(request, application)
    form = kind.form_for(request.user, request.POST if request.method == "POST" else None, kind.new(application))
    if request.method == "POST" and form.is_valid():
        return redirect(once(request.user, read_key(request), lambda: _added(request, kind, form)))
    return _form(request, application, form, f"Add a{'n' * (kind.name[0] in 'aio')} {kind.name}", needs_key=True)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def part_edit(request: MemberRequest, pk: int, part: str, item: int) -> HttpResponseBase:
    """The row is locked from reading to writing, so that what another tab saves meanwhile is seen."""
    kind = kind_of(part)
    found = own_part(request, pk, kind, item)
    if kind.form is None:
        return redirect("accounts:document_file", pk, item)
    if request.method == "POST":
        found = kind.model._default_manager.select_for_update().get(pk=found.pk)
    form = kind.form_for(request.user, request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and form.is_valid():
        parts.save(form)
        messages.success(request, "Saved.")
        return redirect(_section(found.application, kind))
    return _form(request, own(request, pk), form, f"Change this {kind.name}")


@require_POST
def part_remove(request: MemberRequest, pk: int, part: str, item: int) -> HttpResponseBase:
    """A second removal changes nothing."""
    application, kind = own(request, pk), kind_of(part)
    rows = kind.model._default_manager.filter(application=application, pk=item)
    if not rows.update(removed_at=timezone.now()):
        own_part(request, pk, kind, item)
    url = reverse("accounts:part_restore", args=[pk, part, item])
    messages.success(request, format_html('The {} is removed. <a href="{}">Undo</a>', kind.name, url))
    return redirect(_section(application, kind))


@require_http_methods(["GET", "HEAD", "POST"])
def part_restore(request: MemberRequest, pk: int, part: str, item: int) -> HttpResponseBase:
    """The link of the notice leads to a page with the button: only a POST changes anything."""
    application, kind = own(request, pk), kind_of(part)
    if request.method != "POST":
        found = own_part(request, pk, kind, item, is_removed=True)
        return render(request, "accounts/tracker/restore.html", {"application": application, "kind": kind, "part": found})
    rows = kind.model._default_manager.filter(application=application, pk=item)
    if not rows.update(removed_at=None):
        own_part(request, pk, kind, item)
    messages.success(request, f"The {kind.name} is back.")
    return redirect(_section(application, kind))


@require_POST
def task_done(request: MemberRequest, pk: int, item: int) -> HttpResponseBase:
    """done=1 or done=0; the first time that it was done stays."""
    task = own_part(request, pk, KINDS["tasks"], item)
    rows = ApplicationTask.objects.filter(pk=task.pk)
    if request.POST.get("done") == "0":
        rows.update(done_at=None)
    else:
        rows.open().update(done_at=timezone.now())
    return redirect(_section(task.application, KINDS["tasks"]))


@require_safe
def interview_file(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """One interview for a calendar program."""
    interview = own_part(request, pk, KINDS["interviews"], item)
    assert isinstance(interview, Interview)
    return calendar_answer(calendar_of([interview]), "interview.ics")


@require_safe
@csp_update({"sandbox": True})  # type: ignore[arg-type]  # it knows plain requests only
def document_file(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """The bytes as they came, to be stored and never shown: nothing in them runs here."""
    document = own_part(request, pk, KINDS["documents"], item)
    assert isinstance(document, ApplicationDocument)
    data = DocumentFile.objects.values_list("data", flat=True).get(document=document)
    kind = f"{document.kind}; charset=utf-8" if document.kind == "text/plain" else document.kind
    response = HttpResponse(bytes(data), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, document.name) or "attachment"
    return response


def calendar_answer(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _added(request: MemberRequest, kind: Kind, form: EditForm[Part]) -> str:
    part = parts.save(form)
    messages.success(request, f"The {kind.name} is added.")
    return _section(part.application, kind)


def _upload(request: MemberRequest, application: TrackedApplication) -> HttpResponseBase:
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request.user, read_key(request), lambda: _kept(request, application, form)))
        except DocumentRefused as reason:
            form.add_error("file", str(reason))
    return _form(request, application, form, "Add a document", needs_key=True, is_upload=True)


def _kept(request: MemberRequest, application: TrackedApplication, form: DocumentForm) -> str:
    keep(application, form.cleaned_data["file"])
    messages.success(request, "The document is added.")
    return _section(application, KINDS["documents"])


def _form(
    request: MemberRequest, application: TrackedApplication, form: EditForm[Part] | DocumentForm, heading: str, **more: bool
) -> HttpResponse:
    status = status_of(form) if isinstance(form, EditForm) else 422 if form.errors else 200  # type: ignore[arg-type]
    return render(
        request, "accounts/tracker/form.html", {"form": form, "application": application, "heading": heading, **more}, status=status
    )


def _section(application: TrackedApplication, kind: Kind) -> str:
    return f"{application.get_absolute_url()}#{kind.slug}"
