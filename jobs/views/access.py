"""Which job an address means, and who may see it."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from jobs.choices import State
from jobs.models import Job
from kit.http import Request


def may_review(request: Request) -> bool:
    """Staff who see held jobs in the admin."""
    return bool(getattr(request.user, "is_staff", False)) and request.user.has_perm("jobs.view_job")


def find_job(request: Request, pk: int, slug: str) -> Job | HttpResponse:
    """The job with all that its pages show, or the answer instead: 410 where staff removed it, 301 under another slug.

    Raises Http404 for one that is not there, and for one that waits for review, except for those who review.
    """
    job = Job.objects.for_page().filter(pk=pk).first()
    if job is None or (job.state == State.HELD and not may_review(request)):
        raise Http404("There is no such job.")
    if job.state == State.REMOVED:
        return render(request, "410.html", status=410)
    if slug != job.slug:
        assert request.resolver_match
        return HttpResponsePermanentRedirect(job.address(request.resolver_match.view_name))
    return job
