"""Searching for jobs: the page, the feed and JSON of every search."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from jobs.applying.standing import applied_on
from jobs.models import Job, SeenJob
from jobs.page.card import Card, cards
from jobs.personal import Personal
from jobs.search.engine import Viewer
from jobs.search.machine import JobFeed, as_json
from jobs.search.page import JobListPage
from jobs.search.query import JobSearch
from jobs.search.results import search_jobs
from kit.cache import keep_for, public_page
from kit.http import Request, render_page

KEPT_SECONDS = 60  # new jobs come with feeds, every ten minutes at most
_feed = JobFeed()


@public_page
def job_list(request: Request) -> HttpResponse:
    """Kept for visitors where nothing or one career is asked: other searches differ from one to the next."""
    asked = JobSearch.from_query(request.GET)
    viewer = viewer_of(request)
    rows = Job.objects.for_cards().annotate(was_seen=SeenJob.by(request.user.pk)) if request.user.is_authenticated else None
    results = search_jobs(asked, viewer, rows=rows)
    page = JobListPage(results, viewer, cards_for(request, results.jobs, viewer))
    keep_for(request, KEPT_SECONDS)
    context = {"page": page, "canonical": f"{settings.SITE_URL}{request.path}"}
    response = render_page(request, "jobs/job_list.html", context, target="results", partial="jobs/partials/job_results_update.html")
    if request.htmx:
        response["HX-Push-Url"] = page.address(page.results.asked)
    response.is_public = asked.is_bare or (asked.is_of_guide and results.search == asked)  # type: ignore[attr-defined]  # read by kit.cache
    return response


@public_page
def job_json(request: Request) -> JsonResponse:
    """The same search for programs, without what is personal. docs/search.md tells the fields."""
    asked = JobSearch.from_query(request.GET)
    results = search_jobs(asked, rows=Job.objects.for_machines())
    response = JsonResponse(as_json(results), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    keep_for(request, KEPT_SECONDS)
    response.is_public = asked.is_bare  # type: ignore[attr-defined]  # read by kit.cache
    return response


@public_page
def job_feed(request: Request) -> HttpResponse:
    """The newest of the same search for feed readers, without what is personal."""
    response = _feed(request)
    keep_for(request, KEPT_SECONDS)
    response.is_public = JobSearch.from_query(request.GET).is_bare  # type: ignore[attr-defined]  # read by kit.cache
    return response


def viewer_of(request: Request) -> Viewer:
    personal = Personal.of(request.user)
    return Viewer(personal.hidden_ids, personal.since)


def cards_for(request: Request, jobs: list[Job], viewer: Viewer) -> list[Card]:
    """With what the reader did with each job (`was_seen` is annotated). One query for members, none for visitors."""
    shown = cards(jobs)
    if not request.user.is_authenticated:
        return shown
    applied = applied_on(request.user.pk, [job.pk for job in jobs])
    seen = {job.pk for job in jobs if getattr(job, "was_seen", False)}
    return [
        card.for_reader(
            is_seen=card.job.pk in seen,
            is_new_to_you=viewer.since is not None and card.job.first_seen_at > viewer.since and card.job.pk not in seen,
            applied_on=applied.get(card.job.pk),
        )
        for card in shown
    ]
