"""Applications from a CSV file: upload, look at every row, confirm, and undo if it was wrong."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.importing import batches
from accounts.importing.forms import ColumnsForm, UploadForm
from accounts.importing.own import is_own
from accounts.importing.rows import shown
from accounts.models import ApplicationImport
from kit.http import MemberRequest

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: MemberRequest) -> HttpResponseBase:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        return redirect(batches.keep_upload(user=request.user, data=form.cleaned_data["file"], name=form.file_name, sheet=form.sheet))
    context = {"form": form, "waiting": request.user.imports.waiting().defer("data").first(), "done": _undoable(request)}
    return render(request, "accounts/import_start.html", context, status=422 if form.errors else 200)


@require_safe
def import_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What would be written, row by row. Afterwards: what was."""
    batch = _own(request, pk)
    return _preview(request, batch) if batch.done_at is None else _result(request, batch)


def _preview(request: MemberRequest, batch: ApplicationImport, form: ColumnsForm | None = None) -> HttpResponse:
    sheet, columns, report = batches.preview(batch)
    only = request.GET.get("show", "")
    rows = [row for row in report.rows if only not in {"error", "warning", "double"} or row.state == only]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "sheet": sheet,
        "is_own": is_own(sheet),
        "form": form or ColumnsForm(sheet=sheet, columns=columns),
        "report": report,
        "counts": {state: report.count(state) for state in ("ok", "warning", "double", "error")},
        "only": only,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "rows": [(row, *shown(row, columns)) for row in page],
    }
    return render(request, "accounts/import_preview.html", context, status=422 if form else 200)


def _result(request: MemberRequest, batch: ApplicationImport) -> HttpResponse:
    can_undo = request.user.imports.can_be_undone().filter(pk=batch.pk).exists()
    context = {"batch": batch, "made": batch.made.count(), "can_undo": can_undo}
    return render(request, "accounts/import_done.html", context)


@require_POST
def import_columns(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Other columns, and the same page with what becomes of the rows then."""
    batch = _waiting(request, pk)
    sheet, columns, _ = batches.preview(batch)
    form = ColumnsForm(request.POST, sheet=sheet, columns=columns)
    if not form.is_valid():
        return _preview(request, batch, form)
    batches.choose_columns(batch=batch, columns=form.columns())
    return redirect(batch)


@require_POST
def import_confirm(request: MemberRequest, pk: int) -> HttpResponseBase:
    batch = _own(request, pk)
    batches.confirm(user=request.user, batch=batch)
    return redirect(batch)


@require_POST
def import_undo(request: MemberRequest, pk: int) -> HttpResponseBase:
    batch = _own(request, pk)
    removed = batches.undo(user=request.user, batch=batch)
    if removed is None:
        messages.info(request, "There is nothing to undo.")
    else:
        messages.success(request, f"The import is undone: {removed:,} application{'' if removed == 1 else 's'} removed.")
    return redirect(batch)


@require_POST
def import_discard(request: MemberRequest, pk: int) -> HttpResponseBase:
    batches.throw_away(batch=_own(request, pk))
    messages.success(request, "The file is deleted. Nothing was imported.")
    return redirect("accounts:import_start")


def _undoable(request: MemberRequest) -> list[ApplicationImport]:
    return list(request.user.imports.can_be_undone().defer("data").order_by("-done_at")[:10])


def _own(request: MemberRequest, pk: int) -> ApplicationImport:
    found = request.user.imports.filter(pk=pk).first()
    if found is None:
        raise Http404("You have no such import.")
    return found


def _waiting(request: MemberRequest, pk: int) -> ApplicationImport:
    batch = _own(request, pk)
    if batch.done_at is not None:
        raise Http404("This import is done.")
    return batch
