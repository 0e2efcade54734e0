"""The page of one job."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse

from jobs.choices import State
from jobs.models import Job
from kit.cache import public_page
from kit.http import Request


@public_page
def detail(request: Request, pk: int, slug: str) -> HttpResponse:
    """Open and closed jobs. One that staff removed answers 410, one that nobody approved 404."""
    job = Job.objects.for_page().filter(pk=pk).first()
    if job is None or job.state == State.HELD:
        raise Http404("There is no such job.")
    if job.state == State.REMOVED:
        return render(request, "410.html", status=410)
    if slug != job.slug:
        return HttpResponsePermanentRedirect(job.get_absolute_url())
    return TemplateResponse(request, "jobs/job_detail.html", {"job": job})
