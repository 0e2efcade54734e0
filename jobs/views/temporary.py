"""In place of the search page, which another branch makes: the newest open jobs, so that links lead somewhere."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from jobs.models import Job
from jobs.page.card import cards
from kit.cache import keep_for, public_page
from kit.http import Request


@public_page
def job_list(request: Request) -> HttpResponse:
    keep_for(request, 2)
    guide = request.GET.get("guide", "")[:80]
    rows = Job.objects.listed().for_cards().order_by("-posted_at", "-pk")
    if guide:
        rows = rows.filter(guide__listing__slug=guide)
    return TemplateResponse(request, "jobs/temporary_list.html", {"cards": cards(rows[:20])})
