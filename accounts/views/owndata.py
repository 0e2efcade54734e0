"""A copy of everything: asked for, made by the worker, fetched within a day."""

from collections.abc import Iterator

from csp.decorators import csp_update
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from accounts.models import DataExport
from accounts.owndata.exports import A_DAY, TooMany, ask, content
from accounts.owndata.parts import parts
from accounts.tasks import make_export
from kit.http import MemberRequest, render_page


@require_safe
def data(request: MemberRequest) -> HttpResponse:
    """While an export is made the page asks again by itself, for the part that changes only."""
    newest = request.user.exports.newest().first()
    context = {
        "parts": parts(),
        "export": newest,
        "ready": [export for export in request.user.exports.ready().newest() if export != newest or not newest.is_pending],
        "a_day": A_DAY,
    }
    return render_page(request, "accounts/data.html", context, target="export", partial="accounts/partials/export.html")


@require_POST
def export_start(request: MemberRequest) -> HttpResponseBase:
    try:
        with transaction.atomic():
            export, is_new = ask(request.user)
            if is_new:
                make_export.defer(export_id=export.pk)
    except TooMany as reason:
        until = date_format(localtime(reason.until), "F j, g:i A")
        messages.error(request, f"You had {A_DAY} copies within a day. The next one can be made from {until}.")
    return redirect("accounts:data")


@require_safe
@csp_update({"sandbox": True})  # type: ignore[arg-type]  # it knows plain requests only
def export_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The file of the one who asked for it, for a day; to be stored, never shown."""
    export = request.user.exports.ready().filter(pk=pk).first()
    if export is None:
        raise Http404("There is no such file, or its day is over.")
    response = StreamingHttpResponse(_body(request, export), content_type="application/zip")
    response["Content-Length"] = str(export.size)
    response["Content-Disposition"] = content_disposition_header(True, export.file_name) or "attachment"
    return response


def _body(request: MemberRequest, export: DataExport) -> Iterator[bytes]:
    return iter(()) if request.method == "HEAD" else content(export)
