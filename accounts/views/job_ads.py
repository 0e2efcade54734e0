"""Saved jobs to read: the ad as it was, and several side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.keeping.comparison import compared
from accounts.models import JobBookmark
from accounts.views.chosen import TO_COMPARE, numbers
from jobs.page.frozen import FrozenAd
from kit.http import MemberRequest


@require_safe
def ad(request: MemberRequest, pk: int) -> HttpResponse:
    """What the ad said when it was saved, also after it closed or was taken down."""
    bookmark = request.user.job_bookmarks.kept().of_job(pk).with_whole_ad().first()
    if bookmark is None:
        raise Http404("This job is not in your list.")
    return render(request, "accounts/job_ad.html", {"bookmark": bookmark, "job": bookmark.job, "ad": FrozenAd(bookmark.ad)})


@require_safe
def compare(request: MemberRequest) -> HttpResponse:
    """Two to four jobs of the person's list. One that is not in it is not found."""
    wanted = list(dict.fromkeys(numbers(request.GET.getlist("job"))))
    if len(wanted) not in TO_COMPARE:
        messages.error(request, "Choose two, three or four jobs to compare.")
        return redirect("accounts:saved_jobs")
    found: dict[int, JobBookmark] = {row.job_id: row for row in request.user.job_bookmarks.kept().of_jobs(wanted).for_comparing()}
    if len(found) < len(wanted):
        raise Http404("One of these jobs is not in your list.")
    return render(request, "accounts/jobs_compare.html", {"comparison": compared([found[pk] for pk in wanted])})
