"""The page of one job."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from jobs.models import Job
from jobs.page.job import job_page
from jobs.views.access import find_job
from kit.cache import keep_for, public_page
from kit.http import Request

# Feeds change jobs by the thousand without raising the content stamp, so a stored page stands for this long and no longer:
# what closes, by whatever hand, shows within it (docs/architecture.md, "Stored pages").
KEEP_SECONDS = 2


@public_page
def detail(request: Request, pk: int, slug: str) -> HttpResponse:
    """Open and closed jobs. One that staff removed answers 410, one that nobody approved 404 except to staff."""
    job = find_job(request, pk, slug)
    if not isinstance(job, Job):
        return job
    keep_for(request, KEEP_SECONDS)
    return TemplateResponse(request, "jobs/job_detail.html", {"job": job, "page": job_page(job)})
