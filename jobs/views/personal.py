"""What members do to their own search: hide a job, take it back, and what is noted by itself. Every change is a POST."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from jobs import personal
from jobs.models import HiddenJob, Job
from kit.http import MemberRequest
from kit.redirects import redirect_next

PER_PAGE = 50


@require_safe
def hidden(request: MemberRequest) -> HttpResponse:
    """Open jobs that the member hid, the last one first."""
    rows = HiddenJob.objects.filter(user=request.user).open().for_page()
    return render(request, "jobs/hidden.html", {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))})


@require_POST
def hide(request: MemberRequest, pk: int) -> HttpResponseBase:
    """With htmx the card becomes a line that offers the way back."""
    job = _job(Job.objects.open().filter(pk=pk).first())
    personal.hide(request.user.pk, job.pk)
    if request.htmx:
        return _row(request, job, "jobs/partials/hidden_row.html")
    messages.success(request, format_html('Hidden: {}. <a href="{}">Undo</a>', job.title, reverse("jobs:hidden")))
    return redirect_next(request, "jobs:hidden")


@require_POST
def unhide(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Also for a job that closed meanwhile, and again for one that is shown already."""
    job = _job(Job.objects.public().filter(pk=pk).first())
    personal.unhide(request.user.pk, job.pk)
    if request.htmx:
        return _row(request, job, "jobs/partials/shown_row.html")
    messages.success(request, f"Shown again: {job.title}")
    return redirect_next(request, "jobs:hidden")


@require_POST
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    job = _job(Job.objects.public().filter(pk=pk).only("pk").first())
    personal.mark_seen(request.user.pk, job.pk)
    return HttpResponse(status=204)


@require_POST
def visited(request: MemberRequest) -> HttpResponse:
    personal.mark_visit(request.user.pk)
    return HttpResponse(status=204)


def _job(found: Job | None) -> Job:
    if found is None:
        raise Http404("There is no such job.")
    return found


def _row(request: MemberRequest, job: Job, template: str) -> HttpResponse:
    return render(request, template, {"job": job, "return_to": request.POST.get("next", "")})
