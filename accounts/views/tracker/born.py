"""Applications of jobs of ours: tracking one, "I applied", and what is asked on coming back from an employer's site."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from accounts.models.tracking_words import Answer, EventSource, Status
from accounts.tracker import departures
from accounts.tracker.birth import track_job
from accounts.views.tracker.access import open_or_closed
from kit.http import MemberRequest
from kit.redirects import redirect_next


@require_POST
def job_track(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = track_job(user=request.user, job=open_or_closed(pk), status=Status.SAVED, source=EventSource.PERSON)
    return redirect(found)


@require_POST
def job_left(request: MemberRequest, pk: int) -> HttpResponse:
    """Sent by our script when the link to the employer's site is followed."""
    departures.leave(request.user, open_or_closed(pk))
    return HttpResponse(status=204)


@require_POST
def job_answer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """ "I applied" on the page of a job, and the answers to "Did you apply?"."""
    job = open_or_closed(pk)
    said = request.POST.get("answer", "")
    if said not in Answer.values:
        messages.error(request, "Nothing was noted. Choose one of the answers.")
        return redirect_next(request, job.get_absolute_url())
    found = departures.answer(request.user, job, Answer(said))
    if found:
        words = 'Good luck. <a href="{}">{}</a> is in your applications, with the ad as it is today.'
        messages.success(request, format_html(words, found.get_absolute_url(), found.title))
    elif said == Answer.NEVER:
        messages.success(request, "We do not ask about this job again.")
    return redirect_next(request, job.get_absolute_url())
