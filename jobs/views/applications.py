"""What a person sent: seen, downloaded and withdrawn by that person alone."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jobs.applying.sending import withdraw
from jobs.applying.standing import application_for
from jobs.models import Application, ResumeFile
from kit.http import MemberRequest


@require_safe
def application(request: MemberRequest, pk: int) -> HttpResponse:
    sent = _own(request, pk)
    job = sent.job
    can_apply = bool(sent.withdrawn_at and job.is_open and job.apply_email) and application_for(request.user, job) is None
    return render(request, "jobs/application.html", {"application": sent, "job": job, "can_apply": can_apply})


@require_safe
@csp_update({"sandbox": True})  # type: ignore[arg-type]  # it knows plain requests only
def application_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The bytes as they were sent, to be stored and never shown: nothing in them runs here."""
    sent = _own(request, pk)
    data = ResumeFile.objects.values_list("data", flat=True).get(pk=sent.resume_id)
    response = HttpResponse(bytes(data), content_type=sent.resume.kind)
    response["Content-Disposition"] = content_disposition_header(True, sent.file_name) or "attachment"
    return response


@require_POST
def application_withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    sent = _own(request, pk)
    if withdraw(application=sent):
        messages.success(request, "Your application is withdrawn.")
    return redirect(sent)


def _own(request: MemberRequest, pk: int) -> Application:
    found = Application.objects.of(request.user).for_page().filter(pk=pk).first()
    if found is None:
        raise Http404("You have sent no such application.")
    return found
