"""Telling staff what is wrong with an ad. Anybody may; nobody is asked for an address."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jobs.choices import ReportReason
from jobs.forms import ReportForm
from jobs.models import Job
from jobs.reports import file_report
from jobs.views.access import find_job
from kit.http import Request

REPORTED = "reported_jobs"  # in the session: so that one browser says it once, without our knowing who it is
MOST_REMEMBERED = 100
TOO_MANY = "You sent many reports in a short time. Wait an hour, then send this one"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, pk: int, slug: str) -> HttpResponse:
    job = find_job(request, pk, slug)
    if not isinstance(job, Job):
        return job
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    if request.method != "POST":
        return _form(request, job, form)
    if not form.is_valid():
        return _form(request, job, form, status=422)
    if job.pk in _reported(request):
        return _thanks(request, job, is_new=False)
    if not _may_send(request):
        form.add_error(None, TOO_MANY)
        return _form(request, job, form, status=429)
    reporter = request.user if request.user.is_authenticated else None
    data = form.cleaned_data
    filed = file_report(job=job, reason=ReportReason(data["reason"]), words=data["words"], reporter=reporter)
    if reporter is None:
        request.session[REPORTED] = [*_reported(request), job.pk][-MOST_REMEMBERED:]
    return _thanks(request, job, is_new=filed is not None)


def _form(request: Request, job: Job, form: ReportForm, status: int = 200) -> HttpResponse:
    return render(request, "jobs/job_report.html", {"job": job, "form": form}, status=status)


def _thanks(request: Request, job: Job, *, is_new: bool) -> HttpResponse:
    said = "Thank you. Our staff will look at this ad." if is_new else "You reported this ad already. Our staff will look at it."
    messages.success(request, said)
    return redirect(job.get_absolute_url())


def _reported(request: Request) -> list[int]:
    return list(request.session.get(REPORTED, []))


def _may_send(request: Request) -> bool:
    """By address, and for members by account too (ACCOUNT_RATE_LIMITS). Counts the try."""
    by_member = not request.user.is_authenticated or ratelimit.consume(request, action="report_job_by_member", user=request.user)
    return bool(by_member and ratelimit.consume(request, action="report_job"))
